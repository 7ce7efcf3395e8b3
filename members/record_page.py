"""The page that amends one record: what it was opened with is held against what stands when it comes back."""

import json

from django import forms

from ledger import clock
from ledger.fields import CleanFormField
from ledger.forms import attempt

from .person_forms import PersonForm
from .record import Overtaken, amend, texts
from .sight import require_record_keeper, sight


class RecordForm(PersonForm):
    """`luc_mo`: the record as the form showed it, for the verb to compare."""

    needs_paper = False

    ly_do = CleanFormField(
        label="Lý do sửa",
        max_length=500,
        help_text="Ví dụ: đối chiếu lý lịch gốc.",
        error_messages={"required": "Hãy nêu lý do sửa."},
    )
    luc_mo = forms.CharField(required=False, max_length=5000, widget=forms.HiddenInput())

    def opened(self):
        """{Field: text} as the form was opened; {} when what came back cannot be read."""
        try:
            found = json.loads(self.cleaned_data["luc_mo"])
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


class RecordDesk:
    """One record for who keeps it; 404 for who does not see it, 403 for who sees and does not keep it."""

    def __init__(self, user, pk, sent=None):
        self.user, self.seen = user, sight(user, pk)
        require_record_keeper(user, self.seen)
        self.member = self.seen.member
        self.form = self._form(sent)

    def _form(self, sent):
        initial = RecordForm.initial_of(self.member) | {"luc_mo": json.dumps(texts(self.member))}
        return RecordForm(sent, initial=initial)

    def save(self):
        """Whether the record was amended; if not, the form says why and keeps what was typed."""
        return attempt(self.form, self._amend)

    def _amend(self):
        form = self.form
        values = form.columns(only={*form.changed_data, *(self._recased())})
        act = {"by": self.user, "on": clock.today(), "document": form.paper(), "reason": form.cleaned_data["ly_do"]}
        try:
            amend({self.member: values}, opened={self.member: form.opened()}, **act)
        except Overtaken:
            form.data = form.data.copy()  # sent once more, it is written over what the other has written
            form.data["luc_mo"] = json.dumps(texts(sight(self.user, self.member.pk).member))
            raise

    def _recased(self):
        """Names stand in the record as they were typed, and are now written as usual."""
        return [
            n for n in RecordForm.NAMES if self.form.cleaned_data.get(n) != getattr(self.member, RecordForm.COLUMNS[n])
        ]

    def context(self):
        return self.seen.context() | {
            "member": self.member,
            "form": self.form,
            "tab": "record",
        }
