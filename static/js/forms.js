// A filter form sends itself when a choice changes; its button stays for those without JavaScript.
(() => {
  "use strict";
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-send-on-change]");
    if (form) form.requestSubmit();
  });

  // What was refused is told first, and from there each error leads to its field. Earlier, a fragment takes the focus away.
  window.addEventListener("load", () => document.querySelector("[data-refused]")?.focus());

  // A page of several forms marked data-keep: sending one, or following a link marked so, would lose what was typed in
  // the others; it is kept for this page in this window and put back.
  const place = `khoi.keep.${location.pathname}`;
  const forms = () => [...document.querySelectorAll("form[data-keep]")];
  const fields = (form) =>
    [...form.elements].filter((field) => field.name && !["hidden", "submit", "button"].includes(field.type));
  const touched = (field) => {
    if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
    if (field.tagName === "SELECT") {
      const was = [...field.options].find((option) => option.defaultSelected) || field.options[0];
      return field.value !== was.value;
    }
    return field.value !== field.defaultValue;
  };
  const keep = (sent) => {
    const kept = [];
    for (const form of forms().filter((one) => one !== sent)) {
      const errand = form.elements.viec.value;
      for (const field of fields(form).filter(touched))
        kept.push([errand, field.name, field.value, Boolean(field.checked)]);
    }
    try {
      sessionStorage.setItem(place, JSON.stringify(kept));
    } catch {
      /* then only this form is sent */
    }
  };
  document.addEventListener("submit", (event) => {
    if (event.target.matches("form[data-keep]")) keep(event.target);
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("a[data-keep]")) keep(null);
  });
  window.addEventListener("DOMContentLoaded", () => {
    let kept = [];
    try {
      kept = JSON.parse(sessionStorage.getItem(place)) || [];
      sessionStorage.removeItem(place);
    } catch {
      return;
    }
    for (const [errand, name, value, checked] of kept) {
      const form = forms().find((one) => one.elements.viec.value === errand);
      for (const field of form ? fields(form).filter((one) => one.name === name) : []) {
        if (field.type === "radio" || field.type === "checkbox") {
          if (field.value === value) field.checked = checked;
        } else field.value = value;
      }
    }
    const note = kept.length && document.querySelector("[data-kept-note]");
    if (note) note.hidden = false;
  });
})();
