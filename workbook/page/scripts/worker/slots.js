// Where the browser keeps the workbook's file: two images in turn, each with number, length and checksum, so that a
// write that is cut short leaves the one before it. Knows bytes only.
//
// The names below are fixed for ever: the next version, and a site that moved to another folder, find the old cases.
export const FOLDER = "second-opinion-workbook";
export const NAMES = ["image-a", "image-b"];
const MAGIC = "WBIMAGE1", HEAD = 64; // magic 8, number 8, length 8, SHA-256 32, zeros

const digest = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
const equal = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);

export async function pack(number, bytes) {
  const whole = new Uint8Array(HEAD + bytes.length), view = new DataView(whole.buffer);
  whole.set(new TextEncoder().encode(MAGIC));
  view.setBigUint64(8, BigInt(number));
  view.setBigUint64(16, BigInt(bytes.length));
  whole.set(await digest(bytes), 24);
  whole.set(bytes, HEAD);
  return whole;
}
// The number and bytes of an image; null if it is empty, cut short or damaged.
export async function unpack(whole) {
  if (!whole || whole.length < HEAD || new TextDecoder().decode(whole.slice(0, 8)) !== MAGIC) return null;
  const view = new DataView(whole.buffer, whole.byteOffset), length = Number(view.getBigUint64(16));
  const bytes = whole.slice(HEAD, HEAD + length);
  if (bytes.length !== length || !equal(await digest(bytes), whole.slice(24, 56))) return null;
  return { number: Number(view.getBigUint64(8)), bytes };
}

// Two files in the origin's private file system, held open: no one else can write them meanwhile.
async function fileSlots() {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle(FOLDER, { create: true });
  const files = await Promise.all(NAMES.map(async (name) => (await folder.getFileHandle(name, { create: true })).createSyncAccessHandle()));
  return {
    read: async (i) => {
      const bytes = new Uint8Array(files[i].getSize());
      files[i].read(bytes, { at: 0 });
      return bytes;
    },
    write: async (i, bytes) => {
      files[i].truncate(0);
      if (files[i].write(bytes, { at: 0 }) !== bytes.length) throw new DOMException("short", "QuotaExceededError");
      files[i].flush();
    },
    close: () => files.forEach((file) => file.close()),
  };
}

// The same in IndexedDB, for browsers without such files; a write counts once it is on the disk.
async function databaseSlots() {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const asked = indexedDB.open(FOLDER, 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore("images");
  const db = await done(asked);
  return {
    read: async (i) => done(db.transaction("images").objectStore("images").get(NAMES[i])),
    write: (i, bytes) => new Promise((resolve, reject) => {
      const change = db.transaction("images", "readwrite", { durability: "strict" });
      change.oncomplete = resolve;
      change.onabort = change.onerror = () => reject(change.error);
      change.objectStore("images").put(bytes, NAMES[i]);
    }),
    close: () => db.close(),
  };
}

const backends = [fileSlots, databaseSlots];

// Opens the newest good image. `bytes` is null where there is none yet; `damaged` says that there was one once.
export async function openImages(make = null) {
  let slots = null;
  for (const backend of make ? [make] : backends) {
    try {
      slots = await backend();
      break;
    } catch (trouble) {
      if (trouble?.name === "NoModificationAllowedError") throw trouble; // another tab holds the files
    }
  }
  if (!slots) throw new DOMException("refused", "SecurityError");
  const raw = [await slots.read(0), await slots.read(1)];
  const found = [await unpack(raw[0]), await unpack(raw[1])];
  const newest = (found[0]?.number ?? -1) >= (found[1]?.number ?? -1) ? 0 : 1;
  let last = found[newest] ? newest : 1, number = found[newest]?.number ?? 0;
  const write = async (bytes) => {
    const next = 1 - last;
    await slots.write(next, await pack(number + 1, bytes));
    last = next;
    number += 1;
  };
  return {
    bytes: found[newest]?.bytes ?? null,
    damaged: !found[newest] && raw.some((bytes) => bytes?.length),
    // `both` leaves no older image: something was erased.
    keep: async (bytes, both = false) => {
      await write(bytes);
      if (both) await write(bytes);
    },
    close: slots.close,
  };
}
