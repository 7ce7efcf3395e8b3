"""What the sheet page does with what it is sent, and what its templates read."""

from dataclasses import dataclass, field

from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from ledger import clock
from ledger.acts import Refused
from ledger.text import clean_lines
from ledger.web import carry
from ratings import inputs
from ratings.judging.locking import CapFull, Stale
from ratings.judging.reading import Reading
from ratings.judging.rules import NeedsReason
from ratings.models import OrganizationRating
from ratings.verbs import RatingVerb
from ratings.verdicts import verdicts

from . import draft, form_input
from .draft import LineEntry, NotOnRoll
from .page import SheetPage
from .rows import words_of
from .showing import NOT_SAVED, _who_wrote

GONE = "Đồng chí này không còn trong danh sách của chi bộ. Hãy tải lại trang."
OTHER_ACCOUNT = "Trang này do tài khoản khác mở. Hãy tải lại trang rồi nhập bằng tài khoản của đồng chí."


@dataclass
class Filled:
    """What came of a plain form. `rows`: {member id: (typed, Refused)} not saved; `errors`: sentences on the whole.

    `read`: the Reading of the act that wrote last, if one did.
    """

    rows: dict = field(default_factory=dict)
    errors: list = field(default_factory=list)
    message: str = ""
    onward: str = ""
    read: Reading | None = None

    @property
    def problems(self):
        return bool(self.rows or self.errors)

    def add(self, refused):
        self.errors += refused.messages


def fill(page, data, user):
    """Saves the rows that `data` changes and does what its button (`viec`) asks. Returns Filled."""
    filled = Filled()
    if carry.writer(data) not in (None, user.pk):
        filled.errors.append(OTHER_ACCOUNT)
        filled.rows = {
            row.pk: (t, Refused(NOT_SAVED)) for row in page.rows if (t := form_input.fields_of(data, row.pk))
        }
        return filled
    button, _, whom = data.get("viec", "luu").partition(":")
    entries, errors, texts = form_input.read(page, data)
    if button == "hoan_tac":
        return _undo(page, errors, texts, user)
    if button == "lay":
        entries.pop(inputs.number(whom), None)
    saved = form_input.save(page, entries, by=user, on=clock.today(), over_cap=clean_lines(data.get("vuot", "")))
    filled.rows = {pk: (texts[pk], refused) for pk, refused in {**errors, **saved.errors}.items()}
    filled.read = saved.read
    filled.errors += _of_who_left(saved)
    if saved.refused is not None:
        filled.add(saved.refused)
    try:
        save_proposal(page, data, user)
    except Refused as refused:
        filled.add(refused)
    filled.message = f"Đã lưu {saved.written} dòng." if saved.written else ""
    if button != "luu":
        _press(button, whom, SheetPage(page.here, filled.read), data, user, filled)
    return filled


def _of_who_left(saved):
    """Sentences on rows that are not on the page any more, where nothing can stand beside them."""
    return dict.fromkeys(
        s for refused in saved.errors.values() if isinstance(refused, NotOnRoll) for s in refused.messages
    )


def _undo(page, errors, texts, user):
    filled = Filled(message="Đã hoàn tác việc vừa làm.")
    if texts:
        waiting = Refused("Dòng này đã sửa mà chưa lưu.")
        filled.rows = {pk: (typed, errors.get(pk, waiting)) for pk, typed in texts.items()}
        filled.errors.append("Có dòng đã sửa mà chưa lưu. Hãy bấm Lưu trước khi hoàn tác.")
        return filled
    try:
        draft.undo(page.sheet, by=user, on=clock.today())
    except Refused as refused:
        filled.add(refused)
    return filled


def save_proposal(page, data, user):
    """The cell's own level (`de_nghi`, or `de_nghi_diem` points) and, where it is grassroots, its task result."""
    row, cell = page.organization, page.here.organization
    if row is None:
        return
    version, common = inputs.number(data.get("v_to_chuc", "")), {"by": user, "on": clock.today()}
    with transaction.atomic():
        if _proposes(row, data):
            level, points = inputs.level(data.get("de_nghi", "")), inputs.points(data.get("de_nghi_diem", ""))
            proposal = verdicts.Proposal(organization=cell, level=level, points=points, version=version)
            verdicts.propose(page.period, [proposal], **common)
            version = None if version is None else version + 1
        task = data.get("nhiem_vu", row.task)
        if row.tier == OrganizationRating.Tier.GRASSROOTS and task != row.task:
            versions = {} if version is None else {cell.pk: version}
            verdicts.record_tasks(page.period, {cell: task}, versions=versions, **common)


def _proposes(row, data):
    """Whether `data` carries a level or points for the organization that are not those it proposes already."""
    if "de_nghi_diem" in data:
        return inputs.points(data["de_nghi_diem"]) != row.points
    return "de_nghi" in data and inputs.level(data["de_nghi"]) != row.proposed


