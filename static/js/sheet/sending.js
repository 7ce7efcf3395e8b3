import { cookie } from "../cookies.js";
import { versionOf } from "./row.js";

/** What is sent for the row `name` with {field: text}: who writes, which row, the version it had, why over the cap. */
export const body = (page, name, fields) => {
  const sent = Object.entries(fields).filter(([field]) => !field.startsWith("cu_"));
  const data = new URLSearchParams(sent);
  data.set("nguoi", page.form.elements.nguoi.value);
  data.set(name === "own" ? "to_chuc" : "dang_vien", name);
  const version = versionOf(page.row(name));
  if (version) data.set(version.name, version.value);
  if (page.reason.trim()) data.set("vuot", page.reason);
  return data;
};

/** Sends a row. Promises {status, answer}, answer null where it was not for this script; {status: 0} for no answer;
 * {status: 401} where the session is over. */
export const send = async (page, name, fields) => {
  try {
    const response = await fetch(page.form.dataset.line, {
      method: "POST",
      body: body(page, name, fields),
      credentials: "same-origin",
      headers: {
        Accept: "application/json",
        "X-CSRFToken": cookie("csrftoken") || page.form.elements.csrfmiddlewaretoken.value,
      },
    });
    const isJson = response.headers.get("content-type")?.includes("json");
    const answer = isJson ? await response.json() : null;
    return { status: response.redirected ? 401 : response.status, answer };
  } catch {
    return { status: 0, answer: null };
  }
};
