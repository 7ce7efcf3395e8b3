"""What the page of pasting does with what it is sent: reads it row by row, then saves what was confirmed."""

from ledger import clock
from ledger.acts import Refused
from ratings import inputs
from ratings.verbs import RatingVerb

from . import form_input, pasting


def paste(page, data, user):
    """(context, done): the pasted text read row by row; `done` is the sentence once the confirmed rows are saved."""
    context = page.here.context() | {"sheet_page": page, "text": data.get("cot", ""), "rows": [], "problems": []}
    if "cot" not in data:
        return context, ""
    try:
        context["rows"], lines = pasting.parse(context["text"], page)
    except Refused as refused:
        context["problems"] = refused.messages
        return context, ""
    if "xac_nhan" in data:
        return _confirmed(page, data, user, context)
    if lines > pasting.MOST_LINES:
        context["problems"] = [
            f"Đã dán {lines} dòng, chỉ đọc {pasting.MOST_LINES} dòng đầu. Hãy dán phần còn lại ở lần sau."
        ]
    if not context["rows"]:
        context["problems"] = ["Không đọc được dòng nào. Mỗi dòng một người: họ tên, rồi mức ở cột bên cạnh."]
    return context, ""


def _confirmed(page, data, user, found):
    rows, entries, lines = found["rows"], {}, {}
    for row in rows:
        row.picked, row.skipped = inputs.number(data.get(f"nguoi_{row.number}", "")), f"bo_{row.number}" in data
        chosen = next((one for one in row.candidates if one.pk == row.picked), None)
        if chosen is None or not row.value or row.skipped:
            continue
        if chosen.pk in entries:
            row.problem = f"Trùng với dòng {lines[chosen.pk].number}."
            found["problems"] = ["Có hai dòng cho cùng một người. Hãy bỏ một dòng."]
            return found, ""
        text = {**chosen.typed, "muc": "", "diem": "", "ly_do": "", **row.value}
        lines[chosen.pk] = row
        entries[chosen.pk] = form_input.entry_of(text, None, page, form_input.version_of(data, chosen.pk))
    saved = form_input.save(page, entries, by=user, on=clock.today(), verb=RatingVerb.PASTE)
    for pk, refused in saved.errors.items():
        lines[pk].problem = " ".join(refused.messages)
    waiting = [row for row in rows if row.is_open and all(row is not one for one in lines.values())]
    if saved.errors or waiting:
        found["problems"] = [_what_is_left(saved, waiting)]
        return found, ""
    unread = sum(bool(row.problem) and not row.skipped for row in rows)
    done = f"Đã ghi {saved.written} dòng từ bảng tính." if saved.written else "Không có dòng nào để ghi."
    return found, f"{done} Không ghi {unread} dòng không đọc được." if unread else done


def _what_is_left(saved, waiting):
    parts = [f"Đã ghi {saved.written} dòng"]
    parts += [f"còn {len(saved.errors)} dòng chưa ghi, xem lý do ở từng dòng"] if saved.errors else []
    parts += [f"còn {len(waiting)} dòng chưa chọn người: hãy chọn, hoặc đánh dấu bỏ qua"] if waiting else []
    return "; ".join(parts) + "."
