// Which links are shown in place, and what happens with the others.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const BASE = "http://127.0.0.1:8866/key/voila/render/";

function world(start = "1-goal.ipynb?case=ab12", options = {}, reply = (asked) => ({ do: "page", number: asked.number, html: asked.name })) {
  const events = {}, log = [], swapped = [];
  const location = new URL(start, BASE);
  Object.assign(location, { assign: (to) => log.push(["assign", to]), reload: () => log.push(["reload"]) });
  const history = {
    state: null, replaceState: (state, _t, url) => { history.state = state; if (url) location.href = url; },
    pushState: (state, _t, url) => { history.state = state; log.push(["push", url]); location.href = url; },
  };
  let hear = null;
  const channel = {
    on: (act) => { hear = act; },
    send: ({ content }) => { log.push(["ask", content.name, content.query]); const said = reply(content); if (said) hear({ to: "pages", content: said }); },
  };
  const globals = {
    location, history, scrollY: 40, addEventListener: (name, act) => { events[name] = act; }, allSaved: async () => true,
    document: { body: { setAttribute() {}, removeAttribute() {} } }, isPage: (url) => /\.(ipynb|html)$|\/$/.test(url.pathname),
    setTimeout: (act, ms) => (ms > 1000 ? 0 : setTimeout(act, 0)), clearTimeout: () => {},
  };
  const { makeRouter } = load(["host/router"], ["makeRouter"], globals);
  const router = makeRouter(channel, (page, how) => swapped.push([page.html, how]), options);
  const click = (href, more = {}) => {
    const link = { href: new URL(href, location.href).href, target: "", download: "", ...more.link };
    let stopped = false;
    events.click({ target: { closest: () => link }, button: 0, preventDefault: () => { stopped = true; }, ...more.event });
    return stopped;
  };
  return { router, log, swapped, events, click, location, history, hear: (content) => hear({ to: "pages", content }) };
}
const settle = () => new Promise((done) => setTimeout(done, 5));

test("a link to another notebook of the case is shown in place", async () => {
  const w = world();
  assert.equal(w.click("2-clinician.ipynb?case=ab12#clinicians"), true);
  await settle();
  assert.deepEqual(w.swapped, [["2-clinician", { y: 0, anchor: "#clinicians", still: false }]]);
  assert.deepEqual(w.log.at(-1), ["push", `${BASE}2-clinician.ipynb?case=ab12#clinicians`]);
});

test("names with spaces and other letters arrive as they are", async () => {
  const w = world();
  w.click("my%20p%C3%A1gina.ipynb?case=ab12");
  await settle();
  assert.deepEqual(w.log[0], ["ask", "my página", "case=ab12"]);
});

for (const [what, href, more] of [
  ["another case", "2-clinician.ipynb?case=zz99"], ["no case", "2-clinician.ipynb"], ["another folder", "../other/2-clinician.ipynb?case=ab12"],
  ["another host", "https://example.org/2-clinician.ipynb?case=ab12"], ["a file", "summary.pdf"], ["a phone number", "tel:911"],
  ["a new tab", "2-clinician.ipynb?case=ab12", { link: { target: "_blank" } }], ["a download", "2-clinician.ipynb?case=ab12", { link: { download: "x" } }],
  ["a middle click", "2-clinician.ipynb?case=ab12", { event: { button: 1 } }], ["Ctrl", "2-clinician.ipynb?case=ab12", { event: { ctrlKey: true } }],
  ["a place on this page", "#goal"],
]) test(`${what} is left to the browser`, () => {
  const w = world();
  assert.equal(w.click(href, more), false);
  assert.deepEqual(w.log, []);
});

test("a page without a case may go on to one, and every case is near where one Python serves all", () => {
  assert.equal(world("index.ipynb").click("1-goal.ipynb?case=ab12"), true);
  assert.equal(world("index.html?case=ab12", { anyCase: true }).click("index.html?case=zz99"), true);
});

test("what the kernel does not show is loaded by the browser", async () => {
  const w = world(undefined, {}, (asked) => ({ do: "elsewhere", number: asked.number }));
  w.click("4-slider.ipynb?case=ab12");
  await settle();
  assert.deepEqual(w.log.at(-1), ["assign", `${BASE}4-slider.ipynb?case=ab12`]);
  assert.deepEqual(w.swapped, []);
});

test("only the last of two quick clicks is shown", async () => {
  const waiting = [];
  const w = world(undefined, { patient: true }, (asked) => { waiting.push(asked); return null; });
  w.click("2-clinician.ipynb?case=ab12");
  await settle();
  w.click("3-insurance.ipynb?case=ab12");
  await settle();
  assert.equal(waiting.length, 2);
  assert.deepEqual(w.swapped, []);
});

test("Back shows the page of the address, at the place that was left", async () => {
  const w = world();
  w.click("2-clinician.ipynb?case=ab12");
  await settle();
  w.location.href = `${BASE}1-goal.ipynb?case=ab12`;
  w.events.popstate({ state: { y: 40 } });
  await settle();
  assert.deepEqual(w.swapped.at(-1), ["1-goal", { y: 40, anchor: "", still: false }]);
  assert.equal(w.log.filter(([what]) => what === "push").length, 1);
});

test("Back to a page that cannot be shown in place loads it", async () => {
  let number = 0;
  const w = world(undefined, {}, (asked) => ({ do: (number += 1) > 1 ? "elsewhere" : "page", number: asked.number, html: asked.name }));
  w.click("2-clinician.ipynb?case=ab12");
  await settle();
  w.location.href = `${BASE}1-goal.ipynb?case=ab12`;
  w.events.popstate({ state: null });
  await settle();
  assert.deepEqual(w.log.at(-1), ["reload"]);
});

test("what else is said about pages is no page", async () => {
  const w = world();
  w.hear({ do: "here" });
  w.click("2-clinician.ipynb?case=ab12");
  await settle();
  w.hear({ do: "here" });
  assert.equal(w.swapped.length, 1);
});
