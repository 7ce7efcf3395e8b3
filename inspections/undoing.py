"""Taking back, whole, an act that a page of this app tells of: who may, what stands in the way, what else goes with it."""

from dataclasses import dataclass

from ledger import clock, undo
from ledger.acts import Refused
from organizations import access
from organizations.access import Keep

from .models import Conclusion, Consequence, Forwarding, Handover, Inspection, InspectionSubject, Letter, Outcome

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
    wanted = [(Keep.INSPECTIONS, row.conductor) for row in inspections]
    if _by(Consequence, change, "pk"):
        wanted += [(Keep.DISCIPLINE, row.conductor) for row in inspections]
    files = {
        file for model in (Letter, Forwarding, Handover, Outcome, Consequence) for file in _by(model, change, "file")
    }
    letters = Letter.objects.filter(file__in=files - {None}, voided__isnull=True).select_related("organization")
    wanted += [(Keep.LETTERS, row.organization) for row in letters]
    held = access.capacities_of(user, [organization for _, organization in wanted], day)
    return bool(wanted) and all(access.may_keep(keep, held[organization.pk]) for keep, organization in wanted)


def _inspections(change):
    ids = _by(Inspection, change, "pk")
    for model in (InspectionSubject, Conclusion, Consequence, Handover):
        ids |= _by(model, change, "inspection")
    return list(Inspection.objects.filter(pk__in=ids - {None}).select_related("conductor"))


def _by(model, change, column):
    """Values of `column` in the rows that `change` added or voided."""
    return {
        value
        for side in ("added", "voided")
        for value in model.objects.filter(**{side: change}).values_list(column, flat=True)
    }
