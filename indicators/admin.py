"""The groups of years and their indicators, chosen through the verbs alone; a closed year is only shown."""

from django import forms
from django.contrib import admin, messages
from django.db import transaction

from ledger import clock
from ledger.acts import Refused
from ledger.web.admin_base import RecordedCatalogueAdmin, read_only
from ledger.web.opened import Overtaken
from organizations import lineage
from organizations.models import Organization

from .groups import groups, indicators
from .groups.rules import is_closed
from .models import Indicator, Target, TargetGroup


class _Enough(Exception):
    """Ends a rehearsal."""


class VerbForm(forms.ModelForm):
    """What its verb would be refused for stands on the form. `by`: who edits, set by the page.

    Of a row that stands it carries what it was opened with, so that who comes second is told and no column is written back
    that somebody else has changed meanwhile.
    """

    by = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = self.instance.pk is not None

    def opened(self, *names):
        """{name: text} of those of `names` that came back as the form was opened with them."""
        sent = {name: self.data.get(self.add_initial_prefix(name)) for name in names}
        return {name: text for name, text in sent.items() if text is not None}

    def clean(self):
        data = super().clean()
        if not self.errors:
            try:
                with transaction.atomic():
                    self.do()
                    raise _Enough
            except _Enough:
                pass
            except Overtaken:
                self._open_anew()
                raise
        return data

    def _open_anew(self):
        """What is shown with the refusal is held against what stands now, what was typed stays."""
        self.data = self.data.copy()
        for name in self.fields:
            self.data.pop(self.add_initial_prefix(name), None)

    def validate_constraints(self):
        """The verb has judged it; a group's number is its place, for which the others make room."""

    def do(self):
        """Does through the verbs what is filled in. The row."""
        raise NotImplementedError

    @property
    def act(self):
        return {"by": self.by, "on": clock.today()}


class GroupForm(VerbForm):
    """A group that stands: its name, its place among the others."""

    class Meta:
        model = TargetGroup
        fields = ["name", "order"]

    def do(self):
        group = TargetGroup.objects.select_related("bloc").get(pk=self.instance.pk)
        in_order = list(TargetGroup.objects.filter(bloc=group.bloc, year=group.year).order_by("order"))
        codes = [other.code for other in in_order if other.pk != group.pk]
        codes.insert(max(self.cleaned_data["order"], 1) - 1, group.code)
        renamed = "name" in self.changed_data
        moved = "order" in self.changed_data and codes != [other.code for other in in_order]
        if renamed:
            opened = {"group_name": self.opened("name").get("name", group.name)}
            groups.rename_group(group, self.cleaned_data["name"], opened=opened, **self.act)
        if moved or not renamed:
            opened = self.opened("order").get("order", group.order)
            as_shown = [other.code for other in in_order] if str(opened) == str(group.order) else []
            groups.order_groups(group.bloc, group.year, codes, opened=as_shown, **self.act)
        return group


class AdminIndicatorForm(VerbForm):
    """An indicator that stands, or a part to come into a group."""

    withdraw = forms.BooleanField(
        label="Đồng ý thu hồi mức đang giao",
        required=False,
        help_text="Khi đổi giữa số lượng và tỷ lệ, hoặc đổi chỉ tiêu chính của nhóm.",
    )

    class Meta:
        model = Indicator
        fields = ["group", "code", *indicators.COLUMNS]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("code", "unit"):
            if name in self.fields:
                self.fields[name].required = False
        if "group" in self.fields:
            self.fields["group"].queryset = TargetGroup.objects.select_related("bloc").order_by(
                "-year", "bloc", "order"
            )
            self.fields["group"].label_from_instance = lambda group: f"{group.bloc.code}: {group}"

    def clean(self):
        ratio = bool(self.cleaned_data.get("denominator"))
        self.instance.kind = Indicator.Kind.RATIO if ratio else Indicator.Kind.COUNT
        return super().clean()

    def do(self):
        data = self.cleaned_data
        columns = {name: data[name] for name in indicators.COLUMNS if name in data}
        if self.instance.pk is None:
            return indicators.add_indicator(data["group"], columns, code=data["code"], **self.act)
        stored = Indicator.objects.select_related("group__bloc").get(pk=self.instance.pk)
        changed = {name: value for name, value in columns.items() if name in self.changed_data}
        opened = self.opened(*changed)
        indicators.change_indicator(stored, changed, withdraw=data["withdraw"], opened=opened, **self.act)
        return stored


NAMED_APART = {"name": "indicator_name"}
OF_THE_HEADLINE = [name for name in indicators.COLUMNS if name != "headline"]
FIELDS_OF_HEADLINE = {
    NAMED_APART.get(name, name): field for name, field in forms.fields_for_model(Indicator, OF_THE_HEADLINE).items()
}


