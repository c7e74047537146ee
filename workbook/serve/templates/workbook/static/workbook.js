// The page frame: larger text, hiding the page, the map next to it, and the state of the connection.
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
const kernel = () => {
  try { return JSON.parse($("jupyter-config-data").textContent); } catch { return null; }
};
// This script runs before Voilà's, and so does this: what it does in "beforeunload" closes the websocket to the
// kernel, on which forms send the last changes.
addEventListener("beforeunload", (event) => {
  dispatchEvent(new Event("wb-leaving"));
  if (hiding) event.stopImmediatePropagation(); // "Leave this page?" must not appear
}, true);
// Voilà says goodbye in "beforeunload", which phones often skip.
addEventListener("pagehide", () => {
  const config = kernel();
  if (config) navigator.sendBeacon(`${config.baseUrl}voila/api/shutdown/${config.kernelId}`);
});
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
// A page from the browser's back/forward cache has lost its kernel.
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-wb-reload]")) location.reload();
});

// --- the map of steps moves next to the page as a whole, so that its own script still reaches it
const side = $("wb-side");
if (side) side.replaceChildren(...document.querySelectorAll("main .wb-map"));

// --- links between notebooks keep their case
const id = new URLSearchParams(location.search).get("case");
if (id) {
  for (const a of document.querySelectorAll("main .wb-prose a[href]")) {
    const to = new URL(a.href);
    if (to.origin !== location.origin || !to.pathname.endsWith(".ipynb") || to.searchParams.has("case")) continue;
    to.searchParams.set("case", id);
    a.href = to.href;
  }
}
document.querySelector(".wb-loading")?.remove();

// --- the connection. Only an acknowledgement proves a save; this only says when none can arrive.
const bar = $("wb-conn");
const tell = (text, reload) => {
  if (!bar || bar.dataset.text === text) return;
  bar.dataset.text = text;
  const words = document.createElement("span");
  words.textContent = text;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = said.reload;
  button.dataset.wbReload = "";
  bar.replaceChildren(...(text ? [words, ...(reload ? [button] : [])] : []));
  // Other elements at the edge (the line that says "Saved") read this and keep clear.
  root.style.setProperty("--wb-conn-height", text ? `${bar.offsetHeight}px` : "0px");
};
let late = 0;
let dead = false;
const watch = (found) => {
  const look = () => {
    clearTimeout(late);
    dead ||= found.isDisposed || /dead|restarting|terminating/.test(found.status);
    if (dead) return hiding || tell(said.dead, true);
    if (found.connectionStatus === "connected" && navigator.onLine) return tell("");
    late = setTimeout(() => hiding || tell(said.lost, found.connectionStatus === "disconnected"), 2000);
  };
  found.connectionStatusChanged.connect(look);
  found.statusChanged.connect(look);
  found.disposed.connect(look);
  addEventListener("online", look);
  look();
};
addEventListener("offline", () => dead || tell(said.lost));
addEventListener("online", () => dead || tell(""));
addEventListener("load", async () => {
  for (let i = 0; i < 300 && !window.jupyterapp; i += 1) await new Promise((r) => setTimeout(r, 100));
  const manager = await window.jupyterapp?.widgetManagerPromise?.promise;
  if (manager) watch(manager.kernel);
});
