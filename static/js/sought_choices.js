// Fields of the administration that are searched as one types: the library leaves them, and the box in which one types, unnamed.
const nameOf = (select) => document.querySelector(`label[for="${select.id}"]`)?.textContent.replace(/:\s*$/, "").trim();

const nameAll = () => {
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    const name = nameOf(select);
    const field = select.nextElementSibling?.querySelector(".select2-selection");
    if (name && field) {
      field.removeAttribute("aria-labelledby");
      const chosen = select.selectedOptions[0]?.textContent.trim();
      field.setAttribute("aria-label", chosen ? `${name}: ${chosen}` : name);
    }
    if (name && select.nextElementSibling?.matches(".select2-container--open")) {
      for (const box of document.querySelectorAll(".select2-search__field"))
        box.setAttribute("aria-label", `Tìm ${name}`);
      for (const list of document.querySelectorAll(".select2-results__options")) list.setAttribute("aria-label", name);
    }
  }
};

document.addEventListener("DOMContentLoaded", () => {
  nameAll();
  for (const select of document.querySelectorAll("select.admin-autocomplete")) {
    for (const kind of ["select2:open", "select2:select", "select2:clear"])
      globalThis.django.jQuery(select).on(kind, nameAll);
  }
});
