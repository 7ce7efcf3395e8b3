"""What the page of pasting does with what it is sent: reads it row by row, then saves what was confirmed."""

from ledger import clock

from . import draft, pasting, typed


def paste(page, data, user):
    """(context, done): the pasted text read row by row; `done` is the sentence once the confirmed rows are saved."""
    found = page.desk.context() | {"sheet_page": page, "text": data.get("cot", ""), "rows": [], "problems": []}
    if "xac_nhan" in data:
        return _paste_confirmed(page, data, user, found)
    if found["text"]:
        found["rows"] = pasting.parse(found["text"], page)
        if (lines := len(found["text"].splitlines())) > pasting.MOST_LINES:
            found["problems"] = [
                f"Đã dán {lines} dòng, chỉ đọc {pasting.MOST_LINES} dòng đầu. Hãy dán phần còn lại ở lần sau."
            ]
        if not found["rows"]:
            found["problems"] = ["Không đọc được dòng nào. Mỗi dòng một người: họ tên, rồi mức ở cột bên cạnh."]
    return found, ""


def _paste_confirmed(page, data, user, found):
    found["rows"] = rows = pasting.parse(found["text"], page)
    by_pk, entries, lines = {row.pk: row for row in page.rows}, {}, {}
    for row in rows:
        row.picked, row.skipped = typed.number(data.get(f"nguoi_{row.number}", "")), f"bo_{row.number}" in data
    for row in rows:
        chosen = by_pk.get(row.picked)
        if chosen is None or not row.value or row.skipped:
            continue
        if chosen.pk in entries:
            row.problem = f"Trùng với dòng {lines[chosen.pk].number}."
            found["problems"] = ["Có hai dòng cho cùng một người. Hãy bỏ một dòng."]
            return found, ""
        text = {**chosen.typed, "muc": "", "diem": "", "ly_do": "", **row.value}
        lines[chosen.pk] = row
        entries[chosen.pk] = typed.entry_of(text, None, page, typed.version_of(data, chosen.pk))
    saved = typed.save(page, entries, by=user, on=clock.today(), verb=draft.PASTE)
    if not saved.errors:
        return found, f"Đã ghi {saved.written} dòng từ bảng tính." if saved.written else "Không có dòng nào để ghi."
    for pk, refused in saved.errors.items():
        lines[pk].problem = " ".join(refused.messages)
    found["problems"] = [f"Đã ghi {saved.written} dòng; còn {len(saved.errors)} dòng chưa ghi, xem lý do ở từng dòng."]
    return found, ""
