// Takes one file from the person and sends its bytes to Python in one message.
function render({ model, el }) {
  const early = model.get("early"), t = phrase(early), id = newUid();
  const status = h("p", { class: "wb-hint", role: "status" });
  const label = h("label", { class: "wb-label", for: id }, early.choose_file);
  const limits = h("p", { class: "wb-hint", id: `${id}-limit` });
  const input = h("input", { type: "file", id, class: "wb-file", "aria-describedby": `${id}-limit` });
  el.replaceChildren(frame(" wb-upload", label, limits, input, status));
  const send = teller(model);
  let limit = 10000000, busy = false, named = false;
  input.addEventListener("change", async () => {
    const file = input.files[0];
    if (!file || busy) return;
    if (file.size > limit) {
      status.textContent = t("too_big", { limit: Math.floor(limit / 1000000) });
      input.value = "";
      return;
    }
    busy = true;
    status.textContent = t("reading", { name: file.name });
    try {
      const bytes = await file.arrayBuffer();
      send({ do: "upload", name: file.name, mime: file.type, size: file.size, case: caseInAddress() }, [bytes]);
      status.textContent = t("sending", { name: file.name });
    } catch {
      busy = false;
      status.textContent = early.unreadable;
    }
  });
  const onMessage = (message) => {
    if (message.do === "label") {
      named = true;
      limit = message.limit || limit;
      label.textContent = message.label || early.choose_file;
      limits.textContent = [message.hint, t("at_most", { limit: Math.floor(limit / 1000000) })].filter(Boolean).join(" ");
      if (message.accept) input.setAttribute("accept", message.accept);
      return;
    }
    busy = false;
    input.value = "";
    if (message.do === "taken") {
      status.textContent = message.text;
      if (message.href) leaveFor(message.href);
    } else if (message.do === "trouble") status.textContent = message.text;
  };
  model.on("msg:custom", onMessage);
  const ask = () => send({ do: "open", case: caseInAddress() });
  const onAgain = () => { busy = false; input.value = status.textContent = ""; }; // another Python answers now
  window.addEventListener("wb-again", onAgain);
  const asking = setInterval(() => (named ? clearInterval(asking) : ask()), 4000);
  if (model.get("first")) onMessage(model.get("first"));
  if (!named) ask();
  return () => {
    clearInterval(asking);
    window.removeEventListener("wb-again", onAgain);
    model.off("msg:custom", onMessage);
  };
}
export default { render };
