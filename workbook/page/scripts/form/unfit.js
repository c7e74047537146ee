// An answer that does not fit is said before "Next" leaves the page: the first press says it in its place, a second one
// goes on. Knows the forms of the page by their savers; the link or button is marked with data-checks.
let goesOn = null, asking = false;
const saidUnfit = new Set(); // for the whole page: a form may be drawn again between two presses
const sayUnfit = (ctx) => {
  const [path, held] = [...ctx.drafts].find(([one, what]) => what?.problem && specAt(ctx.specs, one)) || [];
  const said = path && JSON.stringify([ctx.caseId, path, held.text]);
  if (!path || saidUnfit.has(said)) return false;
  saidUnfit.add(said);
  ctx.fields.get(path)?.el.scrollIntoView({ block: "nearest" });
  ctx.announce(held.problem);
  return true;
};
const onNext = async (event) => {
  const next = event.target.closest?.("[data-checks]");
  if (!next || next === goesOn || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (asking) return; // a double click is one press
  asking = true;
  await allSaved(); // only then is known what fits
  await new Promise((done) => setTimeout(done)); // a link cannot be pressed while it is being pressed by Enter
  asking = false;
  let unfit = false;
  for (const one of savers) if (one.sayUnfit?.()) unfit = true; // each form says its own
  if (unfit) return;
  saidUnfit.clear();
  goesOn = next;
  next.click();
  goesOn = null;
};
if (!globalThis.workbookChecks) {
  globalThis.workbookChecks = true;
  window.addEventListener("click", onNext, true); // before anything that leaves
}
