// Shows the questions of a form, or of one entry of a list, one at a time. Knows specs and elements; saves the place,
// and which questions somebody went past without an answer.
const SAVED_LINE = 36; // px of the line that comes to the top once something is saved
const FEW = 3; // a form with more questions than this starts one at a time on a phone
const ON_A_PHONE = "(max-width: 47.99rem)", BY_TOUCH = "(pointer: coarse)";
const NOT_PLAIN = ["say", "group", "each", "grid", "done"];
const TYPED_IN = "input:is([type=text], [type=tel])";
const mayBeSkipped = (spec) => spec.path && !["done", "check"].includes(spec.kind); // an empty checkbox is an answer
const isLine = (spec) => spec.kind === "say" && [].concat(spec.lines ?? spec.text ?? []).length < 2;

// The screens of these specs, in order: `key`, and `at`, the places in `specs`. One line to read aloud shares a screen
// with the question after it. Groups come last, behind one screen that offers them, unless this is inside a group.
const screensOf = (specs, shown = () => true, inside = false) => {
  const found = [], groups = [];
  let lines = [];
  specs.forEach((spec, i) => {
    if (!shown(spec, i)) return;
    if (spec.kind === "group" && !inside) groups.push(i);
    else if (isLine(spec)) lines.push(i);
    else {
      found.push({ key: String(i), at: [...lines, i] });
      lines = [];
    }
  });
  if (lines.length) found.push({ key: String(lines[0]), at: lines });
  if (groups.length) found.push({ key: "more", at: groups });
  return found;
};
// The next part of the page after `el`: a heading, or a form with something to fill in; undefined if there is none.
const nextPart = (el) => [...(el.closest("main") || document).querySelectorAll("h2, .wb-form")].find((one) =>
  (el.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) && !el.contains(one)
  && [one, ...one.querySelectorAll("input, select, textarea, button, summary")].some((part) => part.matches(":not(form)") && part.checkVisibility()));
// Whether questions start one at a time: as the person chose on this page, else as the notebook says.
const startsAsOne = ({ pace, chosen, plain, phone, fresh = true }) =>
  (chosen ? chosen === "one" : pace ? pace === "one" : phone && fresh && plain > FEW);

// The screen of each walk is in the state of the history entry: for Back, and for a reload.
const walkPlaces = {
  own: () => !document.querySelector(".jp-LabShell"), // JupyterLab's history is not ours to add to
  get: (place) => history.state?.walk?.[place] ?? null,
  with: (place, key, more) => {
    const { from, ...rest } = history.state || {};
    return { ...rest, ...more, walk: { ...rest.walk, [place]: key } };
  },
  keep: (place, key) => walkPlaces.own() && history.replaceState(walkPlaces.with(place, key, { from: history.state?.from }), ""),
  // The address loses its "#path": a reload would go there instead of to this screen.
  push: (place, before, key) => {
    if (!walkPlaces.own()) return;
    if (!location.hash) walkPlaces.keep(place, before);
    history.pushState(walkPlaces.with(place, key, { from: `${place} ${before}`, y: undefined }), "", location.pathname + location.search);
  },
};
// Where a walk was left, for somebody who went to another page and comes back in this tab. Only a place, never an answer.
const walkLeft = {
  get: (place) => { try { return sessionStorage.getItem(`wb-at:${place}`); } catch { return null; } },
  set: (place, key) => { try { sessionStorage.setItem(`wb-at:${place}`, key); } catch { /* full or forbidden storage */ } },
  clear: (place) => { try { sessionStorage.removeItem(`wb-at:${place}`); } catch { /* the same */ } },
};
const walkName = (ctx, base) => `${ctx.caseId || ""}:${base || ctx.draftKey}`;

