// Shows the widgets of a page. Each hears only the messages of its own id. What shows each kind is in RENDER, which
// assets.py puts before this.
const shownWidgets = new Map(); // id -> its entry, what hears its messages, and how to end it

const modelOf = (entry, channel, hears) => ({
  get: (key) => entry[key],
  on: (_name, act) => hears.add(act),
  off: (_name, act) => hears.delete(act),
  send: (content, _callbacks, buffers) => channel.send({ to: entry.id, content }, buffers || []),
});
const mount = (channel) => {
  for (const place of document.querySelectorAll("[data-wb-widget]")) {
    const entry = JSON.parse(place.querySelector("script").textContent);
    const words = place.querySelector(":scope > .wb > .wb-panel");
    if (words) entry.first.html = words.innerHTML; // a panel's first words are on the page already
    place.removeAttribute("data-wb-widget");
    const hears = new Set();
    const stop = RENDER[entry.kind]({ model: modelOf(entry, channel, hears), el: place });
    shownWidgets.set(entry.id, { entry, hears, stop });
  }
};
const unmount = () => {
  for (const { stop } of shownWidgets.values()) stop?.();
  shownWidgets.clear();
};
// Lets the widgets of this page go on with a Python that was started again and has made the same page with new ids: what
// was typed stays as it is. False if it is another page.
const adopt = (html) => {
  const made = new DOMParser().parseFromString(html, "text/html");
  const map = [...made.querySelectorAll(".wb-map [data-wb-widget]")]; // is beside the page, before all others
  const places = [...map, ...[...made.querySelectorAll("[data-wb-widget]")].filter((one) => !map.includes(one))];
  const found = places.map((place) => JSON.parse(place.querySelector("script").textContent));
  const shown = [...shownWidgets.values()];
  if (found.length !== shown.length || found.some(({ kind }, i) => kind !== shown[i].entry.kind)) return false;
  shownWidgets.clear();
  shown.forEach((one, i) => {
    one.entry.id = found[i].id;
    shownWidgets.set(one.entry.id, one);
  });
  dispatchEvent(new Event("wb-again"));
  return true;
};
const deliver = ({ to, content }, buffers) => {
  for (const act of [...(shownWidgets.get(to)?.hears || [])]) act(content, buffers);
};
