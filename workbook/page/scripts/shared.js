// A stub for a widget's script until the page has it: loaded once, then shared by all widgets of the page.
// Any widget may request it, and each in turn if there is no reply, so it is irrelevant which is first or alive.
const KEY = "%KEY%", SLOW = 8000, ASK_AGAIN = 4000, LOOK = 500;
const shelf = (globalThis.workbookScripts ||= new Map());
if (!shelf.has(KEY)) shelf.set(KEY, { part: null, loading: false, waiting: [], asked: 0, turn: 0 });
const held = shelf.get(KEY);

const say = (early, el, words, again) => {
  const line = Object.assign(document.createElement("p"), { textContent: words });
  line.setAttribute("role", "status");
  const box = Object.assign(document.createElement("div"), { className: "wb-opening" });
  const button = again && Object.assign(document.createElement("button"), { type: "button", textContent: early.again, onclick: again });
  box.append(line, ...(button ? [button] : []));
  const frame = Object.assign(document.createElement("div"), { className: "wb" });
  frame.append(box);
  el.replaceChildren(frame);
};
const ask = (now = false) => {
  if (held.part || held.loading || !held.waiting.length || (!now && Date.now() - held.asked < ASK_AGAIN)) return;
  held.asked = Date.now();
  held.waiting[held.turn++ % held.waiting.length].ask();
};
const load = async (message) => {
  if (held.part || held.loading) return;
  held.loading = true;
  try {
    const url = URL.createObjectURL(new Blob([message.code], { type: "text/javascript" }));
    const part = (await import(url)).default;
    URL.revokeObjectURL(url);
    if (![...document.head.querySelectorAll("style")].some((one) => one.textContent === message.style)) {
      document.head.append(Object.assign(document.createElement("style"), { textContent: message.style }));
    }
    held.part = part;
    for (const one of held.waiting.splice(0)) one.begin();
  } finally {
    held.loading = false; // an invalid script is requested again
  }
};
function render(given) {
  if (held.part) return held.part.render(given);
  const { model, el } = given, early = model.get("early");
  let stop = null;
  const hear = (message) => { if (message.do === "code" && message.key === KEY) load(message); };
  const rest = () => {
    clearInterval(look);
    clearTimeout(slow);
    model.off("msg:custom", hear);
    held.waiting = held.waiting.filter((one) => one !== me);
  };
  const me = {
    ask: () => { try { model.send({ do: "code" }); } catch { /* a dead kernel: ask another, or this one later */ } },
    begin: () => { rest(); stop = held.part.render(given); },
  };
  say(early, el, early.opening);
  model.on("msg:custom", hear);
  held.waiting.push(me);
  const look = setInterval(() => ask(), LOOK), slow = setTimeout(() => say(early, el, early.slow, () => ask(true)), SLOW);
  ask();
  return () => { rest(); stop?.(); };
}
export default { render };
