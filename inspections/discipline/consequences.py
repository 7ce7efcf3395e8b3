"""The discipline that followed from an inspection or a letter: the rows as they stand today.

A link keeps the row it was made with. When that row is written anew (a correction, a merge of two records, an act taken
back), the link holds for the row that took its place.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from inspections.models import Consequence, OrganizationDiscipline
from ledger.acts import Refused
from ledger.numbers import day_in_words
from members.models import Discipline, Exit, Membership
from organizations import lineage

PLACE = "member__memberships__organization"

MODELS = {
    "discipline": Discipline,
    "expulsion": Membership,
    "organization_discipline": OrganizationDiscipline,
}
RELATED = {
    "discipline": ("member",),
    "expulsion": ("member", "organization"),
    "organization_discipline": ("organization",),
}


@dataclass(frozen=True)
class Followed:
    """A link with the discipline as it stands; `row` is None when nothing stands in its place."""

    link: Consequence
    row: object

    @property
    def column(self):
        return self.link.what[0]

    @property
    def member(self):
        return getattr(self.row, "member", None)

    @property
    def organization(self):
        """The organization disciplined; None for a member."""
        return self.row.organization if self.column == "organization_discipline" else None

    @property
    def words(self):
        return "Khai trừ" if self.column == "expulsion" else self.row.get_kind_display()

    @property
    def day(self):
        return day_of(self.column, self.row)


def day_of(column, row):
    """The day a disciplinary decision took effect."""
    return row.ends if column == "expulsion" else row.on


def followed(links):
    """[Followed] of `links` (a queryset of Consequence), in order; a constant number of queries but for corrections."""
    links = list(links)
    now = {
        name: today(model, {pk for link in links for n, pk in [link.what] if n == name})
        for name, model in MODELS.items()
    }
    disciplines = []
    for link in links:
        name, pk = link.what
        row = now[name][pk]
        disciplines.append(Followed(link, None if row is None or not _still(name, row) else row))
    return disciplines


def _still(name, row):
    return name != "expulsion" or row.exit == Exit.EXPELLED


def today(model, ids):
    """{id: the row that stands for it today, or None} of rows of a Recorded `model`."""
    name = next(name for name, of in MODELS.items() if of is model)
    standing, left = {}, {pk: pk for pk in ids}  # id now looked at → id asked for
    while left:
        rows = model._base_manager.filter(pk__in=left).select_related("voided", *RELATED[name])
        onward = {}
        for row in list(rows):
            if row.voided_id is None:
                standing[left[row.pk]] = row
            else:
                onward[left[row.pk]] = row
        successors = _successors(model, list(onward.values()))
        left = {successors[row.pk]: asked for asked, row in onward.items() if row.pk in successors}
        standing |= dict.fromkeys(onward.keys() - left.values())
    return standing


def _successors(model, rows):
    """{id of a voided row: id of the one row that took its place}."""
    acts = {row.pk: row.voided.undone_id or row.voided_id for row in rows}
    added = defaultdict(list)
    for row in model._base_manager.filter(added__in=set(acts.values())) if acts else ():
        added[row.added_id].append(row)
    return {row.pk: one[0].pk for row in rows if len(one := [x for x in added[acts[row.pk]] if _same(row, x)]) == 1}


def _same(row, other):
    """Whether `other` may be `row` written anew: the same decision, or another about the same person."""
    decision = ("kind", "on") if hasattr(row, "on") else ("organization_id", "ends", "exit")
    whose = "organization_id" if isinstance(row, OrganizationDiscipline) else "member_id"
    same = [getattr(row, name) == getattr(other, name) for name in decision]
    return all(same) or (getattr(row, whose) == getattr(other, whose) and hasattr(row, "on"))


def from_subjects(keys):
    """[Followed] from `keys` ((inspection id, organization id) pairs)."""
    links = Consequence.objects.standing().filter(inspection__in={inspection for inspection, _ in keys})
    return followed([link for link in links.order_by("pk") if link.key in keys])


def from_file(file):
    """[Followed] from a letter."""
    return followed(Consequence.objects.standing().filter(file=file).order_by("pk"))


def require_before(days):
    """Refused where a discipline that followed would come before what it followed from.

    `days`: {key of an InspectionSubject, or file id of a Letter: (whom, its day)}. A constant number of queries.
    """
    files = [key for key in days if not isinstance(key, tuple)]
    inspections = {key[0] for key in days if isinstance(key, tuple)}
    links = Consequence.objects.standing().filter(Q(file__in=files) | Q(inspection__in=inspections))
    for discipline in followed(links.order_by("pk")):
        whom, day = days.get(discipline.link.file_id or discipline.link.key, ("", None))
        if day and discipline.row and discipline.day < day:
            raise Refused(
                f"{whom}: kỷ luật ghi sau việc này có từ ngày {day_in_words(discipline.day)}, trước ngày {day_in_words(day)}. "
                "Hãy xem lại ngày, hoặc hủy việc ghi kỷ luật ấy trước."
            )


def linked():
    """{(column, id of a row that stands today)} of all that is linked."""
    return {(f.column, f.row.pk) for f in followed(Consequence.objects.standing()) if f.row}


def free(organization, days):
    """[(column, row)] of disciplines of members that followed from nothing yet, latest first.

    Members who stood below `organization` on one of `days`, from the earliest of them on.
    """
    below = Q()
    for day in days:
        below |= Q(
            member__memberships__voided__isnull=True,
            member__memberships__starts__lte=day,
            member__memberships__ends__gt=day,
            **{lineage.above(PLACE): organization},
            **lineage.line_on(day, PLACE),
        )
    taken, first = linked(), min(days)
    rows = [("discipline", r) for r in _distinct(Discipline.objects.standing().filter(below, on__gte=first))]
    gone = Membership.objects.standing().filter(below, exit=Exit.EXPELLED, ends__gte=first)
    rows += [("expulsion", row) for row in _distinct(gone)]
    rows = [(name, row) for name, row in rows if (name, row.pk) not in taken]
    return sorted(rows, key=lambda pair: (day_of(*pair), pair[1].pk), reverse=True)


def _distinct(rows):
    return rows.select_related("member").distinct()
