// One form of a page: requests its state, renders it once, keeps it saved. The last file of the module.
const SLOW = 8000, ASK_AGAIN = 4000;

function render({ model, el }) {
  const early = model.get("early");
  const waiting = h("div", { class: "wb-opening", "aria-busy": "true" },
    h("p", { role: "status" }, early.opening), h("div", { class: "wb-bones", "aria-hidden": "true" }, h("i"), h("i"), h("i")));
  const root = frame("", waiting);
  el.replaceChildren(root);
  watchPresses();

  let ctx = null, shape = "", slow = 0, asking = 0, first = true;
  const send = teller(model);
  const open = () => send({ do: "open", case: caseInAddress() });
  const say = (words, again) => waiting.replaceChildren(h("p", { role: "status", class: "wb-line" }, words, " ",
    again && button(early.again, open)));
  const wait = () => {
    open();
    asking = setInterval(() => (ctx ? clearInterval(asking) : open()), ASK_AGAIN);
    slow = setTimeout(() => ctx || say(early.slow, true), SLOW);
  };

  const onState = (state) => {
    const next = JSON.stringify(state.fields);
    clearTimeout(slow);
    clearInterval(asking);
    if (ctx && next === shape && state.who?.case === ctx.caseId) return ctx.update(state, true);
    if (ctx && (!ctx.saver.isClean() || holdsFocus(root))) return ctx.update(state, true); // never pull a page from under a hand
    ctx?.stop();
    shape = next;
    ctx = makeForm(newUid(), state, send, open);
    root.replaceChildren(ctx.el);
    ctx.begin();
    if (first) onHash();
    first = false;
  };
  const onEmpty = () => { // no workbook yet, or nothing to ask: the page says so in another place
    clearTimeout(slow);
    clearInterval(asking);
    if (ctx && !ctx.saver.isClean()) return;
    ctx?.stop();
    ctx = null;
    root.replaceChildren();
  };
  const onMessage = (message) => {
    if (message.do === "state") onState(message);
    else if (message.do === "empty") onEmpty();
    else if (!ctx) { if (message.do === "trouble") say(message.text, true); }
    else if (message.do === "saved") { ctx.saver.saved(message); ctx.update(message); }
    else if (message.do === "trouble" && message.rev != null) ctx.saver.trouble(message);
    else if (message.do === "trouble") ctx.notice(message.text);
    else if (message.do === "values" || message.do === "undone") ctx.update(message);
  };
  const onShow = () => {
    if (document.visibilityState === "visible") open();
  };
  const onBack = (event) => event.persisted && open();
  const onLine = () => (ctx?.saver.isUnsaved() ? ctx.saver.retry() : open());
  const onAgain = () => (ctx && !ctx.saver.isClean() ? ctx.saver.retry() : open()); // another Python answers now
  const onGuard = (event) => ctx?.saver.guard(event);
  const onHash = () => ctx?.goTo(decodeURIComponent(location.hash.slice(1)));
  const onLink = (event) => { // clicking it again does not change the address, and fires no event
    const link = event.target.closest?.("a[href^='#']");
    if (link && link.hash === location.hash && !root.contains(link)) onHash();
  };
  const onPop = () => { for (const walk of ctx?.walks || []) walk.popped(); };
  const onPrint = () => ctx?.forPrint(), onPrinted = () => ctx?.afterPrint();
  model.on("msg:custom", onMessage);
  const on = [[document, "visibilitychange", onShow], [window, "pageshow", onBack],
    [window, "online", onLine], [window, "wb-again", onAgain], [window, "hashchange", onHash], [window, "popstate", onPop], [document, "click", onLink], [window, "beforeunload", onGuard], [window, "beforeprint", onPrint], [window, "afterprint", onPrinted]];
  for (const [target, name, act] of on) target.addEventListener(name, act);
  const given = model.get("first"); // a page of ours brings the first message with it
  if (given) onMessage(given);
  if (!ctx && given?.do !== "empty") wait();
  return () => {
    ctx?.saver.leaving();
    ctx?.stop();
    clearInterval(asking);
    clearTimeout(slow);
    model.off("msg:custom", onMessage);
    for (const [target, name, act] of on) target.removeEventListener(name, act);
  };
}
export default { render };
