// Which questions are shown: the conditions of `when`, compiled by Python, against the answers of this form.
// What is hidden keeps its answer. A link to a hidden question shows it, whatever its condition.
const meets = (held, { values, not, least }) => {
  if (least) return (held || []).length >= least;
  const found = [].concat(held === true ? "yes" : held ?? []);
  if (!values) return not ? !found.length || found.some(blank) : !blank(held);
  return found.some((one) => values.includes(one)) !== !!not;
};
const placeOf = (condition, base) => (condition.entry ? base : "") + condition.path;
// What a condition looks at: the answer, or, for `part`, what the chosen entries of the list `of` have there.
const heldAt = (ctx, condition, base) => {
  const held = ctx.values.get(placeOf(condition, base));
  return condition.part ? [].concat(held ?? []).map((id) => ctx.values.get(`${condition.of}.${id}.${condition.part}`) ?? null) : held;
};
const isShown = (ctx, spec, base = "") => !spec.when
  || spec.when.every((condition) => meets(heldAt(ctx, condition, base), condition))
  || [...ctx.revealed].some((path) => specAt([spec], path, base));

// Shows or hides a drawn question as the answers change, but never while someone is in it.
function whileShown(ctx, spec, base, el) {
  if (!spec.when) return el;
  const check = () => {
    el.classList.toggle("wb-unasked", !isShown(ctx, spec, base) && !holdsFocus(el));
    for (const group of ctx.groups) if (group.base === base && group.fields.includes(spec)) group.tell();
  };
  for (const condition of spec.when) {
    const path = placeOf(condition, base);
    if (!ctx.conditions.has(path)) ctx.conditions.set(path, new Set());
    ctx.conditions.get(path).add(check);
  }
  check();
  return el;
}
function showAnyway(ctx, path) {
  ctx.revealed.add(path);
  for (const checks of ctx.conditions.values()) checks.forEach((check) => check());
}
