"""Verbs of discipline that followed from an inspection or a letter (domain §4.4).

A member's discipline and an expulsion are recorded by the verbs of members; here they are tied to what they followed from.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from inspections.models import (
    Consequence,
    Inspection,
    InspectionSubject,
    Letter,
    LetterFile,
    OrganizationDiscipline,
)
from inspections.verbs import InspectionVerb
from ledger.acts import Refused, act, require_past
from ledger.models import Document, User
from ledger.numbers import day_in_words
from ledger.text import within_sentence
from members.models import Discipline, Membership
from organizations import lineage
from organizations.models import Organization

from .consequences import MODELS, day_of, free

Cause = InspectionSubject | Letter


@dataclass(frozen=True, kw_only=True)
class Decision:
    """A discipline of an organization. `origin`: the InspectionSubject or Letter it followed from, or None."""

    organization: Organization
    kind: int
    on: date
    origin: "Cause | None" = None


def discipline_organizations(
    rows: Iterable[Decision], *, by: User, on: date, document: Document | None = None, reason: str = ""
) -> list[OrganizationDiscipline]:
    """`rows`: [Decision]. Returns the OrganizationDisciplines, each tied to its origin.

    Waits until nobody else is writing: what is new has no row yet to lock.
    """
    rows = list(rows)
    with act(
        InspectionVerb.DISCIPLINE, by=by, on=on, document=document, reason=reason, alone=True, undoable=True
    ) as change:
        origins = _hold([row.origin for row in rows if row.origin])
        for row in rows:
            whom = f"Tổ chức {row.organization.code}"
            require_past(row.on, whom)
            if row.origin:
                _check_after(whom, row.on, origins[_key(row.origin)])
        lineage.require_standing((row.organization, row.on, "Kỷ luật tổ chức") for row in rows)
        _check_new(rows)
        made = OrganizationDiscipline.objects.bulk_create(
            OrganizationDiscipline(organization=row.organization, kind=row.kind, on=row.on, added=change)
            for row in rows
        )
        Consequence.objects.bulk_create(
            Consequence(organization_discipline=done, **_columns(row.origin), added=change)
            for done, row in zip(made, rows, strict=True)
            if row.origin
        )
        return made


def _check_new(rows: Collection[Decision]) -> None:
    """Refused for a decision that stands already, or twice among `rows`: one organization, form and day."""
    standing = OrganizationDiscipline.objects.standing().filter(
        organization__in={row.organization.pk for row in rows}, on__in={row.on for row in rows}
    )
    known = set(standing.values_list("organization", "kind", "on"))
    for row in rows:
        what = (row.organization.pk, row.kind, row.on)
        if what in known:
            form = within_sentence(OrganizationDiscipline.Kind(row.kind).label)
            raise Refused(
                f"Tổ chức {row.organization.code}: đã ghi kỷ luật {form} ngày {day_in_words(row.on)}; không ghi thêm lần nữa. "
                "Nếu là quyết định khác, hãy xem lại hình thức và ngày."
            )
        known.add(what)


def tie(
    rows: Iterable[tuple[Discipline | Membership, Cause]],
    *,
    by: User,
    on: date,
    document: Document | None = None,
    reason: str = "",
) -> list[Consequence]:
    """Ties disciplines of members to what they followed from.

    `rows`: [(row, origin)]: a Discipline, or the Membership that an expulsion ended; an InspectionSubject or a Letter.
    """
    rows = list(rows)
    with act(InspectionVerb.TIE, by=by, on=on, document=document, reason=reason, undoable=True) as change:
        origins = _hold([origin for _, origin in rows])
        open_ = {}
        for row, origin in rows:
            column = next(name for name, model in MODELS.items() if type(row) is model)
            _check_after(row.member, day_of(column, row), origins[_key(origin)])
            if _key(origin) not in open_:
                open_[_key(origin)] = {
                    (n, r.pk) for n, r in free(origins[_key(origin)].organization, _days(origins[_key(origin)]))
                }
            if (column, row.pk) not in open_[_key(origin)]:
                raise Refused(
                    f"{row.member}: kỷ luật này đã gắn với việc khác, đã hủy, hoặc của người không ở tổ chức đó."
                )
        return Consequence.objects.bulk_create(
            Consequence(
                **{name: row for name, model in MODELS.items() if type(row) is model}, **_columns(origin), added=change
            )
            for row, origin in rows
        )


def disciplines_to_tie(origin: Cause) -> list[tuple[str, Any]]:
    """[(column, row)] of what `tie` takes for `origin`, an InspectionSubject that is done or a Letter."""
    return free(origin.organization, _days(origin))


def _days(origin: Cause) -> list[date]:
    if isinstance(origin, Letter):
        return [origin.received_on, *filter(None, [origin.resolved_on])]
    return [origin.done_on]


def _check_after(whom: object, day: date, origin: Cause) -> None:
    if isinstance(origin, Letter):
        if day < origin.received_on:
            raise Refused(
                f"{whom}: kỷ luật ngày {day_in_words(day)}, trước ngày nhận đơn {day_in_words(origin.received_on)}."
            )
    elif origin.done_on is None:
        raise Refused(f"{origin.inspection.title}, tổ chức {origin.organization.code}: chưa hoàn thành.")
    elif day < origin.done_on:
        raise Refused(
            f"{whom}: kỷ luật ngày {day_in_words(day)}, trước ngày hoàn thành kiểm tra {day_in_words(origin.done_on)}."
        )


def _key(origin: Cause) -> int | tuple[int, int]:
    """Names an origin through all its versions."""
    return origin.file_id if isinstance(origin, Letter) else origin.key


def _columns(origin: Cause) -> dict[str, int]:
    if isinstance(origin, Letter):
        return {"file_id": origin.file_id}
    return {"inspection_id": origin.inspection_id, "organization_id": origin.organization_id}


def _hold(origins: Collection[Cause]) -> dict[int | tuple[int, int], Cause]:
    """{key: the origin as it stands}, inspections and letters locked in order."""
    letters = {o.file_id for o in origins if isinstance(o, Letter)}
    subjects = {o.key for o in origins if isinstance(o, InspectionSubject)}
    inspections = {inspection for inspection, _ in subjects}
    for model, ids in ((Inspection, inspections), (LetterFile, letters)):
        list(model.objects.locked().filter(pk__in=sorted(ids)).order_by("pk"))
    rows = InspectionSubject.objects.standing().filter(inspection__in=inspections)
    standing = {row.key: row for row in rows.select_related("inspection", "organization")}
    rows = Letter.objects.standing().filter(file__in=letters).select_related("organization")
    standing |= {row.file_id: row for row in rows}
    for origin in origins:
        if _key(origin) not in standing:
            raise Refused("Lượt kiểm tra hoặc đơn này đã hủy. Hãy mở lại trang.")
    return standing
