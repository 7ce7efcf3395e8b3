// The box in the head: "/" goes there, what is suggested while one types is gone through by keys and opened by Enter.
const box = document.querySelector(".find input");
const list = document.getElementById("tim-thay");

const options = () => [...list.querySelectorAll("[role=option]")];
const chosen = () => options().find((option) => option.ariaSelected === "true");

const show = (shown) => {
  list.hidden = !shown;
  box.ariaExpanded = String(shown);
  if (!shown) choose(null);
};

const choose = (option) => {
  for (const other of options()) other.ariaSelected = String(other === option);
  if (option) box.setAttribute("aria-activedescendant", option.id);
  else box.removeAttribute("aria-activedescendant");
  option?.scrollIntoView({ block: "nearest" });
};

const step = (by) => {
  const all = options();
  if (!all.length) return;
  if (list.hidden) show(true);
  const at = all.indexOf(chosen());
  choose(all[at < 0 && by < 0 ? all.length - 1 : (at + by + all.length) % all.length]);
};

const ofKey = {
  ArrowDown: () => step(1),
  ArrowUp: () => step(-1),
  Enter: () => chosen().click(),
  Escape: () => show(false),
};

const heeds = (key) => (key === "Enter" ? Boolean(chosen()) : key !== "Escape" || !list.hidden);

const typesIn = (element) => element.closest("input, select, textarea, [contenteditable]");

if (box) {
  box.addEventListener("keydown", (event) => {
    const act = ofKey[event.key];
    if (!act || event.isComposing || event.ctrlKey || event.altKey || event.metaKey || !heeds(event.key)) return;
    event.preventDefault();
    act();
  });
  list.addEventListener("htmx:afterSwap", () => {
    show(document.activeElement === box && options().length > 0);
  });
  box.form.addEventListener("focusin", (event) => {
    if (event.target === box && options().length) show(true);
  });
  document.addEventListener("click", (event) => {
    if (!box.form.contains(event.target)) show(false);
  });
  box.form.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !box.form.contains(event.relatedTarget)) show(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey || typesIn(event.target)) return;
    event.preventDefault();
    const there = box.checkVisibility() ? box : document.querySelector(".find-page input");
    if (there) there.select();
    else document.querySelector(".find-here").click();
  });
}
