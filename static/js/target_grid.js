// The table of targets: arrows and Enter go from cell to cell, a block copied from a spreadsheet fills the cells from where it
// is pasted, sums follow. Without it the table is a plain form with a button.
import { isTouched } from "./forms/kept.js";
import { Cells } from "./target_grid/cells.js";
import { heedKeys } from "./target_grid/keyboard.js";
import { heedPasting } from "./target_grid/pasting.js";
import { heedSums } from "./target_grid/sums.js";

const form = document.querySelector("form[data-target-grid]");
if (form) {
  for (const hint of form.querySelectorAll("[data-with-script]")) hint.hidden = false;
  const cells = new Cells(form);
  heedKeys(cells);
  heedPasting(cells);
  heedSums(cells);
  let isSent = false;
  form.addEventListener("submit", () => {
    isSent = true;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!isSent && cells.all.some(isTouched)) event.preventDefault();
  });
}
