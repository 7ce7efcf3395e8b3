"""The query string of the list of members: what narrows it."""

import django_filters
from django import forms
from django.db.models import Case, CharField, F, IntegerField, Q, Value, When
from django.db.models.functions import Concat

from ledger import days
from ledger.fields import CleanFormField
from ledger.text import number_text
from ledger.web.filter_chips import Chips, found
from members.identity import cards
from members.identity.names import capitalised
from members.models import EthnicGroup, Membership, Post, Qualification, Sex, Theory
from members.roll import divisions

LAST_YEAR = 9999
NO_YEAR = "Hãy nhập một năm, ví dụ 2017."


class SearchFilter(django_filters.Filter):
    field_class = CleanFormField


class YearFilter(django_filters.Filter):
    field_class = forms.IntegerField


def _choice(label, choices, **more):
    return django_filters.ChoiceFilter(label=label, choices=choices, empty_label="Tất cả", **more)


class PeopleFilter(Chips, django_filters.FilterSet):
    """Over the rows of members.roll.roll on `day`. `cells`: {code: label} to choose from; `known`: of whom the record is told."""

    ten = SearchFilter(label="Tìm họ tên, số thẻ", method="by_words")
    chi_bo = _choice("Chi bộ", [], field_name="organization__code")
    dien = _choice("Diện", [], method="by_part", widget=forms.RadioSelect)
    gioi = _choice("Giới tính", Sex.choices, field_name="member__sex", widget=forms.RadioSelect)
    tuoi = _choice("Tuổi", [], method="by_part", widget=forms.RadioSelect)
    dan_toc = _choice("Dân tộc", [], field_name="member__ethnic_group__code")
    trinh_do = _choice("Chuyên môn", Qualification.choices, field_name="member__qualification", method="by_record")
    ly_luan = _choice("Lý luận chính trị", Theory.choices, field_name="member__theory", method="by_record")
    chuc_vu = _choice("Chức vụ đảng", Post.Kind.choices, method="by_post")
    vao_dang = YearFilter(
        label="Vào Đảng trong năm",
        field_name="joined_on",
        lookup_expr="year",
        min_value=lambda: days.limits().earliest.year,
        max_value=LAST_YEAR,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), NO_YEAR),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "ví dụ: 2017"}),
    )

    SEEKS = "ten"
    FREQUENT = ("chi_bo", "dien", "gioi", "tuoi")

    class Meta:
        model = Membership
        fields: list[str] = []

    def __init__(self, *args, day, cells, known, **kwargs):
        self.day, self.known = day, known
        super().__init__(*args, **kwargs)
        standings, ages = [*divisions.standings(), *divisions.states(day)], divisions.ages(day)
        self.parts = {part.key: part for part in [*standings, *ages]}
        fields = self.form.fields
        fields["ten"].widget = forms.TextInput(attrs={"type": "search", "placeholder": "Họ tên hoặc số thẻ"})
        fields["chi_bo"].choices = list(cells.items())
        fields["dien"].choices = [(part.key, part.label) for part in standings]
        fields["tuoi"].choices = [(part.key, part.label) for part in ages]
        fields["dan_toc"].choices = EthnicGroup.objects.values_list("code", "name")
        if len(cells) < 2:
            del fields["chi_bo"]

    @property
    def searches(self):
        """Whether rows carry `exactness`: 0 where the words stand in the name as they were typed."""
        return "exactness" in self.qs.query.annotations

    def by_part(self, queryset, name, value):
        return queryset.filter(self.parts[value].condition)

    def by_post(self, queryset, name, value):
        return queryset.filter(member__in=Post.objects.on(self.day).filter(kind=value).values("member"))

    def by_words(self, queryset, name, value):
        """Folded name, or a whole card number of those whose record the user sees; the exact spelling comes first."""
        if not value:
            return queryset
        if (card := number_text(value)).isdecimal():
            return self._by_card(queryset, card)
        words = {f" {word} " for word in (value, capitalised(value), value.upper())}
        exact = Q()
        for word in words:
            exact |= Q(written__contains=word)
        pieces = (Value(" "), F("member__full_name"), Value(" "), F("member__birth_name"), Value(" "))
        named = Concat(*pieces, output_field=CharField())
        return (
            queryset.filter(found("member__search_key", value))
            .alias(written=named)
            .annotate(exactness=Case(When(exact, then=Value(0)), default=Value(1), output_field=IntegerField()))
        )

    def _by_card(self, queryset, number):
        """The holder of the card, and of one given back."""
        before = cards.holders_of_old([number]).get(number, ())
        return self._of_known(queryset.filter(Q(member__card_number=number) | Q(member__in=before)))

    def by_record(self, queryset, name, value):
        """By what the record of today says, of those alone whose record the user sees."""
        return self._of_known(queryset.filter(**{name: value}))

    def _of_known(self, queryset):
        return queryset if self.known is None else queryset.filter(self.known)
