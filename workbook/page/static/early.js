// Runs before anything is rendered: the reader's text size, and what Voilà's front end expects to find.
try {
  if (localStorage.getItem("wb-large") === "1") document.documentElement.classList.add("wb-large");
} catch { /* storage is off: the default size */ }
window.themeLoaded = true;
window.voila_heartbeat = window.voila_process = window.voila_finish = window.display_cells = () => {};
