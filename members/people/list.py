"""The list of members as its query string asks for it: day, filters, columns, order, page, and who of them is picked."""

from functools import cached_property

from django import forms
from django.db.models import Case, Count, F, OuterRef, Subquery, Value, When
from django.http import QueryDict

from ledger.text import as_id
from ledger.web.paging import WHOLE
from members.identity.homonyms import tell_apart
from members.models import Post
from members.roll.divisions import tally, with_states
from members.roll.forms import DayForm
from members.roll.on_a_day import roll
from members.visibility import known_whole, open_to
from organizations import lineage
from organizations.frame import frame
from organizations.models import CELLS

from .filters import PeopleFilter
from .table import PeopleTable

PICKED, ALL = "chon", "tat_ca"
COLUMNS = "cot"
# What the record of today says, not the day looked at: told of those alone whose record the user sees.
OF_RECORD = {
    "qualification": "member__qualification",
    "theory": "member__theory",
    "occupation": "member__occupation",
    "card": "member__card_number",
}
PASSING = ("page", WHOLE, PICKED, ALL)  # what belongs to one visit and not to the way of looking


class ColumnsForm(forms.Form):
    """Query string: `cot`, each column shown beside the name; none named: the usual ones."""

    cot = forms.MultipleChoiceField(
        label="Cột hiện trong bảng",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Bảng không có cột “%(value)s”; đang hiện các cột thường dùng."},
    )

    def __init__(self, query):
        super().__init__(query if COLUMNS in query else {COLUMNS: list(PeopleTable.USUAL)})
        self.fields[COLUMNS].choices = PeopleTable.choices()

    @property
    def shown(self):
        return self.cleaned_data[COLUMNS] if self.is_valid() else list(PeopleTable.USUAL)


class PeopleList:
    """`query`: the QueryDict that carries the whole state. Raises Http404 as `frame` does."""

    def __init__(self, user, code, year, query):
        self.user, self.query = user, query
        self.asked = DayForm(query, year=year)
        self.page = frame(user, code, year, self.asked.day)
        self.columns = ColumnsForm(query)
        self.filter = PeopleFilter(
            query,
            queryset=roll(self.page.organization, self.page.day),
            day=self.page.day,
            cells=self.cells,
            known=known_whole(user),
        )

    @cached_property
    def names(self):
        """{organization id: label on the day} of all that stood below."""
        return {pk: lineage.label(here, above) for pk, (here, above) in self.places.items()}

    @cached_property
    def places(self):
        """{organization id: (its spell of the day, that of the one above)} of all that stood below."""
        spells = lineage.names(lineage.below([self.page.organization], self.page.day), self.page.day)
        above = lineage.names({spell.parent_id for spell in spells.values() if spell.parent_id}, self.page.day)
        return {pk: (spell, above.get(spell.parent_id)) for pk, spell in spells.items()}

    @property
    def cells(self):
        """{code: label} of the cells below, by code."""
        spells = lineage.places(self.page.day).filter(organization__in=self.names, kind__in=CELLS)
        return {s.organization.code: self.names[s.organization_id] for s in spells.order_by("organization__code")}

    @property
    def is_misread(self):
        """Whether something asked for could not be understood: the reader then stays at the form that says so."""
        return bool(self.asked.errors or self.filter.form.errors or self.columns.errors)

    @cached_property
    def chips(self):
        return self.filter.chips()

    @property
    def unread(self):
        """Sentences about what was asked and cannot be read: it does not act."""
        return [*self.asked.errors.get("ngay", ()), *self.filter.unread()]

    @cached_property
    def tally(self):
        return tally(self.filter.qs, self.page.day)

    def table(self, rows, *, pick):
        """The PeopleTable of `rows` with the columns asked for. `pick`: whether people can be picked in it."""
        shown = [*PeopleTable.ALWAYS, *self.columns.shown, *(["pick"] if pick else [])]
        hidden = [name for name in PeopleTable.base_columns if name not in shown]
        return PeopleTable(
            self._with_columns(rows),
            places=self.places,
            day=self.page.day,
            called=self._called(rows),
            ranked=self.filter.searches,
            exclude=hidden,
        )

    def _called(self, rows):
        """{member id: name and what tells them apart} of those among `rows` with a namesake; of one birth if that is shown."""
        shown = "born" in self.columns.shown
        same = ["member__full_name", *(["member__birth_date"] if shown else [])]
        several = rows.order_by().values(*same).annotate(people=Count("member")).filter(people__gt=1)
        names = set(several.values_list("member__full_name", flat=True))
        members = [row.member for row in rows.filter(member__full_name__in=names)] if names else []
        return {person.pk: person.called for person in tell_apart(members, self.user, born_shown=shown)}

    def _with_columns(self, rows):
        """Whether each person's page opens; what only some ask to see is asked of the database only then."""
        opens = open_to(self.user)
        rows = rows.annotate(opens=Value(True) if opens is None else opens)
        if "religion" in self.columns.shown:
            rows = rows.select_related("member__religion", "member__ethnic_group", "organization")
        if "standing" in self.columns.shown:
            rows = with_states(rows, self.page.day)
        if "post" in self.columns.shown:
            posts = Post.objects.on(self.page.day).filter(member=OuterRef("member_id")).order_by("kind")
            rows = rows.annotate(post=Subquery(posts.values("kind")[:1]))
        of_record = {name: column for name, column in OF_RECORD.items() if name in self.columns.shown}
        return rows.annotate(**{name: self._told(column) for name, column in of_record.items()})

    def _told(self, column):
        told = self.filter.known
        return F(column) if told is None else Case(When(told, then=F(column)), default=None)

    @property
    def state(self):
        """[(name, value)] of the query string without what passes: what forms beside the filter carry along."""
        return [(name, value) for name, values in self.query.lists() if name not in PASSING for value in values]

    @property
    def address(self):
        """The way of looking as a query string."""
        kept = QueryDict(mutable=True)
        for name, value in self.state:
            kept.appendlist(name, value)
        return kept.urlencode()

    # Who is picked

    @property
    def picks_all(self):
        return ALL in self.query

    @cached_property
    def picked(self):
        """The rows picked: all that match, or the ones ticked among them."""
        if self.picks_all:
            return self.filter.qs
        ids = {as_id(text) for text in self.query.getlist(PICKED)} - {None}
        return self.filter.qs.filter(member__in=ids)
