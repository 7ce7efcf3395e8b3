"""One member's ratings over the years: what whoever may see their cell is shown."""

from dataclasses import dataclass

from ledger import clock
from members.visibility import sight
from organizations import lineage
from ratings.judging.words import Words
from ratings.models import MemberRating

from .sentences import of_lines


@dataclass(frozen=True)
class YearOfMember:
    """One line of a member. `breaks`: the scheme is not comparable with that of the line before in time."""

    line: MemberRating
    place: str
    words: str
    breaks: bool
    told: list

    @property
    def period(self):
        return self.line.period


def page_of(user, pk):
    """Context of templates/ratings/history/member.html; Http404 for a member none of whose cells the user may see.

    Where the member is now decides whose levels are shown: who sees the present cell sees them all, as the sheet shows
    them; who sees only an earlier cell sees those given there. Histories are shown of visible cells alone.
    """
    seen = sight(user, pk)
    lines = _lines(pk, None if seen.present else seen.visible)
    return seen.context() | {"member": seen.member, "rows": _rows(lines, seen.visible), "tab": "ratings"}


def _lines(member, cells):
    lines = MemberRating.objects.standing().filter(member=member).select_related("period__scheme")
    lines = lines.order_by("period__cutoff", "period__quarter", "pk")
    lines = lines.prefetch_related("period__scheme__levels", "period__scheme__reasons")
    return list(lines if cells is None else lines.filter(organization__in=cells))


def _rows(lines, visible):
    """[YearOfMember], latest first."""
    told = of_lines([line for line in lines if line.organization_id in visible])
    names = lineage.labels({line.organization_id for line in lines}, clock.today())
    years, before = [], None
    for line in lines:
        group = line.period.scheme.comparable_group
        years.append(
            YearOfMember(
                line=line,
                place=names[line.organization_id],
                words=Words(line.period.scheme).member(line),
                breaks=before is not None and group != before,
                told=told.get((line.period_id, line.organization_id), []),
            )
        )
        before = group
    return years[::-1]
