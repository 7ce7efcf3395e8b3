/** What `actOf(event)` gives for a key is done instead of what the browser would do; a key with a modifier is the browser's. */
export const heedEachKey = (form, actOf) => {
  form.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const act = actOf(event);
    if (!act) return;
    event.preventDefault();
    act();
  });
};
