// The rating sheet: saves each line as it is set, keeps what could not be sent on this machine until it can,
// and lets the keyboard do everything. Without this script the sheet is a plain form with a button.
(() => {
  "use strict";
  const form = document.querySelector("form[data-sheet]");
  if (!form) return;
  document.documentElement.classList.add("js");
  const key = `khoi.${form.dataset.user}.${form.dataset.sheet}`;
  const bar = document.getElementById("ket-noi");
  const tally = document.getElementById("da-luu");
  const rows = [...form.querySelectorAll("li[data-member]")];
  const own = form.querySelector("[data-own]");
  const overCap = document.getElementById("vuot-suat");
  const WAITS = [1500, 3000, 5000];
  let busy = false,
    failures = 0,
    timer = null,
    signedOut = false,
    afterwards = null;

  // What is not saved yet: {name of the row: {field: text}}. It outlives the page, a crash and the end of a session.
  const read = () => {
    try {
      return JSON.parse(localStorage.getItem(key)) || {};
    } catch {
      return {};
    }
  };
  let pending = read();
  const store = () => {
    try {
      if (Object.keys(pending).length) localStorage.setItem(key, JSON.stringify(pending));
      else localStorage.removeItem(key);
    } catch {
      /* a full or forbidden store: the page itself still holds what was typed */
    }
  };
  const held = new Set(); // rows that a rule or another writer refused: they wait for the person, not for the line

  const cookie = (name) =>
    document.cookie
      .split("; ")
      .find((c) => c.startsWith(name + "="))
      ?.split("=")[1] || "";
  const token = () => cookie("csrftoken") || form.elements.csrfmiddlewaretoken.value;
  const row = (name) => (name === "own" ? own : rows.find((li) => li.dataset.member === name));
  const status = (li) => li.querySelector(".st");

  const fieldsOf = (li) => {
    const found = {};
    for (const field of li.querySelectorAll("input, select, textarea")) {
      if (!field.name || (field.type === "radio" && !field.checked)) continue;
      found[field.name] = field.value;
    }
    return found;
  };

  const fill = (li, fields) => {
    for (const field of li.querySelectorAll("input, select, textarea")) {
      if (!field.name || field.name.startsWith("v_") || field.type === "hidden") continue;
      const text = fields[field.name] ?? "";
      if (field.type === "radio") field.checked = field.value === text;
      else field.value = text;
    }
    reveal(li);
  };

  const reveal = (li) => {
    const details = li.querySelector("details");
    if (details && [...details.querySelectorAll("select, input")].some((field) => field.value)) details.open = true;
  };

  const say = (li, words, tone) => {
    const place = status(li);
    if (place.textContent !== words) place.textContent = words;
    place.className = "st " + tone;
    li.classList.toggle("bad", tone === "bad");
  };

  const count = () => Object.keys(pending).filter(row).length;
  const overview = () => {
    const n = count();
    if (n && held.size >= n) tally.textContent = `${n} dòng chưa lưu: xem lý do ở từng dòng`;
    else if (n)
      tally.textContent = failures || signedOut ? `${n} dòng chưa lưu, đang giữ trên máy này` : `đang lưu ${n} dòng…`;
    tally.classList.toggle("no", n > 0);
  };

  const tell = (words, link) => {
    bar.replaceChildren();
    bar.hidden = !words;
    if (!words) return;
    const p = document.createElement("p");
    p.textContent = words + " ";
    if (link) {
      const a = document.createElement("a");
      a.href = link.href;
      a.textContent = link.words;
      a.className = "button";
      p.append(a);
    }
    bar.append(p);
  };

  const change = (li) => {
    const name = li.dataset.member || "own";
    pending[name] = fieldsOf(li);
    held.delete(name);
    store();
    say(li, "đang lưu…", "");
    overview();
    flush();
  };

  const body = (name) => {
    const data = new URLSearchParams(pending[name]);
    data.set("nguoi", form.elements.nguoi.value);
    data.set(name === "own" ? "to_chuc" : "dang_vien", name);
    const version = row(name)?.querySelector("input[name^=v_]");
    if (version) data.set(version.name, version.value);
    for (const field of [...data.keys()]) if (field.startsWith("cu_")) data.delete(field);
    if (overCap && !overCap.hidden && form.elements.vuot.value.trim()) data.set("vuot", form.elements.vuot.value);
    return data;
  };

  const flush = async () => {
    if (busy) return;
    if (signedOut) return sessionEnded();
    const name = Object.keys(pending).find((one) => !held.has(one) && row(one));
    if (!name) return finish();
    busy = true;
    clearTimeout(timer);
    const sent = JSON.stringify(pending[name]);
    let response, answer;
    try {
      response = await fetch(form.dataset.line, {
        method: "POST",
        body: body(name),
        credentials: "same-origin",
        headers: { Accept: "application/json", "X-CSRFToken": token() },
      });
      answer = response.headers.get("content-type")?.includes("json") ? await response.json() : null;
    } catch {
      response = null;
    }
    busy = false;
    if (response && (response.status === 401 || response.redirected)) return sessionEnded();
    if (!response || response.status >= 500 || (!answer && response.status !== 403)) return lost();
    failures = 0;
    if (!signedOut) tell("");
    take(
      name,
      sent,
      response.status,
      answer || { error: "Trang đã mở quá lâu. Hãy tải lại trang; những gì đã gõ vẫn còn." },
    );
    flush();
  };

  const finish = () => {
    overview();
    if (count() === 0 && afterwards) {
      const go = afterwards;
      afterwards = null;
      go();
    }
    if (count() > 0) afterwards = null;
  };

  const lost = () => {
    const wait = WAITS[Math.min(failures, WAITS.length - 1)];
    failures += 1;
    tell(
      `Mất kết nối với máy chủ. ${count()} dòng chưa lưu đang được giữ trên máy này và sẽ tự gửi lại. Đồng chí cứ nhập tiếp, đừng đóng trang.`,
    );
    for (const name of Object.keys(pending))
      if (row(name) && !held.has(name)) say(row(name), "chưa lưu, đang giữ trên máy này", "need");
    overview();
    timer = setTimeout(flush, wait);
  };

  const sessionEnded = () => {
    signedOut = true;
    for (const name of Object.keys(pending)) if (row(name)) say(row(name), "chưa lưu, đang giữ trên máy này", "need");
    tell(
      `Phiên làm việc đã hết. ${count()} dòng chưa lưu được giữ trên máy này; đăng nhập lại đúng tài khoản này thì tự lưu.`,
      { href: form.dataset.login, words: "Đăng nhập lại" },
    );
    overview();
  };

  const take = (name, sent, code, answer) => {
    const li = row(name);
    if (code === 409) return clash(name, li, answer);
    if (code !== 200) {
      held.add(name);
      say(li, "Chưa lưu. " + answer.error, "bad");
      if (answer.needs === "vuot" && overCap) {
        overCap.hidden = false;
        form.elements.vuot.focus();
      }
      if (answer.needs === "giai_trinh") {
        const box = li.querySelector(".justify");
        box.hidden = false;
        box.querySelector("input").focus();
      }
      return overview();
    }
    const version = li.querySelector("input[name^=v_]");
    if (version) version.value = name === "own" ? answer.own_version : answer.version;
    if (JSON.stringify(pending[name]) === sent) delete pending[name];
    else if (pending[name] && version) pending[name][version.name] = version.value;
    store();
    document.getElementById("tong-ket").innerHTML = answer.summary;
    document.getElementById("khong-che").innerHTML = answer.cap;
    const missing = new Set(answer.missing.map(String));
    for (const one of rows) one.classList.toggle("open", missing.has(one.dataset.member));
    li.querySelector(".clash")?.remove();
    if (!pending[name]) {
      const words = missing.has(name) ? "chưa xếp loại" : `✓ đã lưu ${answer.at}`;
      say(li, words, missing.has(name) ? "need" : "ok");
      const output = li.querySelector("output");
      if (output) output.textContent = answer.points_level || "";
      if (answer.findings) notes(li, answer.findings);
    }
    tally.textContent = count() ? "" : `Mọi điều đã gõ đều đã lưu lúc ${answer.at}.`;
    if (!count()) keepReason("");
    overview();
  };

  const notes = (li, findings) => {
    for (const old of li.querySelectorAll(".hint-row")) old.remove();
    const place = li.querySelector(".more");
    for (const words of findings.reverse()) {
      const p = document.createElement("p");
      p.className = "hint-row";
      p.textContent = words;
      place.prepend(p);
    }
  };

  // Another was first: both values stand side by side, and the person chooses.
  const clash = (name, li, answer) => {
    held.add(name);
    say(li, `${answer.who} vừa ghi “${answer.theirs}”. Của đồng chí vẫn ở đây, chưa lưu.`, "bad");
    li.querySelector(".clash")?.remove();
    const p = document.createElement("p");
    p.className = "clash";
    const button = (words, act) => {
      const b = document.createElement("button");
      b.type = "button";
      b.className = "quiet small";
      b.textContent = words;
      b.addEventListener("click", act);
      return b;
    };
    const version = li.querySelector("input[name^=v_]");
    p.append(
      button("Giữ của tôi", () => {
        version.value = answer.version;
        p.remove();
        change(li);
      }),
      " ",
      button("Lấy của người kia", () => {
        version.value = answer.version;
        fill(li, Object.fromEntries(Object.entries(answer.typed).map(([field, text]) => [`${field}_${name}`, text])));
        delete pending[name];
        held.delete(name);
        store();
        p.remove();
        say(li, "✓ đã lấy mức của người kia", "ok");
        overview();
      }),
    );
    li.querySelector(".more").prepend(p);
    overview();
  };

  // A level and a reason exclude each other: choosing one lets the other go.
  let choosing = null; // a list walked through with the keyboard: what it passes over is not chosen yet
  form.addEventListener("change", (event) => {
    if (event.target === choosing) return;
    const li = event.target.closest("li[data-member], [data-own]");
    if (!li) {
      if (event.target.name === "vuot") {
        held.clear();
        overview();
        flush();
      }
      return;
    }
    const name = event.target.name;
    if (name.startsWith("muc_") || name.startsWith("diem_")) li.querySelector("[name^=ly_do_]").value = "";
    if (name.startsWith("ly_do_") && event.target.value) {
      for (const radio of li.querySelectorAll("[name^=muc_]")) radio.checked = false;
      const points = li.querySelector("[name^=diem_]");
      if (points) points.value = "";
    }
    change(li);
  });

  const chosen = () => {
    const select = choosing;
    choosing = null;
    if (select && select.value !== select.dataset.was) select.dispatchEvent(new Event("change", { bubbles: true }));
  };
  form.addEventListener("focusout", (event) => {
    if (event.target === choosing) chosen();
  });

  // What is being typed is kept at once, and sent when the hand rests.
  let resting = null;
  form.addEventListener("input", (event) => {
    if (event.target.name === "vuot") return keepReason(event.target.value);
    if (event.target.type !== "text") return;
    const li = event.target.closest("li[data-member], [data-own]");
    if (!li) return;
    pending[li.dataset.member || "own"] = fieldsOf(li);
    store();
    clearTimeout(resting);
    resting = setTimeout(() => change(li), 1500);
  });

  // The reason for exceeding the cap belongs to no row and is kept beside them.
  const keepReason = (words) => {
    try {
      if (words) localStorage.setItem(key + ".vuot", words);
      else localStorage.removeItem(key + ".vuot");
    } catch {
      /* as in store() */
    }
  };
  const keptReason = () => {
    try {
      return localStorage.getItem(key + ".vuot") || "";
    } catch {
      return "";
    }
  };

  const focusRow = (li) => {
    const target = li.querySelector(".seg input:checked") || li.querySelector(".seg input, .points input");
    target?.focus({ preventScroll: true });
    li.scrollIntoView({ block: "center" });
  };

  form.addEventListener("keydown", (event) => {
    const li = event.target.closest("li[data-member]");
    if (!li || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.tagName === "SELECT") {
      if (event.key === "Enter") {
        event.preventDefault();
        chosen();
      } else if (event.key !== "Tab" && choosing !== event.target) {
        choosing = event.target;
        choosing.dataset.was = choosing.value;
      }
      return;
    }
    const radio = event.target.type === "radio",
      points = event.target.name?.startsWith("diem_");
    if (!radio && !points) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp" || (points && event.key === "Enter")) {
      event.preventDefault();
      const next = rows[rows.indexOf(li) + (event.key === "ArrowUp" ? -1 : 1)];
      if (next) focusRow(next);
      else if (event.key !== "ArrowUp") form.querySelector("button[value=nop]").focus();
      return;
    }
    if (radio && /^[1-4]$/.test(event.key)) {
      event.preventDefault();
      const wanted = li.querySelector(`.seg input[value="${event.key}"]`);
      wanted.focus();
      if (!wanted.checked) {
        wanted.checked = true;
        wanted.dispatchEvent(new Event("change", { bubbles: true }));
      }
    }
    if (radio && event.key === "0") {
      event.preventDefault();
      li.querySelector("details").open = true;
      li.querySelector("[name^=ly_do_]").focus();
    }
  });

  form.addEventListener("click", (event) => {
    if (!event.target.closest("[data-next]")) return;
    const li = document.getElementById(event.target.closest("[data-next]").hash.slice(1));
    if (li) {
      event.preventDefault();
      focusRow(li);
    }
  });

  // A button that turns the page waits until every line is on the server.
  form.addEventListener("submit", (event) => {
    if (count() === 0 || event.submitter?.value === "luu" || held.size) return;
    event.preventDefault();
    const button = event.submitter;
    afterwards = () => form.requestSubmit(button);
    if (signedOut) return sessionEnded();
    flush();
  });

  window.addEventListener("online", () => {
    failures = 0;
    flush();
  });
  window.addEventListener("focus", () => {
    if (signedOut) {
      signedOut = false;
    }
    if (count()) flush();
  });

  // What an earlier visit could not send, and what came back with the page unsaved.
  const strangers = [];
  for (const [name, fields] of Object.entries(pending)) {
    const li = row(name);
    if (!li) {
      strangers.push(name);
      delete pending[name];
      continue;
    }
    // As the writer saw it then: if another has written since, the server says so and both are shown.
    const version = li.querySelector("input[name^=v_]");
    if (version && fields[version.name] !== undefined) version.value = fields[version.name];
    fill(li, fields);
    say(li, "đang lưu…", "");
  }
  if (strangers.length) {
    tell(`${strangers.length} dòng gõ lần trước thuộc người không còn trong danh sách của chi bộ nên không gửi.`);
  } else if (count()) {
    tell(`Đang gửi ${count()} dòng đã gõ lần trước mà chưa kịp lưu.`);
  }
  for (const li of rows) {
    if ("unsaved" in li.dataset && !pending[li.dataset.member] && !li.querySelector(".clash")) {
      if (status(li).textContent.trim() === "chưa lưu") pending[li.dataset.member] = fieldsOf(li);
    }
  }
  if (keptReason() && overCap && count()) {
    overCap.hidden = false;
    form.elements.vuot.value = keptReason();
  }
  store();
  overview();
  flush();
})();
