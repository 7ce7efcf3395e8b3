import { fieldsOf, fill, nameOf, note, offer, say, versionOf, withdrawOffer } from "./row.js";
import { send } from "./sending.js";

const PAUSES = [1500, 3000, 5000]; // milliseconds before what could not be sent is sent again
const REST = 1500; // milliseconds without typing
const KEPT = "chưa lưu, đang giữ trên máy này";
const TOO_OLD = { error: "Trang đã mở quá lâu. Hãy tải lại trang; những gì đã gõ vẫn còn." };

/** Sends the rows that are not saved yet, one after the other, and tells how it went. */
export class Saving {
  constructor(page, unsaved) {
    this.page = page;
    this.unsaved = unsaved;
    this.held = new Set(); // rows that a rule or another writer refused: they wait for the person, not for the line
    this.busy = false;
    this.failures = 0;
    this.signedOut = false;
    this.afterwards = null; // what waits until every row is saved
    this.pause = null;
    this.rest = null;
  }

  get names() {
    return Object.keys(this.unsaved.rows).filter((name) => this.page.row(name));
  }

  /** Keeps what `row` says now and sends it. */
  change(row) {
    this.keep(row);
    this.held.delete(nameOf(row));
    say(row, "đang lưu…", "");
    this.overview();
    this.flush();
  }

