// Answers kept in a browser are kept in good hands: the browser is asked to keep them, the first page says when a case
// file was last downloaded, and on an iPhone or iPad how to stop Safari from erasing them. Knows ids and days only.
let asked = false;
// Once there is something to keep; the browser decides by itself, or asks the person.
const askToKeep = async () => {
  if (asked) return;
  asked = true;
  try { if (!(await navigator.storage.persisted())) await navigator.storage.persist(); } catch { /* it keeps them as long as it likes */ }
};

const REMEMBERED = "wb-copies", CLOSED = "wb-phone-closed";
const recall = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
const remember = (key, text) => { try { text ? localStorage.setItem(key, text) : localStorage.removeItem(key); } catch { /* not remembered */ } };
const copiesMade = () => { try { return JSON.parse(recall(REMEMBERED)) || {}; } catch { return {}; } };
const saveCopies = (found) => remember(REMEMBERED, Object.keys(found).length ? JSON.stringify(found) : "");

addEventListener("wb-file", ({ detail }) => {
  const id = /^workbook-(.+?)\.json(\.age)?$/.exec(detail)?.[1];
  if (!id) return;
  saveCopies({ ...copiesMade(), [id]: new Date().toISOString() });
  fillCopies();
});
const dayOf = (stamp) => new Date(stamp).toLocaleDateString(document.documentElement.lang || "en", { day: "numeric", month: "long", year: "numeric" });
const fillCopies = () => {
  const places = [...document.querySelectorAll("[data-wb-copied]")], made = copiesMade();
  if (!$("wb-saved-where")) return; // only the list of all workbooks, empty or not, tells what was erased
  const here = new Set([...document.querySelectorAll("[data-press=save]")].map((one) => one.dataset.value));
  saveCopies(Object.fromEntries(Object.entries(made).filter(([id]) => here.has(id)))); // nothing stays of what was erased
  for (const place of places) {
    const { wbCopied: id, changed, never, then, old } = place.dataset, at = made[id];
    const text = at ? [then.replace("{day}", dayOf(at)), ...(Date.parse(changed) > Date.parse(at) ? [old] : [])].join(" ") : never;
    if (place.textContent !== text) place.textContent = text;
    place.hidden = false;
  }
};

// Safari on an iPhone or iPad, and not from the Home Screen.
const forgetsSoon = () => navigator.standalone === false;
const phoneNote = (words) => {
  const after = document.querySelector(".wb-books, #wb-saved-where, .wb-home")?.closest("[class~=wb]");
  if (!after || $("wb-phone") || !forgetsSoon() || recall(CLOSED)) return;
  const note = h("section", { class: "wb-phone", id: "wb-phone", "aria-labelledby": "wb-phone-title" },
    h("h2", { id: "wb-phone-title" }, words.phone_title), ["phone_why", "phone_how", "phone_move"].map((key) => h("p", {}, words[key])),
    h("p", {}, button(words.close, () => { remember(CLOSED, "1"); note.remove(); })));
  after.after(note);
};
const keeping = (words) => {
  const look = () => { fillCopies(); phoneNote(words); };
  new MutationObserver(look).observe($("content"), { childList: true, subtree: true });
};
