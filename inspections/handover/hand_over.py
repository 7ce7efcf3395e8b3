"""The verb that hands over, by document, what a body that ended left open: letters, and what was planned and not done.

Each is counted once: a letter where it lay on its day, what was planned at its first conductor up to the day before, and
at the receiver from then.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from inspections.checks import register
from inspections.letters import letters as letter_verbs
from inspections.letters.rules import check_not_passed
from inspections.models import Forwarding, Handover, Inspection, InspectionSubject, Letter
from inspections.verbs import InspectionVerb
from ledger import clock
from ledger.acts import Refused, act, supersede
from ledger.models import Change, Document, User
from ledger.numbers import day_in_words
from organizations import access, lineage
from organizations.access import Keep
from organizations.frame import Frame
from organizations.models import Kind, Lineage, Organization, OrganizationSpell, Succession


@dataclass
class LeftOpen:
    """`letters`: {Letter: receiver}; `subjects`: {InspectionSubject: receiver}; a receiver is an Organization, or None."""

    letters: dict[Letter, Organization | None] = field(default_factory=dict)
    subjects: dict[InspectionSubject, Organization | None] = field(default_factory=dict)

    @property
    def placed(self) -> "LeftOpen":
        """Those that have a receiver."""
        return LeftOpen(
            {row: to for row, to in self.letters.items() if to},
            {row: to for row, to in self.subjects.items() if to},
        )

    def __bool__(self) -> bool:
        return bool(self.letters or self.subjects)


def hand_over(left: LeftOpen, *, by: User, on: date, document: Document | None = None, reason: str = "") -> None:
    """Hands over what `left` (LeftOpen) names, each to its receiver."""
    with act(
        InspectionVerb.HAND_OVER, by=by, on=on, document=document, reason=reason, alone=True, undoable=True
    ) as change:
        pass_over(left, change)


def pass_over(left: LeftOpen, change: Change) -> None:
    """What `hand_over` does, inside another verb's act, from the day of that."""
    if not left:
        raise Refused("Chưa chọn việc nào để bàn giao.")
    if change.document_id is None:
        raise Refused("Bàn giao việc kiểm tra, đơn thư cần có văn bản. Hãy ghi số, ngày và cơ quan ban hành.")
    _pass_letters(left.letters, change)
    _pass_subjects(left.subjects, change)


def _pass_letters(letters: Mapping[Letter, Organization | None], change: Change) -> None:
    standing_letters, passed = letter_verbs.hold(letters)
    known = letter_verbs.handovers_of({letter.file_id for letter in letters})
    standing = _standing([*letters.values()], change.on)
    holders = holders_of(standing_letters.values())
    places = _Places(change.on, [row.organization_id for row in standing_letters.values()])
    rows = []
    for letter, receiver in letters.items():
        row, whom = standing_letters[letter.pk], f"Đơn {letter.number}"
        check_not_passed(row, passed)
        if row.resolved_on:
            raise Refused(f"{whom}: đã giải quyết xong ngày {day_in_words(row.resolved_on)}, không bàn giao nữa.")
        receiver = _require_receiver(whom, receiver, standing)
        _check_ended(whom, holders.get(row.pk), change.on)
        if any(before.on >= change.on for before in known[row.file_id]) or row.received_on > change.on:
            raise Refused(f"{whom}: ngày bàn giao phải sau ngày nhận, và sau lần bàn giao trước.")
        place = places.under(row.organization_id, receiver.pk)
        rows.append(Handover(file_id=row.file_id, place_id=place, receiver=receiver, on=change.on, added=change))
    Handover.objects.bulk_create(rows)
    letter_verbs.rewrite([(standing_letters[letter.pk], {}) for letter in letters], change)


