// The table of levels of organizations: the keyboard walks it as it walks a sheet, the bar says how many are chosen, and what
// was chosen is still there for who leaves the page and comes back. Without it the table is a plain form.
import { isTouched, keep } from "./forms/kept.js";
import { heedEachKey } from "./keys.js";

const form = document.querySelector("form.levels");
const rows = form ? [...form.querySelectorAll("li[data-organization]")] : [];
const levelOf = (row) => row.querySelector(".seg input:checked") || row.querySelector(".seg input");

const goTo = (row) => {
  if (!row) return form.querySelector("[name=so]").focus();
  levelOf(row).focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
};

const choose = (row, key) => {
  const box =
    key === "0" ? row.querySelector('.seg input[value^="r"]') : row.querySelector(`.seg input[value="${key}"]`);
  if (!box) return;
  box.focus();
  if (box.checked) return;
  box.checked = true;
  box.dispatchEvent(new Event("change", { bubbles: true }));
};

const actOf = ({ target, key }) => {
  const row = target.closest("li[data-organization]");
  if (!row || target.type !== "radio") return null;
  const at = rows.indexOf(row);
  if (key === "ArrowDown") return () => goTo(rows[at + 1]);
  if (key === "ArrowUp") return () => goTo(rows[Math.max(0, at - 1)]);
  return /^[0-4]$/.test(key) ? () => choose(row, key) : null;
};

const isChanged = (row) => [...row.querySelectorAll("input:not([type=hidden])")].some(isTouched);

const count = () => {
  const n = rows.filter(isChanged).length;
  document.getElementById("so-dong").textContent = n > 0 ? `Đang chọn ${n} tổ chức, chưa ghi` : "";
};

if (form) {
  let sent = null;
  heedEachKey(form, actOf);
  form.addEventListener("change", count);
  form.addEventListener("input", count);
  document.addEventListener("submit", (event) => {
    sent = event.target;
  });
  window.addEventListener("pagehide", () => keep(sent));
  window.addEventListener("load", count);
}
