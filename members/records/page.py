"""The page that amends one record: what it was opened with is held against what stands when it comes back."""

from ledger import clock
from ledger.fields import CleanFormField
from ledger.web.forms import attempt
from ledger.web.opened import OpenedForm, carried
from members.identity.homonyms import tell_from_twins
from members.identity.others_form import OthersForm
from members.identity.person_form import PersonForm
from members.visibility import require_record_keeper, sight

from .amendments import amend, texts


class RecordForm(OthersForm, OpenedForm, PersonForm):
    needs_paper = False

    ly_do = CleanFormField(
        label="Lý do sửa",
        max_length=500,
        help_text="Ví dụ: đối chiếu lý lịch gốc.",
        error_messages={"required": "Hãy nêu lý do sửa."},
    )


class RecordPage:
    """One record for who keeps it; 404 for who does not see it, 403 for who sees and does not keep it."""

    def __init__(self, user, pk, sent=None):
        self.user, self.seen = user, sight(user, pk)
        require_record_keeper(user, self.seen)
        self.member = tell_from_twins(self.seen.member, user)
        self.form = self._form(sent)

    def _form(self, sent):
        initial = RecordForm.initial_of(self.member) | {"luc_mo": carried(texts(self.member))}
        return RecordForm(sent, initial=initial)

    def take(self):
        """Whether the record was amended; if not, the form says why and keeps what was typed."""
        return attempt(self.form, self._amend)

    def _amend(self):
        form = self.form
        values = form.columns(only={*form.changed_data, *(self._recased())})
        act = {"by": self.user, "on": clock.today(), "document": form.paper(), "reason": form.cleaned_data["ly_do"]}
        with form.asking(), form.held_against(lambda: texts(sight(self.user, self.member.pk).member)):
            amend({self.member: values}, opened={self.member: form.opened()}, others=form.others, **act)

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
