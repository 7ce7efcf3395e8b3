/** A list walked through with the keyboard: what it passes over is not chosen yet. */
export class Walk {
  constructor(form) {
    this.select = null;
    form.addEventListener("focusout", (event) => {
      if (event.target === this.select) this.settle();
    });
  }

  begin(select) {
    if (this.select === select) return;
    this.select = select;
    select.dataset.was = select.value;
  }

  /** What it stands on now is chosen. */
  settle() {
    const select = this.select;
    this.select = null;
    if (select && select.value !== select.dataset.was) select.dispatchEvent(new Event("change", { bubbles: true }));
  }
}
