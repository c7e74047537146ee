// A page whose Python runs in this browser: shows how far it is, which tab writes, and that a newer version is there.
const MB = 1000000;
const inMB = (bytes) => (bytes / MB).toFixed(bytes < 10 * MB ? 1 : 0);
const filled = (text, parts) => text.replace(/\{(\w+)\}/g, (_, name) => parts[name]);

// One place at the top of every page: a line for what happens now, and notes that stay until they are untrue or answered.
const SLOW_START = 12000, SELDOM = 4000; // a screen reader must not hear every number
const showState = () => {
  const bar = h("progress", { hidden: true, "aria-hidden": "true" }), line = h("p", {}), notes = new Map();
  const seen = h("span", { "aria-hidden": "true" }), heard = h("span", { class: "wb-vh" });
  const place = $("wb-starting");
  const show = (...kids) => {
    place.className = kids.length ? "wb-starting" : "";
    place.replaceChildren(...kids);
  };
  let slow = 0, last = 0;
  const draw = (text, ...actions) => {
    clearTimeout(slow);
    line.replaceChildren(...[text].flat(), ...actions.flatMap((one) => [" ", one]));
    bar.hidden = true;
    show(...notes.values(), ...(text ? [line, bar] : []));
  };
  return {
    say: (...words) => { last = 0; draw(...words); },
    progress: (text, done, total) => {
      const now = filled(text, { done: inMB(done), total: inMB(total) });
      if (Date.now() - last > SELDOM) {
        heard.textContent = now;
        last = Date.now();
      }
      seen.textContent = now;
      if (!seen.isConnected) draw([seen, heard]);
      Object.assign(bar, { hidden: false, max: total, value: done });
    },
    wait: (text, later) => {
      draw(text);
      slow = setTimeout(() => draw(later), SLOW_START);
    },
    done: () => { last = 0; draw(""); },
    note: (name, text, ...actions) => {
      notes.delete(name);
      if (text) notes.set(name, h("p", {}, text, ...actions.flatMap((one) => [" ", one])));
      show(...notes.values(), ...(line.textContent ? [line, bar] : []));
    },
  };
};

// Why this browser cannot run the workbook at all; "" if it can.
const hindrance = () => {
  if (location.protocol === "file:") return "as_file";
  if (!globalThis.isSecureContext) return "insecure";
  const has = [globalThis.Worker, globalThis.WebAssembly, globalThis.crypto?.subtle, globalThis.BigInt, HTMLScriptElement.supports?.("module")];
  return has.every(Boolean) ? "" : "old_browser"; // workers that are modules are tried, and report an error
};
const TROUBLE = { offline: "offline_start", store: "private", elsewhere: "elsewhere", worker: "old_browser" };

const browserHome = (settings, host) => {
  const { words } = settings, state = showState();
  const blank = () => (settings.blank ? [h("a", { href: settings.blank }, words.print_blank)] : []);
  const why = hindrance();
  if (why) return state.say(words[why], ...blank());
  const base = new URL("./", location.href).href;
  const absolute = (path) => new URL(path, base).href;
  let router = null, first = true, again = false, unkept = false;
  // Before the page is left: something is only in memory, and the forms may not know it.
  addEventListener("beforeunload", (event) => { if (unkept) event.preventDefault(); });
  const startAgain = () => {
    again = true;
    tellLine(words.starting);
    channel.takeOver();
  };
  const broken = (why) => {
    const text = words[TROUBLE[why] || "broken_start"];
    if (why === "elsewhere") act.elsewhere();
    else if (again) tellLine(text, lineButton(words.try_again, startAgain)); // what was typed is still on this page
    else state.say(text, button(words.try_again, () => location.reload()), ...(why === "worker" ? blank() : []));
  };
  const alive = async () => { // the widgets' script has been on its way since Python was asked for
    Object.assign(RENDER, (await widgets).default);
    // What was typed before another tab took over is still on this page, and is saved now.
    await (first ? router.live() : router.again());
    first = false;
    state.done();
    document.body.dataset.live = ""; // Python answers on this page from now on
  };

  const act = {
    loading: ({ done, total }) => again || state.progress(words.getting, done, total), // said at the edge, so that the page does not move
    starting: () => again || state.wait(words.starting, words.starting_slow),
    ready: () => {
      if (!again) return alive().catch(() => broken("offline"));
      again = false;
      tellLine("");
      return router.again();
    },
    stopped: () => tellLine(words.stopped_here, lineButton(words.start_again, startAgain)),
    silent: () => tellLine(words.silent, lineButton(words.start_again, startAgain)),
    answers: () => tellLine(""),
    later: ({ done, total }) => (done < total ? state.progress(words.later_loading, done, total) : state.done()),
    elsewhere: () => state.say(first ? words.elsewhere : words.elsewhere_taken, button(words.elsewhere_take, () => channel.takeOver())),
    taken: () => {
      again = false;
      delete document.body.dataset.live;
      channel.queue(); // goes on here once the other tab is closed
      act.elsewhere();
    },
    damaged: () => state.note("damaged", words.damaged_store),
    forgets: () => state.note("forgets", words.forgets),
    unkept: () => { unkept = true; },
    behind: ({ text }) => { state.note("behind", text); unkept = true; },
    kept: () => {
      state.note("behind", "");
      unkept = false;
      if (caseInAddress()) askToKeep(); // not for the empty file of a first visit
    },
    broken: ({ why: kind }) => broken(kind),
  };
  // A page that the browser keeps for Back must not keep the store from the page that follows.
  addEventListener("pagehide", ({ persisted }) => { if (persisted) channel.rest(whole()); });
  addEventListener("pageshow", ({ persisted }) => { if (persisted) channel.queue(); });
  const channel = workerChannel({ ...settings, worker: absolute(settings.worker), list: absolute(settings.list), base },
    (name, more) => act[name]?.(more));
  const widgets = import(absolute(settings.widgets));
  widgets.catch(() => {}); // `alive` says so
  channel.on(deliver);
  host.channel = channel;
  act.starting();
  keeping(words);
  router = makeRouter(channel, swap, { anyCase: true, patient: true, words: wordsOf });
  globalThis.workbookGo = router.go;
  return serviceWorker(settings, state, base);
};

// A page's static words, for one that is asked for before Python is there.
async function wordsOf(url) {
  const page = new DOMParser().parseFromString(await (await fetch(url.pathname)).text(), "text/html");
  return {
    do: "page", title: page.title.replace(/ – .*$/, ""), lang: page.documentElement.lang, dir: page.documentElement.dir || "ltr",
    steps: !!page.getElementById("wb-side"), html: page.getElementById("content").innerHTML, side: page.getElementById("wb-side")?.innerHTML,
  };
}

const serviceWorker = async ({ version, words }, state, base) => {
  if (!navigator.serviceWorker) return;
  try {
    const told = () => navigator.serviceWorker.controller?.postMessage({ do: "hello", version });
    const found = await navigator.serviceWorker.register(new URL("sw.js", base).href, { scope: base });
    const offer = (waiting) => waiting && state.note("newer", words.newer, button(words.newer_use, async () => {
      if (!(await allSaved())) return;
      navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
      waiting.postMessage({ do: "switch" });
    }));
    if (navigator.serviceWorker.controller) offer(found.waiting);
    found.addEventListener("updatefound", () => {
      const coming = found.installing, had = navigator.serviceWorker.controller;
      coming?.addEventListener("statechange", () => { if (coming.state === "installed" && had) offer(found.waiting); });
    });
    navigator.serviceWorker.addEventListener("controllerchange", told);
    told();
  } catch { /* without it, the site needs a connection */ }
};
