// Where the browser keeps the workbook's file: two images in turn, each with number, length and checksum, so that a
// write that is cut short leaves the one before it. Knows bytes only.
//
// The names and the form below are fixed for ever: the next version, and a site that moved to another folder, find the
// old cases.
export const FOLDER = "second-opinion-workbook";
export const NAMES = ["image-a", "image-b"];
const COUNT = "written"; // in the database: how often an image was written
const MAGIC = "WBIMAGE1", SUM = 32, HEAD = 64; // magic 8, number 8, length 8, alone 8, SHA-256 of the whole 32

const equal = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);
const trouble = (name) => new DOMException(name, name);

async function digest(whole) {
  const copy = whole.slice();
  copy.fill(0, SUM, HEAD);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", copy));
}
// `alone` says that no older image may be left.
export async function pack(number, bytes, alone = false) {
  const whole = new Uint8Array(HEAD + bytes.length), view = new DataView(whole.buffer);
  whole.set(new TextEncoder().encode(MAGIC));
  [number, bytes.length, Number(alone)].forEach((value, i) => view.setBigUint64(8 * (i + 1), BigInt(value)));
  whole.set(bytes, HEAD);
  whole.set(await digest(whole), SUM);
  return whole;
}
// What an image holds; null if it is empty, cut short, damaged or not ours.
export async function unpack(given) {
  if (!given || given.length < HEAD || new TextDecoder().decode(given.slice(0, 8)) !== MAGIC) return null;
  const view = new DataView(given.buffer, given.byteOffset);
  const [number, length, alone] = [1, 2, 3].map((i) => Number(view.getBigUint64(8 * i)));
  const whole = given.slice(0, HEAD + length);
  if (!Number.isSafeInteger(number) || whole.length !== HEAD + length) return null;
  const sum = await digest(whole);
  return equal(sum, whole.slice(SUM, HEAD)) ? { number, bytes: whole.slice(HEAD), alone: !!alone } : null;
}

// Two files in the origin's private file system, held open: no one else can write them meanwhile.
async function fileSlots() {
  if (!navigator.storage?.getDirectory) throw trouble("NotSupportedError");
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle(FOLDER, { create: true });
  const handles = await Promise.all(NAMES.map((name) => folder.getFileHandle(name, { create: true })));
  if (!handles[0].createSyncAccessHandle) throw trouble("NotSupportedError");
  const files = [];
  try {
    for (const handle of handles) files.push(await handle.createSyncAccessHandle());
  } catch (error) {
    for (const file of files) file.close(); // one alone would keep out the tab that has the other
    throw error;
  }
  return {
    read: async (i) => {
      const bytes = new Uint8Array(files[i].getSize());
      files[i].read(bytes, { at: 0 });
      return bytes;
    },
    write: async (i, bytes) => {
      files[i].truncate(0);
      if (files[i].write(bytes, { at: 0 }) !== bytes.length) throw trouble("QuotaExceededError");
      files[i].flush();
    },
    close: () => files.forEach((file) => file.close()),
  };
}

// The same in IndexedDB, for browsers without such files; a write counts once it is on the disk. Two tabs can have it
// open, so a write is refused if another tab has written since.
async function databaseSlots() {
  if (!globalThis.indexedDB) throw trouble("NotSupportedError");
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const asked = indexedDB.open(FOLDER, 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("images");
  const db = await done(asked);
  const get = (key) => done(db.transaction("images").objectStore("images").get(key));
  let count = (await get(COUNT)) ?? 0;
  return {
    read: (i) => get(NAMES[i]),
    write: (i, bytes) => new Promise((resolve, reject) => {
      const change = db.transaction("images", "readwrite", { durability: "strict" }), store = change.objectStore("images");
      let other = false;
      change.oncomplete = () => { count += 1; resolve(); };
      change.onabort = () => reject(other ? trouble("NoModificationAllowedError") : change.error);
      store.get(COUNT).onsuccess = ({ target }) => {
        other = (target.result ?? 0) !== count;
        if (other) return change.abort();
        store.put(count + 1, COUNT);
        return store.put(bytes, NAMES[i]);
      };
    }),
    close: () => db.close(),
  };
}

// Where nothing is kept, the workbook still runs until the page is closed.
const memorySlots = async () => ({ read: async () => null, write: async () => {}, close: () => {}, forgets: true });

const REFUSED = ["NotSupportedError", "SecurityError"]; // never works here; other errors may be over after a reload

// The first of these places that this browser has, with what was found there.
async function opened(places) {
  for (const [at, place] of places.entries()) {
    try {
      const slots = await place(), raw = [await slots.read(0), await slots.read(1)];
      return { slots, raw, found: [await unpack(raw[0]), await unpack(raw[1])], rest: places.slice(at + 1) };
    } catch (error) {
      if (!REFUSED.includes(error?.name)) throw error;
    }
  }
  throw trouble("SecurityError");
}
const newestOf = (found) => ((found[0]?.number ?? -1) >= (found[1]?.number ?? -1) ? 0 : 1);

// Opens the newest good image. `bytes` is null where there is none yet; `damaged` says that there was one once.
export async function openImages(places = [fileSlots, databaseSlots, memorySlots]) {
  const { slots, raw, found, rest } = await opened(places);
  const newest = newestOf(found), good = found[newest];
  let last = good ? newest : 1, number = good?.number ?? 0, moved = null;
  let bytes = good?.bytes ?? null;
  if (!good && rest.length) { // an older version of this browser may have kept them elsewhere
    moved = await opened(rest).catch(() => null);
    bytes = moved?.found[newestOf(moved.found)]?.bytes ?? null;
    if (!bytes) moved = void moved?.slots.close();
  }
  const write = async (data, alone) => {
    await slots.write(1 - last, await pack(number + 1, data, alone));
    last = 1 - last;
    number += 1;
  };
  const keep = async (data, erased = false) => {
    const first = !number;
    await write(data, erased);
    if (erased || first) await write(data, erased); // so that only a first write can leave a single one
    if (!moved) return;
    for (const i of [0, 1]) await moved.slots.write(i, new Uint8Array());
    moved = void moved.slots.close();
  };
  const older = found[1 - newest];
  if (good?.alone && older && !equal(older.bytes, bytes)) await keep(bytes, true).catch(() => {}); // an erase was cut short
  return {
    bytes,
    damaged: !bytes && !!raw[1]?.length, // the second is written after the first is whole
    forgets: !!slots.forgets,
    // `erased`: no older image may be left.
    keep,
    close: () => { slots.close(); moved?.slots.close(); },
  };
}
