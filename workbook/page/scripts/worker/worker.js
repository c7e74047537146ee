// Holds Python for all pages: starts it, keeps its store, and passes messages one at a time. Knows no case.
import { openFiles, startPython, addLater, sealing, dropping } from "./start.js";
import { openImages } from "./slots.js";
import { mountChosen } from "./chosen.js";

const LOCK = "second-opinion-workbook"; // one tab writes; the name is fixed for ever
const HOME = "/home/workbook";
const say = (message, buffers = []) => postMessage(message, buffers);
// A page that asks for this lock gets it when this worker has ended.
const beAlive = () => {
  const lock = `${LOCK} ${crypto.randomUUID()}`;
  navigator.locks?.request(lock, () => {
    state("alive", { lock });
    return new Promise(() => {});
  });
};
const state = (name, more = {}) => say({ do: "state", name, ...more });

let home = "", files = null, python = null, browser = null, images = null, queue = Promise.resolve(), release = null, begun = false, lost = false;

// --- one tab at a time
// Waits its turn: a page that was reloaded may still be ending, and a tab that is closed hands on.
const A_MOMENT = 1500;
const claim = (steal) => new Promise((held, failed) => {
  const slow = setTimeout(() => state("elsewhere"), A_MOMENT);
  const hold = () => new Promise((done) => {
    clearTimeout(slow);
    release = done;
    held();
  });
  navigator.locks.request(LOCK, { steal }, hold).catch((trouble) => {
    if (release) return lose();
    return trouble?.name === "SecurityError" ? held() : failed(trouble); // where nothing is kept, no one else can write
  });
});
const lose = () => { // another tab has taken over: nothing is written here any more
  lost = true;
  images?.close();
  images = null;
  release?.();
  release = null;
  state("taken");
};

// --- the store
// The worker before this one, or another tab, may need a moment to let go of the files.
async function patiently(act) {
  for (let tries = 0; ; tries += 1) {
    try {
      return await act();
    } catch (trouble) {
      if (trouble?.name !== "NoModificationAllowedError" || tries >= 30) throw trouble;
      await new Promise((done) => setTimeout(done, 100));
    }
  }
}
async function openStore(demo) {
  if (demo) { // made-up cases, and nothing is kept
    images = { keep: async () => {}, close: () => {}, demo };
    browser.add_demo();
    return state("ready");
  }
  images = await patiently(openImages).catch((trouble) => {
    throw Object.assign(new Error("store"), { kind: trouble?.name === "NoModificationAllowedError" ? "elsewhere" : "store" });
  });
  if (lost) return images.close();
  if (images.bytes) python.FS.mkdirTree(HOME), browser.restore(python.toPy(images.bytes));
  if (images.damaged) state("damaged");
  if (images.forgets) state("forgets");
  return state("ready");
}
async function flush() {
  const found = browser.image();
  if (!found) return;
  const [data, erased] = found.toJs();
  found.destroy();
  if (!images) throw new DOMException("elsewhere", "NoModificationAllowedError");
  await images.keep(data, erased);
  browser.kept();
  if (!images.demo) state(images.forgets ? "unkept" : "kept");
}

// What Python answered while its store could not be kept: it is passed on once that works.
let unsaid = [];
const whyNot = (trouble) => ({ QuotaExceededError: "full", NoModificationAllowedError: "elsewhere" })[trouble?.name] || (images ? "disk" : "elsewhere");
function pass({ sent }) {
  for (const [text, parts] of sent) {
    const bytes = parts.map((part) => (part instanceof Blob ? part : part.buffer.byteLength === part.byteLength ? part.buffer : part.slice().buffer));
    const message = JSON.parse(text);
    if (images?.forgets && message.content.do === "saved") message.content.forgets = true;
    say({ ...message, buffers: bytes }, bytes.filter((part) => part instanceof ArrayBuffer));
  }
}
// Keeps the store, then says what was waiting for it. A message that comes again while it waits was answered already.
async function settle(to, content) {
  try {
    await flush();
  } catch (trouble) {
    clearTimeout(again);
    again = setTimeout(() => { queue = queue.then(() => unsaid.length && settle()); }, AGAIN);
    state("behind", { text: texts[whyNot(trouble)] });
    if (to) say({ to, content: { do: "trouble", rev: content.rev ?? null, text: texts[whyNot(trouble)] } });
    return;
  }
  unsaid.splice(0).forEach(pass);
}
const AGAIN = 3000;
let again = 0;

