// One question with its frame: wording, hint, reason, control, and messages below it.
const CONTROLS = {
  text: textControl, long: longControl, one: oneControl, many: (f) => choiceControl(f, true), yesno: oneControl,
  date: dateControl, moment: dateControl, number: amountControl,
  money: amountControl, phone: phoneControl, last4: last4Control, check: checkControl,
  scans: scansControl, pick: (f) => (f.spec.multiple ? choiceControl(f, true) : oneControl(f)),
};
const CHOSEN = ["one", "many", "yesno", "pick", "scans", "check"];
const WORDED = ["text", "long", "phone", "last4"]; // cleared, these are "" rather than null

const whyBlock = (t, words) => words && h("details", { class: "wb-why" }, h("summary", {}, h("span", {}, t("why"))), h("p", { dir: "auto" }, words));
const optionalMark = (t, spec) => spec.optional && h("span", { class: "wb-opt" }, ` (${t("optional")})`);

// What is asked back about an answer that is kept as it is; "" for most.
const LONG = 1500;
const doubtOf = ({ today }, spec, value) => {
  if (typeof value !== "string") return "";
  if (["text", "long"].includes(spec.kind)) return value.length > LONG ? "long" : "";
  const day = /^\d{4}-\d\d-\d\d/.exec(value)?.[0];
  if (!spec.day || !today || !day) return "";
  if (spec.day !== "coming") return day > today ? "day_ahead" : "";
  return day < today ? "day_past" : /T0[0-4]:/.test(value) ? "time_night" : "";
};

