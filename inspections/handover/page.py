"""The page on which an heir hands over what those it took over left open, each to a receiver."""

from django import forms

from inspections.scope import Scope
from ledger import clock
from ledger.numbers import day_in_words
from ledger.web.forms import ActForm, attempt
from organizations import access, lineage
from organizations.access import Keep
from organizations.models import GRASSROOTS

from .hand_over import LeftOpen, hand_over, left_by


class HandOverForm(ActForm):
    """A row for each piece of work of `left` (LeftOpen). `receivers`: [(Organization, name)]."""

    def __init__(self, data=None, *, left, receivers, labels, **kwargs):
        super().__init__(data, **kwargs)
        self.left, self.by_code = left, {organization.code: organization for organization, _ in receivers}
        choices = [("", "để lại"), *((organization.code, name) for organization, name in receivers)]
        self.fields["ly_do"].label = "Ghi chú"
        self.rows = []
        for prefix, rows, words in (("don", left.letters, self._letter), ("doi_tuong", left.subjects, self._subject)):
            for row, to in rows.items():
                name = f"{prefix}_{row.pk}"
                suggested = to.code if to and to.code in self.by_code else ""
                self.fields[name] = forms.ChoiceField(
                    label=words(row, labels), choices=choices, initial=suggested, required=False
                )
                self.rows.append((name, row))
        self.order_fields([*(name for name, _ in self.rows), *self.LAST])

    @staticmethod
    def _letter(row, labels):
        return f"Đơn {row.number}, hạn {day_in_words(row.due_on)}: {labels.get(row.organization_id, row.organization.code)}"

    @staticmethod
    def _subject(row, labels):
        return f"{row.inspection.title}: {labels.get(row.organization_id, row.organization.code)}"

    def row_fields(self):
        return [self[name] for name, _ in self.rows]

    def paper_fields(self):
        return [self[name] for name in self.LAST]

    def chosen(self):
        """The LeftOpen of the rows that were given a receiver."""
        told = {row: self.by_code[code] for name, row in self.rows if (code := self.cleaned_data.get(name))}
        return LeftOpen(
            {row: to for row, to in told.items() if row in self.left.letters},
            {row: to for row, to in told.items() if row in self.left.subjects},
        )


class HandOverPage:
    """Of the organization of `page` (a Frame), for all it took over. 403 for who keeps no inspections there."""

    def __init__(self, user, page, sent):
        access.require_keep(user, Keep.INSPECTIONS, page.organization, page.day)
        self.user, self.page, self.today = user, page, clock.today()
        self.before = Scope(page).ever_before
        left = left_by(user, page, self.before)
        receivers = [(spell.organization, spell.name) for spell in self._receivers()]
        ids = {row.organization_id for row in (*left.letters, *left.subjects)}
        labels = lineage.labels(ids, self.today)
        self.form = HandOverForm(sent, left=left, receivers=receivers, labels=labels, initial={"tu_ngay": self.today})

    def _receivers(self):
        """Spells of the blocs for what was a bloc's; of its committees and cells for what was theirs."""
        if self.page.place.is_whole:
            return lineage.blocs(self.today)
        bloc = lineage.bloc_of(self.page.organization, self.today)
        inside = lineage.below([bloc.organization], self.today) if bloc else []
        spells = lineage.places(self.today).filter(kind__in=GRASSROOTS, organization__in=inside)
        return spells.order_by("position", "organization__code")

    def take(self):
        """How many were handed over; 0 when it was refused."""
        done = attempt(self.form, lambda: hand_over(self.form.chosen(), **self.form.act(self.user)))
        chosen = self.form.chosen() if done else LeftOpen()
        return len(chosen.letters) + len(chosen.subjects)

    def context(self):
        names = sorted(lineage.labels(self.before, self.today).values())
        return self.page.context() | {
            "form": self.form,
            "names": names,
        }
