"""How the discipline that followed from an inspection or a letter follows when two records of a person become one."""

from ledger.acts import Refused, supersede, void
from ledger.numbers import day as in_words
from members.models import Discipline, Exit, Membership

from .consequences import day_of, followed, linked
from .models import TOLD_AS, Consequence


def follow(kept, dropped, change):
    """Follower of members/merging.py: ties what gave way to its like on the kept record; Refused where there is none."""
    links = Consequence.objects.filter(voided__isnull=True, organization_discipline__isnull=True)
    lost = [found.link for found in followed(links.order_by("pk")) if found.row is None]
    taken = linked() if lost else set()
    for link in lost:
        column, _ = link.what
        like = _like(kept, column, getattr(link, column))
        if like is None:
            day = in_words(day_of(column, getattr(link, column)))
            raise Refused(
                f"{kept}: kỷ luật ngày {day} có sau {TOLD_AS}; gộp theo chiều này thì kỷ luật ấy không còn. "
                "Hãy giữ hồ sơ kia, hoặc hỏi nơi đã ghi."
            )
        if (column, like.pk) in taken:
            void(Consequence.objects.filter(pk=link.pk), change)
        else:
            supersede([(link, {f"{column}_id": like.pk})], change)


def _like(member, column, row):
    """The standing row of `member` that says what `row`, a Discipline or the Membership an expulsion ended, says; None."""
    if column == "discipline":
        rows = Discipline.objects.filter(voided__isnull=True, kind=row.kind, on=row.on)
    else:
        rows = Membership.objects.current().filter(exit=Exit.EXPELLED, ends=row.ends)
    return rows.filter(member=member).order_by("pk").first()
