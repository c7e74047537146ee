// Runs before anything is rendered, in any browser: the reader's text size, what Voilà's front end expects to find, and
// a sentence where the page's own script does not run.
try {
  if (localStorage.getItem("wb-large") === "1") document.documentElement.classList.add("wb-large");
} catch (error) { /* storage is off: the default size */ }
window.themeLoaded = true;
window.voila_heartbeat = window.voila_process = window.voila_finish = window.display_cells = function () {};
var workbookGone = "old";
addEventListener("error", function (event) {
  if (event.target.tagName === "SCRIPT") workbookGone = "gone";
}, true);
addEventListener("load", function () {
  var place = document.getElementById("wb-starting"), body = document.body, link = document.createElement("a");
  if (!place || window.workbookHere) return;
  place.className = "wb-starting";
  place.textContent = body.getAttribute("data-" + workbookGone) + " ";
  link.href = body.getAttribute("data-blank");
  link.textContent = body.getAttribute("data-print");
  place.appendChild(link);
});
