// What unfolds from the head of a page closes with Escape, and when one goes on elsewhere; its list narrows as one types.
const open = () => document.querySelectorAll("details.menu[open]");

const bare = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of open()) {
    const within = menu.contains(document.activeElement);
    menu.open = false;
    if (within) menu.querySelector("summary").focus();
  }
});

for (const kind of ["click", "focusin"]) {
  document.addEventListener(kind, (event) => {
    for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
  });
}

document.addEventListener("input", (event) => {
  if (!event.target.matches("[data-narrows]")) return;
  const words = bare(event.target.value).split(/\s+/);
  for (const row of event.target.closest(".others").querySelectorAll("li")) {
    const name = bare(row.textContent);
    row.hidden = !words.every((word) => name.includes(word));
  }
});
