// Where the browser's store is full or forbidden, the page itself still holds what was typed.
const stored = (key) => {
  try {
    return localStorage.getItem(key) || "";
  } catch {
    return "";
  }
};

const store = (key, text) => {
  try {
    if (text) localStorage.setItem(key, text);
    else localStorage.removeItem(key);
  } catch {
    // as above
  }
};

const parsed = (text) => {
  try {
    return JSON.parse(text) || {};
  } catch {
    return {};
  }
};

/** What is not saved yet: `rows`, {name of the row: {field: text}}, and the reason for exceeding the cap, which belongs
 * to no row. Kept in the browser under `key` it outlives the page, a crash and the end of a session. */
export class Unsaved {
  constructor(key) {
    this.key = key;
    this.rows = parsed(stored(key));
  }

  /** To be called after each change of `rows`. */
  store() {
    store(this.key, Object.keys(this.rows).length > 0 ? JSON.stringify(this.rows) : "");
  }

  get reason() {
    return stored(`${this.key}.vuot`);
  }

  set reason(words) {
    store(`${this.key}.vuot`, words);
  }
}
