// From page to page without a new document: the next notebook comes over the channel and is swapped in.
// Anything unusual is left to the browser, which loads the page as always.
const PATIENCE_FOR_PAGE = 10000, SLOW_PAGE = 200;
const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
const folderOf = (url) => url.pathname.replace(/[^/]*$/, "");
const nameOf = (url) => decodeURIComponent(url.pathname.slice(folderOf(url).length)).replace(/\.(ipynb|html)$/, "") || "index";

// `anyCase`: pages of other cases are near too. `patient`: Python may take long, and there is no other way to a page.
// `words(url)` brings a page's words from before Python is there.
const makeRouter = (channel, swap, { anyCase = false, patient = false, words = null } = {}) => {
  const addressOf = (href) => {
    const url = new URL(href, location.href);
    if (anyCase) url.pathname = url.pathname.replace(/\.ipynb$/, ".html"); // as a notebook's own HTML may write it
    return url;
  };
  // The page of this address, which a host may also serve without its ending.
  const here = () => {
    const url = addressOf(location.href);
    if (anyCase && !isPage(url)) url.pathname += ".html";
    return url;
  };
  const placeOf = (url) => url.pathname + url.search;
  let shown = placeOf(here()), turn = 0, waiting = null;
  let coming = null, shownNumber = 0; // the page that was asked for last, and the number of the one on screen

  // Whether this address may be shown in place: a notebook beside this one, for the same case.
  const isNear = (url) => url.origin === location.origin && isPage(url)
    && folderOf(url) === folderOf(new URL(shown, location.origin))
    && (anyCase || [null, url.searchParams.get("case")].includes(new URL(shown, location.origin).searchParams.get("case")));
  const ask = (url, number) => new Promise((done) => {
    waiting?.done(null); // nobody waits for that page any more
    waiting = { number, done };
    channel.send({ to: "pages", content: { do: "page", number, shown: shownNumber, name: nameOf(url), query: url.search.slice(1), zone: zone() } });
    if (!patient) setTimeout(() => done(null), PATIENCE_FOR_PAGE);
  });
  channel.on(({ to, content }) => {
    if (to === "pages" && waiting && content.number === waiting.number) waiting.done(content);
  });
  // The page of this turn; null if there is none to show, or if something typed here is not saved.
  const bring = async (url, mine) => {
    if (!(await allSaved()) || mine !== turn) return null;
    let found = words && !channel.isReady() ? await words(url).catch(() => null) : null;
    if (mine === turn && (!words || channel.isReady())) found = await ask(url, mine);
    return (await allSaved()) ? found : null; // what was typed while the page was on its way
  };
  const remember = () => history.replaceState({ ...history.state, y: Math.round(scrollY) }, "");
  const settle = () => {
    coming = null;
    document.body.removeAttribute("aria-busy");
  };
  // The browser loads the page, and asks first if something typed would be lost.
  const leave = (url, by) => (by ? location.assign(url.href) : location.reload());

  // `by` is how the address changes: "push", "replace", or "" where it has changed already, as after Back.
  // `still` leaves focus and scroll as they are: the page has only become alive.
  const go = async (href, by = "push", y = 0, still = false) => {
    const url = by ? addressOf(href) : here();
    if (!isNear(url)) return leave(url, by);
    const mine = (turn += 1);
    coming = { href: url.href, by, y, still };
    const slow = setTimeout(() => { document.body.setAttribute("aria-busy", "true"); }, SLOW_PAGE);
    const found = await bring(url, mine);
    clearTimeout(slow);
    if (mine !== turn) return undefined; // another link was followed meanwhile
    settle();
    if (found?.do !== "page") return leave(url, by);
    if (by === "push") { remember(); history.pushState({}, "", url.href); }
    if (by === "replace") history.replaceState({}, "", url.href);
    shown = placeOf(url);
    shownNumber = found.number || 0; // words from before Python have none
    swap(found, { y, anchor: url.hash, still });
    return undefined;
  };
  const goOn = (next) => go(next.href, next.by, next.y, next.still);
  // Python is there: this page becomes alive, or the one that was asked for meanwhile.
  const live = () => goOn(coming || { href: location.href, by: "", y: scrollY, still: true });
  // The same page once more, from a Python that was started again; then what was asked for of the one before it.
  const again = async () => {
    const next = coming, mine = (turn += 1);
    settle();
    const found = await ask(new URL(shown, location.href), mine);
    if (mine !== turn) return;
    if (found?.do === "page") {
      shownNumber = found.number;
      if (!adopt(found.html)) swap(found, { y: scrollY, anchor: "", still: true });
    }
    if (next && !next.still) await goOn(next);
  };
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const url = addressOf(link.href);
    if (link.download || !["", "_self"].includes(link.target) || !isNear(url)) return;
    if (url.hash && placeOf(url) === shown) return; // a place on this page
    event.preventDefault();
    if (url.href !== coming?.href) go(url.href);
  });
  addEventListener("popstate", (event) => {
    if (placeOf(here()) !== shown || coming) go(location.href, "", event.state?.y || 0);
  });
  addEventListener("pagehide", remember);
  history.scrollRestoration = "manual";
  return { go, live, again };
};
