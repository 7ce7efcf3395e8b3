import { put } from "./cells.js";
import { numberOf } from "./sums.js";

/** [[text]] of what a spreadsheet puts on the clipboard: tabs between cells, quotes round a cell that holds a line break. */
export const tableOf = (text) => {
  const rows = [[]];
  const cell = /(?:"((?:[^"]|"")*)"|([^\t\r\n]*))(\t|\r\n|\r|\n|$)/y;
  for (let found = cell.exec(text); found; found = cell.exec(text)) {
    const said = found[1] === undefined ? found[2] : found[1].replaceAll('""', '"');
    rows.at(-1).push(said.replace(/\s+/g, " ").trim());
    if (cell.lastIndex >= text.length) break;
    if (found[3] !== "\t") rows.push([]);
  }
  return rows;
};

const tell = (place, words, putBack) => {
  place.textContent = `${words} `;
  place.hidden = false;
  if (!putBack) return;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "quiet small" });
  button.textContent = "Bỏ phần vừa dán";
  button.addEventListener("click", putBack);
  place.append(button);
};

const inWords = (filled, outside) => {
  const rest = outside ? ` ${outside} ô nằm ngoài bảng nên không dán.` : "";
  return `Đã dán ${filled} ô, chưa ghi.${rest}`;
};

const isWord = (text) => !/^[-–—%]?$/.test(text) && Number.isNaN(numberOf(text));

/** A block with names or titles in it goes to the field that reads them (grid.html); whether there is one. */
const handOn = (place, text) => {
  const field = place.closest("form").querySelector("[data-named]");
  if (!field) return false;
  field.value = text;
  field.closest("details").open = true;
  tell(
    place,
    "Khối vừa chép có cả chữ (tên tổ chức, tiêu đề) nên đặt ở mục Dán từ Excel bên dưới: hãy bấm “Đọc các dòng”.",
  );
  field.focus();
  return true;
};

/** A block of more than one cell fills the cells from the one it is pasted into; one cell is pasted by the browser. */
export const heedPasting = (cells) => {
  const place = cells.form.querySelector("[data-pasted]");
  cells.form.addEventListener("paste", (event) => {
    const from = cells.placeOf(event.target);
    const table = from && tableOf(event.clipboardData.getData("text/plain"));
    if (!table || (table.length === 1 && table[0].length === 1)) return;
    event.preventDefault();
    if (table.flat().some(isWord) && handOn(place, event.clipboardData.getData("text/plain"))) return;
    const found = table.flatMap((row, n) => row.map((text, m) => [cells.at(from[0] + n, from[1] + m), text]));
    const inside = found.filter(([cell]) => cell);
    const before = put(inside);
    tell(place, inWords(inside.length, found.length - inside.length), () => {
      put(before);
      place.hidden = true;
      event.target.focus();
    });
  });
};
