"""The verb that records how many civil servants, public employees and workers an organization has in a year."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger import clock, days
from ledger.acts import Refused, act, says_more, void, wait_turn
from ledger.models import Change, Document, User
from ledger.numbers import day_in_words, group
from ledger.querysets import RecordedQuerySet
from ledger.text import within_sentence
from ledger.web.opened import refuse_overtaken
from organizations import lineage
from organizations.models import GRASSROOTS, WHOLES, Kind, Organization, OrganizationSpell, StaffCount
from organizations.models.staff import MOST_STAFF, bounded
from organizations.verbs import StaffVerb

COUNTED_AT = (*WHOLES, *GRASSROOTS)
PARTS = ("civil_servants", "public_employees", "workers")
COLUMNS = (*PARTS, "total", "at_least")
NAMES = {name: StaffCount._meta.get_field(name).verbose_name for name in COLUMNS}
Key = tuple[int, int]  # organization id, year


@dataclass(frozen=True, kw_only=True)
class StaffRow:
    """The staff of `organization` in `year`: the three parts, None where unknown; `total` where they do not say it.

    `at_least`: more than `total` is all that is known. With neither parts nor a total what stood is withdrawn.
    """

    organization: Organization
    year: int
    civil_servants: int | None = None
    public_employees: int | None = None
    workers: int | None = None
    total: int | None = None
    at_least: bool = False

    @property
    def whom(self) -> str:
        return f"{self.organization.code}, năm {self.year}"

    @property
    def key(self) -> Key:
        return self.organization.pk, self.year

    @property
    def parts(self) -> list[int | None]:
        return [self.civil_servants, self.public_employees, self.workers]

    @property
    def withdraws(self) -> bool:
        return self.total is None and not any(part is not None for part in self.parts) and not self.at_least

    @property
    def columns(self) -> dict[str, Any]:
        """{column of StaffCount: value}, the total made of the parts where all are known."""
        known = [part for part in self.parts if part is not None]
        total = sum(known) if len(known) == len(PARTS) else self.total
        return dict(zip(COLUMNS, (*self.parts, total, self.at_least), strict=True))


def set_staff(
    rows: Iterable[StaffRow],
    *,
    by: User,
    on: date,
    document: Document | None = None,
    reason: str = "",
    opened: Mapping[Key, Mapping[str, str]] | None = None,
) -> list[StaffCount]:
    """Records what differs of `rows`, one an organization and year; the rows it wrote. Queries do not grow with them.

    The old number is voided, never overwritten. Refused, naming the row, where numbers contradict one another or the
    organization does not stand on the last day of the year that has come; as UNCHANGED when all of it stands already.
    `opened`: {StaffRow.key: `texts` as the form showed them}; raises Overtaken when that stands no more.
    """
    rows = list(rows)
    with act(
        StaffVerb.SET_STAFF,
        by=by,
        on=on,
        document=document,
        reason=reason,
        undoable=True,
        detail=_years_in_words({row.year for row in rows}),
    ) as change:
        return set_staff_within(rows, change, opened)


def set_staff_within(
    rows: Sequence[StaffRow], change: Change, opened: Mapping[Key, Mapping[str, str]] | None = None
) -> list[StaffCount]:
    """Inside another verb's act, as `set_staff`."""
    wait_turn([StaffCount._meta.label])
    if faults := [f"{row.whom}: {fault}" for row, fault in zip(rows, judge(rows), strict=True) if fault]:
        raise Refused(faults)
    stored = {count.key: count for count in _of_keys(row.key for row in rows).select_related("added").locked()}
    for row in rows:
        _check_not_overtaken(row, stored.get(row.key), (opened or {}).get(row.key, {}))
    return _write(rows, stored, change)


def standing_counts(keys: Iterable[Key]) -> dict[Key, StaffCount]:
    """{key: the StaffCount that stands} of `keys`, and of other pairs of theirs. One query."""
    return {count.key: count for count in _of_keys(keys)}


def _of_keys(keys: Iterable[Key]) -> RecordedQuerySet:
    keys = set(keys)
    return StaffCount.objects.standing().filter(
        organization__in={pk for pk, _ in keys}, year__in={year for _, year in keys}
    )


def texts(count: StaffCount | None) -> dict[str, str]:
    """{column: text} of what stands, for a form that is opened on it."""
    values = {name: getattr(count, name, None) for name in COLUMNS}
    return {name: "" if value is None or value is False else str(value) for name, value in values.items()}


