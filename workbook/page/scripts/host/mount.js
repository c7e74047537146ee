// Shows the widgets of a page. Each hears only the messages of its own id.
const RENDER = { form: showForm, panel: showPanel, download: showDownload, upload: showUpload };
const shownWidgets = new Map(); // id -> what hears its messages, and how to end it

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
    shownWidgets.set(entry.id, { hears, stop });
  }
};
const unmount = () => {
  for (const { stop } of shownWidgets.values()) stop?.();
  shownWidgets.clear();
};
const deliver = ({ to, content }, buffers) => {
  for (const act of [...(shownWidgets.get(to)?.hears || [])]) act(content, buffers);
};
