// What stands around questions: compound answers, words to read aloud, rare things, and "I am done".
function answerBlock(ctx, spec, base) {
  const { t } = ctx, id = ctx.nextId();
  const hint = spec.hint && h("p", { class: "wb-hint", id, dir: "auto" }, spec.hint);
  return h("fieldset", { class: "wb-field wb-answer-block", "aria-describedby": hint && id },
    h("legend", { dir: "auto" }, spec.question, optionalMark(t, spec)), hint, whyBlock(t, spec.why),
    h("div", { class: "wb-inner" }, answerParts(t, spec).map((part) => question(ctx, part, base))),
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
  const words = [].concat(spec.lines ?? spec.text ?? []);
  const title = spec.question;
  return h("figure", { class: "wb-say" },
    h("figcaption", { dir: "auto" }, title || ctx.t("say")),
    h("blockquote", {}, words.map((p) => h("p", { dir: "auto" }, p))),
    (spec.note || spec.hint) && h("p", { class: "wb-hint", dir: "auto" }, spec.note || spec.hint),
    spec.copy !== false && copyButton(ctx.t, () => words.join("\n\n")));
}

function groupBlock(ctx, spec, base) {
  const box = h("div", { class: "wb-inner" });
  const el = h("details", { class: `wb-group${spec.quiet ? " wb-quiet" : ""}` },
    h("summary", { dir: "auto" }, spec.question), spec.hint && h("p", { class: "wb-hint", dir: "auto" }, spec.hint), box);
  let built = false;
  const build = () => {
    if (!built) box.append(...draw(ctx, spec.fields, base));
    built = true;
  };
  const answered = (specs, at) => specs.some((s) => (s.fields && s.kind === "group" ? answered(s.fields, at)
    : s.path && (!blank(ctx.values.get(at + s.path)) || ctx.drafts.has(at + s.path)
      || (s.kind === "answer" && ["answer", "detail", "form"].some((k) => !blank(ctx.values.get(`${at}${s.path}.${k}`)))))));
  el.addEventListener("toggle", () => el.open && build());
  ctx.groups.push({ el, build, has: (path) => !!specAt(spec.fields, path, base) });
  if (answered(spec.fields, base)) {
    build();
    el.open = true;
  }
  return el;
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

// The spec of the question at a path, through groups and lists; also of one that is not drawn yet.
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
  return specs.map((spec) => (kinds[spec.kind] || question)(ctx, spec, base));
}
