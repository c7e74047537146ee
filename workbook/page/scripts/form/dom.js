// Small helpers for every part of a form. All text is inserted as text, never as markup.
const h = (tag, props = {}, ...kids) => {
  const el = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value == null || value === false) continue;
    if (key.startsWith("on")) el.addEventListener(key.slice(2), value);
    else if (key === "value" || key === "checked") el[key] = value;
    else el.setAttribute(key, value === true ? "" : value);
  }
  el.append(...kids.flat(9).filter((kid) => kid != null && kid !== false && kid !== ""));
  return el;
};
const unseen = (text) => h("span", { class: "wb-vh" }, text);
const same = (a, b) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
const blank = (v) => v == null || v === "" || v === false || (Array.isArray(v) && !v.length);
const holdsFocus = (el) => el.contains(document.activeElement);
// A press takes the focus from a field before it is a click. A message that appears in between would push the button
// away from under the pointer, and the press would be lost: such messages wait until it is done.
let waiting = null, watched = false;
const pressDone = () => {
  const acts = waiting || [];
  waiting = null;
  for (const act of acts) act();
};
const watchPresses = () => {
  if (watched) return;
  watched = true;
  document.addEventListener("mousedown", () => { waiting ||= []; }, true);
  for (const end of ["mouseup", "dragend", "keydown"]) document.addEventListener(end, () => setTimeout(pressDone), true);
};
const afterPress = (act) => (waiting ? waiting.push(act) : act());
const letters = "abcdefghijklmnopqrstuvwxyz", signs = letters + "0123456789";
const newId = () => Array.from(crypto.getRandomValues(new Uint32Array(6)),
  (n, i) => (i ? signs[n % 36] : letters[n % 26])).join("");
let made = 0;
const newUid = () => `wb${newId()}${(made += 1)}`;
const language = () => document.documentElement.lang || "en";
const phrase = (strings) => (key, parts = {}) =>
  (strings[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => (name in parts ? parts[name] : whole));
const button = (words, onclick, more = {}, about = "") =>
  h("button", { type: "button", class: "wb-link", ...more, onclick }, words, about && unseen(` ${about}`));
// With a dead kernel sending throws; what was not acknowledged is sent again anyway.
const teller = (model) => (message, buffers) => {
  try { model.send(message, undefined, buffers); } catch { /* reported by the missing reply */ }
};
// Without this JupyterLab intercepts keys typed here: Shift+Enter leaves the box, then "d d" deletes a cell.
const frame = (kind, ...kids) => h("div", { class: `wb${kind}`, "data-lm-suppress-shortcuts": "true" }, ...kids);
// The address names the case by a random id, never by a person's name.
const caseInAddress = () => new URLSearchParams(location.search).get("case");
const copyButton = (t, text) => {
  const out = h("span", { role: "status", class: "wb-copied" });
  return h("span", { class: "wb-copy" }, button(t("copy"), async () => {
    try {
      await navigator.clipboard.writeText(text());
      out.textContent = t("copied");
    } catch {
      out.textContent = t("copy_by_hand");
    }
    setTimeout(() => { out.textContent = ""; }, 4000);
  }), out);
};
