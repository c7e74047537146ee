// The page frame: larger text, hiding the page, the map next to it, and the state of the connection.
globalThis.workbookHere = true; // this script runs (early.js)
const $ = (id) => document.getElementById(id);
const root = document.documentElement;
const said = document.body.dataset;

// --- the base URL of this start, for old addresses (way.js)
if (said.baseUrl) try { localStorage.setItem("wb-begin", said.baseUrl.replace(/voila\/$/, "")); } catch { /* not remembered */ }

// --- larger text: a setting for this screen, so the browser may remember it
const large = $("wb-large");
const size = (on) => {
  root.classList.toggle("wb-large", on);
  large.setAttribute("aria-pressed", String(on));
};
if (large) {
  size(root.classList.contains("wb-large"));
  large.addEventListener("click", () => {
    const on = !root.classList.contains("wb-large");
    try { localStorage.setItem("wb-large", on ? "1" : ""); } catch { /* not remembered */ }
    size(on);
  });
}

// --- hide this page: at once, without a question, and without a way back in this history entry
let hiding = false;
// Before anything else hears of it: Voilà closes its websocket to the kernel in "beforeunload".
addEventListener("beforeunload", (event) => {
  dispatchEvent(new Event("wb-leaving"));
  if (hiding) event.stopImmediatePropagation(); // "Leave this page?" must not appear
}, true);
const hide = () => {
  hiding = true;
  root.style.display = "none";
  document.title = "";
  location.replace("about:blank");
};
$("wb-hide")?.addEventListener("click", hide);
let escapes = [];
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.repeat) { escapes = []; return; }
  escapes = [...escapes.filter((t) => event.timeStamp - t < 1500), event.timeStamp];
  if (escapes.length >= 3) hide();
}, true);
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-wb-reload]")) location.reload();
});

// --- printing, which needs a script and so is hidden without one
for (const button of document.querySelectorAll("[data-wb-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => globalThis.print());
}

// --- what each page needs after its cells are there
const arrange = () => {
  const side = $("wb-side");
  // The map moves as a whole, so that its own script still reaches it.
  const map = document.querySelectorAll("main .wb-map");
  if (map.length) side?.replaceChildren(...map);
  const id = caseInAddress();
  for (const link of document.querySelectorAll("main .wb-prose a[href], .wb-foot a[href], .wb-name[href]")) {
    const to = new URL(link.href);
    if (!id || to.origin !== location.origin || !isPage(to) || to.searchParams.get("case") === id) continue;
    to.searchParams.set("case", id); // links between notebooks keep their case
    link.href = to.href;
  }
  document.querySelector(".wb-loading")?.remove();
};
const isPage = (url) => /\.(ipynb|html)$|\/$/.test(url.pathname);

// --- the connection. Only an acknowledgement proves a save; this only says when none can arrive.
const bar = $("wb-conn");
const tellLine = (text, ...actions) => {
  if (!bar || bar.dataset.text === text || hiding) return;
  bar.dataset.text = text;
  const words = document.createElement("span");
  words.textContent = text;
  bar.replaceChildren(...(text ? [words, ...actions] : []));
  // Other elements at the edge (the line that says "Saved") read this and keep clear.
  root.style.setProperty("--wb-conn-height", text ? `${bar.offsetHeight}px` : "0px");
};
const lineButton = (text, act) => Object.assign(document.createElement("button"), { type: "button", textContent: text, onclick: act });
const reloadButton = () => lineButton(said.reload, () => location.reload());
const LOST_AFTER = 2000;
let lineState = "open", lostTimer = 0;
const watchLine = (state) => {
  if (lineState === "dead") return;
  lineState = state;
  clearTimeout(lostTimer);
  if (state === "dead") tellLine(said.dead, reloadButton());
  else if (state === "open" && navigator.onLine) tellLine("");
  else lostTimer = setTimeout(() => tellLine(said.lost, ...(state === "lost" ? [reloadButton()] : [])), navigator.onLine ? LOST_AFTER : 0);
};
// A page whose Python is in the browser needs no connection.
if (!$("wb-site")) for (const name of ["offline", "online"]) addEventListener(name, () => watchLine(lineState));