  /** Keeps what is being typed in `row` and sends it when the hand rests. */
  type(row) {
    this.keep(row);
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.change(row), REST);
  }

  keep(row) {
    this.unsaved.rows[nameOf(row)] = fieldsOf(row);
    this.unsaved.store();
  }

  forget(name) {
    delete this.unsaved.rows[name];
    this.held.delete(name);
    this.unsaved.store();
  }

  /** What was refused may pass now that there is a reason for exceeding the cap. */
  tryAgain() {
    this.held.clear();
    this.overview();
    this.flush();
  }

  async flush() {
    if (this.busy) return;
    if (this.signedOut) {
      this.sessionEnded();
      return;
    }
    const name = this.names.find((one) => !this.held.has(one));
    if (!name) {
      this.finish();
      return;
    }
    this.busy = true;
    clearTimeout(this.pause);
    const sent = JSON.stringify(this.unsaved.rows[name]);
    const { status, answer } = await send(this.page, name, this.unsaved.rows[name]);
    this.busy = false;
    if (status === 401) {
      this.sessionEnded();
    } else if (status === 0 || status >= 500 || (!answer && status !== 403)) {
      this.lost();
    } else {
      this.failures = 0;
      if (!this.signedOut) this.page.tell("");
      this.take(name, sent, status, answer || TOO_OLD);
      this.flush();
    }
  }

  finish() {
    this.overview();
    const go = this.afterwards;
    this.afterwards = null;
    if (this.names.length === 0) go?.();
  }

  lost() {
    const wait = PAUSES[Math.min(this.failures, PAUSES.length - 1)];
    this.failures += 1;
    this.page.tell(
      `Mất kết nối với máy chủ. ${this.names.length} dòng chưa lưu đang được giữ trên máy này và sẽ tự gửi lại. ` +
        "Đồng chí cứ nhập tiếp, đừng đóng trang.",
    );
    for (const name of this.names) if (!this.held.has(name)) say(this.page.row(name), KEPT, "need");
    this.overview();
    this.pause = setTimeout(() => this.flush(), wait);
  }

  sessionEnded() {
    this.signedOut = true;
    for (const name of this.names) say(this.page.row(name), KEPT, "need");
    this.page.tell(
      `Phiên làm việc đã hết. ${this.names.length} dòng chưa lưu được giữ trên máy này; ` +
        "đăng nhập lại đúng tài khoản này thì tự lưu.",
      { href: this.page.form.dataset.login, words: "Đăng nhập lại" },
    );
    this.overview();
  }

  take(name, sent, status, answer) {
    if (status === 409) this.clash(name, answer);
    else if (status === 200) this.saved(name, sent, answer);
    else this.refused(name, answer);
    this.overview();
  }

  refused(name, answer) {
    const row = this.page.row(name);
    this.held.add(name);
    say(row, `Chưa lưu. ${answer.error}`, "bad");
    if (answer.needs === "vuot" && this.page.overCap) this.page.askReason();
    if (answer.needs === "giai_trinh") {
      const box = row.querySelector(".justify");
      box.hidden = false;
      box.querySelector("input").focus();
    }
  }

  saved(name, sent, answer) {
    const row = this.page.row(name);
    const version = versionOf(row);
    const rows = this.unsaved.rows;
    if (version) version.value = name === "own" ? answer.own_version : answer.version;
    if (JSON.stringify(rows[name]) === sent) delete rows[name];
    else if (rows[name] && version) rows[name][version.name] = version.value;
    this.unsaved.store();
    const missing = new Set(answer.missing.map(String));
    this.page.showTotals({ ...answer, missing });
    withdrawOffer(row);
    if (!rows[name]) this.tellSaved(row, missing.has(name), answer);
    const isAll = this.names.length === 0;
    this.page.tally.textContent = isAll ? `Mọi điều đã gõ đều đã lưu lúc ${answer.at}.` : "";
    if (isAll) this.unsaved.reason = "";
  }

  tellSaved(row, isMissing, answer) {
    if (isMissing) say(row, "chưa xếp loại", "need");
    else say(row, `✓ đã lưu ${answer.at}`, "ok");
    const output = row.querySelector("output");
    if (output) output.textContent = answer.points_level || "";
    if (answer.findings) note(row, answer.findings);
  }

  /** Another was first: both values stand side by side, and the person chooses. */
  clash(name, answer) {
    const row = this.page.row(name);
    this.held.add(name);
    say(row, `${answer.who} vừa ghi “${answer.theirs}”. Của đồng chí vẫn ở đây, chưa lưu.`, "bad");
    const choose = (act) => () => {
      versionOf(row).value = answer.version;
      withdrawOffer(row);
      act();
    };
    offer(row, [
      ["Giữ của tôi", choose(() => this.change(row))],
      ["Lấy của người kia", choose(() => this.takeTheirs(row, answer.typed))],
    ]);
  }

  takeTheirs(row, typed) {
    const name = nameOf(row);
    fill(row, Object.fromEntries(Object.entries(typed).map(([field, text]) => [`${field}_${name}`, text])));
    this.forget(name);
    say(row, "✓ đã lấy mức của người kia", "ok");
    this.overview();
  }

  overview() {
    const count = this.names.length;
    const tally = this.page.tally;
    if (count > 0 && this.held.size >= count) tally.textContent = `${count} dòng chưa lưu: xem lý do ở từng dòng`;
    else if (count > 0 && (this.failures || this.signedOut)) tally.textContent = `${count} dòng ${KEPT}`;
    else if (count > 0) tally.textContent = `đang lưu ${count} dòng…`;
    tally.classList.toggle("no", count > 0);
  }

  /** A button that turns the page waits until every row is saved; a line that is back is used at once. */
  heedPage() {
    const form = this.page.form;
    form.addEventListener("submit", (event) => {
      if (this.names.length === 0 || event.submitter?.value === "luu" || this.held.size > 0) return;
      event.preventDefault();
      const button = event.submitter;
      this.afterwards = () => form.requestSubmit(button);
      this.flush();
    });
    window.addEventListener("online", () => {
      this.failures = 0;
      this.flush();
    });
    window.addEventListener("focus", () => {
      this.signedOut = false;
      if (this.names.length > 0) this.flush();
    });
  }

  /** Takes up what an earlier visit could not send, and what came back with the page unsaved. */
  resume() {
    const strangers = Object.keys(this.unsaved.rows).filter((name) => !this.page.row(name));
    for (const name of strangers) delete this.unsaved.rows[name];
    for (const name of this.names) this.resumeRow(name);
    if (strangers.length > 0) {
      this.page.tell(
        `${strangers.length} dòng gõ lần trước thuộc người không còn trong danh sách của chi bộ nên không gửi.`,
      );
    } else if (this.names.length > 0) {
      this.page.tell(`Đang gửi ${this.names.length} dòng đã gõ lần trước mà chưa kịp lưu.`);
    }
    this.takeUpUnsaved();
    if (this.unsaved.reason && this.page.overCap && this.names.length > 0) this.page.askReason(this.unsaved.reason);
    this.unsaved.store();
    this.overview();
    this.flush();
  }

  resumeRow(name) {
    const row = this.page.row(name);
    const fields = this.unsaved.rows[name];
    // As the writer saw it then: if another has written since, the server says so and both are shown.
    const version = versionOf(row);
    if (version && fields[version.name] !== undefined) version.value = fields[version.name];
    fill(row, fields);
    say(row, "đang lưu…", "");
  }

  takeUpUnsaved() {
    for (const row of this.page.rows) {
      const name = nameOf(row);
      if (!("unsaved" in row.dataset) || this.unsaved.rows[name] || row.querySelector(".clash")) continue;
      if (row.querySelector(".st").textContent.trim() === "chưa lưu") this.unsaved.rows[name] = fieldsOf(row);
    }
  }
}
