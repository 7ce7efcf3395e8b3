// A filter form sends itself when a choice changes; its button stays for those without JavaScript.
(() => {
  "use strict";
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-send-on-change]");
    if (form) form.requestSubmit();
  });
})();
