"""The history of an organization read as sentences, latest first, and the acts that wrote it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from ledger.models import Change, Document, Recorded
from ledger.spells import FOREVER
from ledger.text import within_sentence
from ledger.verbs import Verb

from . import lineage
from .models import Kind, Lineage, Organization, OrganizationSpell, Origin, OutsideTransfer, StaffCount, Succession
from .verbs import TreeVerb

EVE = timedelta(days=1)
Names = Mapping[tuple[int, date], str]  # {(organization id, day): label}
ENDS = {
    TreeVerb.MERGE: "Sáp nhập vào {}",
    TreeVerb.UNITE: "Hợp nhất thành {}",
    TreeVerb.SPLIT: "Chia tách thành {}",
}


@dataclass(frozen=True)
class OrganizationEvent:
    day: date
    text: str
    document: Document | None = None


def events(organization: Organization) -> list[OrganizationEvent]:
    """[OrganizationEvent] of `organization`: founding, names, kinds and parents, what it took over, what was split off, its end;
    its staff of each year.

    An act that was undone is no event. Number of queries: constant.
    """
    spells, papers = _spells(organization)
    successions, origins = list(_rows(Succession, organization)), list(_rows(Origin, organization))
    outside = {row.came: row for row in _rows(OutsideTransfer, organization)}
    names = _names(spells, successions, origins)
    history = []
    before = None
    for spell in spells:
        history += _turn(before, spell, papers[spell.starts], names, outside.get(True))
        before = spell
    history += _split_off(organization, origins, names)
    history += _taken_over([row for row in successions if row.successor_id == organization.pk], names)
    gone = [row for row in successions if row.predecessor_id == organization.pk]
    history += _end(before, gone, names, outside.get(False))
    history += _staff(organization)
    return sorted(history, key=lambda event: event.day, reverse=True)


def acts(organization: Organization) -> list[Change]:
    """Changes that wrote or took back anything of this history, latest first; those undone since say so (`undone`)."""
    ids = set()
    for model, about in _ABOUT.items():
        for pair in model.objects.filter(_about(organization, about)).values_list("added", "voided"):
            ids |= set(pair)
    rows = Change.objects.filter(pk__in=ids - {None}).select_related("by", "document", "undone", "undoes")
    return list(rows.order_by("-pk"))


def organizations_of(change: Change) -> list[str]:
    """Codes of the organizations whose history tells of what `change` wrote, in order."""
    rows = [
        model.objects.filter(added=change).values_list(f"{name}__code")
        for model, names in _ABOUT.items()
        for name in names
    ]
    return sorted({code for (code,) in rows[0].union(*rows[1:])})


_ABOUT = {
    OrganizationSpell: ("organization",),
    Succession: ("predecessor", "successor"),
    Origin: ("organization", "source"),
    OutsideTransfer: ("organization",),
    StaffCount: ("organization",),
}


def _about(organization: Organization, names: Iterable[str]) -> Q:
    condition = Q()
    for name in names:
        condition |= Q(**{name: organization})
    return condition


def _rows(model: type[Recorded], organization: Organization) -> QuerySet[Any]:
    rows = model.objects.standing().filter(_about(organization, _ABOUT[model]))
    more = ["formerly"] if model is OutsideTransfer else []
    return rows.select_related("added__document", *more).order_by("on", "pk")


def _spells(organization: Organization) -> tuple[list[OrganizationSpell], dict[date, Document | None]]:
    """([standing spells in order of time], {starts: the paper of the act that first opened the spell of that day})."""
    rows = OrganizationSpell.objects.filter(organization=organization).order_by("id")
    rows = list(rows.select_related("added__document"))
    # A spell shortened later, or restored by an undoing, was inserted anew.
    papers = {row.starts: row.added.document for row in reversed(rows) if row.added.undone_id is None}
    return sorted((row for row in rows if row.voided_id is None), key=lambda row: row.starts), papers


def _names(spells: Iterable[OrganizationSpell], successions: Iterable[Succession], origins: Iterable[Origin]) -> Names:
    """{(organization id, day): label} of all that the events speak of: what ends or is left by its name of the eve."""
    wanted = {(s.parent_id, day) for s in spells if s.parent_id for day in (s.starts, s.starts - EVE, s.ends - EVE)}
    wanted |= {pair for row in successions for pair in ((row.predecessor_id, row.on - EVE), (row.successor_id, row.on))}
    wanted |= {pair for row in origins for pair in ((row.source_id, row.on - EVE), (row.organization_id, row.on))}
    return lineage.labels_at(wanted)


def _turn(
    before: OrganizationSpell | None,
    spell: OrganizationSpell,
    document: Document | None,
    names: Names,
    received: OutsideTransfer | None,
) -> list[OrganizationEvent]:
    if before is None:
        how = f"Tiếp nhận từ {received.elsewhere}" if received else "Thành lập"
        if received and received.formerly:
            how = f"Trở lại từ {received.elsewhere}, trước khi chuyển đi là {received.formerly.code}"
        return [OrganizationEvent(spell.starts, f"{how}: {spell.name}", document)]
    events = []
    if before.name != spell.name:
        events.append(OrganizationEvent(spell.starts, f"Đổi tên từ {before.name} thành {spell.name}", document))
    if before.parent_id != spell.parent_id:
        old = names.get((before.parent_id, spell.starts - EVE), "–")
        new = names.get((spell.parent_id, spell.starts), "–")
        events.append(OrganizationEvent(spell.starts, f"Chuyển trực thuộc từ {old} sang {new}", document))
    if before.kind != spell.kind:
        kinds = (within_sentence(before.get_kind_display()), within_sentence(spell.get_kind_display()))
        events.append(OrganizationEvent(spell.starts, "Chuyển loại hình từ {} thành {}".format(*kinds), document))
    return events


def _split_off(organization: Organization, origins: Iterable[Origin], names: Names) -> Iterator[OrganizationEvent]:
    for row in origins:
        if row.organization_id == organization.pk:
            text = f"Tách ra từ {names[row.source_id, row.on - EVE]}"
        else:
            text = f"Chia tách, thành lập {names[row.organization_id, row.on]}"
        yield OrganizationEvent(row.on, text, row.added.document)


def _taken_over(rows: Collection[Succession], names: Names) -> Iterator[OrganizationEvent]:
    """One event for each that it took over; not for what ended together with the committee it stood under."""
    eves = {row.on - EVE for row in rows}
    ids = {row.predecessor_id for row in rows}
    lines = Lineage.objects.standing().filter(organization__in=ids, ancestor__in=ids, ends__in=[d + EVE for d in eves])
    beneath = {(o, ends) for o, above, ends in lines.values_list("organization", "ancestor", "ends") if o != above}
    for row in rows:
        if (row.predecessor_id, row.on) not in beneath:
            word = "Tiếp nhận" if row.principal else "Cùng kế thừa"
            yield OrganizationEvent(row.on, f"{word} {names[row.predecessor_id, row.on - EVE]}", row.added.document)


def _end(
    last: OrganizationSpell | None, rows: list[Succession], names: Names, sent: OutsideTransfer | None
) -> Iterator[OrganizationEvent]:
    if last is None or last.ends == FOREVER:
        return
    if sent:
        yield OrganizationEvent(last.ends, f"Chuyển đi: {sent.elsewhere}", sent.added.document)
        return
    if not rows:
        document = last.added.document if last.added.on == last.ends else None
        yield OrganizationEvent(last.ends, "Kết thúc hoạt động", document)
        return
    rows = sorted(rows, key=lambda row: not row.principal)
    first, *others = [names[row.successor_id, row.on] for row in rows]
    heirs = f"{first} (kế thừa chính), {', '.join(others)}" if others else first
    verb = rows[0].added.verb
    if verb == TreeVerb.END_BLOC and last.kind != Kind.KHOI:
        verb = _done_on_the_way(rows[0])
    text = ENDS.get(verb, "Kết thúc hoạt động; kế thừa: {}")
    yield OrganizationEvent(last.ends, text.format(heirs), rows[0].added.document)


def _staff(organization: Organization) -> Iterator[OrganizationEvent]:
    rows = StaffCount.objects.standing().filter(organization=organization).select_related("added__document")
    for row in rows.order_by("year"):
        text = f"Số công chức, viên chức, người lao động năm {row.year}: {row.in_words}"
        yield OrganizationEvent(row.added.on, text, row.added.document)


def _done_on_the_way(row: Succession) -> Verb:
    """The Verb of what became of an organization while its bloc ended. `row`: its principal Succession."""
    if OrganizationSpell.objects.standing().filter(organization=row.successor, starts__lt=row.on).exists():
        return TreeVerb.MERGE
    beside = Succession.objects.standing().filter(on=row.on, successor=row.successor)
    return TreeVerb.UNITE if beside.exclude(predecessor=row.predecessor).exists() else TreeVerb.SPLIT
