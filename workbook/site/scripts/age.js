// Locks and opens a file with a passphrase, in the age format. The build joins this with the packages it imports.
import { Decrypter, Encrypter } from "age-encryption/dist/index.js";

export async function seal(bytes, passphrase) {
  const locking = new Encrypter();
  locking.setPassphrase(passphrase);
  return locking.encrypt(bytes);
}
// Read here as a stream: a browser's `Response` would hide why a file cannot be opened.
export async function unseal(bytes, passphrase) {
  const opening = new Decrypter();
  opening.addPassphrase(passphrase);
  const reader = (await opening.decrypt(new Blob([bytes]).stream())).getReader();
  const opened = new Uint8Array(bytes.length); // more than what is inside
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return opened.slice(0, length);
    opened.set(value, length);
    length += value.length;
  }
}
