// Saves bytes from a message: no file URL, nothing left on the server. Returns what to show beside the words about it:
// a button for the phone's own share sheet, where there is one that takes such a file.
const saveFile = (message, buffers, words) => {
  const url = URL.createObjectURL(new Blob([buffers[0]], { type: message.mime }));
  const link = h("a", { href: url, download: message.name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
  dispatchEvent(new CustomEvent("wb-file", { detail: message.name }));
  const files = [new File([buffers[0]], message.name, { type: message.mime })];
  const share = async () => {
    try { await navigator.share({ files }); } catch { /* closed without sharing; the file is in the downloads too */ }
  };
  try { return navigator.canShare?.({ files }) ? [" ", button(words, share)] : []; } catch { return []; }
};
