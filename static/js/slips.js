// What takes long says so.
document.addEventListener("submit", (event) => {
  const note = event.target.querySelector("[data-slow]");
  if (note && event.submitter?.value.includes("tat-ca")) note.hidden = false;
});
