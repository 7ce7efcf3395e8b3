const OF_OFFICES = /^-?(?:[1-9]\d{0,2}(?:\.\d{3})+|\d+)(?:,\d+)?$/;
const THOUSANDS_OR_DECIMALS = /^-?[1-9]\d{0,2},\d\d0$/;

/** What is typed as the server reads it (ledger/numbers.py): 1.200 is twelve hundred. NaN for what is no number. */
export const numberOf = (typed) => {
  const text = typed.replace(/\s/g, "").replace(/%$/, "");
  if (THOUSANDS_OR_DECIMALS.test(text)) return Number.NaN;
  if (OF_OFFICES.test(text)) return Number(text.replaceAll(".", "").replace(",", "."));
  return /^-?\d+\.\d+$/.test(text) ? Number(text) : Number.NaN;
};

const grouped = (number) => new Intl.NumberFormat("vi-VN").format(number);

const toneOf = (total, given) => {
  if (Number.isNaN(given)) return "alone";
  if (total === given) return "equal";
  return total < given ? "short" : "over";
};

/** The sentence of a sum, in the words that it carries for each case, and which case it is. */
const show = (output, values) => {
  const total = values.filter((value) => Number.isInteger(value) && value >= 0).reduce((sum, value) => sum + value, 0);
  const given = output.dataset.given ? numberOf(output.dataset.given) : Number.NaN;
  const tone = toneOf(total, given);
  const said = { total, given, short: Math.abs(given - total) };
  output.textContent = output.dataset[tone].replace(/\{(\w+)\}/g, (_, name) => grouped(said[name]));
  output.className = `sum ${tone}`;
};

/** The sums follow what is typed. */
export const heedSums = (cells) => {
  const outputs = [...cells.form.querySelectorAll("[data-sum]")];
  cells.form.addEventListener("input", ({ target }) => {
    if (!cells.placeOf(target)) return;
    for (const output of outputs)
      show(
        output,
        cells.rows.map((row) => numberOf(row[Number(output.dataset.sum)].value)),
      );
  });
};
