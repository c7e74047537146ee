// Native controls, one function a type. Each returns {body, group, input, show, read}; `f.changed` is called on edits.
// A browser's spelling and writing helpers may send what is typed to their vendor, so they are disabled.
const UNSENT = { spellcheck: "false", writingsuggestions: "false", autocomplete: "off" };
const plainInput = (f, more = {}) => h("input", { id: f.id, type: "text", dir: "auto", class: "wb-input", ...UNSENT,
  ...(f.spec.fill && { autocomplete: f.spec.fill }), ...more });
// "I do not know yet" and "Does not apply" next to a typed answer.
const escapes = (f, onpick) => {
  const boxes = ["unknown", "not_applicable"].filter((key) => f.spec[key]).map((key) => {
    const box = h("input", { type: "checkbox", id: `${f.id}-${key}`, onchange: () => {
      for (const other of boxes) if (other !== box) other.checked = false;
      onpick(box.checked ? key : null);
    } });
    box.dataset.value = key;
    return box;
  });
  const body = boxes.map((box) => h("label", { class: "wb-tick", for: box.id }, box, h("span", {}, f.t(box.dataset.value))));
  return { body, show: (v) => boxes.forEach((b) => { b.checked = b.dataset.value === v; }),
    read: () => boxes.find((b) => b.checked)?.dataset.value ?? null };
};
const typed = (f, input, { clean = (v) => v, asks = false, after, around } = {}) => {
  let last = "";
  const away = escapes(f, (v) => { if (v) input.value = ""; f.changed(v, { replaced: last }); after?.(""); });
  const read = () => clean(input.value) || away.read();
  input.addEventListener("input", () => {
    if (input.value) away.show(null);
    after?.(input.value);
    // A cleared amount waits for Remove or Keep; a cleared text is saved, with an offer to undo.
    if (asks && !input.value.trim()) return;
    f.changed(read());
  });
  input.addEventListener("change", () => {
    if (!input.value.trim()) return away.read() || f.emptied({ asks });
    away.show(null);
    after?.(input.value);
    return f.filled(read()); // a browser that autofills an address may fire only this event
  });
  return { body: h("div", { class: "wb-typed" }, around || input, away.body), group: false, input, read,
    show: (v) => {
      const escape = v === "unknown" || v === "not_applicable" ? v : null;
      away.show(f.spec[escape] ? escape : null);
      last = escape && f.spec[escape] ? "" : v == null ? "" : String(v);
      input.value = last;
      after?.(last);
    } };
};
const sayAloud = (f, input) => {
  const text = h("output", { class: "wb-aloud", for: f.id, dir: "ltr" });
  const box = h("div", { class: "wb-aloud-box", hidden: true }, text, copyButton(f.t, () => input.value));
  return { box, after: (v) => { box.hidden = !v.trim(); text.textContent = v.trim(); } };
};
const textControl = (f) => {
  const input = plainInput(f, { class: f.spec.short ? "wb-input wb-short" : "wb-input" });
  if (!f.spec.aloud) return typed(f, input);
  const aloud = sayAloud(f, input);
  return typed(f, input, { after: aloud.after, around: [input, aloud.box] });
};
// The end of a number that is not stored entirely: what is typed before it never leaves this control. It is saved when
// the field is left, not while typing: otherwise the whole could be reassembled from the pieces.
const last4Control = (f) => {
  const input = plainInput(f, { class: "wb-input wb-amount", autocapitalize: "characters", dir: "ltr" });
  const read = () => {
    const text = input.value.normalize("NFC").replace(/\([^)]*\)?/g, "").replace(/[^\p{L}\p{N}]/gu, "");
    return text.length > 4 && !/\p{Nd}/u.test(text) ? "" : text.slice(-4);
  };
  const aloud = sayAloud(f, { get value() { return read(); } });
  const show = (v) => {
    input.value = v ?? "";
    aloud.after(input.value);
  };
  const settle = () => {
    if (input.value === (f.value() ?? "")) return;
    const was = input.value;
    show(read());
    f.changed(input.value);
    if (!was) f.emptied({ asks: false });
    else if (was !== input.value) f.note(f.t("last4"));
  };
  input.addEventListener("input", () => aloud.after(read()));
  input.addEventListener("change", settle);
  f.ctx.settling.add(settle);
  return { body: h("div", { class: "wb-typed" }, input, aloud.box), group: false, input, read, show };
};
const longControl = (f) => {
  const input = h("textarea", { id: f.id, rows: "3", dir: "auto", class: "wb-input", ...UNSENT, ...(f.spec.fill && { autocomplete: f.spec.fill }) });
  // Grows with the text where the browser does not support that.
  const grow = () => {
    if (CSS.supports("field-sizing", "content")) return;
    input.style.height = "auto";
    input.style.height = `${input.scrollHeight + 4}px`;
  };
  return typed(f, input, { after: grow });
};
const amountControl = (f) => {
  const money = f.spec.kind === "money";
  const input = plainInput(f, { class: "wb-input wb-amount", inputmode: money ? "decimal" : "numeric", dir: "ltr" });
  const around = h("div", { class: "wb-affix" }, money && h("span", { "aria-hidden": "true" }, "$"), input,
    f.spec.unit && h("span", { id: `${f.id}-unit` }, f.spec.unit));
  if (f.spec.unit) f.describe.push(`${f.id}-unit`);
  return typed(f, input, { asks: true, around, clean: (v) => v.trim() });
};
const phoneControl = (f) => {
  const input = plainInput(f, { type: "tel", class: "wb-input wb-short", dir: "ltr" });
  const around = h("div", { class: "wb-affix" }, input);
  const after = (v) => { // one button for each number that can be parsed
    const calls = (f.spec.fill ? [] : phoneNumbers(v)).map(({ tel, number, ext, press }) =>
      h("a", { class: "wb-button wb-second wb-call", href: tel }, f.t(ext ? (press ? "call_press" : "call_ext") : "call", { number, ext })));
    while (input.nextSibling) input.nextSibling.remove(); // the input itself stays: it has the focus
    around.append(...calls);
  };
  return typed(f, input, { after, around });
};

