// Elements around questions: compound answers, texts to read aloud, rare questions, and "I am done".
function answerBlock(ctx, spec, base) {
  const { t } = ctx, id = ctx.nextId();
  const hint = spec.hint && h("p", { class: "wb-hint", id, dir: "auto" }, spec.hint);
  // What exactly they said, and how, is asked once there is an answer; what was noted without one is shown.
  const answer = [{ path: `${spec.path}.answer`, entry: true }];
  const later = (part, i) => (i && !spec.amount && blank(ctx.values.get(base + part.path)) ? { ...part, when: answer } : part);
  return h("fieldset", { class: "wb-field wb-answer-block", "aria-describedby": hint && id },
    h("legend", { dir: "auto" }, spec.question, optionalMark(t, spec)), hint, whyBlock(t, spec.why),
    h("div", { class: "wb-inner" }, answerParts(t, spec).map(later).map((part) => whileShown(ctx, part, base, question(ctx, part, base)))),
    spec.source && sourceBlock(ctx, spec, base + spec.path));
}
function answerParts(t, spec) {
  if (spec.fields) return spec.fields.map((part) => (part.kind === "one" ? { ...part, compact: true } : part));
  const words = (name, keys) => keys.map((key) => [key, t(`${name}_${key}`)]);
  return [
    { path: `${spec.path}.answer`, kind: "one", question: t("answer"), compact: true, options: spec.options || words("answer", ["yes", "no", "depends", "unknown"]) },
    { path: `${spec.path}.detail`, kind: "long", question: t("answer_detail") },
    { path: `${spec.path}.form`, kind: "one", question: t("answer_form"), compact: true, options: spec.forms || words("form", ["verbal", "written", "portal"]) },
  ];
}

function sayBlock(ctx, spec) {
  const lines = [].concat(spec.lines ?? spec.text ?? []), asks = spec.questions || [];
  const title = spec.question, shown = lines.map((line) => h("p", { dir: "auto" }, line));
  const words = () => lines.map((line) => filledIn(ctx, spec.fills, line));
  const tell = () => words().forEach((line, i) => { if (shown[i].textContent !== line) shown[i].textContent = line; });
  if (spec.fills) ctx.says.add(tell);
  tell();
  const asked = () => asks.filter((one) => isShown(ctx, one)).map((one, i) => `${i + 1}. ${one.text}`);
  return h("figure", { class: "wb-say" },
    h("figcaption", { dir: "auto" }, title || ctx.t("say")),
    h("blockquote", {}, shown,
      asks.length > 0 && h("ol", {}, asks.map((one) => whileShown(ctx, one, "", h("li", { dir: "auto" }, one.text))))),
    (spec.note || spec.hint) && h("p", { class: "wb-hint", dir: "auto" }, spec.note || spec.hint),
    spec.copy !== false && copyButton(ctx.t, () => [...words(), ...asked()].join("\n\n")));
}
// A line to read aloud with its blank filled in: by the last entry of a list that has a number there, such as a call.
function filledIn(ctx, fills, line) {
  if (!fills || !line.includes("…")) return line;
  const given = (ctx.values.get(fills.of) || []).map((id) => String(ctx.values.get(`${fills.of}.${id}.${fills.part}`) ?? ""));
  const last = given.findLast((words) => /\d/.test(words));
  return last ? line.replace("…", () => `${last}.`) : line;
}

function groupBlock(ctx, spec, base) {
  const box = h("div", { class: "wb-inner" }), told = h("span", { class: "wb-told", dir: "auto" });
  const el = h("details", { class: `wb-group${spec.quiet ? " wb-quiet" : ""}` },
    h("summary", {}, h("span", { dir: "auto" }, spec.question), told), spec.hint && h("p", { class: "wb-hint", dir: "auto" }, spec.hint), box);
  let built = false;
  const build = () => {
    if (!built) box.append(...draw(ctx, spec.fields, base));
    built = true;
  };
  const tell = () => { told.textContent = firstWords(ctx, spec.fields, base).join(" · "); };
  el.firstElementChild.addEventListener("click", build); // for a quick Tab after Enter: toggle fires later
  el.addEventListener("toggle", () => el.open && build());
  ctx.groups.push({ el, box, base, fields: spec.fields, tell, has: (path) => !!specAt(spec.fields, path, base),
    get open() { return el.open; }, set open(on) { if (on) build(); el.open = on; } });
  tell();
  return el;
}

