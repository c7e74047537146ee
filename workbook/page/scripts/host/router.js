// From page to page without a new document: the next notebook comes over the channel and is swapped in.
// Anything unusual is left to the browser, which loads the page as always.
const PATIENCE_FOR_PAGE = 10000, SLOW_PAGE = 200;
const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
const folderOf = (url) => url.pathname.replace(/[^/]*$/, "");
const nameOf = (url) => decodeURIComponent(url.pathname.slice(folderOf(url).length)).replace(/\.(ipynb|html)$/, "") || "index";

// `anyCase`: pages of other cases are near too. `patient`: Python may take long, and there is no other way to a page.
// `words(url)` brings a page's words from before Python is there.
const makeRouter = (channel, swap, { anyCase = false, patient = false, words = null } = {}) => {
  let shown = location.pathname + location.search, turn = 0, waiting = null;

  // Whether this address may be shown in place: a notebook beside this one, for the same case.
  const isNear = (url) => url.origin === location.origin && isPage(url)
    && folderOf(url) === folderOf(new URL(shown, location.origin))
    && (anyCase || [null, url.searchParams.get("case")].includes(new URL(shown, location.origin).searchParams.get("case")));
  const ask = (url) => new Promise((done) => {
    const number = (turn += 1);
    waiting = { number, done };
    channel.send({ to: "pages", content: { do: "page", number, name: nameOf(url), query: url.search.slice(1), zone: zone() } });
    if (!patient) setTimeout(() => done(null), PATIENCE_FOR_PAGE);
  });
  channel.on(({ to, content }) => {
    if (to === "pages" && waiting && content.number === waiting.number) waiting.done(content);
  });
  const addressOf = (href) => {
    const url = new URL(href, location.href);
    if (anyCase) url.pathname = url.pathname.replace(/\.ipynb$/, ".html"); // as a notebook's own HTML may write it
    return url;
  };
  const remember = () => history.replaceState({ ...history.state, y: Math.round(scrollY) }, "");

  // `by` is how the address changes: "push", "replace", or "" after Back, when it has changed already.
  // `still` leaves focus and scroll as they are: the page has only become alive.
  const go = async (href, by = "push", y = 0, still = false) => {
    const url = addressOf(href);
    if (!isNear(url)) return location.assign(url.href);
    const slow = setTimeout(() => { document.body.setAttribute("aria-busy", "true"); }, SLOW_PAGE);
    await allSaved();
    const found = words && !channel.isReady() ? await words(url).catch(() => null) : await ask(url);
    await allSaved(); // what was typed while the page was on its way
    clearTimeout(slow);
    document.body.removeAttribute("aria-busy");
    if (found?.number && found.number !== turn) return undefined; // another link was followed meanwhile
    if (found?.do !== "page") return by ? location.assign(url.href) : location.reload();
    if (by === "push") { remember(); history.pushState({}, "", url.href); }
    if (by === "replace") history.replaceState({}, "", url.href);
    shown = url.pathname + url.search;
    swap(found, { y, anchor: url.hash, still });
    return undefined;
  };
  // The same page once more, from a Python that was started again.
  const again = async () => {
    document.body.removeAttribute("aria-busy");
    const found = await ask(new URL(shown, location.href));
    if (found?.do === "page" && !adopt(found.html)) swap(found, { y: scrollY, anchor: "", still: true });
  };
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const url = addressOf(link.href);
    if (link.download || !["", "_self"].includes(link.target) || !isNear(url)) return;
    if (url.hash && url.pathname + url.search === shown) return; // a place on this page
    event.preventDefault();
    go(url.href);
  });
  addEventListener("popstate", (event) => {
    if (location.pathname + location.search !== shown) go(location.href, "", event.state?.y || 0);
  });
  addEventListener("pagehide", remember);
  history.scrollRestoration = "manual";
  return { go, again };
};
