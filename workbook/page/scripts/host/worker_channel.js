// A channel to Python in this browser: one worker for all pages of this tab.
// `watch(state, more)` hears "loading", "starting", "ready", "elsewhere" (another tab has the store), "taken" (it has
// taken over), "damaged", "forgets" (nothing can be kept here), "kept", "behind" (not kept yet) and "broken"; later
// "stopped" if Python is gone, and "silent" while it does not answer (it may be busy), then "answers".
const TICK = 2000, MISSED = 4;
const workerChannel = ({ worker, list, base, words, demo }, watch) => {
  const heard = new Set(), waiting = [];
  let python = null, ready = false, beat = 0, missed = 0, came = false;
  const hear = ({ data }) => {
    came = true;
    if (data.do === "state") {
      if (data.name === "ready") {
        ready = true;
        beat = setInterval(tick, TICK);
        for (const message of waiting.splice(0)) post(...message);
      }
      if (data.name === "alive") return mourn(data.lock);
      return data.name === "stopped" ? end() : watch(data.name, data);
    }
    if (data.do === "pong") {
      if (missed >= MISSED) watch("answers");
      missed = 0;
      return undefined;
    }
    if (data.do === "loading") return watch("later", data);
    for (const act of heard) act(data, data.buffers || []);
    return undefined;
  };
  const post = (message, buffers = []) => (ready ? python.postMessage(message, buffers) : waiting.length < 200 && waiting.push([message, buffers]));
  const end = () => {
    clearInterval(beat);
    python.terminate();
    python = null; // whatever else it says is not heard
    const running = ready;
    ready = false;
    watch(running ? "stopped" : "broken", { why: came ? "ended" : navigator.onLine ? "worker" : "offline" });
  };
  // The worker holds a lock as long as it lives, however it ends.
  const mourn = (lock) => {
    const mine = python;
    navigator.locks.request(lock, () => mine === python && end());
  };
  // Ticks are counted, not seconds: a computer that slept has missed none.
  const tick = () => {
    missed += 1;
    if (missed === MISSED) watch("silent");
    python.postMessage({ do: "ping" });
  };
  const start = (steal = false) => {
    python?.terminate();
    clearInterval(beat);
    ready = came = false;
    missed = waiting.length = 0; // forms repeat what was not acknowledged
    python = new Worker(worker, { type: "module" });
    const mine = python;
    python.onmessage = (event) => mine === python && hear(event);
    python.onerror = () => mine === python && end();
    python.postMessage({ do: "begin", list, base, words, steal, demo });
  };
  start();
  return {
    on: (act) => heard.add(act),
    send: ({ to, content }, buffers = []) => post(to === "pages" ? content : { to, content, buffers }, buffers),
    isReady: () => ready,
    takeOver: () => start(true), // also after Python stopped
    queue: () => start(), // waits for its turn
    rest: (atOnce) => { // lets go of the store, after what was sent before
      atOnce ? python?.terminate() : python?.postMessage({ do: "release" });
      clearInterval(beat);
      python = null;
      ready = false;
    },
  };
};
