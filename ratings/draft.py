"""Verbs of a draft sheet: type lines, take the last act back, answer what a rule asks (design §6)."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from ledger.acts import Refused, act

from .guard import Stale, check_level, hold_cap, locked, read, require_draft
from .models import MemberRating, Reason, Sheet, Step
from .rules import hold

RATE = "Nhập xếp loại đảng viên"
REST = "Đặt mức cho những người còn lại"
PASTE = "Dán xếp loại từ bảng tính"
UNDO = "Hoàn tác"
WRITTEN = ["proposed", "points", "reason", "note", "justification", "on_roll", "version", "changed"]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What is typed into a line: a level (rank), points, or a reason; none of them empties the line.

    `note`, `justification`: None leaves what stands. `version`: that of the line the writer saw (0: there was none);
    None writes over whatever stands.
    """

    level: int | None = None
    points: Decimal | None = None
    reason: Reason | None = None
    note: str | None = None
    justification: str | None = None
    version: int | None = None

    @classmethod
    def of(cls, typed):
        """`typed`: an Entry, a rank, a Reason, or None."""
        if isinstance(typed, Entry):
            return typed
        return cls(reason=typed) if isinstance(typed, Reason) else cls(level=typed)


def rate(entries, *, by, on, document=None, reason="", over_cap=None, verb=RATE):
    """Types lines of draft sheets. `entries`: {Sheet: {member id: Entry, rank 1–4, Reason or None}}.

    `over_cap`: {sheet id: why the top level exceeds the cap}. Raises Stale for lines another wrote first, NeedsReason
    or CapFull where a written reason would let it pass, Refused otherwise; then nothing is written.
    """
    with act(verb, by=by, on=on, document=document, reason=reason) as change:
        reading = read(locked(list(entries)), on)
        before = {roof: places.left for roof, places in reading.places.items()}
        sheets = {s.pk: s for s in reading.sheets}
        _keep_reasons(sheets, over_cap or {})
        written = [
            line for sheet, lines in entries.items() for line in _typed(sheets[sheet.pk], lines, reading, change)
        ]
        _store(written, by)
        Sheet.objects.filter(pk__in=sheets).update(version=F("version") + 1)
        if written:
            within = hold_cap(reading, before, sheets.values())
            Sheet.objects.filter(pk__in=sheets, organization__in=within).exclude(over_cap="").update(over_cap="")


def _keep_reasons(sheets, over_cap):
    for pk, why in over_cap.items():
        sheets[pk].over_cap = why
        Sheet.objects.filter(pk=pk).update(over_cap=why)


def _typed(sheet, typed, reading, change):
    """The lines that `typed` changes, as they will stand; unsaved."""
    require_draft(sheet)
    cell, found, stale = sheet.organization_id, [], {}
    for member, entry in typed.items():
        entry = Entry.of(entry)
        _check_entry(entry, reading.period.scheme, member in reading.rolls[cell], sheet)
        line = reading.lines[cell].get(member) or MemberRating(
            period=reading.period, sheet=sheet, organization=sheet.organization, member_id=member, added=change
        )
        wanted = _wanted(entry, line, reading.period.scheme)
        if all(getattr(line, name) == value for name, value in wanted.items()) and (line.pk or not line.is_settled):
            continue
        if entry.version is not None and entry.version != line.version:
            stale[member] = line
            continue
        for name, value in wanted.items():
            setattr(line, name, value)
        line.on_roll, line.version, line.changed = True, line.version + 1, change
        findings = reading.book.of_line(line, reading.known[member], reading.period)
        hold(findings, line.member.full_name if findings else "", answered=bool(line.justification))
        reading.lines[cell][member] = line
        found.append(line)
    if stale:
        raise Stale(f"Có {len(stale)} dòng vừa được người khác sửa.", stale)
    return found


def _wanted(entry, line, scheme):
    """{column: value} that `entry` gives to `line`."""
    level = entry.level if entry.points is None else scheme.rank_of(entry.points)
    wanted = {"proposed": level, "points": entry.points, "reason_id": entry.reason.pk if entry.reason else None}
    for name in ("note", "justification"):
        if (text := getattr(entry, name)) is not None:
            wanted[name] = MemberRating._meta.get_field(name).to_python(text)
    return wanted


def _check_entry(entry, scheme, on_roll, sheet):
    if not on_roll:
        raise Refused(f"Phiếu của chi bộ {sheet.organization.code}: có người không còn trong danh sách đảng viên.")
    if entry.reason is not None:
        if entry.level is not None or entry.points is not None:
            raise Refused("Chọn một mức xếp loại hoặc một lý do không xếp loại, không cả hai.")
        kind, of_organizations = entry.reason.kind, entry.reason.of_organizations
        if entry.reason.scheme_id != scheme.pk or kind == Reason.Kind.CEILING or of_organizations:
            raise Refused(f"Lý do “{entry.reason}” không dùng để không xếp loại đảng viên theo {scheme.name}.")
    check_level(entry.level, entry.points, scheme)


def _store(lines, by):
    new = [line for line in lines if line.pk is None]
    changed = [line for line in lines if line.pk is not None]
    bulk_create_with_history(new, MemberRating, default_user=by)
    if changed:
        bulk_update_with_history(changed, MemberRating, WRITTEN, default_user=by)


def explain(sheet, text, *, by, on):
    """The cell's answer where a rule asks about the sheet as a whole; it stands until the sheet is decided."""
    with act("Giải trình của chi bộ", by=by, on=on, reason=text):
        (fresh,) = locked([sheet])
        require_draft(fresh)
        Sheet.objects.filter(pk=fresh.pk).update(explanation=text, version=F("version") + 1)


def undo(sheet, *, by, on):
    """Takes back the last act of `by` on the lines of a draft sheet, and at the next call the one before it."""
    last = _last_act(sheet, by)
    if last is None:
        raise Refused("Không còn việc nào của đồng chí trên phiếu này để hoàn tác.")
    histories = defaultdict(list)
    for row in MemberRating.history.filter(sheet=sheet).order_by("history_id"):
        histories[row.member_id].append(row)
    entries = {}
    for member, rows in histories.items():
        at = next((i for i, row in enumerate(rows) if row.changed_id == last), None)
        if at is not None:
            _require_untouched(rows[at], rows[-1])
            entries[member] = _as_before(rows[at - 1] if at else None)
    rate({sheet: entries}, by=by, on=on, verb=UNDO)


def _require_untouched(row, now):
    if any(getattr(now, name) != getattr(row, name) for name in ("proposed", "points", "reason_id", "note")):
        raise Refused("Dòng này đã được sửa tiếp sau đó; hãy sửa trực tiếp trên phiếu.")


def _as_before(row):
    if row is None:
        return Entry(note="", justification="")
    level = row.proposed if row.points is None else None
    return Entry(level=level, points=row.points, reason=row.reason, note=row.note, justification=row.justification)


def _last_act(sheet, by):
    """Id of the latest Change by `by` on the lines of `sheet` not yet taken back: each undo skips one act more.

    What was typed before the sheet last took a step is beyond reach.
    """
    step = Step.objects.filter(sheet=sheet).order_by("-pk").values_list("added_id", flat=True).first()
    acts = MemberRating.history.filter(
        sheet=sheet, changed__by=by, changed__verb__in=(RATE, REST, PASTE, UNDO), changed__gt=step or 0
    )
    skip = 0
    for pk, verb in acts.order_by("-changed_id").values_list("changed_id", "changed__verb").distinct():
        if verb == UNDO:
            skip += 1
        elif skip:
            skip -= 1
        else:
            return pk
    return None
