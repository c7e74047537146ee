// Starts a page: shows its widgets over a channel, and swaps in the pages that follow.
const swap = (page, { y, anchor, still }) => {
  unmount();
  root.lang = page.lang;
  root.dir = page.dir;
  document.title = [page.title, said.product].filter(Boolean).join(" – ");
  const main = $("content"), frame = document.querySelector(".wb-frame");
  frame.classList.toggle("wb-has-side", page.steps);
  if (page.steps && !$("wb-side")) frame.prepend(Object.assign(document.createElement("div"), { id: "wb-side", className: "wb-side" }));
  if (!page.steps) $("wb-side")?.remove();
  const notes = $("wb-starting"); // says what is true of every page
  main.innerHTML = page.html; // from templates that escape; the same ones make the page itself
  $("wb-starting")?.remove();
  if (notes) main.prepend(notes);
  arrange();
  mount(host.channel);
  if (page.side) $("wb-side").innerHTML = page.side;
  if (still) return;
  const heading = main.querySelector("h1") || main;
  if (!anchor) {
    heading.tabIndex = -1; // the next page begins to be read at its title
    heading.focus({ preventScroll: true });
    scrollTo(0, y);
  } else if (!main.contains(document.activeElement)) {
    const there = $(decodeURIComponent(anchor.slice(1)));
    there?.scrollIntoView();
    there?.focus();
  }
};
const host = { channel: null };

const begin = () => {
  arrange();
  const site = $("wb-site");
  if (site) return browserHome(JSON.parse(site.textContent), host);
  const config = JSON.parse($("jupyter-config-data")?.textContent || "null");
  if (!config) return undefined; // a notice, or a page that could not be opened
  host.channel = kernelChannel(config, watchLine);
  host.channel.on(deliver);
  mount(host.channel);
  host.channel.send({ to: "pages", content: { do: "here", zone: zone() } });
  // A page from the browser's back/forward cache has lost its kernel.
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
  if (document.querySelector("script[data-wb-whole]")) return undefined; // Jupyter's front end stays with its page
  globalThis.workbookGo = makeRouter(host.channel, swap).go;
  if (history.state?.y && !location.hash) scrollTo(0, history.state.y);
  return undefined;
};
begin();
