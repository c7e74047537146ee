// The service worker: the site works without a connection, and a new version replaces the old one whole.
// The build puts files.js, VERSION, LIST (the address of the version's list of files) and HEADERS before this.
//
// Installing is all or nothing: every page and every file of the first visit is there and checked, or the version is
// not installed. Then it waits until the last page of the old version is gone, or until a page says {do: "switch"}.
// Old files go only when every open page has said {do: "hello", version} of this version.

const BASE = new URL("./", self.location.href).href;
const HOME = "index.html";
const open = new Map(); // which version each open page said it is

let files; // of this version; a service worker is stopped and started as the browser likes

async function listed() {
  if (files) return files;
  const address = new URL(LIST, BASE).href;
  const cache = await caches.open(pagesName(BASE, VERSION));
  let answer = await cache.match(address);
  if (!answer) {
    answer = await fetch(address, { cache: "no-cache" });
    if (!answer.ok) throw new FileTrouble("missing", LIST);
    await cache.put(address, answer.clone());
  }
  const list = await answer.json();
  if (list.version !== VERSION) throw new FileTrouble("changed", LIST);
  // Without `unpack`: the worker that holds Python unpacks what is kept here, when it first needs it.
  files = new Files(list, BASE, { caches, fetch: (...given) => fetch(...given), subtle: crypto.subtle });
  return files;
}

async function install() {
  try {
    const all = await listed();
    const cache = await caches.open(pagesName(BASE, VERSION));
    for (const page of all.wanted("page")) {
      const bytes = await all.fetched(page);
      const headers = { "Content-Type": page.type };
      await cache.put(new URL(page.path, BASE).href, new Response(bytes, { headers }));
    }
    for (const file of all.wanted("first")) {
      await all.bring(file.path);
      if (!(await all.kept(file))) throw new FileTrouble("full", file.path);
    }
  } catch (trouble) {
    files = undefined;
    await caches.delete(pagesName(BASE, VERSION)); // what is kept by checksum stays, and is not fetched again
    throw trouble;
  }
}

async function activate() {
  await self.clients.claim();
  await tidy();
}

// Removes what only older versions use, once nothing older is open and nothing newer has begun.
async function tidy() {
  if (self.registration.installing || self.registration.waiting) return;
  const pages = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  if (pages.some((page) => page.url.startsWith(BASE) && open.get(page.id) !== VERSION)) return;
  const all = await listed();
  const mine = new Set(all.list.files.flatMap((file) => all.addresses(file)));
  const kept = await caches.open(cacheName(KEPT, BASE));
  for (const request of await kept.keys()) if (!mine.has(request.url)) await kept.delete(request);
  const older = `${cacheName(PAGES, BASE)} `;
  for (const name of await caches.keys())
    if (name.startsWith(older) && name !== pagesName(BASE, VERSION)) await caches.delete(name);
}

// Brings files for later, such as those for a PDF, while nobody waits for them.
async function keep(uses) {
  const all = await listed();
  for (const file of all.wanted(...uses)) await all.bring(file.path);
}

// What is kept has no headers but its type, and a worker follows the policy of its own response.
const secured = (response, isPage) => {
  if (!response.ok) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(HEADERS[isPage ? "page" : "other"])) headers.set(name, value);
  return new Response(response.body, { status: response.status, headers });
};

async function answer(request) {
  let all;
  try {
    all = await listed();
  } catch {
    return fetch(request); // the browser has thrown away what was kept
  }
  const path = decodeURI(request.url.slice(BASE.length).split(/[?#]/)[0]);
  const file = request.mode === "navigate" ? page(all, path) : all.find(path);
  if (!file && path !== LIST) return fetch(request);
  if (file && file.use !== "page") return secured((await all.kept(file)) ?? (await all.bring(file.path)), false);
  const cache = await caches.open(pagesName(BASE, VERSION));
  const kept = await cache.match(new URL(file?.path ?? LIST, BASE).href);
  return kept ? secured(kept, /\.html$/.test(file?.path ?? LIST)) : fetch(request);
}

// A page's address may be a folder, or go without its ending.
function page(all, path) {
  for (const name of [path, `${path}.html`, `${path}${path && !path.endsWith("/") ? "/" : ""}${HOME}`]) {
    const file = all.find(name);
    if (file?.use === "page") return file;
  }
  return undefined;
}

function isOurs(request) {
  const address = request.url.split(/[?#]/)[0];
  return request.method === "GET" && address.startsWith(BASE) && !/\.bin$|\/sw\.js$/.test(address);
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", (event) => {
  if (isOurs(event.request)) event.respondWith(answer(event.request));
});
self.addEventListener("message", (event) => {
  const { data, source } = event;
  if (data?.do === "switch") event.waitUntil(self.skipWaiting());
  if (data?.do === "hello" && source) {
    open.set(source.id, data.version);
    event.waitUntil(tidy());
  }
  if (data?.do === "keep") event.waitUntil(keep(data.uses).then(
    () => source?.postMessage({ did: "keep", uses: data.uses }),
    (trouble) => source?.postMessage({ did: "keep", uses: data.uses, trouble: trouble.kind ?? "unknown" }),
  ));
});
