import { SheetPage } from "./page.js";
import { pointsOf, reasonOf, sayReason } from "./row.js";

// A level and a reason exclude each other: choosing one lets the other go.
const letOtherGo = (row, field) => {
  if (field.name.startsWith("muc_") || field.name.startsWith("diem_")) reasonOf(row).value = "";
  if (!field.name.startsWith("ly_do_") || !field.value) return;
  for (const level of row.querySelectorAll("[name^=muc_]")) level.checked = false;
  const points = pointsOf(row);
  if (points) points.value = "";
};

/** Saves what is chosen or typed in the rows, and keeps the reason for exceeding the cap. */
export const heedChoices = (page, saving, walk) => {
  page.form.addEventListener("change", ({ target }) => {
    if (target === walk.select) return;
    const row = SheetPage.rowAround(target);
    if (row) {
      letOtherGo(row, target);
      sayReason(row);
      saving.change(row);
    } else if (target.name === "vuot") {
      saving.tryAgain();
    }
  });
  page.form.addEventListener("input", ({ target }) => {
    const row = SheetPage.rowAround(target);
    if (target.name === "vuot") saving.unsaved.reason = target.value;
    else if (row && target.type === "text") saving.type(row);
  });
};
