// What forms of every page do. Without it each is sent by its button.
import { keep, putBack } from "./forms/kept.js";
import { heedTicks } from "./forms/ticks.js";

// A filter form, or a part of it, sends itself when a choice changes.
document.addEventListener("change", (event) => {
  event.target.closest("[data-send-on-change]")?.closest("form").requestSubmit();
});

// What was refused is told first, and from there each error leads to its field. Earlier, a fragment takes the focus away.
window.addEventListener("load", () => document.querySelector("[data-refused]")?.focus());

document.addEventListener("submit", (event) => {
  if (event.target.matches("form[data-keep]")) keep(event.target);
});
document.addEventListener("click", (event) => {
  if (event.target.closest("a[data-keep]")) keep(null);
});
window.addEventListener("DOMContentLoaded", putBack);
heedTicks(document);
