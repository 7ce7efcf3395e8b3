// The rating sheet: saves each line as it is set, keeps what could not be sent on this machine until it can,
// and lets the keyboard do everything. Without it the sheet is a plain form with a button.
import { heedChoices } from "./sheet/choices.js";
import { beginWith, heedKeys } from "./sheet/keyboard.js";
import { SheetPage } from "./sheet/page.js";
import { Saving } from "./sheet/saving.js";
import { Unsaved } from "./sheet/unsaved.js";
import { Walk } from "./sheet/walk.js";

const form = document.querySelector("form[data-sheet]");
if (form) {
  document.documentElement.classList.add("js");
  const page = new SheetPage(form);
  const saving = new Saving(page, new Unsaved(`khoi.${form.dataset.user}.${form.dataset.sheet}`));
  const walk = new Walk(form);
  heedChoices(page, saving, walk);
  heedKeys(page, walk);
  saving.heedPage();
  saving.resume();
  beginWith(page);
}
