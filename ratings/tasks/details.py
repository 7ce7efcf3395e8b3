"""What a task says of itself beside its name: how many, of whom, what is missing."""

from collections import Counter

from ledger.numbers import day_in_words
from ratings.judging.caps import BELOW_A_ROOF
from ratings.periods.before_lock import is_open
from ratings.periods.progress import roof_of

from .duties import TOGETHER, WORDS, Duty


def detail(ground, duty, ids):
    """What is told beside `duty` about the organizations `ids`; "" where its name says all. `ground`: a PeriodInReach."""
    if duty in (Duty.FILL, Duty.FILL_OWN):
        return _of_draft(ground, ids[0]) + _of_reminder(ground, ids)
    if duty == Duty.ACCEPT:
        return f"{len(ids)} phiếu đã quyết định, chờ tiếp nhận."
    if duty == Duty.URGE:
        roofs = {roof_of(ground.places[pk], ground.places).organization_id for pk in ids}
        return f"{len(ids)} phiếu quá hạn, ở {len(roofs)} tổ chức cơ sở đảng."
    if duty == Duty.RATE_GRASSROOTS:
        return f"{len(ids)} tổ chức đã tự đề nghị, chưa có quyết định."
    if duty == Duty.RATE_CELLS:
        tiers = Counter(ground.rows[pk].tier for pk in ids[1:])
        told = ", ".join(f"{tiers[tier]} {WORDS[tier]}" for tier in reversed(BELOW_A_ROOF) if tiers[tier])
        return f"{told} chưa có mức: {_listed([ground.place(pk).name for pk in ids[1:]])}."
    if duty == Duty.LOCK:
        return "Mọi phiếu đã tiếp nhận, mọi tổ chức đã có mức hoặc lý do."
    if duty in TOGETHER or duty == Duty.DECIDE:
        rows = [ground.progress[pk] for pk in dict.fromkeys(ids) if pk in ground.progress]
        return _of_submitted(rows) + _of_reminder(ground, ids)
    return ""


def _of_draft(ground, pk):
    sheet, row, said = ground.sheets[pk], ground.progress.get(pk), []
    if sheet.returned_because:
        said.append(f"Phiếu bị trả lại: “{sheet.returned_because}”.")
    if row and row.unsettled:
        said.append(f"{row.settled}/{row.roll} đảng viên đã có mức hoặc lý do.")
    elif row:
        said.append(f"Đã đủ {row.roll}/{row.roll} đảng viên; còn đọc lại và gửi.")
    if lacks_proposal(ground.rows[pk]):
        said.append("Chi bộ chưa tự đề nghị mức của mình.")
    return " ".join(said)


def _of_submitted(rows):
    where = f"{_listed([row.place.name for row in rows])}. " if len(rows) > 1 else ""
    roll, rated, out, not_yet = (
        sum(getattr(row, name) for row in rows) for name in ("roll", "rated", "out_of_scope", "not_yet")
    )
    said = f"{where}{roll} đảng viên: {rated} được xếp loại"
    said += f", {out} không thuộc diện" if out else ""
    return said + (f", {not_yet} chưa xếp loại." if not_yet else ".")


def _of_reminder(ground, ids):
    """The last day on which one of the sheets was reminded of."""
    days = [ground.reminded[pk] for pk in ids if pk in ground.reminded]
    return f" Được nhắc ngày {day_in_words(max(days))}." if days else ""


def lacks_proposal(row):
    return row.proposed is None and is_open(row)


def _listed(names, most=4):
    """ "A, B, C, D và 3 nơi khác" """
    shown = ", ".join(names[:most])
    return f"{shown} và {len(names) - most} nơi khác" if len(names) > most else shown
