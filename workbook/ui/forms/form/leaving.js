// What every widget of a page must know before anyone leaves: whether a form still holds what is not saved.
// The forms' scripts and the panels' are modules of their own, so they meet at one place of the window.
const LIMIT = 5000, AGAIN = 1500;
const savers = (globalThis.workbookSavers ||= new Set());
const whole = () => [...savers].every((one) => one.isClean());
const troubled = () => [...savers].some((one) => one.isUnsaved());
const flushAll = () => { for (const one of savers) one.leaving(); };
// True once all that was typed is acknowledged; false when that cannot be had soon. Messages to one kernel stay in
// order, but only the answer says that the disk took it.
const allSaved = async () => {
  if (whole()) return true;
  const before = troubled(), until = Date.now() + (before ? AGAIN : LIMIT);
  for (const one of savers) before ? one.retry() : one.flush(true);
  while (!whole() && Date.now() < until && (before || !troubled())) await new Promise((done) => setTimeout(done, 20));
  return whole();
};
// A press that makes something of the answers waits for the last of them. Where it cannot be saved, that is said, and
// a second press goes on without it.
const waiter = () => {
  let warned = false;
  return async () => {
    const saved = await allSaved();
    const go = saved || warned;
    warned = !go;
    return go;
  };
};
const leaveFor = async (href) => { // a browser asks by itself where something is still not saved
  await allSaved();
  location.assign(href);
};
let passing = null;
const onLeaveLink = async (event) => {
  const link = event.target.closest?.("a[href]");
  if (!link || link === passing || whole()) return;
  flushAll();
  const plain = !event.defaultPrevented && event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  const here = link.hash && link.href.split("#")[0] === location.href.split("#")[0];
  if (!plain || here || link.download || !/^https?:$/.test(link.protocol) || !["", "_self"].includes(link.target)) return;
  if (troubled()) return; // told already: the browser asks whether to leave
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
  // Our page says it first: Voila closes the line to the kernel in "beforeunload", before a form could use it.
  window.addEventListener("wb-leaving", flushAll);
  window.addEventListener("pagehide", flushAll);
  document.addEventListener("freeze", flushAll);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && flushAll());
  window.addEventListener("click", onLeaveLink);
}