class _NewGroupForm(VerbForm):
    """A group to come, with its headline."""

    class Meta:
        model = TargetGroup
        fields = ["bloc", "year", "code", "name"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("code", "unit"):
            self.fields[name].required = False
        self.fields["code"].help_text = "Để trống thì đặt theo tên."
        self.fields["year"] = forms.IntegerField(label="Năm", min_value=2011, max_value=2100)
        blocs = lineage.blocs(clock.today())
        self.fields["bloc"].queryset = Organization.objects.filter(pk__in=blocs.values("organization"))
        names = dict(blocs.values_list("organization", "name"))
        self.fields["bloc"].label_from_instance = lambda bloc: names[bloc.pk]

    def do(self):
        data = self.cleaned_data
        columns = {name: data[NAMED_APART.get(name, name)] for name in OF_THE_HEADLINE}
        named = {"name": data["name"], "code": data["code"]}
        return groups.add_group(data["bloc"], data["year"], columns=columns, **named, **self.act)


NewGroupForm = type("NewGroupForm", (_NewGroupForm,), {**FIELDS_OF_HEADLINE})


class ChosenAdmin(RecordedCatalogueAdmin):
    """What the committee chose for a year: written by verbs, shown for good where the year is closed or goes without it."""

    list_per_page = 50
    actions = ["retire", "retire_and_withdraw", "restore"]

    def get_queryset(self, request):
        return self.model.ever.select_related(*self.list_select_related).order_by(*self.model._meta.ordering)

    def get_form(self, request, obj=None, change=False, **kwargs):
        made = super().get_form(request, obj, change=change, **kwargs)
        return type(made.__name__, (made,), {"by": request.user})

    def has_change_permission(self, request, obj=None):
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or not (obj.retired_id or is_closed(*self.year_of(obj))))

    def revert_disabled(self, request, obj=None):
        return True

    def save_form(self, request, form, change):
        return form.instance

    def save_model(self, request, obj, form, change):
        obj.pk = form.do().pk

    def save_related(self, request, form, formsets, change):
        """There is none."""

    @admin.display(description="đang dùng", boolean=True)
    def in_use(self, row):
        return row.retired_id is None

    def _each(self, request, rows, do, done):
        """Does it to all of `rows`, or to none and says why."""
        try:
            with transaction.atomic():
                for row in rows:
                    do(row, by=request.user, on=clock.today())
        except Refused as refused:
            self.message_user(request, " ".join(refused.messages), messages.ERROR)
        else:
            self.message_user(request, f"{done}: {len(rows)}.", messages.SUCCESS)

    @admin.action(description="Thôi dùng trong năm")
    def retire(self, request, queryset):
        self._each(request, queryset, self.verbs[0], "Đã thôi dùng")

    @admin.action(description="Thôi dùng trong năm, thu hồi mức đang giao")
    def retire_and_withdraw(self, request, queryset):
        def retire(row, **act):
            self.verbs[0](row, withdraw=True, **act)

        self._each(request, queryset, retire, "Đã thôi dùng")

    @admin.action(description="Dùng lại trong năm")
    def restore(self, request, queryset):
        self._each(request, queryset, self.verbs[1], "Đã dùng lại")


@admin.register(TargetGroup)
class TargetGroupAdmin(ChosenAdmin):
    about = "Các nhóm chỉ tiêu của mỗi năm và thứ tự trên bảng kết quả. Năm đã chốt chỉ xem."
    form = GroupForm
    list_display = ["year", "bloc", "order", "code", "name", "in_use"]
    list_display_links = ["name"]
    list_filter = ["year", ("bloc", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["bloc"]
    verbs = (groups.retire_group, groups.restore_group)

    def year_of(self, group):
        return group.bloc_id, group.year

    def get_form(self, request, obj=None, change=False, **kwargs):
        if obj is None:
            kwargs |= {"form": NewGroupForm}
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fields(self, request, obj=None):
        if obj is None:
            return ["bloc", "year", "code", "name", *FIELDS_OF_HEADLINE]
        return ["bloc", "year", "code", "name", "order"]

    def get_readonly_fields(self, request, obj=None):
        return ["bloc", "year", "code"] if obj else []


@admin.register(Indicator)
class IndicatorAdmin(ChosenAdmin):
    about = "Mỗi chỉ tiêu tính bằng gì trên gì, so thế nào. Năm đã chốt chỉ xem."
    form = AdminIndicatorForm
    list_display = ["year", "group", "name", "headline", "below", "in_use"]
    list_display_links = ["name"]
    list_filter = ["group__year", ("group__bloc", admin.RelatedOnlyFieldListFilter), "headline"]
    list_select_related = ["group__bloc"]
    verbs = (indicators.retire_indicator, indicators.restore_indicator)

    @admin.display(description="năm", ordering="group__year")
    def year(self, indicator):
        return indicator.group.year

    def year_of(self, indicator):
        return indicator.group.bloc_id, indicator.group.year

    def get_fields(self, request, obj=None):
        columns = [name for name in indicators.COLUMNS if obj or name not in ("headline", "required", "below")]
        return ["group", "code", *columns, *(["withdraw"] if obj else [])]

    def get_readonly_fields(self, request, obj=None):
        return ["group", "code"] if obj else []


read_only(Target, about="Mức giao cho từng tổ chức của từng chỉ tiêu. Giao và sửa ở trang Giao chỉ tiêu.")
