"""Whether an inspection, a letter may be seen, by whom it may be written on, and from where it is looked at."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.http import Http404

from ledger import clock
from organizations import access, lineage
from organizations.access import Capacity, Keep
from organizations.frame import frame

from .custody import stays
from .models import Inspection, InspectionSubject, Letter, LetterFile


@dataclass(frozen=True)
class InspectionSight:
    """An inspection as `user` may see it on `day`, the last of its year that has come.

    Who sees the conductor sees all of it; who sees only organizations looked at sees what concerns these.
    """

    user: object
    inspection: Inspection
    day: date
    visible: frozenset
    versions: list  # all rows of its subjects that may be seen, in order of id

    @property
    def whole(self):
        return self.inspection.conductor_id in self.visible

    @cached_property
    def subjects(self):
        """The subjects that stand, by code."""
        rows = [row for row in self.versions if row.voided_id is None]
        return sorted(rows, key=lambda row: row.organization.code)

    @cached_property
    def right_on(self):
        """The day whose tree gives rights: the last on which the conductor stood, for who took it over."""
        return self.last_stood(self.inspection.conductor)

    def last_stood(self, organization):
        """The day, or the last on which `organization` stood where it ended before."""
        return min(self.day, self.places[organization.pk].ends - timedelta(days=1))

    @cached_property
    def held(self):
        return access.capacities(self.user, self.inspection.conductor, self.right_on)

    @property
    def keeps(self):
        return self.whole and access.may_keep(Keep.INSPECTIONS, self.held)

    @property
    def disciplines(self):
        return self.whole and access.may_keep(Keep.DISCIPLINE, self.held)

    @cached_property
    def frame(self):
        """The conductor's page of that year, or that of the first organization looked at that may be opened.

        One that ended before the year came, with a plan that was made for it, is shown in its own last year.
        """
        organization = self.inspection.conductor if self.whole else self.versions[0].organization
        return frame(self.user, organization.code, self.last_stood(organization).year)

    @cached_property
    def _ids(self):
        return {self.inspection.conductor_id, *(row.organization_id for row in self.versions)}

    @cached_property
    def names(self):
        return lineage.labels(self._ids, self.day)

    @cached_property
    def places(self):
        """{organization id: the spell that names it on the day}"""
        return lineage.names(self._ids, self.day)

    @cached_property
    def ended(self):
        """{subject id: the spell of an organization that ended before it was looked at}"""
        places = {s.pk: self.places[s.organization_id] for s in self.subjects if s.done_on is None}
        return {pk: spell for pk, spell in places.items() if spell.ends <= self.day}


def inspection_for(user, pk):
    """The Sight of inspection `pk`; Http404 where the user may see neither who conducts it nor whom it looks at."""
    nothing = Http404("Không tìm thấy cuộc kiểm tra, giám sát này trong phạm vi của đồng chí.")
    inspection = _found(Inspection.objects.select_related("conductor", "added", "voided"), pk)
    if inspection is None:
        raise nothing
    rows = list(InspectionSubject.objects.filter(inspection=inspection).select_related("organization").order_by("pk"))
    day = clock.last_day(min(inspection.year, clock.today().year))
    ids = {inspection.conductor_id, *(row.organization_id for row in rows)}
    visible = access.visible_to(user, day).filter(pk__in=ids).values_list("pk", flat=True)
    sight = InspectionSight(user, inspection, day, frozenset(visible), rows)
    if sight.whole:
        return sight
    rows = [row for row in rows if row.organization_id in sight.visible]
    if not rows:
        raise nothing
    return InspectionSight(user, inspection, day, sight.visible, rows)


@dataclass(frozen=True)
class LetterSight:
    """A letter as `user` may see it. `versions`: its rows in order of id; `stays`: where it lay, as custody tells them."""

    user: object
    file: LetterFile
    versions: list
    stays: list

    @property
    def letter(self):
        return self.versions[-1]

    @cached_property
    def open(self):
        """Those of `stays` whose letters the user may read."""
        return [stay for stay in self.stays if access.sees_letters(_held(self.user, stay))]

    @property
    def keeps(self):
        """Whether the user writes on it: that is for who has it."""
        return keeps_letter(self.user, self.stays)

    @cached_property
    def ever_kept(self):
        """Whether the user keeps letters of a place where it ever lay: who handed it over may take that back."""
        return any(access.may_keep(Keep.LETTERS, _held(self.user, stay)) for stay in self.open)

    def require_kept(self):
        if not self.keeps:
            raise PermissionDenied(f"Việc {Keep.LETTERS} là của {Capacity.INSPECTION} đang giữ đơn này.")

    @cached_property
    def frame(self):
        """The page of the organization where it lies, or of where it last lay that may be opened."""
        stay = self.open[-1]
        return frame(self.user, stay.organization.code, stay.on.year, stay.on)


def letter_for(user, pk):
    """The LetterSight of file `pk`; 403 for who may see no letters, Http404 for one that is not, or lay elsewhere only."""
    access.require_letters(user)
    file = _found(LetterFile.objects.all(), pk)
    rows = Letter.objects.filter(file=file).select_related("organization").order_by("pk")
    rows = list(rows) if file else []
    sight = LetterSight(user, file, rows, stays(rows[-1]) if rows else [])
    if not sight.open:
        raise Http404("Không tìm thấy đơn này trong phạm vi của đồng chí.")
    return sight


def keeps_letter(user, stays):
    """Whether the user keeps a letter that lay so: where it lies now, as the tree stood when it came there."""
    return access.may_keep(Keep.LETTERS, _held(user, stays[-1]))


def _held(user, stay):
    return access.capacities(user, stay.organization, stay.on)


def _found(rows, pk):
    return rows.filter(pk=pk).first() if pk.bit_length() <= 63 else None  # the database counts no further
