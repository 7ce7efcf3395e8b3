// One row of the sheet, of a member or ("own") of the organization itself: its fields and what it says of itself.

const inputs = (row) => row.querySelectorAll("input, select, textarea");

export const nameOf = (row) => row.dataset.member || "own";

/** The field with the version of the row that the page was drawn with. */
export const versionOf = (row) => row?.querySelector("input[name^=v_]");

export const pointsOf = (row) => row.querySelector("[name^=diem_]");

export const reasonOf = (row) => row.querySelector("[name^=ly_do_]");

/** {field: text} of `row`. */
export const fieldsOf = (row) => {
  const fields = {};
  for (const field of inputs(row)) {
    if (field.name && (field.type !== "radio" || field.checked)) fields[field.name] = field.value;
  }
  return fields;
};

/** The reason for which a member is not rated, said beside the levels. */
export const sayReason = (row) => {
  const place = row.querySelector(".because");
  if (!place) return;
  const reason = reasonOf(row);
  const chosen = reason.value && reason.value !== "0";
  place.hidden = !chosen;
  place.textContent = chosen ? `Không xếp loại: ${reason.selectedOptions[0].textContent.trim()}` : "";
};

const reveal = (row) => {
  const details = row.querySelector("details");
  if (details && [...details.querySelectorAll("input")].some((field) => field.value)) details.open = true;
  sayReason(row);
};

/** Puts {field: text} into `row`; what is missing there is emptied. */
export const fill = (row, fields) => {
  for (const field of inputs(row)) {
    if (!field.name || field.name.startsWith("v_") || field.type === "hidden") continue;
    const text = fields[field.name] ?? "";
    if (field.type === "radio") field.checked = field.value === text;
    else field.value = text;
  }
  reveal(row);
};

/** What `row` says of itself; `tone`: "ok", "need", "bad" or "". */
export const say = (row, words, tone) => {
  const place = row.querySelector(".st");
  if (place.textContent !== words) place.textContent = words;
  place.className = `st ${tone}`;
  row.classList.toggle("bad", tone === "bad");
};

const remark = (words) => Object.assign(document.createElement("p"), { className: "hint-row", textContent: words });

/** The remarks of the rules on what was saved, in the place of those before. */
export const note = (row, findings) => {
  for (const old of row.querySelectorAll(".hint-row")) old.remove();
  row.querySelector(".more")?.prepend(...findings.map(remark));
};

const button = (words, act) => {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "quiet small";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
};

export const withdrawOffer = (row) => row.querySelector(".clash")?.remove();

/** Buttons of which one is chosen, [[words, what it does], …], in the place of those before. */
export const offer = (row, choices) => {
  withdrawOffer(row);
  const place = document.createElement("p");
  place.className = "clash";
  for (const [words, act] of choices) {
    if (place.firstChild) place.append(" ");
    place.append(button(words, act));
  }
  row.querySelector(".more").prepend(place);
};

export const focusOn = (row) => {
  const target =
    row.querySelector(".seg input:checked") || row.querySelector(".seg input, .points input, [name=de_nghi_diem]");
  target?.focus({ preventScroll: true });
  row.scrollIntoView({ block: "center" });
};
