// A page of several forms marked data-keep: sending one, or following a link marked so, would lose what was typed in
// the others; it is kept for this page in this window and put back.
const forms = () => [...document.querySelectorAll("form[data-keep]")];
const whose = document.querySelector("form[data-keep][data-user]")?.dataset.user ?? "";
const place = `khoi.keep.${whose}${location.pathname}`;
const errand = (form) => form.elements.viec.value;
const isTicked = (field) => field.type === "radio" || field.type === "checkbox";
const fields = (form) =>
  [...form.elements].filter((field) => field.name && !["hidden", "submit", "button"].includes(field.type));

/** Whether `field` says another thing than the page it came with. */
export const isTouched = (field) => {
  if (isTicked(field)) return field.checked !== field.defaultChecked;
  if (field.tagName !== "SELECT") return field.value !== field.defaultValue;
  const first = [...field.options].find((option) => option.defaultSelected) || field.options[0];
  return field.value !== first.value;
};

/** Keeps what was typed in all forms but `sent`; null: in all. */
export const keep = (sent) => {
  const kept = forms()
    .filter((form) => form !== sent)
    .flatMap((form) =>
      fields(form)
        .filter(isTouched)
        .map((field) => [errand(form), field.name, field.value, Boolean(field.checked)]),
    );
  try {
    sessionStorage.setItem(place, JSON.stringify(kept));
  } catch {
    // then only this form is sent
  }
};

const taken = () => {
  try {
    const kept = JSON.parse(sessionStorage.getItem(place)) || [];
    sessionStorage.removeItem(place);
    return kept;
  } catch {
    return [];
  }
};

const fill = (field, value, checked) => {
  if (!isTicked(field)) field.value = value;
  else if (field.value === value) field.checked = checked;
};

/** Puts back what was kept, once, and says that it did. */
export const putBack = () => {
  const kept = taken();
  for (const [viec, name, value, checked] of kept) {
    const form = forms().find((one) => errand(one) === viec);
    for (const field of form ? fields(form) : []) if (field.name === name) fill(field, value, checked);
  }
  const note = kept.length > 0 && document.querySelector("[data-kept-note]");
  if (note) note.hidden = false;
};
