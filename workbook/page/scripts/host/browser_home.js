// A page whose Python runs in this browser: shows how far it is, which tab writes, and that a newer version is there.
const MB = 1000000;
const inMB = (bytes) => (bytes / MB).toFixed(bytes < 10 * MB ? 1 : 0);
const filled = (text, parts) => text.replace(/\{(\w+)\}/g, (_, name) => parts[name]);

const showState = (words) => {
  const bar = h("progress", { hidden: true, "aria-hidden": "true" });
  const line = h("p", {}), place = h("div", { class: "wb-starting", role: "status" }, line, bar);
  let slow = 0;
  const show = (text, ...actions) => {
    clearTimeout(slow);
    if (!place.isConnected) $("content").prepend(place); // a page that was swapped in has no place of its own
    line.replaceChildren(text, ...actions.flatMap((one) => [" ", one]));
    bar.hidden = true;
  };
  return {
    say: show,
    progress: (text, done, total) => {
      show(filled(text, { done: inMB(done), total: inMB(total) }));
      Object.assign(bar, { hidden: false, max: total, value: done });
    },
    wait: (text, later) => {
      show(text);
      slow = setTimeout(() => show(later), 12000);
    },
    done: () => { clearTimeout(slow); place.remove(); },
  };
};

// Why this browser cannot run the workbook at all; "" if it can.
const hindrance = () => {
  if (location.protocol === "file:") return "as_file";
  const has = [globalThis.Worker, globalThis.WebAssembly, globalThis.crypto?.subtle, globalThis.BigInt, HTMLScriptElement.supports?.("module")];
  return has.every(Boolean) ? "" : "old_browser"; // workers that are modules are tried, and report an error
};

const browserHome = (settings, host) => {
  const { words } = settings, state = showState(words);
  const why = hindrance();
  if (why) {
    state.say(words[why], ...(settings.blank ? [h("a", { href: settings.blank }, words.print_blank)] : []));
    return;
  }
  const base = new URL("./", location.href).href;
  const absolute = (path) => new URL(path, base).href;
  let router = null, first = true, again = false;
  const startAgain = () => {
    again = true;
    tellLine(words.starting);
    channel.takeOver();
  };

  const broken = (why) => {
    const text = { offline: "offline_start", SecurityError: "private", NoModificationAllowedError: "elsewhere" }[why] || "broken_start";
    if (again) tellLine(words[text], lineButton(words.try_again, startAgain)); // what was typed is still on this page
    else state.say(words[text], button(words.try_again, () => (text === "elsewhere" ? channel.takeOver() : location.reload())));
  };
  const alive = async () => { // the widgets' script has been on its way since Python was asked for
    Object.assign(RENDER, (await widgets).default);
    state.done();
    router.go(location.href, "", scrollY, first);
    first = false;
  };

  const channel = workerChannel({ ...settings, worker: absolute(settings.worker), list: absolute(settings.list), base }, (name, more) => {
    if (again && ["loading", "starting"].includes(name)) return; // said at the edge, so that the page does not move
    if (name === "stopped") tellLine(words.stopped_here, lineButton(words.start_again, startAgain));
    else if (name === "silent") tellLine(words.silent, lineButton(words.start_again, startAgain));
    else if (name === "answers") tellLine("");
    else if (name === "ready" && again) {
      again = false;
      tellLine("");
      router.again();
    } else if (name === "loading") state.progress(words.getting, more.done, more.total);
    else if (name === "starting") state.wait(words.starting, words.starting_slow);
    else if (name === "ready") alive().catch(() => broken("offline"));
    else if (name === "later") {
      if (more.done < more.total) state.progress(words.later_loading, more.done, more.total);
      else state.done();
    } else if (name === "elsewhere") {
      unmount(); // what is typed here could not be saved
      state.say(words.elsewhere, button(words.elsewhere_take, () => channel.takeOver()));
    } else if (name === "damaged") state.say(words.damaged_store);
    else if (name === "broken") broken(more.why);
  });
  const widgets = import(absolute(settings.widgets));
  widgets.catch(() => {}); // `alive` says so
  channel.on(deliver);
  host.channel = channel;
  router = makeRouter(channel, swap, { anyCase: true, patient: true, words: wordsOf });
  globalThis.workbookGo = router.go;
  serviceWorker(settings, state, base);
};

// A page's static words, for one that is asked for before Python is there.
async function wordsOf(url) {
  const page = new DOMParser().parseFromString(await (await fetch(url)).text(), "text/html");
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
    const offer = (waiting) => waiting && state.say(words.newer, button(words.newer_use, async () => {
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
