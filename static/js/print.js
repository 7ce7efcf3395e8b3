// A button prints the page it stands on; a list opened whole to be printed asks for it at once, but not again when it is
// come back to. Without it the browser's own menu prints.
for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

const [visit] = performance.getEntriesByType("navigation");
if (document.querySelector("[data-print-now]") && visit?.type === "navigate") {
  addEventListener("load", () => window.print());
}
