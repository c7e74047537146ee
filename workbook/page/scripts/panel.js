// Shows HTML that Python has escaped, and reports button presses to Python.
function render({ model, el }) {
  const early = model.get("early");
  const status = h("p", { class: "wb-line", role: "status" }, early.opening);
  const box = h("div", { class: "wb-panel" });
  el.replaceChildren(frame("", box, status));
  let shown = false, waiting = null, late = 0, html = "";
  const send = teller(model);
  const open = () => send({ do: "open", case: caseInAddress() });
  const tell = (...words) => status.replaceChildren(...words);
  const placeOf = (one) => (one.id ? `#${CSS.escape(one.id)}` : one.dataset.press && `[data-press="${CSS.escape(one.dataset.press)}"]${one.dataset.value == null ? "" : `[data-value="${CSS.escape(one.dataset.value)}"]`}`);
  // What a button does is said beside it; below the panel once the button is gone.
  let pressed = "";
  const beside = () => {
    const one = pressed ? box.querySelector(pressed) : null, row = one?.closest(".wb-row, p");
    (row && box.contains(row) ? row : one || box).after(status);
  };
  const restore = () => {
    clearTimeout(late);
    if (!waiting) return;
    waiting.removeAttribute("aria-disabled");
    waiting.classList.remove("wb-busy");
    waiting = null;
  };
  const valuesOf = (form) => {
    const found = {};
    for (const field of form.elements) {
      if (!field.name || field.type === "submit" || field.type === "button") continue;
      if (field.type === "checkbox") found[field.name] = field.value === "on" ? field.checked : [...(found[field.name] || []), ...(field.checked ? [field.value] : [])];
      else if (field.type !== "radio" || field.checked) found[field.name] = field.value;
    }
    return found;
  };
  const ready = waiter();
  const press = async (target, name, value, more = {}) => {
    if (waiting) return;
    waiting = target;
    waiting.setAttribute("aria-disabled", "true"); // stays focusable, so that the keyboard focus is not lost
    waiting.classList.add("wb-busy");
    if (!status.contains(target)) {
      pressed = placeOf(target) || placeOf(target.closest("form"));
      beside();
    }
    tell(target.dataset.wait || early.working);
    if (!(await ready())) { restore(); return tell(early.unsaved); }
    send({ do: "press", name, value, ...more });
    late = setTimeout(() => { restore(); tell(early.slow); }, 20000);
  };
  box.addEventListener("click", (event) => {
    const target = event.target.closest("[data-press]");
    if (!target || target.tagName === "FORM") return;
    event.preventDefault();
    const form = target.closest("form");
    press(target, target.dataset.press, form && !form.dataset.press ? { value: target.dataset.value ?? null, ...valuesOf(form) } : target.dataset.value ?? null);
  });
  const reveal = (form, shows) => { // what is typed there may be seen, until it is sent
    for (const secret of form.querySelectorAll("[data-secret]")) secret.type = shows ? "text" : "password";
    for (const one of form.querySelectorAll("[data-reveals]")) one.checked = shows;
  };
  box.addEventListener("change", ({ target }) => target.matches("[data-reveals]") && reveal(target.form, target.checked));
  box.addEventListener("change", ({ target }) => { // files are read where they are, in the browser's own home
    if (!target.dataset.files) return;
    const files = [...target.files].map((file) => [file.webkitRelativePath || file.name, file]);
    press(target, target.dataset.files, null, { files });
  });
  box.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target;
    if (waiting || !form.dataset.press) return;
    press(event.submitter || form, form.dataset.press, valuesOf(form));
    for (const secret of form.querySelectorAll("[data-secret]")) secret.value = ""; // sent once, never stored
    reveal(form, false);
  });
  const draw = (next) => {
    if (next === html) return; // unchanged HTML keeps focus and open parts
    html = next;
    const active = box.contains(document.activeElement) ? document.activeElement : null;
    const place = active && placeOf(active);
    const open = new Set([...box.querySelectorAll("details[open][data-keep]")].map((part) => part.dataset.keep));
    const typed = [...box.querySelectorAll("form[data-keep] input")].filter((one) => (one.type === "radio" ? one.checked : one.value !== one.defaultValue));
    const asked = box.querySelector("[autofocus]")?.id;
    box.innerHTML = html;
    beside();
    for (const old of typed) { // what someone has begun to fill in stays
      const same = [...box.querySelectorAll("form[data-keep] input")].find((one) => one.name === old.name && (one.type !== "radio" || one.value === old.value));
      if (same) old.type === "radio" ? (same.checked = true) : (same.value = old.value);
    }
    for (const part of box.querySelectorAll("details[data-keep]")) if (open.has(part.dataset.keep)) part.open = true;
    for (const link of box.querySelectorAll("a[href]:not([download])")) link.target = "_self";
    const first = box.querySelector("[autofocus]"); // a question that is new, or was answered wrong
    (place && first?.id === asked ? box.querySelector(place) : first || (place && box.querySelector(place)))?.focus();
  };
  const onMessage = (message, buffers) => {
    if (message.do === "html") {
      shown = true;
      clearTimeout(slow);
      draw(message.html);
      tell(message.text || "");
    } else if (message.do === "file") {
      const share = saveFile(message, buffers, early.share);
      if (message.html != null) draw(message.html);
      tell(message.text || early.ready.replace("{name}", () => message.name), ...share);
    } else if (message.do === "go") {
      leaveFor(message.href);
    } else if (message.do === "trouble" || message.do === "told") {
      const other = message.instead, instead = other && button(other.words, () => press(instead, other.name, other.value));
      tell(message.text, ...(instead ? [" ", instead] : shown ? [] : [" ", button(early.again, open)]));
    }
    restore();
  };
  const onShow = () => document.visibilityState === "visible" && !waiting && open();
  const onAgain = () => { restore(); tell(""); open(); }; // another Python answers now
  const onBack = (event) => event.persisted && open();
  model.on("msg:custom", onMessage);
  document.addEventListener("visibilitychange", onShow);
  window.addEventListener("pageshow", onBack);
  window.addEventListener("wb-again", onAgain);
  const slow = setTimeout(() => shown || tell(early.slow, " ", button(early.again, open)), 8000);
  const asking = setInterval(() => (shown ? clearInterval(asking) : open()), 4000);
  const given = model.get("first"); // a page of ours brings the first message with it
  if (given) onMessage(given);
  if (!shown) open();
  return () => {
    clearTimeout(slow);
    clearTimeout(late);
    clearInterval(asking);
    model.off("msg:custom", onMessage);
    document.removeEventListener("visibilitychange", onShow);
    window.removeEventListener("pageshow", onBack);
    window.removeEventListener("wb-again", onAgain);
  };
}
export default { render };
