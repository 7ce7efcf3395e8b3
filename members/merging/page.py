"""The page of a merger: the second record is found, a preview says what goes where, and what was merged can be parted."""

from functools import cached_property

from django import forms
from django.db.models import Q
from django.http import Http404

from ledger import clock
from ledger.acts import Refused
from ledger.fields import CleanFormField
from ledger.text import as_id, number_text, sought
from ledger.undo import standing_in_the_way, undo
from ledger.web.filter_chips import found
from ledger.web.forms import PaperForm, attempt
from members.identity import cards
from members.identity.homonyms import tell_apart
from members.identity.likeness import described, likely
from members.models import Member
from members.records import amendments
from members.records.history import history_of, said
from members.rights import may_be_taken_back
from members.visibility import require_record_keeper, sight, within_reach

from . import mergers
from .heirs import of_record

MOST_FOUND = 20
NOT_ALONE = "Lần gộp này đã ghi cả ở nơi khác; việc tách lại do Ban Tổ chức Đảng ủy Khối làm."
Field = amendments.Field


class SearchForm(forms.Form):
    """Query string: `ten`, a name or a card number; `bo`, the record chosen."""

    ten = CleanFormField(
        label="Tìm hồ sơ thứ hai theo họ tên hoặc số thẻ", required=False, widget=forms.TextInput({"type": "search"})
    )


class MergeRecordsForm(PaperForm):
    needs_paper = False

    ly_do = CleanFormField(
        label="Lý do gộp",
        max_length=500,
        help_text="Ví dụ: một người được ghi hai lần khi chuyển chi bộ.",
        error_messages={"required": "Hãy nêu lý do gộp."},
    )
    dau = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput())
    field_order = ["ly_do", *PaperForm.PAPER, "dau"]


class PartForm(forms.Form):
    """Takes a merger back: `gop`, its id, and why."""

    gop = forms.IntegerField(widget=forms.HiddenInput())
    ly_do_tach = CleanFormField(
        label="Lý do tách lại", max_length=500, error_messages={"required": "Hãy nêu lý do tách."}
    )


class MergePage:
    """Mergers into the record `pk`, for who keeps it. Query string: `bo`, the record to be dropped; `gop`, the merger opened."""

    def __init__(self, user, pk, query, sent=None):
        self.user, self.sent = user, sent
        self.kept = self._kept(pk).member
        self.search = SearchForm(query)
        self.dropped = self._chosen(query.get("bo", "") if sent is None else sent.get("bo", ""))
        self.errand = sent.get("viec", "") if sent is not None else ""
        self.asked = (query if self.errand != "tach" else sent).get("gop", "")
        form = sent if self.errand == "gop" else None
        self.form = MergeRecordsForm(form, initial={"dau": self.plan.seal} if self.dropped else None)

    def _kept(self, pk):
        seen = sight(self.user, pk)
        require_record_keeper(self.user, seen)
        self.seen = seen
        return seen

    def _chosen(self, text):
        if not text:
            return None
        if as_id(text) in (None, self.kept.pk):
            raise Http404("Hãy chọn hồ sơ thứ hai, khác hồ sơ này, từ danh sách.")
        seen = sight(self.user, as_id(text))
        require_record_keeper(self.user, seen)
        return seen.member

    @cached_property
    def found(self):
        """[Likeness] of those found by name or card within the user's reach, or of those like the kept record."""
        text = self.search.cleaned_data["ten"] if self.search.is_valid() else ""
        reach = within_reach(Member.objects.standing(), self.user)
        if not sought(text):
            return self._told_apart(likely(self.kept, among=reach))
        number = number_text(text)
        wanted = found("search_key", text) | Q(card_number=number)
        if number.isdecimal():
            wanted |= Q(pk__in=cards.holders_of_old([number]).get(number, ()))
        rows = reach.filter(wanted).exclude(pk=self.kept.pk)
        rows = rows.order_by("sort_key", "pk")[:MOST_FOUND]
        return self._told_apart(described([(member, "", None) for member in rows]))

    def _told_apart(self, found):
        tell_apart((one.member for one in found), self.user, born_shown=True)
        return found

    @cached_property
    def plan(self):
        return mergers.plan(self.kept, self.dropped)

    @cached_property
    def objection(self):
        return mergers.objection(self.kept, self.plan)

    @cached_property
    def fates(self):
        """[(whose, what a row says, what becomes of it)]: the register's rows, then those of higher floors."""
        rows = [row for row, _ in self.plan.fates]
        told = [
            (self.dropped if row.member_id == self.dropped.pk else self.kept, text, str(fate))
            for (row, fate), text in zip(self.plan.fates, said(rows), strict=True)
        ]
        above = [tell(self.kept, self.dropped) for tell in mergers.TELLERS]
        return told + [(self.dropped, text, str(fate)) for of_floor in above for text, fate in of_floor]

    @cached_property
    def values(self):
        """[(label, on the kept record, on the dropped one, what stands afterwards)] where they differ."""
        mine, theirs = amendments.texts(self.kept), amendments.texts(self.dropped)
        rows = [amendments.Amendment(field=f, before=mine[f], after=theirs[f]) for f in Field if mine[f] != theirs[f]]
        names = amendments.catalogue_names(rows)
        differences = []
        for row in rows:
            field = Field(row.field)
            kept, dropped = (amendments.words(field, text, names) for text in (row.before, row.after))
            differences.append((field.label, kept, dropped, dropped if field in self.plan.values else kept))
        return differences

    @cached_property
    def mergers(self):
        """Mergers into the kept record, latest first."""
        return list(of_record(self.kept))

    @cached_property
    def opened(self):
        """The one of `mergers` that the address, or what was sent, names; judging all would cost more with each."""
        return next((row for row in self.mergers if str(row.pk) == self.asked), None)

    @cached_property
    def history(self):
        """[Told] of the record that was merged in the opened one."""
        return history_of(self.opened.dropped)

    @cached_property
    def in_the_way(self):
        """Sentences on why the opened one cannot be parted."""
        return [*self._not_alone(), *standing_in_the_way(self.opened.added)]

    def _not_alone(self):
        return [] if may_be_taken_back(self.user, [self.opened.added]) else [NOT_ALONE]

    @cached_property
    def part_form(self):
        return PartForm(self.sent if self.errand == "tach" else None, initial={"gop": self.asked}, auto_id="tach_%s")

    def take(self):
        """The sentence that says what was done; None when it was not, and the form says why."""
        if self.errand == "gop" and self.dropped:
            if attempt(self.form, self._merge):
                return f"Đã gộp hồ sơ số {self.dropped.pk} vào hồ sơ của đồng chí {self.kept.full_name}."
            self.form.data = self.form.data.copy()  # what is confirmed next is the preview shown now
            self.form.data["dau"] = self.plan.seal
        if self.errand == "tach" and self.opened and attempt(self.part_form, self._part):
            return f"Đã tách lại hai hồ sơ; hồ sơ số {self.opened.dropped_id} đứng riêng như trước khi gộp."
        return None

    def _merge(self):
        data = self.form.cleaned_data
        mergers.merge(
            self.kept,
            self.dropped,
            by=self.user,
            on=clock.today(),
            document=self.form.paper(),
            reason=data["ly_do"],
            seen=data["dau"],
        )

    def _part(self):
        if why := self._not_alone():
            raise Refused(why)
        reason = self.part_form.cleaned_data["ly_do_tach"]
        undo(self.opened.added, by=self.user, on=clock.today(), reason=reason)

    def context(self):
        return self.seen.context() | {"member": self.kept, "page": self, "tab": "record"}
