// Each password field gets a box to tick that shows what was typed. Without the script nothing is missing.
const put = (field) => {
  const box = document.createElement("input");
  box.type = "checkbox";
  box.setAttribute("aria-controls", field.id);
  const label = document.createElement("label");
  label.className = "check";
  label.append(box, " Hiện mật khẩu");
  const show = (shown) => {
    box.checked = shown;
    field.type = shown ? "text" : "password";
  };
  box.addEventListener("change", () => show(box.checked));
  // A field sent as text would be offered again by the browser in clear, to whoever sits there next.
  field.form.addEventListener("submit", () => show(false));
  window.addEventListener("pagehide", () => show(false));
  field.after(label);
};

document.querySelectorAll("form input[type=password]").forEach(put);
