"""The steps of sheets as a page sends them: which act, on which sheets, as seen, with which reason and paper."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction

from ledger import clock
from ledger.acts import Refused
from ledger.text import clean, clean_lines
from ledger.web.forms import PaperForm
from organizations import access, lineage
from organizations.access import Act, whose
from ratings import workflow
from ratings.inputs import number, picked
from ratings.models import Sheet
from ratings.periods.remind import remind
from ratings.permits import SHEET_ACTS

from . import draft

APPROVE = "approve"  # endorses and decides at once
REMIND = "remind"
ACTS = {act.name.lower(): act for act in SHEET_ACTS if act not in (Act.RATE, Act.CORRECT)}
DONE = {
    Act.SUBMIT: "Đã nộp",
    Act.ENDORSE: "Đã thẩm định",
    Act.DECIDE: "Đã quyết định",
    Act.RETURN: "Đã trả lại",
    Act.REOPEN: "Đã trả lại",
    Act.ACCEPT: "Đã tiếp nhận",
}


@dataclass(frozen=True)
class Taken:
    """`done`: the sentence that says what is done; `stayed`: sentences of the sheets that could not go along."""

    done: str
    stayed: tuple[str, ...] = ()


def take(here, data):
    """Takes the step that `data` (a QueryDict) asks for; returns a Taken.

    Raises PermissionDenied without the right, Refused (Stale among them) where a rule or the state forbids it.
    """
    if more := {APPROVE: _approve, REMIND: _remind}.get(data.get("viec", "")):
        return more(here, data)
    act = ACTS.get(data.get("viec", ""))
    if act is None:
        raise Refused("Không rõ việc cần làm. Hãy mở lại trang rồi bấm nút một lần nữa.")
    sheets = _sheets(here, picked(data))
    capacities = _require(here, act, sheets)
    with transaction.atomic():
        _explain(sheets, capacities, data, here.user)
        _take(here, act, sheets, data)
    return Taken(f"{DONE[act]} {len(sheets)} phiếu." if len(sheets) > 1 else f"{DONE[act]} phiếu.")


def _approve(here, data):
    sheets = _sheets(here, picked(data))
    for act in (Act.ENDORSE, Act.DECIDE):
        _require(here, act, sheets)
    with transaction.atomic():
        paper = PaperForm(data).paper()
        kept = workflow.endorse_and_decide(sheets, document=paper, **_common(here, sheets, data, "ly_do_giu"))
    names = lineage.names({s.organization_id for s in sheets if s.pk in kept}, here.day)
    stayed = [
        f"{names[s.organization_id].name} chưa được quyết định. {_said(kept[s.pk])}" for s in sheets if s.pk in kept
    ]
    return Taken(f"Đã thẩm định và quyết định {len(sheets) - len(kept)} phiếu theo số {paper}.", tuple(stayed))


def _remind(here, data):
    sheets = _sheets(here, picked(data))
    _require(here, Act.REMIND, sheets)
    reminded = remind(sheets, by=here.user, on=clock.today())
    return Taken(f"Đã ghi nhắc về {len(reminded)} phiếu; chi bộ, đảng ủy thấy lời nhắc ở Việc cần làm.")


def _said(refused):
    return " ".join(refused.messages)


def _common(here, sheets, data, why="ly_do"):
    """What every step is told. `why`: the field of the reason."""
    return {
        "by": here.user,
        "on": clock.today(),
        "reason": clean_lines(data.get(why, "")),
        "seen": {s.pk: data.get(f"thay_{s.pk}", "") for s in sheets},
    }


def _take(here, act, sheets, data):
    common = _common(here, sheets, data)
    if act == Act.DECIDE:
        paper = PaperForm(data).paper()
        workflow.decide(sheets, document=paper, levels=_levels(sheets, data), **common)
    elif act in (Act.RETURN, Act.REOPEN):
        workflow.send_back(sheets, step=act, **common)
    else:
        getattr(workflow, act.name.lower())(sheets, **common)


def _explain(sheets, held, data, user):
    """The cell's answer to what the rules ask about its sheet comes with the sheet, from the cell alone."""
    if "giai_trinh" not in data or len(sheets) != 1:
        return
    (sheet,), text = sheets, clean_lines(data["giai_trinh"])
    if text != sheet.explanation and access.may(Act.RATE, held[sheet.organization_id]):
        draft.explain(sheet, text, by=user, on=clock.today())


def _sheets(here, ids):
    if not ids:
        raise Refused("Chưa chọn phiếu nào. Hãy đánh dấu ít nhất một phiếu.")
    wanted = {number(pk) for pk in ids} - {None}
    below = lineage.below([here.organization], here.page.day)
    rows = Sheet.objects.standing().filter(pk__in=wanted, period=here.period, organization__in=below)
    sheets = list(rows.select_related("organization"))
    if len(sheets) != len(set(ids)):
        raise Refused("Có phiếu không thuộc trang này hoặc không còn hiệu lực. Hãy mở lại trang.")
    return sheets


def _require(here, act, sheets):
    """{cell id: capacities} of the user; 403 where they do not give the right."""
    by_cell = access.capacities_of(here.user, [s.organization for s in sheets], here.page.day)
    if not all(access.may(act, capacities) for capacities in by_cell.values()):
        raise PermissionDenied(f"Việc {act} là của {whose(act)}.")
    return by_cell


def _levels(sheets, data):
    """{(cell id, member id): (rank, why it differs)} of the lines that the page gives another level."""
    levels = {}
    cells = {s.organization_id for s in sheets}
    for name in data:
        if not name.startswith("quyet_"):
            continue
        cell, member = map(number, name.removeprefix("quyet_").partition("_")[::2])
        if cell not in cells or member is None:
            continue
        if data[name] not in ("1", "2", "3", "4"):
            raise Refused("Mức quyết định phải là một trong bốn mức của lược đồ.")
        levels[cell, member] = (int(data[name]), clean(data.get(f"vi_sao_{cell}_{member}", "")))
    return levels
