// "?" tells what the keys of the site do, wherever nothing is being typed.
const keys = document.getElementById("phim-tat");

document.addEventListener("keydown", (event) => {
  if (!keys || event.key !== "?" || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.closest("input:not([type=radio], [type=checkbox]), select, textarea, [contenteditable]")) return;
  event.preventDefault();
  if (keys.open) keys.close();
  else keys.showModal();
});

keys?.querySelector("button").addEventListener("click", () => keys.close());