// The elements of these questions, with what walks them where that makes sense. `name` is what a choice of the person
// is remembered for; `entry` is the entry of a list that they are in.
function walkBlock(ctx, specs, base, { pace, name, entry = null }) {
  const { t } = ctx, parts = draw(ctx, specs, base);
  const plain = specs.filter((spec) => !NOT_PLAIN.includes(spec.kind)).length;
  if (parts.length < 2 || pace === "all" || (pace !== "one" && plain <= FEW)) return parts;

  const place = walkName(ctx, base), choice = `wb-pace:${ctx.caseId || ""}:${name}`;
  const shown = (spec, i) => ctx.isShown(spec, base) && !parts[i].hidden;
  const groupAt = (i) => ctx.groups.find((group) => group.el === parts[i]);
  const main = () => screensOf(specs, shown);
  const inGroup = (i) => screensOf(specs[i].fields, (spec) => ctx.isShown(spec, base), true)
    .map((screen) => ({ ...screen, key: `${i}/${screen.key}`, group: i }));
  // The screen of a key, among those it is counted with; the next one if it is not shown any more.
  const find = (key) => {
    const group = /^(\d+)\//.exec(key)?.[1], list = group == null ? main() : specs[group]?.kind === "group" ? inGroup(+group) : [];
    const number = (k) => +k.split("/").at(-1);
    let i = list.findIndex((screen) => screen.key === key);
    if (i < 0) i = list.findIndex((screen) => screen.key === "more" || number(screen.key) > number(key));
    return list.length ? { list, i: i < 0 ? list.length - 1 : i } : { list: main(), i: 0 };
  };
  const fieldsAround = (screen) => (screen.group == null ? specs : specs[screen.group].fields);
  const specsOf = (screen) => screen.at.map((i) => fieldsAround(screen)[i]);
  const elementsOf = (screen) => (screen.group == null ? screen.at.map((i) => parts[i])
    : screen.at.map((i) => groupAt(screen.group).box.children[i]));
  const asks = (screen) => screen.key !== "more" && specsOf(screen).some((spec) => spec.kind !== "say");
  const isAnswered = (screen) => firstWords(ctx, specsOf(screen), base, 1).length > 0;

  const at = h("p", { class: "wb-walk-at" });
  const bar = h("progress", { class: "wb-walk-bar", "aria-hidden": "true" });
  const turn = button("", () => choose(on ? "all" : "one"));
  const more = h("p", { class: "wb-walk-more", tabindex: "-1" }, t("walk_more"));
  const missed = h("div", { class: "wb-note", role: "status" });
  const back = button(t("walk_back"), () => backward(), { class: "wb-button wb-second" });
  const next = button("", () => forward(), { class: "wb-button" });
  const nav = h("div", { class: "wb-walk-nav" }, back, next), left = h("div", { class: "wb-walk-left", hidden: true });
  const el = h("div", { class: "wb-walk" }, at, bar, more, parts, missed, left, nav);
  let on = false, key = "", telling = ""; // the path of what is said about another screen

  const away = (part, yes) => part.classList.toggle("wb-later-screen", yes);
  // Whether an answer of this walk decides if the question is asked. With such questions there is no total yet, and
  // the bar counts them all: neither goes back when one opens.
  const mayOpen = (spec) => spec.when?.some((condition) => specAt(specs, placeOf(condition, base), base));
  const progress = (screen, i, list) => {
    const counts = (spec, n) => mayOpen(spec) || (screen.group == null ? shown(spec, n) : ctx.isShown(spec, base));
    const all = screensOf(fieldsAround(screen), counts, screen.group != null);
    bar.max = all.length;
    bar.value = i === list.length - 1 ? all.length : all.findIndex(({ key: one }) => one === screen.key.split("/").at(-1)) + 1;
  };
  const words = (screen, i, list) => {
    const grows = fieldsAround(screen).some(mayOpen), last = grows && screen.key === "more";
    const where = last ? t("walk_last") : grows ? t("walk_number", { n: i + 1 }) : t("walk_at", { n: i + 1, all: list.length });
    return specsOf(screen).some((spec) => spec.kind === "answer") ? `${where} · ${t("walk_aloud")}` : where;
  };
  // Shows the screen of `key`, or everything.
  const draws = () => {
    el.classList.toggle("wb-walking", on);
    turn.textContent = t(on ? "walk_all" : "walk_one");
    const beside = on ? nav.nextSibling : el.firstChild; // out of the way of one question, above many
    if (beside !== turn) el.insertBefore(turn, beside);
    key ||= again(); // none was shown before: they begin where all walks begin
    const { list, i } = find(key), screen = list[i] || { key: "", at: [] }; // none if each of them is hidden
    nav.hidden = at.hidden = bar.hidden = !on || !list.length;
    turn.hidden = !list.length;
    more.hidden = !on || screen.key !== "more";
    specs.forEach((spec, n) => {
      const group = spec.kind === "group" && groupAt(n);
      away(parts[n], on && (screen.group == null ? !screen.at.includes(n) : screen.group !== n));
      if (group && on) group.open = screen.group === n;
      if (group) [...group.box.children].forEach((kid, k) => away(kid, on && screen.group === n && !screen.at.includes(k)));
    });
    check();
    tellLeft(list, screen);
    if (!list.length) key = "";
    if (nav.hidden) return;
    key = screen.key;
    at.textContent = words(screen, i, list);
    progress(screen, i, list);
    back.hidden = !i && screen.group == null;
    const last = i === list.length - 1 && screen.group == null;
    const skips = asks(screen) && !isAnswered(screen) && !specsOf(screen).some((spec) => spec.kind === "check");
    next.hidden = last && !entry && !nextPart(el);
    next.textContent = t(last ? (entry ? "walk_done" : "walk_part") : skips ? "walk_skip" : "walk_next");
    next.classList.toggle("wb-second", skips && !last);
  };
  // On the last screen: what was skipped, so that it is met again.
  function tellLeft(list, screen) {
    const open = on && screen.group == null && screen === list.at(-1)
      ? list.filter((one) => one !== screen && asks(one) && !isAnswered(one)) : [];
    const words = t("walk_left", { n: open.length }), before = left.querySelector("details");
    left.hidden = !open.length;
    if (!open.length) return;
    const question = (one) => specsOf(one).find((spec) => spec.kind !== "say").question;
    const made = h("details", { class: "wb-why", open: before ? before.open : open.length <= FEW }, h("summary", {}, h("span", {}, words)),
      h("ul", {}, open.map((one) => h("li", {}, button(h("span", { dir: "auto" }, question(one)), () => go(one.key))))));
    if (before?.textContent !== made.textContent) left.replaceChildren(made);
  }
  // An answer on another screen that does not fit its question is reported where the person is now, and so is a year
  // that was filled in while they went on.
  function check() {
    const told = [...[...ctx.drafts].map(([path, held]) => [path, held?.problem]), ...ctx.guessed];
    const [path, words] = (on && told.find(([one, what]) => what && keyOf(one) && keyOf(one) !== key)) || ["", ""];
    const asked = path && specAt(specs, path, base).question, said = path && `${asked} ${words}`;
    telling = path;
    if (said === (missed.firstChild?.textContent || "")) return;
    missed.replaceChildren(...(path ? [h("span", { dir: "auto" }, said), button(t("walk_return"), () => go(keyOf(path)), {}, asked)] : []));
  }
  // The screen that has the question at a path; "" if none of these.
  function keyOf(path) {
    if (!path.startsWith(base)) return "";
    const i = specs.findIndex((spec) => specAt([spec], path, base));
    if (i < 0) return "";
    if (specs[i].kind !== "group") return main().find((screen) => screen.at.includes(i))?.key || "";
    const j = specs[i].fields.findIndex((spec) => specAt([spec], path, base));
    return inGroup(i).find((screen) => screen.at.includes(j))?.key || "";
  }
  const focus = () => {
    const { list, i } = find(key), screen = list[i];
    const first = !screen ? turn : screen.key === "more" ? more : elementsOf(screen)[0];
    // By touch the words get the focus: a keyboard on the screen would hide half of it.
    const seen = (what) => [...first.querySelectorAll(what)].filter((one) => one.checkVisibility());
    const boxes = matchMedia(BY_TOUCH).matches ? [] : seen("input, select, textarea");
    const target = boxes.find((one) => one.checked) || boxes[0] || seen("legend, .wb-label")[0] || first;
    if (!boxes.length && target !== turn) target.tabIndex = -1;
    target.id ||= ctx.nextId();
    target.focus({ preventScroll: true });
  };
  // To the top of the window on a phone, so that the whole screen can be seen; elsewhere only if it is cut off.
  const scroll = () => {
    const { top, bottom } = el.getBoundingClientRect();
    const line = savedPlace() || el.closest(".wb-form")?.querySelector(".wb-save"), sticky = line?.checkVisibility() ? Math.max(line.offsetHeight, SAVED_LINE) : 0;
    if (matchMedia(ON_A_PHONE).matches || top < sticky || bottom > innerHeight) scrollBy(0, top - sticky - 8);
  };
  const arrive = () => {
    draws();
    focus();
    scroll();
    if (on) ctx.announce(at.textContent);
  };
  const go = (to) => {
    ctx.saver.flush(true);
    for (const path of ctx.guessed.keys()) if (keyOf(path) !== key) ctx.guessed.delete(path); // it was said on this screen
    walkPlaces.push(place, key, to);
    key = to;
    walkLeft.set(place, key);
    arrive();
  };
  // Whoever goes on without an answer finds the question again on a page of its own. Going back is no choice.
  const goPast = (screen) => {
    if (!asks(screen) || isAnswered(screen)) return;
    for (const spec of specsOf(screen).filter(mayBeSkipped)) ctx.saver.change({ op: "put", path: `${base}${spec.path}?`, value: true });
  };
  const forward = () => {
    const { list, i } = find(key);
    goPast(list[i]);
    if (i < list.length - 1) return go(list[i + 1].key);
    return list[i].group == null ? finish() : go("more");
  };
  const finish = () => {
    ctx.saver.flush(true);
    if (!entry) return goOn();
    walkLeft.clear(place);
    return entry.close();
  };
  const goOn = () => {
    const part = nextPart(el), target = part.querySelector(":is(legend, label, summary)") || part;
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
    part.scrollIntoView();
  };
  const backward = () => {
    const { list, i } = find(key), to = i ? list[i - 1].key : "more";
    if (history.state?.from === `${place} ${to}`) return history.back();
    return go(to);
  };
  function choose(pace) {
    try { sessionStorage.setItem(choice, pace); } catch { /* full or forbidden storage: the choice lasts until a reload */ }
    on = pace === "one";
    walkLeft.clear(place);
    key = on ? start() : key;
    if (on) return arrive();
    draws();
    turn.focus({ preventScroll: true });
    return scroll();
  }
  // Where to begin: at the first open question, or at the first screen if none or all are answered.
  const start = () => {
    const screens = main(), open = screens.find((screen) => asks(screen) && !isAnswered(screen));
    return (screens.some((screen) => asks(screen) && isAnswered(screen)) && open ? open : screens[0])?.key || "";
  };
  // Back on a page: where it was left, unless that was the end; then what was skipped is next.
  const again = () => {
    const was = walkLeft.get(place), { list, i } = find(was || "");
    return was && i < list.length - 1 ? list[i].key : start();
  };
  const chosen = () => { try { return sessionStorage.getItem(choice); } catch { return null; } };

  specs.forEach((spec, i) => spec.kind === "group" && parts[i].firstElementChild.addEventListener("click", (event) => {
    if (!on) return;
    event.preventDefault(); // its questions are walked too
    go((!parts[i].open && inGroup(i)[0]?.key) || "more");
  }));
  el.addEventListener("keydown", (event) => {
    if (!on || event.key !== "Enter" || event.isComposing || !event.target.matches(TYPED_IN) || event.target.closest(".wb-walk") !== el) return;
    event.preventDefault();
    if (!next.hidden) forward();
  });
  ctx.walks.add({
    touched: () => on && draws(), check, tells: () => telling,
    reveal: (path) => {
      const to = on && keyOf(path);
      if (!to) return;
      key = to;
      draws();
    },
    popped: () => {
      const to = walkPlaces.get(place);
      if (!to || to === key || !on || !el.isConnected) return;
      key = to;
      if (entry) entry.open = true;
      arrive();
    },
  });
  const starts = (fresh) => startsAsOne({ pace, chosen: chosen(), plain, phone: matchMedia(ON_A_PHONE).matches, fresh });
  const before = walkPlaces.get(place);
  on = starts(!entry || entry.added || !!before);
  key = before || again();
  draws();
  if (entry) {
    entry.begin = on && (() => {
      walkPlaces.keep(place, key);
      focus();
      scroll();
    });
    entry.forget = () => { // it was closed: opened again, it is an entry from before
      if (walkPlaces.get(place)) walkPlaces.keep(place, undefined);
      on = starts(false);
      key = again();
      draws();
    };
  }
  return [el];
}
