// One box that stands for several: data-ticks on it is their name, data-together marks those it stands for.
const allOf = (form) => form?.querySelector("[data-ticks]");
const boxesOf = (all) => [...all.form.querySelectorAll(`[name="${all.dataset.ticks}"][data-together]`)];

/** Ticks with the one box all it stands for; with the last of them the one box, which is unticked with the first. */
export const heedTicks = (root) => {
  root.addEventListener("change", ({ target }) => {
    const all = allOf(target.form);
    if (!all) return;
    if (target === all) for (const box of boxesOf(all)) box.checked = all.checked;
    else if (boxesOf(all).includes(target)) all.checked = boxesOf(all).every((box) => box.checked);
  });
};
