"""The page of badges of an organization in a year, and what a member's own page says about them."""

from django import forms
from django.http import Http404

from ledger import clock
from ledger.numbers import group
from ledger.web.forms import ActForm, attempt
from members.identity.homonyms import tell_apart
from members.models import AwardDay, BadgeAward
from members.visibility import open_members
from organizations.access import Keep, capacities, may_keep, require_keep

from . import party_age
from .awards import Award, Kind, award, highest, levels_in_use
from .rounds import Rounds, by_level, given_in


class AwardForm(ActForm):
    """Badges for the people ticked, with one paper. `round_`: the Round whose open rows may be ticked."""

    ai = forms.MultipleChoiceField(
        error_messages={
            "required": "Hãy đánh dấu ít nhất một người.",
            "invalid_choice": "Danh sách đã thay đổi từ khi mở trang. Hãy xem lại rồi đánh dấu lại.",
        }
    )

    def __init__(self, data, *, round_):
        super().__init__(data, initial={"tu_ngay": min(round_.day, clock.today())})
        self.rows = {row.key: row for row in round_.open}
        self.kind = round_.kind
        self.fields["ai"].choices = [(key, key) for key in self.rows]
        self.fields["tu_ngay"].label = "Ngày trao"
        if not round_.in_turn:
            self.fields["ly_do"].required = True
            self.fields["ly_do"].label = "Lý do"
            self.fields["ly_do"].error_messages["required"] = "Hãy ghi lý do."

    def clean_ai(self):
        return list(dict.fromkeys(self.cleaned_data["ai"]))

    @property
    def ticked(self):
        return self["ai"].value() or []

    def paper_fields(self):
        """What stands below the list of people."""
        return [field for field in self if field.name != "ai"]

    def awards(self):
        data = self.cleaned_data
        reason = "" if self.kind == Kind.ON_TIME else data["ly_do"]
        rows = [self.rows[key] for key in data["ai"]]
        return [
            Award(member=row.member, level=row.level, on=data["tu_ngay"], kind=self.kind, reason=reason) for row in rows
        ]


class BadgePage:
    """`page`: the Frame; `key`: the round asked for, "" for the last that has come; `sent`: a filled AwardForm."""

    def __init__(self, user, page, key, sent=None):
        self.user, self.page = user, page
        self.rounds = Rounds(page)
        self.round = self.rounds.chosen(key)
        if key and self.round is None:
            raise Http404("Năm này không có đợt trao Huy hiệu Đảng như vậy. Hãy chọn đợt trên trang.")
        self.may_keep = may_keep(Keep.BADGES, capacities(user, page.organization, clock.today()))
        awarding = self.may_keep and self.round and self.round.has_come and self.round.open
        self.form = AwardForm(sent, round_=self.round) if awarding else None

    def take(self):
        """Records the badges ticked; the sentence that says it is done, or ""."""
        require_keep(self.user, Keep.BADGES, self.page.organization, clock.today())
        form = self.form
        if form is None or not attempt(form, lambda: award(form.awards(), **form.act(self.user))):
            return ""
        return f"Đã ghi Huy hiệu Đảng cho {group(len(form.cleaned_data['ai']))} người."

    def context(self):
        given = given_in(self.page)
        named = [row.member for row in (*given, *(self.round.rows if self.round else ()))]
        people = {member.pk for member in tell_apart(named, self.user)}
        return self.page.context() | {
            "rounds": self.rounds.all,
            "in_turn": self.rounds.in_turn,
            "round": self.round,
            "form": self.form,
            "given": given,
            "levels": by_level(given),
            "opens": open_members(self.user, people),
        }


def of_member(pk):
    """What a member's page says: {"badges": standing awards, "party_age": words or "", "next_badge": (level, day) or None}."""
    awards = BadgeAward.objects.standing().filter(member=pk).select_related("level").order_by("on")
    service, today = party_age.services([pk])[pk], clock.today()
    counts = service.decided is not None and service.is_inside(today) and service.is_official(today)
    return {
        "badges": list(awards),
        "party_age": party_age.in_words(service.months(today)) if counts else "",
        "next_badge": _next(service, {award.level_id for award in awards}, today) if counts else None,
    }


def _next(service, held, today):
    """(level, award day) of the next badge: the first award day from `today` on that finds a level not yet held."""
    levels, days = levels_in_use(), list(AwardDay.objects.filter(in_use=True))
    last = service.decided.year + (levels[-1].years if levels else 0)
    for year in range(today.year, max(today.year, last) + 2):
        for day in [row.of(year) for row in days]:
            level = highest(levels, service.months(day)) if day >= today else None
            if level and level.pk not in held:
                return level, day
    return None