// A quiet group of an entry: a button among the entry's actions, and what the button opens.
function quietGroup(ctx, spec, base) {
  const { t } = ctx, words = h("span"), about = unseen("");
  const box = h("div", { class: "wb-inner wb-quiet-box", id: ctx.nextId(), role: "group", "aria-label": spec.question, hidden: true });
  const press = button(words, () => { group.open = box.hidden; }, { "aria-expanded": "false", "aria-controls": box.id });
  press.append(about);
  let built = false;
  const group = { base, fields: spec.fields, has: (path) => !!specAt(spec.fields, path, base),
    tell: () => { words.textContent = t(firstWords(ctx, spec.fields, base).length ? "kept_private" : "keep_private"); },
    get open() { return !box.hidden; },
    set open(on) {
      if (on && !built) box.append(...draw(ctx, spec.fields, base));
      built ||= on;
      box.hidden = !on;
      press.setAttribute("aria-expanded", String(on));
    } };
  ctx.groups.push(group);
  group.tell();
  return { press, box, about };
}

// The first few answers among these questions, as text: the summary of a collapsed group.
function firstWords(ctx, specs, base, most = 3) {
  const found = [], add = (words) => words && found.length < most && found.push(inOneLine(words));
  for (const spec of specs) {
    const path = base + (spec.path || ""), value = ctx.values.get(path);
    if (found.length >= most) break;
    if (!isShown(ctx, spec, base)) continue;
    if (spec.kind === "group") firstWords(ctx, spec.fields, base, most).forEach(add);
    else if (spec.kind === "each") for (const id of (value || []).slice(0, most)) add(entryTitle(ctx, spec, path, id) || spec.item || ctx.t("item"));
    else if (spec.kind === "answer") for (const part of answerParts(ctx.t, spec)) add(inWords(ctx, part, ctx.values.get(base + part.path)));
    else if (spec.kind === "grid") add(pairs(spec.rows).some(([r]) => pairs(spec.columns).some(([c]) => ctx.values.get(base + gridPath(spec, r, c)))) && spec.question);
    else if (spec.kind === "check" || spec.kind === "done") add((value === true || value === "yes") && spec.question);
    else if (spec.path) { // "Yes" alone means nothing without its question
      const words = inWords(ctx, spec, value);
      add(words && spec.kind === "yesno" ? `${spec.question} ${words}` : words);
    }
  }
  return found;
}

function doneBlock(ctx, spec, base) {
  const { t } = ctx, note = h("p", { class: "wb-hint", role: "status" });
  const el = question(ctx, { ...spec, kind: "check", question: spec.question || t("done") }, base);
  el.classList.add("wb-done");
  el.append(note);
  el.querySelector("input").addEventListener("change", (event) => {
    ctx.saver.flush(true);
    note.textContent = event.target.checked ? spec.note || t("done_note") : "";
    if (event.target.checked) ctx.summary(true);
  });
  return el;
}

// The spec of the question at a path, through groups and lists; also of one that is not rendered yet.
function specAt(specs, path, base = "") {
  for (const spec of specs) {
    const place = base + (spec.path || "");
    if (spec.kind === "group") {
      const found = specAt(spec.fields, path, base);
      if (found) return found;
    } else if (spec.kind === "each" && path.startsWith(`${place}.`)) {
      const key = path.slice(place.length + 1).split(".")[0];
      const found = specAt(spec.fields, path, `${place}.${key}.`);
      if (found) return found;
    } else if (spec.path && (place === path || `${place}@` === path || (spec.kind === "answer" && path.startsWith(`${place}.`)))) return spec;
    else if (spec.kind === "grid" && gridHas(spec, path)) return spec;
  }
  return null;
}

function draw(ctx, specs, base = "") {
  const kinds = { say: sayBlock, group: groupBlock, each: listBlock, grid: gridBlock, answer: answerBlock, done: doneBlock };
  return specs.map((spec) => whileShown(ctx, spec, base, (kinds[spec.kind] || question)(ctx, spec, base)));
}
