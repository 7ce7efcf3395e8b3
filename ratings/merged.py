"""How the ratings of a person follow when two records become one (members/merging/mergers.py), locked periods included.

One line a member on a sheet, one that counts in a period: where both records have one, the kept record's stands.
What was locked is voided and inserted anew, so that what was published can still be read as it stood.
"""

from django.db.models import QuerySet
from simple_history.utils import bulk_create_with_history

from ledger.acts import copies, void
from ledger.models import Change
from members.merging.mergers import Fate
from members.models import Member

from .judging.words import Words
from .models import MemberRating


def fates(kept: Member, dropped: Member) -> list[tuple[MemberRating, Fate]]:
    """[(line, Fate)] of every line that does not stay as it is; of the kept record those that give way."""
    mine, theirs = (list(_lines(member)) for member in (kept, dropped))
    by_sheet = {line.sheet_id: line for line in mine}
    counted = {line.period_id for line in mine if line.on_roll}
    line_fates = []
    for line in theirs:
        twin = by_sheet.get(line.sheet_id)
        if (line.on_roll and line.period_id in counted) or (twin and not line.on_roll):
            line_fates.append((line, Fate.REPEATS))
            continue
        line_fates.append((line, Fate.MOVED))
        if twin:
            line_fates.append((twin, Fate.REPEATS))
    return line_fates


def _lines(member: Member) -> QuerySet[MemberRating]:
    lines = MemberRating.objects.standing().filter(member=member).order_by("period__cutoff", "pk")
    return lines.select_related("period__scheme").prefetch_related("period__scheme__levels", "period__scheme__reasons")


def follow(kept: Member, dropped: Member, change: Change) -> None:
    """Told by the merger, inside its act."""
    line_fates = fates(kept, dropped)
    void(MemberRating.objects.filter(pk__in=[line.pk for line, _ in line_fates]), change)
    moved = copies([line for line, fate in line_fates if fate == Fate.MOVED], change)
    for line in moved:
        line.member, line.changed = kept, change
    bulk_create_with_history(moved, MemberRating, default_user=change.by)


def tell(kept: Member, dropped: Member) -> list[tuple[str, Fate]]:
    """[(what a line says, Fate)] for the preview of a merger."""
    return [
        (f"Xếp loại {line.period.inline}: {Words(line.period.scheme).member(line)}", fate)
        for line, fate in fates(kept, dropped)
    ]