const selectControl = (f) => {
  const input = h("select", { id: f.id, class: "wb-input" });
  const fill = () => {
    const now = input.value;
    input.replaceChildren(h("option", { value: "" }, f.t("choose")),
      ...optionsOf(f.ctx, f.spec).map(([v, words]) => h("option", { value: v }, words)));
    input.value = now;
  };
  fill();
  input.addEventListener("change", () => (input.value ? f.changed(input.value) : f.emptied({ asks: true })));
  const show = (v) => {
    input.value = v ?? "";
    if (v && input.value !== v) { // an earlier choice that is no longer offered stays visible
      input.append(h("option", { value: v }, inWords(f.ctx, f.spec, v)));
      input.value = v;
    }
  };
  return { body: input, group: false, input, read: () => input.value || null, show, refill: fill };
};
const choiceControl = (f, several, words = (value) => inWords(f.ctx, f.spec, value)) => {
  const box = h("div", { class: `wb-choices${f.spec.compact ? " wb-compact" : ""}` });
  const clear = !several && button(f.t("clear"), () => f.emptied({ asks: true, pressed: true }), { class: "wb-link wb-clear", hidden: true }, f.spec.question);
  const body = h("div", { class: "wb-choosing" }, box, clear);
  const inputs = () => [...box.querySelectorAll("input")];
  const read = () => {
    const on = inputs().filter((i) => i.checked).map((i) => i.value);
    return several ? on : on[0] ?? null;
  };
  const add = ([value, words]) => {
    const input = h("input", { type: several ? "checkbox" : "radio", id: `${f.id}-${box.children.length}`, name: f.id, value,
      onchange: () => {
        const was = f.value();
        alone(input);
        if (clear) clear.hidden = false;
        f.changed(read());
        if (blank(read())) f.emptied({ was }); // the last box: clearing always offers a way back
      } });
    box.append(h("label", { class: "wb-choice", for: input.id }, input, h("span", { dir: "auto" }, words)));
    return input;
  };
  // "I do not know yet" and another answer exclude each other.
  const alone = (input) => {
    const escape = (i) => i.value === "unknown" || i.value === "not_applicable";
    if (several && input.checked) for (const other of inputs()) if (other !== input && (escape(input) || escape(other))) other.checked = false;
  };
  const fill = () => {
    const now = read();
    box.replaceChildren();
    optionsOf(f.ctx, f.spec).forEach(add);
    if (!box.children.length) box.append(h("p", { class: "wb-hint" }, f.spec.empty || f.t("nothing_to_pick")));
    control.show(now);
  };
  const control = { body, group: true, get input() { return inputs().find((i) => i.checked) || inputs()[0] || box; }, read, refill: fill,
    show: (v) => {
      const on = Array.isArray(v) ? v : v == null ? [] : [v];
      for (const value of on) if (value !== "" && !inputs().some((i) => i.value === value)) add([value, words(value)]);
      for (const input of inputs()) input.checked = on.includes(input.value);
      if (clear) clear.hidden = !on.length;
    } };
  fill();
  return control;
};
// Scans saved from a disc, which can be removed. Without any, nothing is shown.
const scansControl = (f) => {
  const keys = (scans) => (scans || []).map((scan) => JSON.stringify(scan));
  const scans = (list) => list.map((key) => JSON.parse(key));
  const inner = choiceControl({ ...f, spec: { ...f.spec, kind: "many" }, value: () => keys(f.value()),
    changed: (list) => f.changed(scans(list)), emptied: ({ was }) => f.emptied({ was: scans(was) }) }, true, (key) => scanInWords(f.ctx, key));
  inner.body.querySelector(".wb-hint")?.remove();
  return { ...inner, refill: null, get input() { return inner.input; }, read: () => scans(inner.read()),
    show: (value) => {
      inner.show(keys(value));
      const field = inner.body.closest(".wb-field");
      if (field) field.hidden = !inner.body.querySelector("input");
    } };
};
const oneControl = (f) => (optionsOf(f.ctx, f.spec).length <= 7 ? choiceControl(f, false) : selectControl(f));
// Adds an entry by its name to the list that a question chooses from, without leaving the page for it.
const adder = (f, control) => {
  const { ctx, t, spec } = f, id = ctx.nextId();
  const put = () => {
    const words = name.value.trim(), key = newId();
    if (!words) return name.focus();
    name.value = "";
    ctx.saver.change({ op: "add", path: spec.target, value: { id: key, name: words }, before: null });
    ctx.options.set(spec.target, [...(ctx.options.get(spec.target) || []), [key, words]]);
    for (const field of ctx.fields.values()) if (field.spec.target === spec.target) field.refill?.();
    f.changed(spec.multiple ? [...(f.value() || []), key] : key);
    control.show(f.value());
    return open(false);
  };
  const name = h("input", { id, type: "text", dir: "auto", class: "wb-input", ...UNSENT, onkeydown: (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation(); // it is not the way on to the next question
    put();
    control.input.focus();
  } });
  const box = h("div", { class: "wb-adder", hidden: true, onfocusout: (event) => {
    if (!box.hidden && !box.contains(event.relatedTarget)) (name.value.trim() ? put : () => open(false))(); // a name is not lost
  } }, h("label", { class: "wb-label", for: id }, t("add_name")), name,
  button(t("add_one"), () => { put(); if (box.hidden) control.input.focus(); }, { class: "wb-button wb-second wb-small" }));
  const way = button(spec.add, () => { open(true); name.focus(); });
  const open = (yes) => { box.hidden = !yes; way.hidden = yes; };
  const all = h("div", { class: "wb-adds" }, way, box), clear = control.body.querySelector(".wb-clear");
  if (clear) clear.before(all); // which is drawn below what it clears
  else control.body.after(all);
};
const checkControl = (f) => {
  const input = h("input", { type: "checkbox", id: f.id, onchange: () => f.changed(input.checked) });
  return { body: h("label", { class: "wb-choice", for: f.id }, input, h("span", {}, f.spec.question)), group: false, own: true,
    input, read: () => input.checked, show: (v) => { input.checked = v === true || v === "yes"; } };
};
