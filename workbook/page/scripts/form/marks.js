// The few entries of a list that matter most, marked in one place. One too many asks which of them gives way.
function marksBlock(ctx, spec, path, ids, title) {
  const { t } = ctx, { most } = spec.marks, place = (id) => `${path}.${id}.${spec.marks.path}`;
  const isOn = (id) => ctx.values.get(place(id)) === true;
  const lines = new Map();
  const box = h("div", { class: "wb-choices" }), told = h("span", { class: "wb-told" }), full = h("div", { class: "wb-below" });
  const put = (id, value) => {
    ctx.values.set(place(id), value);
    ctx.saver.change({ op: "put", path: place(id), value });
    ctx.touched(place(id));
  };
  const input = (id) => lines.get(id).input;
  const swap = (id, other) => {
    put(other, false);
    put(id, true);
    full.replaceChildren();
    input(id).focus();
  };
  const keep = (id) => {
    full.replaceChildren();
    input(id).focus();
  };
  const pick = (id) => {
    const on = ids().filter((one) => isOn(one) && one !== id);
    full.replaceChildren();
    if (!input(id).checked || on.length < most) return put(id, input(id).checked);
    input(id).checked = false;
    const words = t("marks_full", { n: most, item: title(id) });
    full.append(h("div", { class: "wb-line wb-ask", role: "group", "aria-label": words }, h("span", { dir: "auto" }, words),
      on.map((other) => button(t("marks_swap", { item: title(other) }), () => swap(id, other), { class: "wb-button wb-second wb-small" })),
      button(t("marks_keep"), () => keep(id), { class: "wb-button wb-second wb-small" })));
    full.scrollIntoView({ block: "nearest" });
    return ctx.announce(words);
  };
  const make = (id) => {
    const own = ctx.nextId(), words = h("span", { dir: "auto" });
    const line = { words, input: h("input", { type: "checkbox", id: own, onchange: () => pick(id) }) };
    line.el = h("label", { class: "wb-choice", for: own }, line.input, words);
    lines.set(id, line);
    return line;
  };
  const sync = () => {
    const now = ids();
    for (const [id, line] of lines) if (!now.includes(id)) { line.el.remove(); lines.delete(id); }
    now.forEach((id, i) => {
      const line = lines.get(id) || make(id);
      line.words.textContent = title(id);
      line.input.checked = isOn(id);
      if (box.children[i] !== line.el) box.insertBefore(line.el, box.children[i] || null);
    });
    el.hidden = !now.length;
    told.textContent = t("marks_count", { k: now.filter(isOn).length, n: most });
  };
  const el = h("details", { class: "wb-group wb-marks" }, h("summary", {}, h("span", { dir: "auto" }, spec.marks.question), told),
    h("div", { class: "wb-inner", role: "group", "aria-label": spec.marks.question }, box, full));
  ctx.watchers.set(path, sync);
  return { el, sync };
}
