// Which links are shown in place, and what happens with the others.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const BASE = "http://127.0.0.1:8866/key/voila/render/";

function world(start = "1-goal.ipynb?case=ab12", options = {}, reply = (asked) => ({ do: "page", number: asked.number, html: asked.name })) {
  const events = {}, log = [], asked = [], swapped = [], saved = { all: true };
  const location = new URL(start, BASE);
  Object.assign(location, { assign: (to) => log.push(["assign", to]), reload: () => log.push(["reload"]) });
  const history = {
    state: null, replaceState: (state, _t, url) => { history.state = state; if (url) location.href = url; },
    pushState: (state, _t, url) => { history.state = state; log.push(["push", url]); location.href = url; },
  };
  let hear = null;
  const channel = {
    on: (act) => { hear = act; }, isReady: () => saved.ready,
    send: ({ content }) => { log.push(["ask", content.name, content.query]); asked.push(content); const said = reply(content); if (said) hear({ to: "pages", content: said }); },
  };
  const globals = {
    location, history, scrollY: 40, addEventListener: (name, act) => { events[name] = act; }, allSaved: async () => saved.all, adopt: () => false,
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
  return { router, log, asked, swapped, events, click, location, history, saved, hear: (content) => hear({ to: "pages", content }) };
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

test("only the last of two quick clicks is shown, whatever arrives first", async () => {
  for (const order of [[0, 1], [1, 0]]) {
    const waiting = [];
    const w = world(undefined, { patient: true }, (asked) => { waiting.push(asked); return null; });
    w.click("2-clinician.ipynb?case=ab12");
    await settle();
    w.click("3-insurance.ipynb?case=ab12");
    await settle();
    for (const i of order) w.hear({ do: "page", number: waiting[i].number, html: waiting[i].name });
    await settle();
    assert.deepEqual(w.swapped.map(([html]) => html), ["3-insurance"]);
    assert.deepEqual(w.log.filter(([what]) => what === "push"), [["push", `${BASE}3-insurance.ipynb?case=ab12`]]);
    assert.equal(w.log.some(([what]) => what === "assign"), false);
  }
});

test("each request names the page on screen, which may still be saving", async () => {
  const w = world(undefined, {}, (asked) => (asked.name === "9-late" ? null : { do: "page", number: asked.number, html: asked.name }));
  w.click("2-clinician.ipynb?case=ab12");
  await settle();
  w.click("9-late.ipynb?case=ab12");
  w.click("3-insurance.ipynb?case=ab12");
  await settle();
  w.click("4-records.ipynb?case=ab12");
  await settle();
  const [first, second, third] = ["2-clinician", "3-insurance", "4-records"].map((name) => w.asked.find((one) => one.name === name));
  assert.deepEqual([first.shown, second.shown, third.shown], [0, first.number, second.number]);
});

test("a double click asks once", async () => {
  const w = world(undefined, { patient: true }, () => null);
  assert.equal(w.click("2-clinician.ipynb?case=ab12"), true);
  assert.equal(w.click("2-clinician.ipynb?case=ab12"), true, "and the browser does not follow it either");
  await settle();
  assert.deepEqual(w.log, [["ask", "2-clinician", "case=ab12"]]);
});

test("a page that is not shown in place is left to the browser, even after a quicker click", async () => {
  const w = world(undefined, {}, (asked) => (asked.name === "2-clinician" ? null : { do: "elsewhere", number: asked.number }));
  w.click("2-clinician.ipynb?case=ab12");
  w.click("4-slider.ipynb?case=ab12");
  await settle();
  assert.deepEqual(w.log.at(-1), ["assign", `${BASE}4-slider.ipynb?case=ab12`]);
});

test("with words that are not saved the browser goes on, which asks first", async () => {
  const w = world();
  w.saved.all = false;
  w.click("2-clinician.ipynb?case=ab12");
  await settle();
  assert.deepEqual(w.log, [["assign", `${BASE}2-clinician.ipynb?case=ab12`]]);
  assert.deepEqual(w.swapped, []);
});

test("words that were typed while the page was on its way are not lost either", async () => {
  const w = world(undefined, {}, (asked) => { w.saved.all = false; return { do: "page", number: asked.number, html: "" }; });
  w.click("2-clinician.ipynb?case=ab12");
  await settle();
  assert.deepEqual(w.log.at(-1), ["assign", `${BASE}2-clinician.ipynb?case=ab12`]);
  assert.deepEqual(w.swapped, []);
});

test("an address without its ending is a page's own, where every case is near", async () => {
  const w = world("1-goal?case=ab12", { anyCase: true });
  await w.router.live();
  assert.deepEqual(w.log, [["ask", "1-goal", "case=ab12"]]);
  assert.deepEqual(w.swapped, [["1-goal", { y: 40, anchor: "", still: true }]]);
  assert.equal(w.click("2-clinician.html?case=ab12"), true);
  await settle();
  w.location.href = `${BASE}1-goal?case=ab12`;
  w.events.popstate({ state: { y: 7 } });
  await settle();
  assert.deepEqual(w.swapped.at(-1), ["1-goal", { y: 7, anchor: "", still: false }]);
  assert.equal(w.log.some(([what]) => what === "assign" || what === "reload"), false);
});

test("before Python is there a link brings the words; then that page becomes alive, not the one before it", async () => {
  const w = world("1-goal.html?case=ab12", { anyCase: true, patient: true, words: async (url) => ({ do: "page", html: `words of ${url.pathname.split("/").at(-1)}` }) });
  w.click("2-clinician.html?case=ab12");
  await settle();
  assert.deepEqual(w.swapped.map(([html]) => html), ["words of 2-clinician.html"]);
  w.saved.ready = true;
  await w.router.live();
  assert.deepEqual(w.swapped.at(-1), ["2-clinician", { y: 40, anchor: "", still: true }]);
});

test("what was asked for while Python came is what becomes alive", async () => {
  let arrive = null;
  const words = () => new Promise((done) => { arrive = () => done({ do: "page", html: "words" }); });
  const w = world("1-goal.html?case=ab12", { anyCase: true, patient: true, words });
  w.click("2-clinician.html?case=ab12#clinicians");
  await settle();
  w.saved.ready = true;
  await w.router.live();
  arrive(); // later than Python
  await settle();
  assert.deepEqual(w.swapped, [["2-clinician", { y: 0, anchor: "#clinicians", still: false }]]);
  assert.deepEqual(w.log.filter(([what]) => what === "push").length, 1);
});

test("after Python started again the page is drawn, then the one that was asked for", async () => {
  let alive = false;
  const w = world("1-goal.html", { anyCase: true, patient: true }, (asked) => (alive ? { do: "page", number: asked.number, html: asked.name } : null));
  w.click("2-clinician.html");
  await settle();
  alive = true;
  await w.router.again();
  assert.deepEqual(w.swapped.map(([html]) => html), ["1-goal", "2-clinician"]);
  assert.equal(w.location.pathname.endsWith("2-clinician.html"), true);
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
