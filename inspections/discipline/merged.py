"""How the discipline that followed from an inspection or a letter follows when two records of a person become one."""

from inspections.models import TOLD_AS, Consequence
from ledger.acts import Refused, supersede, void
from ledger.models import Change
from ledger.numbers import day_in_words
from members.merging.heirs import heir_of
from members.models import Discipline, Exit, Member, Membership

from .consequences import day_of, followed, linked


def follow(kept: Member, dropped: Member, change: Change) -> None:
    """Follower of members/merging/mergers.py: ties what gave way to its like on the kept record; Refused where there is none."""
    links = Consequence.objects.standing().filter(organization_discipline__isnull=True)
    lost = [f.link for f in followed(links.order_by("pk")) if f.row is None and _stood_with(f.link) == kept.pk]
    taken = linked() if lost else set()
    for link in lost:
        column, _ = link.what
        like = _like(kept, column, getattr(link, column))
        if like is None:
            day = day_in_words(day_of(column, getattr(link, column)))
            raise Refused(
                f"{kept}: kỷ luật ngày {day} có sau {TOLD_AS}; gộp theo chiều này thì kỷ luật ấy không còn. "
                "Hãy giữ hồ sơ kia, hoặc hỏi nơi đã ghi."
            )
        if (column, like.pk) in taken:
            void(Consequence.objects.filter(pk=link.pk), change)
        else:
            supersede([(link, {f"{column}_id": like.pk})], change)


def _stood_with(link: Consequence) -> int:
    """Id of the record that the link's member is on, mergers followed: a link broken otherwise is no matter of this one."""
    member = getattr(link, link.what[0]).member_id
    return heir_of(member) or member


def _like(member: Member, column: str, row: Discipline | Membership) -> Discipline | Membership | None:
    """The standing row of `member` that says what `row`, a Discipline or the Membership an expulsion ended, says; None."""
    if column == "discipline":
        rows = Discipline.objects.standing().filter(kind=row.kind, on=row.on)
    else:
        rows = Membership.objects.standing().filter(exit=Exit.EXPELLED, ends=row.ends)
    return rows.filter(member=member).order_by("pk").first()
