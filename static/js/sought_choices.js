// Fields of the administration that are searched as one types: the library leaves them, and the box in which one types, unnamed.
const selects = [...document.querySelectorAll("select.admin-autocomplete")];

const nameOf = (select) => document.querySelector(`label[for="${select.id}"]`)?.textContent.replace(/:\s*$/, "").trim();

const nameAll = () => {
  for (const select of selects) {
    const name = nameOf(select);
    const field = select.nextElementSibling?.querySelector(".select2-selection");
    if (!name || !field) continue;
    const chosen = select.selectedOptions[0]?.textContent.trim();
    field.removeAttribute("aria-labelledby");
    field.setAttribute("aria-label", chosen ? `${name}: ${chosen}` : name);
    field.querySelector(".select2-selection__rendered")?.setAttribute("aria-label", name);
    if (!select.nextElementSibling.matches(".select2-container--open")) continue;
    document.querySelector(".select2-search__field")?.setAttribute("aria-label", `Tìm ${name}`);
    document.querySelector(".select2-results__options")?.setAttribute("aria-label", name);
  }
};

if (selects.length) {
  const jquery = globalThis.django.jQuery;
  jquery(() => {
    nameAll();
    for (const select of selects) jquery(select).on("select2:open select2:select select2:clear", nameAll);
  });
}