// --- jobs that Python cannot do itself
const LATER = { typst: "typst", pypdfium2: "pypdfium2", "workbook.ui.panels.packing_in_browser": "packet" };
async function work(job) {
  const given = Object.fromEntries(["do", "what", "key"].map((name) => [name, job.get(name)]));
  try {
    if (given.do === "load") {
      await addLater(python, files, LATER[given.what], (done, total) => say({ do: "loading", what: given.what, done, total }));
      say({ do: "loading", what: given.what, done: 1, total: 1 });
      return awaited.hand_over(given.key, true);
    }
    const data = job.get("data").toJs();
    if (given.do === "drop") {
      const { drop } = await dropping(files).catch(() => { throw new Error("offline"); });
      return awaited.hand_over(given.key, await drop(data, job.get("to"), new URL("drop", home).href));
    }
    const { seal, unseal } = await sealing(files), passphrase = job.get("passphrase");
    const result = await (given.do === "seal" ? seal(data, passphrase) : unseal(data, passphrase));
    return awaited.hand_over(given.key, python.toPy(result));
  } catch (trouble) {
    if (given.do === "load") say({ do: "loading", what: given.what, done: 1, total: 1 }); // the answer says why
    return awaited.failed(given.key, String(trouble?.message || "unknown"));
  }
}
let awaited = null;

// Calls Python, again after each job it asks for.
async function call(act) {
  for (let tries = 0; tries < 8; tries += 1) {
    const job = act();
    if (!job) break;
    await work(job);
    job.destroy();
  }
  awaited.forget();
}

// --- while a reader reads: what the next pages need is readied piece by piece, and any message goes before it
const READS = 1500, BETWEEN = 40;
let warming = 0;
function warmLater(pause) {
  clearTimeout(warming);
  warming = setTimeout(() => {
    queue = queue.then(() => { if (browser.warm()) warmLater(BETWEEN); }).catch(() => {}); // a page then does it itself
  }, pause);
}

async function answer({ data }) {
  if (data.do === "page") {
    let page = "";
    await call(() => {
      const [job, made] = browser.asked_page(data.name, data.query, data.number, data.shown);
      page = made;
      return job;
    });
    say({ to: "pages", content: { ...JSON.parse(page), number: data.number } });
    return settle(); // a page may have written something small
  }
  const { files: chosen, ...content } = data.content;
  if (chosen) content.value = mountChosen(python.FS, chosen);
  const text = JSON.stringify(content), is = (one) => one.to === data.to && one.text === text;
  if (!unsaid.some(is)) {
    const buffers = python.toPy((data.buffers || []).map((b) => new Uint8Array(b)));
    await call(() => browser.hear(data.to, text, buffers));
    buffers.destroy();
    unsaid.push({ to: data.to, text, sent: browser.outbox().toJs() });
  }
  return settle(data.to, content);
}
// What Python sends on its own, such as how far a scan is, waits for its turn like a message.
let coming = false;
const news = () => {
  if (coming) return;
  coming = true;
  queue = queue.then(() => {
    coming = false;
    const sent = browser.outbox().toJs();
    if (!sent.length) return undefined;
    unsaid.push({ sent });
    return settle();
  }).catch(broken);
};
let texts = {};

// Whatever was not foreseen. After it nothing here can be relied on: the page may start another worker.
const broken = (trouble) => state(begun ? "stopped" : "broken", { why: String(trouble?.kind || trouble?.name || "Error") });

async function begin({ list, base, words, steal, demo }) {
  texts = words;
  home = base;
  if (!demo && navigator.locks) await claim(steal);
  state("starting");
  files = await openFiles(list, base);
  python = await startPython(files, {
    heard: (done, total) => state("loading", { done, total }),
    arrived: () => state("starting"),
  });
  python._api.on_fatal = broken;
  python.FS.mkdirTree("/site/notebooks");
  const { notebooks, packs } = await (await files.bring("content.json")).json();
  for (const [name, book] of Object.entries(notebooks)) python.FS.writeFile(`/site/notebooks/${name}.ipynb`, JSON.stringify(book));
  for (const [path, text] of Object.entries(packs)) {
    python.FS.mkdirTree(`/site/packs/${path}`.replace(/\/[^/]*$/, ""));
    python.FS.writeFile(`/site/packs/${path}`, text);
  }
  python.runPython(`
import os
os.environ.update(WORKBOOK_APP="browser", WORKBOOK_HOME="${HOME}", WORKBOOK_NOTEBOOKS="/site/notebooks")
if ${Object.keys(packs).length ? "True" : "False"}: os.environ["WORKBOOK_PACKS"] = "/site/packs"
`);
  if (demo) python.runPython(`os.environ["WORKBOOK_DEMO_ONLY"] = "1"`);
  browser = python.pyimport("workbook.ui.browser");
  awaited = python.pyimport("workbook.awaited");
  browser.on_news(news);
  if (!lost) await openStore(demo);
  begun = true;
}

const handle = async (event) => {
  const { data } = event;
  if (data.do === "begin") return begin(data);
  if (data.do === "release") return lose();
  if (data.do === "size") return say({ do: "size", heap: python._module.HEAP8.length });
  return answer(event);
};
onmessage = (event) => {
  if (event.data.do === "ping") return say({ do: "pong" }); // at once, so that only Python itself can be late
  queue = queue.then(() => handle(event)).catch(broken).then(() => begun && warmLater(READS));
  return undefined;
};
beAlive();
