// "Back" may show a page out of the browser's memory without asking the site. Signing in and out changes the token in
// the cookie: a page drawn under another one is asked for anew, so that nobody reads what was open before them.
import { cookie } from "./cookies.js";

const drawn = cookie("csrftoken");

window.addEventListener("pageshow", (event) => {
  if (!event.persisted || cookie("csrftoken") === drawn) return;
  document.documentElement.hidden = true;
  location.reload();
});