def _press(button, whom, page, data, user, filled):
    """What the button asks beyond saving. `page`: read anew."""
    common, whom = {"by": user, "on": clock.today()}, inputs.number(whom)
    if button == "con_lai":
        try:
            rest = form_input.the_rest(page, inputs.level(data.get("muc_con_lai", "2")) or 2)
        except Refused as refused:
            filled.add(refused)
            return
        saved = form_input.save(page, rest, verb=RatingVerb.REST, **common)
        filled.message = f"Đã đặt mức cho {saved.written} đồng chí còn lại. Hãy xem lại từng người và sửa ngoại lệ."
        if suggested := sum(row.suggestion is not None for row in page.missing):
            filled.message += f" Còn {suggested} đồng chí mà hồ sơ ghi lý do không xếp loại: hãy xác nhận ở từng dòng."
        filled.rows |= {row.pk: (row.typed, saved.errors[row.pk]) for row in page.rows if row.pk in saved.errors}
    elif button == "xac_nhan" and whom is not None:
        entry = _confirmed(page, whom)
        saved = form_input.save(page, {whom: entry} if entry else {}, **common)
        filled.rows |= {row.pk: (row.typed, saved.errors[row.pk]) for row in page.rows if row.pk in saved.errors}
    elif button == "nop" and not filled.problems:
        _towards_submission(page, filled)


def _confirmed(page, pk):
    """The Entry a row suggests: what the other cell proposed, or the reason the record gives."""
    row = next((row for row in page.rows if row.pk == pk), None)
    if row is None:
        return None
    if row.suggestion is not None:
        return LineEntry(reason=row.suggestion, version=row.version)
    if row.other is None:
        return None
    level = row.other.proposed if row.other.points is None else None
    return LineEntry(level=level, points=row.other.points, reason=row.other.reason, version=row.version)


def _towards_submission(page, filled):
    if page.missing:
        names = ", ".join(row.member.called for row in page.missing[:10])
        filled.errors.append(f"Còn {len(page.missing)} đồng chí chưa xếp loại: {names}. Xếp loại xong rồi nộp được.")
        return
    filled.message = ""
    filled.onward = reverse("ratings", args=[page.here.organization.code, page.period]) + "?xem-lai=1#xem-lai"


# The page


# The line that saves itself


def save_line(page, data, user):
    """(answer, status) for templates' script. `data` carries the fields of one row, or those of the whole sheet."""
    if carry.writer(data) not in (None, user.pk):
        return {"error": OTHER_ACCOUNT}, 403
    if "to_chuc" in data:
        return _save_own(page, data, user)
    member = inputs.number(data.get("dang_vien", ""))
    if member is None:
        return {"error": GONE}, 422
    line = page.line_of(member)
    text = form_input.fields_of(data, member) or form_input.typed_of(line)
    try:
        entry = form_input.entry_of(text, line, page, form_input.version_of(data, member))
        over_cap = {page.sheet.pk: why} if (why := clean_lines(data.get("vuot", ""))) else None
        read = draft.rate({page.sheet: {member: entry}}, by=user, on=clock.today(), over_cap=over_cap)
    except Stale as stale:
        return _conflict(page, stale.lines[member]), 409
    except NotOnRoll:
        return {"error": GONE}, 422
    except Refused as refused:
        needs = "vuot" if isinstance(refused, CapFull) else "giai_trinh" if isinstance(refused, NeedsReason) else ""
        return {"error": " ".join(refused.messages), "needs": needs}, 422
    return _answer(page.here, member, read), 200


def _save_own(page, data, user):
    try:
        save_proposal(page, data, user)
    except Stale:
        return {"error": "Người khác vừa ghi mức của chi bộ. Hãy tải lại trang để xem."}, 422
    except Refused as refused:
        return {"error": " ".join(refused.messages), "needs": ""}, 422
    return _answer(page.here, None), 200


def _conflict(page, line):
    return {
        "theirs": words_of(line, page.book),
        "who": _who_wrote(line),
        "version": line.version,
        "typed": form_input.typed_of(line),
    }


def _answer(here, member, read=None):
    """The row as it now stands and what the page says of the whole sheet."""
    page = SheetPage(here, read)
    row = next((row for row in page.rows if row.pk == member), None)
    payload = {
        "at": f"{timezone.localtime():%H:%M}",
        "summary": render_to_string("ratings/sheets/summary.html", {"sheet_page": page}),
        "cap": render_to_string("ratings/sheets/cap.html", {"sheet_page": page, "fills": True}),
        "missing": [row.pk for row in page.missing],
        "done": page.done,
        "own_version": page.organization.version if page.organization else 0,
    }
    if row is not None:
        payload |= {
            "version": row.version,
            "points_level": page.book.levels[row.line.level].short if row.line and row.line.points is not None else "",
            "findings": [finding.sentence for finding in row.findings],
        }
    return payload
