// The table of targets: arrows and Enter go from cell to cell, a block copied from a spreadsheet fills the cells from where it
// is pasted, sums follow. Without it the table is a plain form with a button.
import { isTouched } from "./forms/kept.js";
import { Cells } from "./target_grid/cells.js";
import { heedKeys } from "./target_grid/keyboard.js";
import { heedPasting } from "./target_grid/pasting.js";
import { heedSums } from "./target_grid/sums.js";

// What came back from the server, refused or filled in from a pasted table, stands in the cell but is not written.
const isUnwritten = (cell) => {
  const opened = cell.parentElement.querySelector("input[type=hidden]");
  return isTouched(cell) || (opened && opened.value !== cell.value);
};

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
    if (!isSent && cells.all.some(isUnwritten)) event.preventDefault();
  });
}
