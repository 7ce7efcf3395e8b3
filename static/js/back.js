// "Back" may show a page out of the browser's memory without asking the site. Signing in and out changes the token in
// the cookie: a page drawn under another one is asked for anew, so that nobody reads what was open before them.
(() => {
  "use strict";
  const token = () => document.cookie.split("; ").find((one) => one.startsWith("csrftoken="));
  const drawn = token();
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted || token() === drawn) return;
    document.documentElement.hidden = true;
    location.reload();
  });
})();
