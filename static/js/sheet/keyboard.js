import { heedEachKey } from "../keys.js";
import { SheetPage } from "./page.js";
import { focusOn, reasonOf } from "./row.js";

// Where arrows stop: the members, after the last of them the level that the cell proposes for itself.
const stopsOf = (page) => (page.own?.querySelector("input:not([type=hidden])") ? [...page.rows, page.own] : page.rows);

const goOn = (page, row, step) => {
  const stops = stopsOf(page);
  const next = stops[stops.indexOf(row) + step];
  if (next) focusOn(next);
  else if (step > 0) page.form.querySelector("button[value=nop]").focus();
};

const choose = (row, rank) => {
  const level = row.querySelector(`.seg input[value="${rank}"]`);
  level.focus();
  if (level.checked) return;
  level.checked = true;
  level.dispatchEvent(new Event("change", { bubbles: true }));
};

const openReason = (row) => {
  if (!reasonOf(row)) return;
  row.querySelector("details").open = true;
  reasonOf(row).focus();
};

// Keys of a field: what each does, with the row and the page.
const ARROWS = {
  ArrowDown: (page, row) => goOn(page, row, 1),
  ArrowUp: (page, row) => goOn(page, row, -1),
};
const POINTS = { ...ARROWS, Enter: ARROWS.ArrowDown };
const LEVELS = { ...ARROWS, 0: (page, row) => openReason(row) };
for (const rank of [1, 2, 3, 4]) LEVELS[rank] = (page, row) => choose(row, rank);

const keysOf = (field) => {
  if (field.type === "radio") return LEVELS;
  return /^(de_nghi_)?diem/.test(field.name ?? "") ? POINTS : {};
};

const onSelect = (event, walk) => {
  if (event.key === "Enter") return () => walk.settle();
  if (event.key !== "Tab") walk.begin(event.target);
  return null;
};

/** The first member who has no level yet is ready for a key; where somebody is led elsewhere, or has no keys, nobody is. */
export const beginWith = (page) => {
  const row = page.rows.find((each) => each.classList.contains("open"));
  const led = location.hash || document.activeElement !== document.body || document.querySelector("[role=alert]");
  if (!row || led || !matchMedia("(pointer: fine)").matches) return;
  row.querySelector(".seg input, .points input")?.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
};

/** Arrows from row to row, 1–4 for a level, 0 for a reason; a link to a row that is still open leads to its field. */
export const heedKeys = (page, walk) => {
  heedEachKey(page.form, (event) => {
    const row = SheetPage.rowAround(event.target);
    if (!row) return null;
    if (event.target.tagName === "SELECT") return onSelect(event, walk);
    const act = keysOf(event.target)[event.key];
    return act && (() => act(page, row));
  });
  page.form.addEventListener("click", (event) => {
    if (event.target.closest("[data-left-out]")) {
      event.preventDefault();
      openReason(event.target.closest("li[data-member]"));
      return;
    }
    const link = event.target.closest("[data-next]");
    const row = link && document.getElementById(link.hash.slice(1));
    if (!row) return;
    event.preventDefault();
    focusOn(row);
  });
};
