"""Taking back, whole, an act that a page of this app tells of: who may, what stands in the way, what else goes with it."""

from dataclasses import dataclass

from ledger import clock, undo
from ledger.acts import Refused
from organizations import access
from organizations.access import Keep

from .custody import stays
from .models import Conclusion, Consequence, Forwarding, Handover, Inspection, InspectionSubject, Letter, Outcome
from .visibility import keeps_letter

NOT_HIS = "Việc này còn ghi cho tổ chức khác hoặc loại việc khác, ngoài quyền của đồng chí."


@dataclass(frozen=True)
class Undoing:
    """An act that someone wants to take back. `obstacles`: why it cannot be; `inspections`: how many it touched."""

    change: object
    obstacles: list
    inspections: int


def undoing(user, change, day):
    """The Undoing of `change` for `user`; rights are those of `day`."""
    touched = _inspections(change)
    if not _may(user, change, touched, day):
        return Undoing(change, [NOT_HIS], len(touched))
    return Undoing(change, undo.standing_in_the_way(change), len(touched))


def take_back(user, change, day, reason):
    """Undoes `change`. Refused where it is not all the user's to keep, and as ledger/undo.py refuses."""
    if not _may(user, change, _inspections(change), day):
        raise Refused(NOT_HIS)
    undo.undo(change, by=user, on=clock.today(), reason=reason)


def _may(user, change, inspections, day):
    """Whether all that `change` wrote is of these registers, and the user's to keep."""
    if not undo.told_as([change.pk])[change.pk]:
        return False
    wanted = [(Keep.INSPECTIONS, row.conductor) for row in inspections]
    if _by(Consequence, change, "pk"):
        wanted += [(Keep.DISCIPLINE, row.conductor) for row in inspections]
    capacities = access.capacities_of(user, [organization for _, organization in wanted], day)
    letters = _letters(change)
    return bool(wanted or letters) and all(
        [
            *(access.may_keep(keep, capacities[organization.pk]) for keep, organization in wanted),
            *(_keeps(user, letter, change) for letter in letters),
        ]
    )


def _letters(change):
    """The letters that it touched, each as it was last written."""
    files = {
        file for model in (Letter, Forwarding, Handover, Outcome, Consequence) for file in _by(model, change, "file")
    }
    rows = Letter.objects.filter(file__in=files - {None}).select_related("organization").order_by("pk")
    return {row.file_id: row for row in rows}.values()


def _keeps(user, letter, change):
    """Who has a letter takes back what was written on it; who handed it over, the handing over as well."""
    return any(keeps_letter(user, stays(letter, without=act)) for act in (None, change))


def _inspections(change):
    """Those that it wrote on; not those that it brought a receiver, in the stead of others that are told."""
    ids = _by(Inspection, change, "pk")
    for model in (InspectionSubject, Conclusion, Consequence, Handover):
        ids |= _by(model, change, "inspection")
    ids -= set(Handover.objects.filter(added=change).values_list("taken", flat=True))
    return list(Inspection.objects.filter(pk__in=ids - {None}).select_related("conductor"))


def _by(model, change, column):
    """Values of `column` in the rows that `change` added or voided."""
    return {
        value
        for side in ("added", "voided")
        for value in model.objects.filter(**{side: change}).values_list(column, flat=True)
    }