def _years_in_words(years: set[int]) -> str:
    if len(years) <= 3:
        return ", ".join(str(year) for year in sorted(years))
    return f"{min(years)}–{max(years)}"


def _write(rows: Iterable[StaffRow], stored: Mapping[Key, StaffCount], change: Change) -> list[StaffCount]:
    gone, made = [], []
    for row in rows:
        old = stored.get(row.key)
        if row.withdraws and old:
            gone.append(old.pk)
        elif not row.withdraws and (old is None or says_more(old, row.columns, change)):
            gone += [old.pk] if old else []
            made.append(StaffCount(organization=row.organization, year=row.year, added=change, **row.columns))
    void(StaffCount.objects.filter(pk__in=gone), change)
    return StaffCount.objects.bulk_create(made)


def judge(rows: Sequence[StaffRow]) -> list[str]:
    """What is wrong with each of `rows`, as a sentence without its name; "" where nothing is. In order, in two queries."""
    lives = lineage.lives({row.organization.pk for row in rows})
    times = Counter(row.key for row in rows)
    return [
        why_not_numbers(row) or _why_not_then(row, lives.get(row.organization.pk, ())) or _why_not_again(times[row.key])
        for row in rows
    ]


def _why_not_again(times: int) -> str:
    return f"được ghi {times} lần. Hãy để lại một dòng." if times > 1 else ""


def why_not_numbers(row: StaffRow) -> str:
    """What contradicts itself in the numbers of `row`, as a sentence; "" when nothing does."""
    for name, value in zip(COLUMNS, (*row.parts, row.total), strict=False):
        if value is not None and not 0 <= value <= MOST_STAFF:
            return f"{NAMES[name]} phải là số từ 0 đến {group(MOST_STAFF)}."
    if row.withdraws:
        return ""
    known = [part for part in row.parts if part is not None]
    if len(known) == len(PARTS):
        if row.at_least:
            return "đã đủ ba số thì tổng số là chính xác. Hãy bỏ “trên”, hoặc để trống số chưa biết."
        if row.total not in (None, sum(known)):
            return f"tổng số {group(row.total)} khác ba số cộng lại ({group(sum(known))}). Hãy xem lại, hoặc để trống tổng số."
        return ""
    if row.total is None:
        return "chưa biết đủ ba số thì cần ghi tổng số; không có ai thì ghi 0."
    if row.total < sum(known):
        return f"tổng số {group(row.total)} ít hơn các số đã ghi cộng lại ({group(sum(known))}). Hãy xem lại."
    return ""


def _why_not_then(row: StaffRow, life: Sequence[OrganizationSpell]) -> str:
    day = clock.last_day(row.year)
    if day is None or day < days.limits().earliest:
        return "năm này chưa tới hoặc quá sớm. Hãy xem lại năm."
    if row.withdraws:
        return ""
    spell = next((s for s in life if s.starts <= day < s.ends), None)
    if spell is None:
        return (
            f"tổ chức không hoạt động vào ngày {day_in_words(day)}, nên số này không tính vào đâu. Hãy ghi cho tổ chức đang "
            "hoạt động vào ngày đó."
        )
    if spell.kind not in COUNTED_AT:
        kind = within_sentence(Kind(spell.kind).label)
        return f"{spell.name} là {kind}; số này ghi cho tổ chức cơ sở đảng hoặc đảng bộ khối."
    return ""


def _check_not_overtaken(row: StaffRow, stored: StaffCount | None, opened: Mapping[str, str]) -> None:
    """Raises Overtaken when what stands is neither what the form was opened on nor what it says."""
    said = {} if row.withdraws else row.columns
    stands = {name: getattr(stored, name) for name in COLUMNS} if stored else {}
    if said != stands:
        told = [f"tổng số nay là {bounded(stored.total, stored.at_least)}" if stored else "số đã ghi nay đã rút"]
        refuse_overtaken(row.whom, opened, texts(stored), lambda _: told)


def counts_left_behind(organizations: Iterable[Organization], day: date) -> Iterator[str]:
    """Guard of organizations/reorganize.py: no number may be of a year in which its organization stood on no day."""
    codes = {o.pk: o.code for o in organizations}
    first = day.year if day == date(day.year, 1, 1) else day.year + 1
    later = StaffCount.objects.standing().filter(organization__in=codes, year__gte=first)
    for pk, year in sorted(later.values_list("organization_id", "year")):
        yield (
            f"Tổ chức {codes[pk]} đã ghi số công chức, viên chức, người lao động năm {year}; ngày kết thúc phải sau "
            f"01/01/{year}, hoặc hãy rút số đó trước."
        )
