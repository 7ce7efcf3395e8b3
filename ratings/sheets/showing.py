"""What the page of a sheet shows: what is saved, and over it what was typed and could not be."""

from django.utils import timezone

from ledger.numbers import day_in_words
from organizations.access import Act, may, whose
from ratings import inputs
from ratings.judging.locking import CapFull, Stale
from ratings.judging.rules import NeedsReason
from ratings.models import MemberRating, OrganizationRating, State
from ratings.periods.progress import waits_for
from ratings.permits import STATES

from . import form_input
from .rows import words_of

NOT_SAVED = "chưa lưu"


def context(page, sent, error, saved, *, readback):
    """What templates/ratings/sheets/sheet.html reads, its name and status included."""
    status, page.sent = 200, sent or {}
    if sent is not None and saved is None:
        _show_again(page, sent)
    if saved is not None and saved.problems:
        _overlay(page, saved)
        status = 409 if any(isinstance(refused, Stale) for _, refused in saved.rows.values()) else 400
    permits = page.permits
    fills = permits[Act.RATE].allowed
    who, due = waits_for(page.sheet, page.here.place, page.roof, page.period, page.section)
    return page.here.context() | {
        "template": "ratings/sheets/readback.html" if readback and fills else "ratings/sheets/sheet.html",
        "status": status,
        "sheet_page": page,
        "fills": fills,
        "permits": {act.name.lower(): permit for act, permit in permits.items()},
        "refusals": [permit for permit in permits.values() if not permit.allowed],
        "anything_allowed": any(permit.allowed for permit in permits.values()),
        "unsaved": [row for row in page.rows if row.error] if fills else [],
        "ask_back": _who_returns(page) if may(Act.RATE, page.here.held) and not fills else "",
        "waits_for": who,
        "waits_due": due,
        "gone_rows": [(member, words_of(line, page.book)) for member, line in page.gone],
        "issuer": page.roof.committee,
        "errors": (error.messages if error else []) + (saved.errors if saved else []),
        "sent": sent or {},
        "saved": saved,
        "levels": sorted(page.book.levels.items()),
        "tasks": OrganizationRating.Task.choices,
        "may_decide": permits[Act.DECIDE].allowed,
        "returns": permits[Act.RETURN].allowed or permits[Act.REOPEN].allowed,
        "state": State(page.sheet.state),
    }


def _who_returns(page):
    """Who can send the sheet back to its cell; "" once nobody can."""
    if page.sheet.state in STATES[Act.RETURN]:
        return (page.section or page.roof).committee
    return whose(Act.REOPEN) if page.sheet.state in STATES[Act.REOPEN] else ""


def _show_again(page, sent):
    """A form that came back after the session ended, or a step refused: what was typed, over what stands now."""
    cell = page.cell
    for row in page.rows:
        text, version = form_input.fields_of(sent, row.pk), form_input.version_of(sent, row.pk)
        row.fresh = version is not None and version != row.version
        row.deciding = inputs.number(sent.get(f"quyet_{cell}_{row.pk}", "")) or row.deciding
        row.deciding_why = sent.get(f"vi_sao_{cell}_{row.pk}", "")
        if text is not None and text != row.typed and not form_input.is_as_drawn(text, sent, row.pk):
            row.typed, row.error = text, NOT_SAVED
            if row.fresh and row.line is not None:
                _show_theirs(row, page.book)
            row.unsaved = row.typed_words(page.book.levels.values(), page.reasons)


def _overlay(page, saved):
    for row in page.rows:
        if row.pk not in saved.rows:
            continue
        row.typed, refused = saved.rows[row.pk]
        row.error = " ".join(refused.messages)
        row.asks = isinstance(refused, NeedsReason) and not isinstance(refused, CapFull)
        if isinstance(refused, CapFull):
            page.cap_full = True
        if isinstance(refused, Stale):
            _show_theirs(row, page.book)


def _show_theirs(row, book):
    """Another was first: what they wrote stands beside what was typed."""
    row.theirs = row.line or MemberRating()
    row.error = f"{_who_wrote(row.theirs)} vừa ghi “{words_of(row.theirs, book)}”."


def _who_wrote(line):
    change = line.changed
    if change is None:  # typed before acts were kept on lines, or never written at all
        return "Người khác"
    when = timezone.localtime(change.at)
    return f"{change.by.get_full_name()} lúc {when:%H:%M} ngày {day_in_words(when.date())}"
