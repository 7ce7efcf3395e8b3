import { heedEachKey } from "../keys.js";
import { put } from "./cells.js";

// Whether an arrow to the side leaves the cell: the caret stands at its edge, or all of it is selected.
const leaves = (cell, step) => {
  const isWhole = cell.selectionStart === 0 && cell.selectionEnd === cell.value.length;
  const edge = step < 0 ? 0 : cell.value.length;
  return isWhole || (cell.selectionStart === edge && cell.selectionEnd === edge);
};

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

const stepOf = ({ key, shiftKey, target }) => {
  const step = key === "Enter" && shiftKey ? STEPS.ArrowUp : STEPS[key];
  return step && step[1] && !leaves(target, step[1]) ? null : step;
};

const goTo = (cell) => {
  cell?.focus();
  cell?.select();
};

/** Arrows and Enter go from cell to cell, and select what stands there; Escape puts back what the page came with. */
export const heedKeys = (cells) => {
  heedEachKey(cells.form, (event) => {
    const place = cells.placeOf(event.target);
    if (!place) return null;
    if (event.key === "Escape") return () => put([[event.target, event.target.defaultValue]]);
    const step = stepOf(event);
    return step && (() => goTo(cells.at(place[0] + step[0], place[1] + step[1])));
  });
};
