"""What is already recorded of people for a day on which they would be off the roll."""

from ledger.acts import Refused
from ledger.numbers import day as in_words

from .models import BadgeAward, Discipline, Extension, Officialization

# Acts that only someone on the roll can have had.
MODELS = (Officialization, Extension, Discipline, BadgeAward)


def refuse_to_leave_acts(days):
    """Refused when one of these is recorded of a member from the day of leaving on. `days`: {Member: day}."""
    if not days:
        return
    leaving = {member.pk: (member, day) for member, day in days.items()}
    first = min(days.values())
    found = []
    for model in MODELS:
        for row in model.objects.filter(voided__isnull=True, member__in=leaving, on__gte=first).order_by("on", "pk"):
            member, day = leaving[row.member_id]
            if row.on >= day:
                found.append(
                    f"{member} có {model._meta.verbose_name} ghi ngày {in_words(row.on)}; hãy hủy việc đó trước."
                )
    if found:
        raise Refused(found)
