// What every widget of a page must know before leaving: whether a form has unsaved changes.
// The scripts of forms and panels are separate modules, so they share one property of the window.
const LIMIT = 5000, AGAIN = 1500;
const savers = (globalThis.workbookSavers ||= new Set());
const whole = () => [...savers].every((one) => one.isClean());
const troubled = () => [...savers].some((one) => one.isUnsaved());
const flushAll = () => { for (const one of savers) one.leaving(); };
// True once everything typed is acknowledged; false if that cannot happen soon. Messages to one kernel stay in
// order, but only the reply proves that they are on disk.
const allSaved = async () => {
  if (whole()) return true;
  const before = troubled(), until = Date.now() + (before ? AGAIN : LIMIT);
  for (const one of savers) before ? one.retry() : one.flush(true);
  while (!whole() && Date.now() < until && (before || !troubled())) await new Promise((done) => setTimeout(done, 20));
  return whole();
};
// A button that uses the answers waits for the last of them. If it cannot be saved, a message says so, and
// a second click continues without it.
const waiter = () => {
  let warned = false;
  return async () => {
    const saved = await allSaved();
    const go = saved || warned;
    warned = !go;
    return go;
  };
};
const leaveFor = async (href) => { // the browser asks on its own if something is still unsaved
  await allSaved();
  (globalThis.workbookGo || ((to) => location.assign(to)))(href);
};
let passing = null;
const onLeaveLink = async (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || link === passing || whole()) return;
  flushAll();
  const plain = !event.defaultPrevented && event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  const here = link.hash && link.href.split("#")[0] === location.href.split("#")[0];
  if (!plain || here || link.download || !/^https?:$/.test(link.protocol) || !["", "_self"].includes(link.target)) return;
  if (troubled()) return; // reported already: the browser asks whether to leave
  event.preventDefault();
  if (!(await allSaved())) {
    for (const one of savers) one.stay();
    return;
  }
  passing = link;
  link.click();
  passing = null;
};
if (!globalThis.workbookLeaving) {
  globalThis.workbookLeaving = true;
  // Our page runs first: Voila closes the websocket to the kernel in "beforeunload", before a form could use it.
  window.addEventListener("wb-leaving", flushAll);
  window.addEventListener("pagehide", flushAll);
  document.addEventListener("freeze", flushAll);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && flushAll());
  window.addEventListener("click", onLeaveLink);
}
