// The files of one version: fetched once, checked, unpacked, and kept in the browser. Used by the page, the worker that
// holds Python, and (pasted before sw.js) the service worker. Knows the list of files and nothing of a case.
//
// A file's address holds its checksum, so what is kept under an address is right for ever: a new version fetches what
// changed and finds the rest. Pages have plain addresses, and each version keeps its own.

export const KEPT = "workbook-files";
export const PAGES = "workbook-pages";

const XZ = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00];

export class FileTrouble extends Error {
  constructor(kind, path) {
    super(`${kind}: ${path}`);
    this.name = "FileTrouble";
    this.kind = kind; // "offline", "missing" or "changed"
    this.path = path;
  }
}

// Two sites on one host, such as /a/ and /b/, do not share: each tidies only its own.
export const cacheName = (kind, base) => `${kind} ${new URL(base).pathname}`;
export const pagesName = (base, version) => `${cacheName(PAGES, base)} ${version}`;

async function checksum(bytes, subtle) {
  const digest = new Uint8Array(await subtle.digest("SHA-256", bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function read(response, heard) {
  if (!response.body || !heard) return new Uint8Array(await response.arrayBuffer());
  const pieces = [];
  const reader = response.body.getReader();
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    pieces.push(value);
    length += value.length;
    heard(length);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

export class Files {
  // env: { fetch, caches, subtle, unpack }. Without caches nothing is kept, without subtle only sizes are checked, and
  // without unpack a packed file stays packed.
  constructor(list, base, env) {
    this.list = list;
    this.base = String(base);
    this.env = env;
  }

  get version() {
    return this.list.version;
  }

  // By address, or by the name a packed file has when it is unpacked.
  find(name) {
    return this.list.files.find((file) => file.path === name || file.name === name);
  }

  // Where it is kept. Unpacked, it has a name of its own, so that it is never taken for the packed one.
  address(file) {
    return new URL(file.packed ? file.path.replace(/\.bin$/, "") : file.path, this.base).href;
  }

  addresses(file) {
    return [this.address(file), new URL(file.path, this.base).href];
  }

  wanted(...uses) {
    return this.list.files.filter((file) => uses.includes(file.use));
  }

  async cache() {
    try {
      return await this.env.caches?.open(cacheName(KEPT, this.base));
    } catch {
      return undefined; // a private window may refuse
    }
  }

  // The file as it is kept; a service worker, which cannot unpack, may have kept it packed.
  async kept(file) {
    const cache = await this.cache();
    const [unpacked, packed] = this.addresses(file);
    const found = await cache?.match(unpacked);
    if (found || !file.packed) return found;
    const waiting = await cache?.match(packed);
    if (!waiting || !this.env.unpack) return waiting;
    const response = await this.unpacked(file, new Uint8Array(await waiting.arrayBuffer()));
    await this.keep(file, response.clone());
    await cache.delete(packed);
    return response;
  }

  async keep(file, response) {
    try {
      const [unpacked, packed] = this.addresses(file);
      await (await this.cache())?.put(this.env.unpack ? unpacked : packed, response);
    } catch {
      // No room: it is fetched again next time.
    }
  }

  // Which of these files (by name, or all of a use) are not kept yet, and how many bytes would be fetched.
  async missing(...names) {
    const files = [];
    const cache = await this.cache();
    for (const file of this.list.files) {
      if (!names.includes(file.use) && !names.includes(file.name)) continue;
      const found = await Promise.all(this.addresses(file).map((address) => cache?.match(address)));
      if (!found.some(Boolean)) files.push(file);
    }
    return { files, bytes: files.reduce((sum, file) => sum + file.bytes, 0) };
  }

  // The file as a response, unpacked. `heard(bytes)` is called while it arrives.
  async bring(name, heard) {
    const file = this.find(name);
    if (!file) throw new FileTrouble("missing", name);
    const kept = await this.kept(file);
    if (kept) return kept;
    const response = await this.unpacked(file, await this.fetched(file, heard));
    await this.keep(file, response.clone());
    return response;
  }

  // The checked bytes as they travel. What has its checksum in its address may come from the browser's own cache;
  // if that has kept something else, the server is asked.
  async fetched(file, heard) {
    if (file.use === "page") return this.checked(file, "no-cache", heard);
    try {
      return await this.checked(file, "default", heard);
    } catch (trouble) {
      if (trouble.kind !== "changed") throw trouble;
      return this.checked(file, "reload", heard);
    }
  }

  async checked(file, cache, heard) {
    let response, bytes;
    try {
      response = await this.env.fetch(new URL(file.path, this.base).href, { cache });
      if (response.ok) bytes = await read(response, heard);
    } catch {
      throw new FileTrouble("offline", file.path);
    }
    if (!bytes) throw new FileTrouble("missing", file.path);
    const { subtle } = this.env; // missing where the page came without https
    if (subtle ? (await checksum(bytes, subtle)) !== file.sha256 : bytes.length !== file.bytes)
      throw new FileTrouble("changed", file.path);
    return bytes;
  }

  async unpacked(file, bytes) {
    const headers = { "Content-Type": file.type };
    if (!file.packed || !this.env.unpack || !XZ.every((byte, at) => bytes[at] === byte)) return new Response(bytes, { headers });
    const stream = await this.env.unpack(new Blob([bytes]).stream());
    const raw = await new Response(stream).arrayBuffer(); // whole before it is kept: half a file is never kept
    if (raw.byteLength !== file.raw) throw new FileTrouble("changed", file.path);
    return new Response(raw, { headers });
  }
}
