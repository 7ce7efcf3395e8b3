"""Those picked from the list: how many of each kind they are, and the acts that take many at once."""

from functools import cached_property

from django import forms

from ledger import clock
from ledger.acts import Refused
from ledger.numbers import day_in_words, group
from ledger.text import within_sentence
from ledger.web.forms import ActForm, attempt
from ledger.web.seals import seal_of
from ledger.web.sent import query_of
from members.life import statuses
from members.life.posts import post
from members.models import Member, Post
from members.rights import last_cells
from members.roll.divisions import tally
from members.roll.on_a_day import below
from organizations.access import Keep, capacities, capacities_of, may_keep, require_keep
from organizations.models import Organization

from .list import PeopleList

EXEMPT, POST = "mien", "chuc-vu"


class PickedForm(ActForm):
    """An act on those picked. `dau`: the seal over who they were when the page was opened."""

    dau = forms.CharField(required=False, widget=forms.HiddenInput())


class ExemptForm(PickedForm):
    """Exemption from work and activities of several, by one paper."""


class PostSeveralForm(PickedForm):
    """A post in the organization looked at for several, by one paper: a committee that was elected."""

    chuc_vu = forms.TypedChoiceField(
        label="Chức vụ", choices=Post.Kind.choices, coerce=int, initial=Post.Kind.COMMITTEE
    )


FORMS = {EXEMPT: ExemptForm, POST: PostSeveralForm}


class SelectedPage:
    """`query`: the QueryDict of the list with who is picked; what is sent carries it in `loc`."""

    def __init__(self, user, code, year, query, sent=None):
        if sent is not None:
            query = query_of(sent.get("loc", ""))
        self.user, self.sent = user, sent
        self.list = PeopleList(user, code, year, query)
        self.page, self.query = self.list.page, query
        self.errand = sent.get("viec", "") if sent is not None else ""
        self.may_act = may_keep(Keep.STATE, capacities(user, self.page.organization, clock.today()))

    @property
    def on_day(self):
        """What leads back to the list of the day looked at, as the end of its address."""
        asked = self.list.asked.address
        return f"?{asked}" if asked else ""

    @property
    def rows(self):
        return self.list.picked

    @cached_property
    def tally(self):
        return tally(self.rows, self.page.day)

    @cached_property
    def seal(self):
        return _seal(self.rows.order_by().values_list("member", flat=True))

    @cached_property
    def forms(self):
        """[(errand, title, button, form)] of the acts open to the user."""
        if not self.may_act:
            return []
        place = self.page.place.name
        return [
            (EXEMPT, "Miễn công tác và sinh hoạt đảng", "Ghi miễn sinh hoạt", self._form(EXEMPT)),
            (POST, f"Giữ chức vụ đảng ở {place}", "Ghi chức vụ", self._form(POST)),
        ]

    def _form(self, errand):
        sent = self.sent if self.errand == errand else None
        initial = {"co_quan": self.page.bloc.committee, "dau": self.seal}
        return FORMS[errand](sent, initial=initial, auto_id=f"{errand}_%s")

    def take(self):
        """The sentence that says what was done, or None; 403 for who may not."""
        require_keep(self.user, Keep.STATE, self.page.organization, clock.today())
        form = next((form for errand, _, _, form in self.forms if errand == self.errand), None)
        if form is None or not attempt(form, lambda: self._act(form)):
            return None
        return f"Đã ghi {self._recorded(form)} cho {group(self.tally.total)} đồng chí."

    def _recorded(self, form):
        if self.errand == EXEMPT:
            return "miễn công tác và sinh hoạt đảng"
        return f"chức vụ {within_sentence(Post.Kind(form.cleaned_data['chuc_vu']).label)} ở {self.page.place.name}"

    def _act(self, form):
        act = form.act(self.user)
        members = list(Member.objects.filter(pk__in=self.rows.order_by().values("member")).order_by("sort_key", "pk"))
        if not members:
            raise Refused("Chưa chọn ai. Hãy quay lại danh sách và đánh dấu những đồng chí cần ghi.")
        self._as_seen(form, members)
        self._within(members, act["on"])
        if self.errand == EXEMPT:
            statuses.exempt(members, **act)
        else:
            kind = form.cleaned_data["chuc_vu"]
            post([(member, self.page.organization, kind) for member in members], **act)

    def _as_seen(self, form, members):
        """Refused when others are picked than the page showed; the form then carries who they are now."""
        if form.cleaned_data["dau"] == (now := _seal(member.pk for member in members)):
            return
        form.data = form.data.copy()
        form.data["dau"] = now
        raise Refused(
            f"Danh sách đã thay đổi từ lúc mở trang: nay là {group(len(members))} đồng chí. Chưa ghi gì; hãy xem lại những "
            "ai dưới đây rồi ghi."
        )

    def _within(self, members, day):
        """Refused for who was not here on `day`, and for who belongs to others now: the list may be an earlier day's."""
        on_roll = set(below(self.page.organization, day).values_list("member_id", flat=True))
        last = last_cells(members)
        capacities_in = capacities_of(self.user, Organization.objects.filter(pk__in=last.values()), clock.today())
        for member in members:
            if member.pk not in on_roll:
                raise Refused(f"{member} không sinh hoạt trong {self.page.place.name} vào ngày {day_in_words(day)}.")
            if not may_keep(Keep.STATE, capacities_in[last[member.pk]]):
                raise Refused(
                    f"{member} nay do nơi khác quản lý; việc này do nơi ấy hoặc Ban Tổ chức Đảng ủy Khối ghi."
                )

    def context(self):
        return self.page.context() | {"page": self, "tally": self.tally}


def _seal(members):
    """`members`: ids, in any order."""
    return seal_of(str(pk) for pk in sorted(members))