def _pass_subjects(subjects: Mapping[InspectionSubject, Organization | None], change: Change) -> None:
    standing_subjects = register.hold(subjects)
    standing = _standing([*subjects.values()], change.on)
    groups: dict[tuple[int, int], list[InspectionSubject]] = {}
    for subject, receiver in subjects.items():
        row = standing_subjects[subject.pk]
        whom = f"{row.inspection.title}, tổ chức {row.organization.code}"
        if row.done_on:
            raise Refused(f"{whom}: đã hoàn thành ngày {day_in_words(row.done_on)}, không bàn giao nữa.")
        if row.inspection.year < change.on.year:
            raise Refused(
                f"{whom}: thuộc kế hoạch năm {row.inspection.year}, đã qua; việc của năm nào tính ở năm đó. "
                "Hãy ghi vào kế hoạch năm nay của tổ chức tiếp nhận."
            )
        receiver = _require_receiver(whom, receiver, standing)
        if receiver.pk == row.organization_id:
            raise Refused(f"{whom}: tổ chức tiếp nhận không thể tự kiểm tra chính mình.")
        _check_ended(whom, row.inspection.conductor_id, change.on)
        groups.setdefault((row.inspection_id, receiver.pk), []).append(row)
    taken = _taken(standing_subjects.values(), groups, change)
    Handover.objects.bulk_create(
        Handover(inspection_id=old, taken=taken[old, new], receiver_id=new, on=change.on, added=change)
        for old, new in groups
    )
    moved = [(row, taken[key]) for key, rows in groups.items() for row in rows]
    supersede([(row, {"handed_on": change.on}) for row, _ in moved], change)
    InspectionSubject.objects.bulk_create(
        InspectionSubject(
            inspection=inspection,
            organization_id=row.organization_id,
            planned=row.planned,
            taken_on=change.on,
            added=change,
        )
        for row, inspection in moved
    )


def _taken(
    rows: Iterable[InspectionSubject], groups: Iterable[tuple[int, int]], change: Change
) -> dict[tuple[int, int], Inspection]:
    """{(old inspection id, receiver id): the receiver's Inspection in its stead}"""
    old = {row.inspection_id: row.inspection for row in rows}
    made = Inspection.objects.bulk_create(
        Inspection(year=old[pk].year, kind=old[pk].kind, title=old[pk].title, conductor_id=receiver, added=change)
        for pk, receiver in groups
    )
    return dict(zip(groups, made, strict=True))


def _standing(organizations: Iterable[Organization | None], on: date) -> set[int]:
    spells = lineage.places(on).filter(organization__in={o.pk for o in organizations if o})
    return set(spells.values_list("organization_id", flat=True))


def _require_receiver(whom: object, receiver: Organization | None, standing: Collection[int]) -> Organization:
    if receiver is None:
        raise Refused(f"{whom}: chưa chọn tổ chức tiếp nhận.")
    if receiver.pk not in standing:
        raise Refused(f"{whom}: tổ chức tiếp nhận {receiver.code} không hoạt động vào ngày bàn giao.")
    return receiver


def _check_ended(whom: object, holder: int | None, on: date) -> None:
    if holder and OrganizationSpell.objects.on(on).filter(organization=holder).exists():
        raise Refused(f"{whom}: tổ chức đang giữ việc này còn hoạt động; chỉ bàn giao việc của tổ chức đã kết thúc.")


def holders_of(letters: Iterable[Letter]) -> dict[int, int]:
    """{letter id: id of the bloc that holds it}: the one above the place where it was last laid."""
    letters = list(letters)
    known = letter_verbs.handovers_of({row.file_id for row in letters})
    blocs = OrganizationSpell.objects.standing().filter(kind=Kind.KHOI).values("organization")
    above = defaultdict(list)
    lines = Lineage.objects.standing().filter(organization__in={row.organization_id for row in letters})
    for organization, *line in lines.filter(ancestor__in=blocs).values_list(
        "organization_id", "ancestor_id", "starts", "ends"
    ):
        above[organization].append(line)
    holders = {row.pk: rows[-1].receiver_id for row in letters if (rows := known[row.file_id])}
    for row in letters:
        day = row.received_on
        holder = next((bloc for bloc, starts, ends in above[row.organization_id] if starts <= day < ends), None)
        if holder and row.pk not in holders:
            holders[row.pk] = holder
    return holders


