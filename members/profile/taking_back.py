"""Taking a whole act back from the page of a person: who may, what it will undo, what stands in the way."""

from django import forms
from django.core.exceptions import PermissionDenied

from ledger import clock
from ledger.fields import LinesFormField
from ledger.models import Change
from ledger.numbers import day_in_words, group
from ledger.undo import standing_in_the_way, undo
from ledger.web.forms import attempt
from ledger.web.paging import NotHere
from members.identity.homonyms import tell_apart, tell_from_twins
from members.models import (
    Member,
)
from members.rights import kept_by, may_be_taken_back, people_of


class ReasonForm(forms.Form):
    ly_do = LinesFormField(label="Hủy vì", max_length=500)


class TakingBack:
    """The page on which `user` takes the act `change` back, reached from the person of `seen`; 404, 403 as everywhere.

    The act must have written about the person. `sent`: what was typed, None on opening.
    """

    def __init__(self, user, seen, change, sent=None):
        self.user, self.seen, self.member, self.form = user, seen, seen.member, ReasonForm(sent)
        self.change = Change.objects.filter(pk=change).select_related("by", "document", "undone").first()
        self.people = people_of({change})[change] if self.change else set()
        if not seen.whole or self.member.pk not in self.people or not self.change.undoable:
            raise NotHere("Không tìm thấy việc này trong lịch sử của đồng chí.", way=seen.way)
        tell_from_twins(self.member, user)
        if self.change.undone_id is None and not may_be_taken_back(user, [self.change]):
            raise PermissionDenied("Việc này do nơi đã ghi, hoặc Ban Tổ chức Đảng ủy Khối, hủy.")

    def take(self):
        """Whether what was sent was done; what was refused stands on the form."""
        return attempt(self.form, self._do)

    def _do(self):
        undo(self.change, by=self.user, on=clock.today(), reason=self.form.cleaned_data["ly_do"])

    def barred(self, most=8):
        """Sentences that say why it cannot be undone now, the first of many."""
        if self.change.undone_id:
            return [f"Việc này đã được hủy ngày {day_in_words(self.change.undone.on)}."]
        reasons = standing_in_the_way(self.change)
        return reasons[:most] + ([f"Và {group(len(reasons) - most)} việc nữa."] if len(reasons) > most else [])

    def others(self, most=20):
        """(names of the other people the act is about, how many more there are); none is named to whom the act is not."""
        if not kept_by(self.user, [self.change]):
            return [], len(self.people) - 1
        rows = Member.objects.filter(pk__in=self.people - {self.member.pk}).order_by("sort_key", "pk")
        names = [person.called for person in tell_apart(rows[:most], self.user)]
        return names, max(len(self.people) - 1 - len(names), 0)
