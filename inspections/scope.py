"""What a page about an organization in a year looks at: itself, those below it, and those it took over."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q

from organizations import lineage
from organizations.successions import taken_over

from .counted import kept_on
from .models import InspectionSubject

EVER = 0


@dataclass(frozen=True)
class Scope:
    """`page`: the Frame. Rows are those of its year as they stand today, seen on its day."""

    page: object

    @property
    def here(self):
        return self.page.organization.pk

    @property
    def first(self):
        return date(self.page.year, 1, 1)

    @cached_property
    def below(self):
        """Ids of those below it on the day, itself included."""
        return set(lineage.below([self.here], self.page.day).values_list("organization", flat=True))

    @cached_property
    def _taken(self):
        spans = {self.page.year: (self.first, self.page.day), EVER: (date.min, self.page.day)}
        return {name: by_node.get(self.here, []) for name, by_node in taken_over(spans).items()}

    @property
    def before(self):
        """Ids of those it took over in the year: their figures of the year are its own against its target."""
        return self._taken[self.page.year]

    @property
    def ever_before(self):
        """Ids of all it took over up to the day: what they left open is its own to answer."""
        return self._taken[EVER]

    @property
    def answering(self):
        """Ids for whose work the organization answers: itself and those it took over."""
        return {self.here, *self.ever_before}

    @property
    def seen(self):
        return self.below | self.answering

    def subjects(self):
        """Subjects of the year in inspections by or of the organizations in sight, each with who had it on the day."""
        rows = InspectionSubject.objects.standing().filter(inspection__voided__isnull=True)
        rows = rows.filter(kept_on(self.page.day), inspection__year=self.page.year)
        return rows.filter(Q(inspection__conductor__in=self.seen) | Q(organization__in=self.seen))

    def names(self, ids):
        """{id: its label on the day}, with a word for one it took over."""
        labels = lineage.labels(ids, self.page.day)
        return {pk: f"{name} (đã kết thúc)" if pk in self.ever_before else name for pk, name in labels.items()}

    def names_of(self, subjects):
        """`names` of who is looked at in `subjects`, and by whom."""
        return self.names({pk for row in subjects for pk in (row.organization_id, row.inspection.conductor_id)})
