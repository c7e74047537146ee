// A button that asks Python for a file and saves it.
function render({ model, el }) {
  const early = model.get("early");
  const status = h("p", { class: "wb-hint", role: "status" });
  const words = h("span", {}, early.download);
  const press = h("button", { type: "button", class: "wb-button wb-second" }, words);
  const hint = h("p", { class: "wb-hint" });
  el.replaceChildren(frame(" wb-download", press, hint, status));
  const send = teller(model);
  const ready = waiter();
  let busy = 0, named = false;
  const rest = () => {
    clearTimeout(busy);
    busy = 0;
    press.removeAttribute("aria-disabled");
  };
  press.addEventListener("click", async () => {
    if (busy) return;
    press.setAttribute("aria-disabled", "true");
    status.textContent = early.preparing;
    const still = () => {
      status.textContent = early.still;
      busy = setTimeout(() => { rest(); status.textContent = early.slow; }, 50000);
    };
    busy = setTimeout(still, 10000);
    if (!(await ready())) { rest(); status.textContent = early.unsaved; return; }
    send({ do: "make", case: caseInAddress() });
  });
  const onMessage = (message, buffers) => {
    if (message.do === "label") {
      named = true;
      words.textContent = message.label;
      hint.textContent = message.hint || "";
      return;
    }
    rest();
    if (message.do === "file") {
      const share = saveFile(message, buffers, early.share);
      status.replaceChildren(message.text || early.ready.replace("{name}", () => message.name), ...share);
    } else if (message.do === "trouble") status.textContent = message.text;
  };
  model.on("msg:custom", onMessage);
  const ask = () => send({ do: "open", case: caseInAddress() });
  const onAgain = () => { rest(); status.textContent = ""; }; // another Python answers now
  window.addEventListener("wb-again", onAgain);
  const asking = setInterval(() => (named ? clearInterval(asking) : ask()), 4000);
  if (model.get("first")) onMessage(model.get("first"));
  if (!named) ask();
  return () => {
    rest();
    clearInterval(asking);
    window.removeEventListener("wb-again", onAgain);
    model.off("msg:custom", onMessage);
  };
}
export default { render };
