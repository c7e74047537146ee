// One line for the whole page that says whether everything is saved, where the page has a place for it (#wb-saved).
// Elsewhere, as in JupyterLab, each form has a line of its own.
const lines = new Map(); // form -> what it says, and when it said so
const URGENT = ["idle", "saved", "saving", "unsaved"];
const savedPlace = () => document.getElementById("wb-saved");

const showLines = () => {
  const place = savedPlace();
  if (!place) return;
  const [most] = [...lines.values()].sort((a, b) => URGENT.indexOf(b.kind) - URGENT.indexOf(a.kind) || b.at - a.at);
  place.hidden = !most;
  place.dataset.state = most?.kind || "idle";
  place.textContent = most?.words || "";
};
let turns = 0;
const saveLine = (form) => ({
  say: (kind, words) => {
    lines.set(form, { kind, words, at: (turns += 1) });
    showLines();
  },
  end: () => {
    lines.delete(form);
    showLines();
  },
});
