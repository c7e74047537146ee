// A channel to Python in this browser: one worker for all pages of this tab.
// `watch(state, more)` hears "loading", "starting", "ready", "elsewhere", "damaged" and "broken".
const workerChannel = ({ worker, list, base, words, demo }, watch) => {
  const heard = new Set(), waiting = [];
  let python = null, ready = false;
  const hear = ({ data }) => {
    if (data.do === "state") {
      if (data.name === "ready") {
        ready = true;
        for (const message of waiting.splice(0)) post(...message);
      }
      return watch(data.name, data);
    }
    if (data.do === "loading") return watch("later", data);
    for (const act of heard) act(data, data.buffers || []);
    return undefined;
  };
  const post = (message, buffers = []) => (ready ? python.postMessage(message, buffers) : waiting.push([message, buffers]));
  const start = (steal = false) => {
    python?.terminate();
    ready = false;
    python = new Worker(worker, { type: "module" });
    python.onmessage = hear;
    python.onerror = () => watch("broken", { why: "worker" });
    python.postMessage({ do: "begin", list, base, words, steal, demo });
  };
  start();
  return {
    on: (act) => heard.add(act),
    send: ({ to, content }, buffers = []) => post(to === "pages" ? content : { to, content, buffers }, buffers),
    isReady: () => ready,
    takeOver: () => start(true),
  };
};
