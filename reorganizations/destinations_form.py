"""The form of a reorganization: the act itself, and a row for each cell, person and target that needs a destination.

Values of a destination: a code, where the people go while the cell ends; "ve:CODE", the cell goes on under CODE;
"giu", it goes on; "ra", its people leave the bloc; "moi-1", the first of those to be founded.
"""

from dataclasses import dataclass, replace

from django import forms
from django.forms.utils import ErrorDict

from indicators.targets import targets
from ledger.text import within_sentence
from ledger.web.forms import ActForm
from members.models import Exit
from organizations.models import Kind

from .fields import LEAVE, OUT, QuickSelect, SuggestedPlaceField, suggestion

STAY, UNDER, NEW = "giu", "ve:", "moi-{}"
UNIT, PERSON, TARGET = "don_vi_", "dang_vien_", "chi_tieu_"
MANY = 5000  # beyond so many people they are not listed one by one, and the page says so: no browser draws such a form
CHOOSE = ("", "– hãy chọn –")


@dataclass(frozen=True)
class DestinationRow:
    """One line of a table of destinations: whom it is about (spoken, with a note beside) and its field."""

    name: str
    note: str
    field: object


class ReorganizationForm(ActForm):
    """Base of the forms. `ground`: the bloc on the day of the act; `chosen`: {name: value} of what was chosen before.

    Subclasses say for which KINDS they make sense, how they are called, and give `plan()` once they are valid.
    """

    do_not_call_in_templates = True  # pages name the class itself: its title, what it says
    slug = title = say = ""
    KINDS: tuple[Kind, ...] = ()
    Choosing: type[forms.Form] | None = None  # the form that is asked first, where one is
    people_say = "Mỗi người đi theo chi bộ của mình, trừ những người đồng chí ghi khác ở đây."
    targets_say = ""
    template = "form"
    landing = ""  # code of the organization whose tree shows what was done, where it is another than its root
    hands_over = False  # whether letters and inspections left open are handed over by the same act
    people_first = False  # sharing out the people is what the act is about: they stand open

    def __init__(self, data=None, *, ground, chosen=None, **kwargs):
        super().__init__(data, **kwargs)
        self.ground, self.forest, self.code, self.here = ground, ground.forest, ground.code, ground.here
        self.chosen = chosen or {}
        self.fields["tu_ngay"].initial = ground.day
        self.units, self.cells, self.targets, self.suggestions, self.too_many = [], [], [], [], False
        self.setup()
        rows = {*self._rows_named(UNIT), *self._rows_named(PERSON), *self._rows_named(TARGET)}
        own = [name for name in self.fields if name not in rows and name not in self.LAST]
        self.plain = [*own, *self.LAST]
        self.order_fields(self.plain)

    @classmethod
    def makes_sense(cls, ground):
        return ground.here.kind in cls.KINDS

    def setup(self):
        """Adds the fields of the act and its rows."""

    def _rows_named(self, prefix):
        return [name for name in self.fields if name.startswith(prefix)]

    @staticmethod
    def person_field(member):
        return f"{PERSON}{member.pk}"

    def plain_fields(self):
        """[[field, …]]: the fields beside the rows; a code stands beside its name, the date of a paper beside its number."""
        grouped = []
        for name in self.plain:
            beside = name == "ngay" or name.startswith("ma")
            if not beside:
                grouped.append([])
            grouped[-1].append(self[name])
        return grouped

    @property
    def chosen_words(self):
        """What was chosen before: "Sáp nhập vào: Đảng bộ Sở Tài chính."."""
        label = next(iter(self.Choosing(None, ground=self.ground).fields.values())).label
        names = [self.ground.label(code) for codes in self.chosen.values() for code in codes]
        return f"{label}: {'; '.join(names)}."

    # Rows

    def add_unit(self, code, options, initial="", *, required=True):
        field = forms.ChoiceField(
            label=self.forest[code].name,
            widget=QuickSelect,
            choices=options if initial else [CHOOSE, *options],
            initial=initial,
            required=required,
            error_messages={"required": "Hãy chọn nơi đến.", "invalid_choice": "Nơi này không còn. Hãy chọn lại."},
        )
        self.fields[UNIT + code] = field
        self.units.append(code)

    def add_people(self, cells, *, options=None, places=None, out=False):
        """A field for each member of `cells`: a select of `options`, or a typed place of `places` ({key: label})."""
        if places is not None:
            places = places | ({OUT: LEAVE} if out else {})
            self.suggestions = [suggestion(key, label) for key, label in places.items()]
        people = self.ground.people(cells)
        self.too_many = sum(map(len, people.values())) > MANY
        for code, members in people.items():
            for member in () if self.too_many else members:
                if options is None:
                    field = SuggestedPlaceField(places, label=member.called)
                else:
                    field = forms.ChoiceField(label=member.called, widget=QuickSelect, choices=options, required=False)
                self.fields[self.person_field(member)] = field
            self.cells.append((code, members))

    def add_targets(self, codes, heirs, *, subjects=()):
        """A field for each target of `codes` that stands in the year of the day or later. `heirs`: [(key, label)].

        `subjects`: codes of those whose heirs these are. What is set for one beneath another is a share of what that
        one has already: unless told otherwise it is withdrawn, or the heir would be set the same heads twice.
        """
        ids = targets.ids_of(codes)
        for target in targets.of_those_that_end(ids, self.ground.day):
            passes = heirs and target.organization.code in subjects and targets.passes_by_itself(target.indicator)
            self.fields[f"{TARGET}{target.pk}"] = forms.ChoiceField(
                label=target.indicator.name,
                choices=[("", "thu hồi"), *((key, f"chuyển cho {label}") for key, label in heirs)],
                initial=heirs[0][0] if passes else "",
                required=False,
            )
            self.targets.append(target)

    # What the template draws

    def silence(self):
        """Draws what was typed without its errors: the form is not finished."""
        self.full_clean()
        self._errors = ErrorDict(renderer=self.renderer)

    def unit_rows(self):
        counts = {code: len(members) for code, members in self.cells}
        for code in self.units:
            note = within_sentence(Kind(self.forest[code].kind).label)
            note += f", {counts[code]} đảng viên" if code in counts else ""
            yield DestinationRow(self.forest[code].name, f"{code} · {note}", self[UNIT + code])

    def person_rows(self):
        """[(name of the cell, [DestinationRow], whether it stands open: something is typed or wrong there)]"""
        for code, members in () if self.too_many else self.cells:
            rows = [DestinationRow(m.called, f"sinh {m.born}", self[self.person_field(m)]) for m in members]
            busy = self.people_first or any(row.field.value() or row.field.errors for row in rows)
            yield self.forest[code].name, rows, busy

    def target_rows(self):
        for target in self.targets:
            unit = "%" if target.indicator.kind == "RATIO" else f" {target.indicator.unit}"
            yield target, unit, self[f"{TARGET}{target.pk}"]

    # What was filled in

    def unit(self, code):
        return self.cleaned_data.get(UNIT + code, "")

    def persons(self):
        """({member pk: code of a cell}, {member pk: Exit}) of those for whom something else is said than for their cell."""
        going, leaving, codes = {}, {}, self.codes()
        for _, members in self.cells:
            for member in members:
                key = self.cleaned_data.get(self.person_field(member), "")
                if key == OUT:
                    leaving[member.pk] = Exit.DEPARTED
                elif key:
                    going[member.pk] = codes.get(key, key)
        return going, leaving

    def handed_on(self, plan, organizations):
        """{Target: successor Organization or None} of the targets of those that end by `plan`.

        One that was set after the form was drawn goes where the form would have proposed.
        """
        heirs, codes = {}, self.codes()
        for target in self.targets:
            if target.organization.code in plan.ended:
                name = f"{TARGET}{target.pk}"
                key = self.cleaned_data.get(name, "") if name in self.data else self.fields[name].initial
                heir = self.heir_of(target, codes.get(key, key), plan)
                heirs[target] = organizations[heir] if heir else None
        return heirs

    def heir_of(self, target, key, plan):
        """Code of who takes on `target` when its field holds `key`; "" when it is withdrawn."""
        return key

    def codes(self):
        """{key of a destination: its code}, where a key is not the code itself."""
        return {}

    def plan(self):
        """The Plan (members/reorganizing/plan.py) of what was filled in. Call it on a valid form."""
        raise NotImplementedError


def called(plan, code, name):
    """`plan`, in which `code`, which goes on, also takes the name `name`."""
    return replace(plan, changed={**plan.changed, code: {**plan.changed.get(code, {}), "name": name}})
