/** The sheet as it stands on the page: its rows, and what is said above and below them. */
export class SheetPage {
  constructor(form) {
    this.form = form;
    this.rows = [...form.querySelectorAll("li[data-member]")];
    this.own = form.querySelector("[data-own]");
    this.overCap = document.getElementById("vuot-suat");
    this.bar = document.getElementById("ket-noi");
    this.tally = document.getElementById("da-luu");
  }

  /** The row called `name`; nothing where it is no longer on the sheet. */
  row(name) {
    return name === "own" ? this.own : this.rows.find((row) => row.dataset.member === name);
  }

  /** The row that `element` stands in. */
  static rowAround(element) {
    return element.closest("li[data-member], [data-own]");
  }

  /** What is said above everything, with a link {href, words}; "" for nothing. */
  tell(words, link) {
    this.bar.replaceChildren();
    this.bar.hidden = !words;
    if (!words) return;
    const place = document.createElement("p");
    place.textContent = `${words} `;
    if (link) {
      place.append(
        Object.assign(document.createElement("a"), { href: link.href, textContent: link.words, className: "button" }),
      );
    }
    this.bar.append(place);
  }

  /** What follows for the whole sheet from an answer of the server. */
  showTotals({ summary, cap, missing }) {
    document.getElementById("tong-ket").innerHTML = summary;
    document.getElementById("khong-che").innerHTML = cap;
    for (const row of this.rows) row.classList.toggle("open", missing.has(row.dataset.member));
  }

  /** The reason for exceeding the cap, "" where none is asked for. */
  get reason() {
    return this.overCap && !this.overCap.hidden ? this.form.elements.vuot.value : "";
  }

  /** Asks for that reason; `words`: one given before. */
  askReason(words) {
    this.overCap.hidden = false;
    if (words) this.form.elements.vuot.value = words;
    else this.form.elements.vuot.focus();
  }
}
