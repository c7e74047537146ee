// Saves bytes from a message: no file URL, nothing left on the server.
const saveFile = (message, buffers) => {
  const url = URL.createObjectURL(new Blob([buffers[0]], { type: message.mime }));
  const link = h("a", { href: url, download: message.name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
};