function question(ctx, spec, base) {
  const { t } = ctx, path = base + spec.path, id = ctx.nextId();
  const f = { ctx, t, spec, path, id, describe: [], value: () => ctx.values.get(path) ?? null };
  const problem = h("p", { class: "wb-error", id: `${id}-problem`, hidden: true });
  const below = h("div", { class: "wb-below" });
  let atFocus = null, later = null, noted = "", incoming, problemNow = null;

  const line = (kind, ...kids) => afterPress(() => below.replaceChildren(h("div", { class: `wb-line wb-${kind}` }, ...kids)));
  const quiet = () => below.replaceChildren();
  const place = (value) => { // an answer set by a button instead of by typing
    f.changed(value);
    control.show(f.value());
    quiet();
    control.input.focus();
  };
  const asksBack = () => {
    const value = f.value(), doubt = doubtOf(ctx, spec, value);
    return doubt && t(doubt, { time: clockInWords(splitDay(value).time) });
  };
  f.changed = (value, { replaced } = {}) => {
    if (value == null && WORDED.includes(spec.kind)) value = "";
    if (same(f.value(), value) && !ctx.drafts.has(path)) return quiet();
    later = null; // a problem of the value before this one
    ctx.guessed.delete(path);
    ctx.values.set(path, value ?? null);
    const fits = ctx.saver.change({ op: "put", path, value: value ?? null });
    if (!fits) {
      ctx.drafts.set(path, { text: value, problem: t("too_long") });
      setProblem(t("too_long"));
    } else if (problemNow === t("too_long")) {
      ctx.drafts.delete(path);
      setProblem(null);
    }
    quiet();
    if (asksBack()) f.note(asksBack());
    if (!blank(replaced)) line("undo", t("replaced"), " ", button(t("put_back"), () => place(replaced), {}, spec.question));
    ctx.touched(path);
  };
  f.note = (words) => {
    line("undo", words);
    if (words !== noted) ctx.announce(words); // once, not with every letter
    noted = words;
  };
  f.fits = (value) => { // what did not fit was the date without a part that the page filled in
    f.changed(value);
    ctx.drafts.delete(path);
    setProblem(null);
  };
  // A part of the answer that the page filled in: said beside it, and once more to someone who has gone on meanwhile.
  f.taken = (words) => {
    f.note([words, asksBack()].filter(Boolean).join(" "));
    ctx.guessed.set(path, words);
    for (const walk of ctx.walks) walk.check();
  };
  f.filled = (value) => { if (!same(f.value(), value)) f.changed(value); };
  f.emptied = ({ asks, was, pressed }) => {
    // The boxes of a date are cleared one by one: the value from before is what the person may keep.
    const before = was ?? (blank(atFocus) ? f.value() : atFocus);
    if (blank(before) || (asks && blank(f.value()))) return;
    if (!asks) {
      ctx.announce(t("cleared"));
      return line("undo", t("cleared"), " ", button(t("undo"), () => place(before), {}, spec.question));
    }
    const keep = () => place(before);
    const ask = h("div", { class: "wb-line wb-ask", role: "group", "aria-label": `${t("remove_ask")} ${spec.question}` },
      h("span", {}, t("remove_ask")),
      button(t("remove"), () => place(null), { class: "wb-button wb-small" }),
      button(t("keep"), keep, { class: "wb-button wb-second wb-small" }));
    ask.addEventListener("keydown", (event) => event.key === "Escape" && keep());
    afterPress(() => {
      below.replaceChildren(ask);
      if (pressed) ask.lastChild.focus(); // the button that asked is now hidden
    });
    ctx.announce(t("remove_ask"));
  };

  const control = (CONTROLS[spec.kind] || textControl)(f);
  const hint = spec.hint && h("p", { class: "wb-hint", id: `${id}-hint`, dir: "auto" }, spec.hint);
  const secret = spec.private && h("p", { class: "wb-hint wb-private", id: `${id}-private` }, t("private"));
  const before = [hint, secret, whyBlock(t, spec.why), problem];
  const body = [control.body, below, spec.source && sourceBlock(ctx, spec, path)];
  const el = control.group
    ? h("fieldset", { class: `wb-field wb-kind-${spec.kind}` }, h("legend", { dir: "auto" }, spec.question, optionalMark(t, spec)), before, body)
    : h("div", { class: `wb-field wb-kind-${spec.kind}` },
      !control.own && h("label", { class: "wb-label", for: id, dir: "auto" }, spec.question, optionalMark(t, spec)), before, body);

  if (spec.add) adder(f, control);
  const inputs = () => [...control.body.querySelectorAll("input:not([type=radio]):not([type=checkbox]), select, textarea")];
  const describe = () => {
    const target = control.group ? el : control.input;
    const ids = [hint?.id, secret && secret.id, ...f.describe, problemNow && problem.id].filter(Boolean).join(" ");
    if (ids) target.setAttribute("aria-describedby", ids);
    else target.removeAttribute("aria-describedby");
    for (const input of inputs()) {
      if (problemNow) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
  };
  function setProblem(words) {
    later = null;
    problemNow = words || null;
    problem.hidden = !words;
    problem.replaceChildren(...(words ? [unseen(`${t("problem")} `), words] : []));
    el.classList.toggle("wb-wrong", !!words);
    describe();
  }
  const settle = (words) => afterPress(() => { // a message about a partial date would come too early
    if (words && words !== problemNow && holdsFocus(el)) later = words;
    else setProblem(words);
  });
  el.addEventListener("focusin", (event) => { if (!el.contains(event.relatedTarget)) atFocus = f.value(); });
  el.addEventListener("focusout", (event) => {
    if (el.contains(event.relatedTarget)) return;
    afterPress(() => later && !holdsFocus(el) && setProblem(later));
    if (incoming !== undefined && !ctx.saver.pending(path)) {
      const value = incoming;
      handle.receive(value);
    }
    incoming = undefined;
  });
  const handle = {
    path, spec, el, focus: () => control.input.focus(), problem: settle, refill: control.refill,
    receive: (value) => {
      // Choices show at once: boxes that are not as saved would take the rest away with the next press.
      if (!CHOSEN.includes(spec.kind) && holdsFocus(el) && document.hasFocus() && !same(value, f.value())) { incoming = value; return; }
      ctx.values.set(path, value);
      control.show(value);
    },
    moved: (words) => afterPress(() => below.append(h("div", { class: "wb-line wb-undo", dir: "auto" }, words))),
    conflict: (other) => {
      if (blank(other)) return line("other", t("other_blank"), " ", button(t("put_it_back"), () => place(null), {}, spec.question));
      return line("other", t("other", { text: inWords(ctx, spec, other) }), " ", button(t("put_it_back"), () => place(other), {}, spec.question));
    },
    print: () => {
      const words = inWords(ctx, spec, f.value());
      const told = el.querySelector(":scope > .wb-source .wb-told")?.textContent || "";
      if (told) return [el, `${words || t("no_answer")} (${told})`];
      return [el, control.own ? `${spec.question}: ${words || t("no")}` : words || t("no_answer")];
    },
  };
  ctx.fields.set(path, handle);
  control.show(f.value());
  describe();
  const held = ctx.drafts.get(path);
  if (held?.problem) setProblem(held.problem);
  // A day in the future is set aside, and nobody goes to a visit at night: asked back again.
  if (["day_ahead", "time_night"].includes(doubtOf(ctx, spec, f.value()))) line("undo", asksBack());
  return el;
}

// "Who said this, and when?": the provenance of an answer, saved as a whole at `path@`.
function sourceBlock(ctx, spec, path) {
  const { t } = ctx, place = `${path}@`;
  const problem = h("p", { class: "wb-error", hidden: true });
  const box = h("div", { class: "wb-inner" });
  const told = h("span", { class: "wb-told", dir: "auto" });
  const origin = () => ctx.values.get(place) || {};
  const asked = (name) => spec.source_words?.[name] || t(`source_${name}`);
  const parts = [
    { path: "source", kind: "one", question: asked("source"), options: spec.sources || [] },
    { path: "who", kind: "text", question: asked("who") },
    { path: "on", kind: "date", day: "past", question: asked("on") },
    { path: "how", kind: spec.hows ? "one" : "text", question: asked("how"), options: spec.hows },
  ];
  const retell = () => {
    const said = parts.map((p) => inWords(ctx, p, origin()[p.path])).filter(Boolean).slice(0, 3).join(", ");
    told.textContent = said;
  };
  const build = () => {
    const values = new Map(Object.entries(origin()));
    const inner = { ...ctx, values, known: values, fields: new Map(), drafts: new Map(), touched: () => {}, saver: { ...ctx.saver,
      pending: () => ctx.saver.pending(place),
      change: ({ path: part, value }) => {
        const whole = Object.fromEntries(Object.entries({ ...origin(), [part]: blank(value) ? null : value }).filter(([, v]) => v != null));
        ctx.values.set(place, Object.keys(whole).length ? whole : null);
        retell();
        return ctx.saver.change({ op: "put", path: place, value: ctx.values.get(place) });
      } } };
    box.replaceChildren(problem, ...parts.filter((p) => p.kind !== "one" || p.options?.length).map((p) => question(inner, p, "")));
    return inner.fields;
  };
  let fields = null;
  const el = h("details", { class: "wb-why wb-source" }, h("summary", {}, h("span", {}, t("source_ask")), told), box);
  el.firstElementChild.addEventListener("click", () => { fields ||= build(); });
  el.addEventListener("toggle", () => { if (el.open) fields ||= build(); });
  ctx.fields.set(place, {
    path: place, spec, el, focus: () => { el.open = true; fields ||= build(); [...fields.values()][0]?.focus(); },
    problem: (words) => { problem.hidden = !words; problem.textContent = words || ""; if (words) el.open = true; },
    receive: (value) => {
      if (holdsFocus(box)) return;
      ctx.values.set(place, value);
      if (fields) fields = build();
      retell();
    },
    conflict: () => {}, print: () => null,
  });
  retell();
  return el;
}