class _Places:
    """Where each of `organizations` (ids) is on `on`: itself, or its heir, and what stands above that."""

    def __init__(self, on: date, organizations: Iterable[int]) -> None:
        self.heirs = dict(
            Succession.objects.standing()
            .filter(principal=True, on__lte=on)
            .values_list("predecessor_id", "successor_id")
        )
        self.above: dict[int, set[int]] = {}
        wanted = {heir for pk in organizations for heir in self._chain(pk)}
        lines = Lineage.objects.on(on).filter(organization__in=wanted)
        for organization, ancestor in lines.values_list("organization_id", "ancestor_id"):
            self.above.setdefault(organization, set()).add(ancestor)

    def _chain(self, pk: int) -> list[int]:
        heirs, heir = [pk], self.heirs.get(pk)
        while heir and heir not in heirs:
            heirs.append(heir)
            heir = self.heirs.get(heir)
        return heirs

    def now(self, pk: int) -> int | None:
        """Id of what stands in its place; None when nothing does."""
        return next((heir for heir in self._chain(pk) if heir in self.above), None)

    def under(self, pk: int, receiver: int) -> int:
        """Id of what stands in its place when that is below `receiver`; else of `receiver` itself."""
        heir = self.now(pk)
        return heir if heir and receiver in self.above[heir] else receiver

    def bloc(self, pk: int, blocs: Iterable[int]) -> int | None:
        """Id of the one of `blocs` above what stands in its place; None when there is none."""
        heir = self.now(pk)
        return next((b for b in blocs if heir and b in self.above[heir]), None)


def left_open(organizations: Iterable[int], on: date) -> LeftOpen:
    """The LeftOpen of `organizations` (ids), which ended by `on`: what lies with them still, with the receiver that the
    tree of the day suggests: the bloc to which the organization concerned went, else the principal successor."""
    organizations = set(organizations)
    subjects = InspectionSubject.objects.standing().filter(done_on__isnull=True, handed_on__isnull=True)
    subjects = subjects.filter(inspection__conductor__in=organizations, inspection__year__gte=on.year)
    subjects = list(subjects.select_related("inspection__conductor", "organization").order_by("pk"))
    letters = Letter.objects.standing().filter(resolved_on__isnull=True, received_on__lte=on)
    letters = letters.exclude(file__in=Forwarding.objects.standing().values("file"))
    letters = list(letters.select_related("organization").order_by("pk"))
    holders = holders_of(letters)
    known = letter_verbs.handovers_of({row.file_id for row in letters})
    letters = [row for row in letters if holders.get(row.pk) in organizations]
    letters = [row for row in letters if all(before.on < on for before in known[row.file_id])]
    return _suggested(letters, subjects, holders, on)


def left_by(user: User, page: Frame, organizations: Collection[int]) -> LeftOpen:
    """The LeftOpen of `organizations` (ids) that is the user's to hand over: letters for who keeps them."""
    left = left_open(organizations, clock.today()) if organizations else LeftOpen()
    capacities = access.capacities(user, page.organization, page.day)
    return left if access.may_keep(Keep.LETTERS, capacities) else LeftOpen({}, left.subjects)


def _suggested(
    letters: Collection[Letter], subjects: Collection[InspectionSubject], holders: Mapping[int, int], on: date
) -> LeftOpen:
    blocs = {spell.organization_id: spell.organization for spell in lineage.blocs(on)}
    conductors = {row.inspection.conductor_id for row in subjects}
    holding = conductors | set(holders.values())
    places = _Places(on, {row.organization_id for row in (*letters, *subjects)} | holding)
    standing = {spell.organization_id: spell.organization for spell in lineage.places(on)}
    were = OrganizationSpell.objects.standing().filter(organization__in=holding, kind=Kind.KHOI)
    of_blocs = set(were.values_list("organization_id", flat=True))

    def receiver(row: Letter | InspectionSubject, holder: int) -> Organization | None:
        bloc = places.bloc(row.organization_id, blocs) if holder in of_blocs else None
        return blocs[bloc] if bloc else standing.get(places.now(holder))

    return LeftOpen(
        {row: receiver(row, holders[row.pk]) for row in letters},
        {row: receiver(row, row.inspection.conductor_id) for row in subjects},
    )
