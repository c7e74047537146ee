// The least a page does: one worker with Python, then the service worker.
const main = document.querySelector("main");
const say = (what, value) => main.setAttribute(`data-${what}`, typeof value === "string" ? value : JSON.stringify(value));
const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
let next = 0;
const waiting = new Map();
worker.onmessage = ({ data }) => {
  if (data.heard) return say("progress", data.heard);
  if (data.ready) return say("ready", "yes");
  if (!data.id) return say("trouble", data.trouble);
  const [done, fail] = waiting.get(data.id);
  if (data.trouble) fail(new Error(data.trouble));
  else done(data.value);
};
worker.onerror = (event) => say("trouble", event.message ?? "the worker did not start");
const ask = (what) => new Promise((...both) => {
  waiting.set(++next, both);
  worker.postMessage({ ...what, id: next });
});
window.python = (code) => ask({ do: "run", code });
window.later = (use) => ask({ do: "later", use });
window.keep = async () => {
  const registration = await navigator.serviceWorker.register("./sw.js");
  await navigator.serviceWorker.ready;
  (registration.active ?? registration.waiting).postMessage({ do: "hello", version: main.dataset.version });
  return true;
};
worker.postMessage({ do: "start", list: new URL(main.dataset.list, location).href, base: new URL("./", location).href });
