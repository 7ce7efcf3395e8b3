/** The cells of the table, by row and column. */
export class Cells {
  constructor(form) {
    this.form = form;
    this.rows = Array.from(form.querySelectorAll("[data-row]"), (row) =>
      Array.from(row.querySelectorAll("[data-cell]")),
    );
  }

  get all() {
    return this.rows.flat();
  }

  at(row, column) {
    return this.rows[row]?.[column];
  }

  /** [row, column] of a cell, null of anything else. */
  placeOf(cell) {
    const row = this.rows.findIndex((cells) => cells.includes(cell));
    return row < 0 ? null : [row, this.rows[row].indexOf(cell)];
  }
}

/** Puts [[cell, text], …] into the cells and tells of it as if it had been typed; what stood there before, to be put back. */
export const put = (filled) => {
  const before = filled.map(([cell]) => [cell, cell.value]);
  for (const [cell, text] of filled) cell.value = text;
  filled[0]?.[0].dispatchEvent(new Event("input", { bubbles: true }));
  return before;
};
