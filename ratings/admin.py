import json
from decimal import Decimal

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.views.decorators.http import require_POST

from ledger import clock
from ledger.acts import Refused
from ledger.numbers import percent
from ledger.web.admin_base import ReadOnly, RecordedCatalogueAdmin, read_only
from ledger.web.admin_names import called

from .models import Calendar, Cap, FrozenScheme, Level, Period, Reason, Rule, Scheme, Sheet, Step
from .periods import versions
from .periods.scheme_text import differences, scheme_text
from .periods.scheme_words import in_words


class HeldByLocksAdmin(RecordedCatalogueAdmin):
    """What a locked period reads is shown and edited no more: on its page, through its history, or by what is added."""

    helps = {
        "code": "Ký hiệu để nối các bản và các bảng nhập với nhau, chữ không dấu. Đã dùng thì đừng đổi.",
        "confirmed": "Đánh dấu khi đã so với văn bản gốc. Chỉ để nhớ, không đổi cách tính.",
        "enabled": "Bỏ dấu thì phiếu xếp loại không so với điều này nữa.",
        "rank": "1 là mức cao nhất.",
        "least_points": "Chỉ cho lược đồ xếp theo điểm; để trống nếu không.",
        "ceiling": "Chỉ cho lý do giới hạn mức: 3 nghĩa là xếp cao nhất đến bậc 3.",
        "strength": "Nhắc để biết: vẫn ghi được. Phải nêu lý do: ghi được khi có lý do. Không cho phép: không ghi được.",
        "last_year": "Để trống nếu còn dùng.",
    }

    def scheme_of(self, row):
        return row.scheme

    def has_change_permission(self, request, obj=None):
        allowed = super().has_change_permission(request, obj)
        stored = obj and self.model._base_manager.filter(pk=obj.pk).first()
        return allowed and not (stored and self.scheme_of(stored).is_fixed)

    def revert_disabled(self, request, obj=None):
        return super().revert_disabled(request, obj) or bool(obj and not self.has_change_permission(request, obj))

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        row = get_object_or_404(self.model, pk=object_id)
        if request.method == "POST" and not self.has_change_permission(request, row):
            raise PermissionDenied
        return super().history_form_view(request, object_id, version_id, extra_context)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "scheme":
            fixed = Period.objects.standing().filter(locked__isnull=False).values("scheme")
            kwargs["queryset"] = Scheme.objects.exclude(pk__in=fixed)
            kwargs["help_text"] = "Chỉ những bản chưa có kỳ nào khóa theo."
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


PARTS = {"levels": Level, "caps": Cap, "reasons": Reason, "rules": Rule}


def _list_of(model, scheme):
    """Address of the list of those rows of `model` that belong to `scheme`."""
    return reverse(f"admin:ratings_{model._meta.model_name}_changelist") + f"?scheme__id__exact={scheme.pk}"


@admin.register(Scheme)
class SchemeAdmin(HeldByLocksAdmin):
    about = "Cách xếp loại của từng năm. Bản đã có kỳ khóa theo thì chỉ xem; muốn sửa thì lập bản mới từ bản ấy."
    list_display = ["name", "version", "first_year", "last_year", "read_by", "comparable_group", "confirmed"]
    list_filter = ["confirmed"]
    change_form_template = "admin/ratings/scheme/change_form.html"

    def get_readonly_fields(self, request, obj=None):
        """Versions of one scheme share its code."""
        alone = obj is None or not Scheme.objects.filter(code=obj.code).exclude(pk=obj.pk).exists()
        return ["version", "read_by"] if alone else ["code", "version", "read_by"]

    def scheme_of(self, row):
        return row

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("period_set__bloc")

    def get_fields(self, request, obj=None):
        fields = super().get_fields(request, obj)
        return fields if obj else [name for name in fields if name not in ("version", "read_by")]

    @admin.display(description="kỳ đọc bản này")
    def read_by(self, scheme):
        periods = [period for period in scheme.period_set.all() if not period.voided_id]
        told = [
            f"{name}: {', '.join(period_names)}"
            for name, period_names in (
                ("đã khóa", [p.of_its_bloc for p in periods if p.locked_id]),
                ("đang mở", [p.of_its_bloc for p in periods if not p.locked_id]),
            )
            if period_names
        ]
        return "; ".join(told) or "chưa có kỳ nào"

    def get_urls(self):
        def named(address, view, name):
            return path(address, self.admin_site.admin_view(view), name=f"ratings_scheme_{name}")

        return [
            named("<int:pk>/ban-moi/", require_POST(self.new_version_view), "new_version"),
            named("<int:pk>/ap-dung/<int:period>/", self.adopt_view, "adopt"),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        scheme = self.get_object(request, object_id)
        more = {}
        if scheme is not None and super().has_change_permission(request, None):
            open_periods = Period.objects.standing().filter(locked__isnull=True, scheme__code=scheme.code)
            rows = list(Scheme.objects.filter(code=scheme.code).prefetch_related("period_set__bloc"))
            for row in rows:
                row.told = self.read_by(row)
            more = {
                "fixed": scheme.fixed if scheme.is_fixed else "",
                "free": next((row for row in rows if not row.is_fixed and row != scheme), None),
                "versions": rows,
                "words": in_words(scheme_text(scheme)),
                "parts": {part: _list_of(model, scheme) for part, model in PARTS.items()},
                "open_periods": open_periods.exclude(scheme=scheme).select_related("scheme", "bloc"),
            }
        return super().change_view(request, object_id, form_url, (extra_context or {}) | more)

    def _scheme(self, request, pk):
        if not super().has_change_permission(request, None):
            raise PermissionDenied
        return get_object_or_404(Scheme, pk=pk)

    def new_version_view(self, request, pk):
        scheme = self._scheme(request, pk)
        try:
            scheme = versions.new_version(scheme, by=request.user, on=clock.today())
        except Refused as refused:
            self.message_user(request, " ".join(refused.messages), messages.ERROR)
        else:
            said = f"Đã lập {scheme.numbered}, chép nguyên từ bản cũ. Kỳ mở từ nay đọc bản này; hãy sửa ở đây."
            self.message_user(request, said, messages.SUCCESS)
        return redirect("admin:ratings_scheme_change", scheme.pk)

    def adopt_view(self, request, pk, period):
        scheme = self._scheme(request, pk)
        period = Period.objects.standing().filter(pk=period).select_related("scheme", "bloc").first()
        if period is None:
            raise Http404
        if request.method == "POST":
            return self._adopt(request, period, scheme)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Áp dụng {scheme.numbered} cho {period.of_its_bloc}",
            "opts": self.opts,
            "scheme": scheme,
            "period": period,
            "differences": differences(scheme_text(period.scheme), scheme_text(scheme)),
        }
        return TemplateResponse(request, "admin/ratings/scheme/adopt.html", context)

    def _adopt(self, request, period, scheme):
        try:
            versions.adopt(period, scheme, by=request.user, on=clock.today())
        except Refused as refused:
            self.message_user(request, " ".join(refused.messages), messages.ERROR)
        else:
            self.message_user(
                request, f"{capfirst(period.of_its_bloc)} nay đọc {scheme.numbered} của lược đồ.", messages.SUCCESS
            )
        return redirect(reverse("admin:ratings_scheme_change", args=[scheme.pk]))


@admin.register(Level)
class LevelAdmin(HeldByLocksAdmin):
    about = "Tên bốn mức của mỗi lược đồ, cho đảng viên và cho tổ chức."
    list_display = ["member_label", "organization_label", "rank", "scheme", "confirmed"]
    list_filter = ["scheme"]
    list_select_related = ["scheme"]


@admin.register(Reason)
class ReasonAdmin(HeldByLocksAdmin):
    about = "Vì sao một đảng viên, một tổ chức không xếp loại, hoặc không xếp trên một mức."
    list_display = ["label", "kind", "highest", "of_organizations", "scheme", "confirmed"]
    list_filter = ["scheme", "kind"]
    list_select_related = ["scheme"]
    search_fields = ["label"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("scheme__levels")

    @admin.display(description="xếp cao nhất đến", ordering="ceiling")
    def highest(self, reason):
        return next((x.member_label for x in reason.scheme.levels.all() if x.rank == reason.ceiling), "")


@admin.register(Cap)
class CapAdmin(HeldByLocksAdmin):
    about = "Nhiều nhất bao nhiêu phần trăm được xếp mức cao nhất, tính trên những ai."
    list_display = ["limits", "share", "base", "enabled", "scheme", "confirmed"]
    list_filter = ["scheme"]
    list_select_related = ["scheme"]

    @admin.display(description="nhiều nhất", ordering="percent")
    def share(self, cap):
        return percent(Decimal(f"{cap.percent.normalize():f}"))


class RuleForm(forms.ModelForm):
    """Reasons of one name stand in every version: each is named with its own."""

    class Meta:
        model = Rule
        fields = "__all__"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "reason" in self.fields:
            self.fields["reason"].label_from_instance = lambda reason: f"{reason} · {reason.scheme}"


@admin.register(Rule)
class RuleAdmin(HeldByLocksAdmin):
    about = "Phần mềm so phiếu xếp loại với những điều này: nhắc, đòi lý do, hoặc không cho ghi."
    form = RuleForm
    list_display = ["code", "reason", "number", "strength", "enabled", "legal_basis", "scheme", "confirmed"]
    list_filter = ["scheme", "strength"]
    list_select_related = ["scheme", "reason"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "reason":
            kwargs["queryset"] = Reason.objects.select_related("scheme")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Calendar)
class CalendarAdmin(RecordedCatalogueAdmin):
    about = "Kỳ mới mở lấy những hạn này: bao nhiêu ngày sau ngày chốt, nhắc trước mấy ngày."
    list_display = ["__str__", "cell_days", "committee_days", "bloc_days", "remind_days", "early_days"]


read_only(
    Period,
    about="Các kỳ xếp loại đã mở, ngày chốt và lược đồ mà kỳ ấy đọc. Mở và khóa ở trang Kỳ xếp loại.",
    list_display=["__str__", "bloc", "starts", "cutoff", "scheme"],
)
read_only(Sheet, about="Phiếu của mỗi chi bộ trong mỗi kỳ đang ở bước nào.")
read_only(Step, about="Phiếu đã chuyển từ bước nào sang bước nào.")


@admin.register(FrozenScheme)
class FrozenSchemeAdmin(ReadOnly):
    about = "Lược đồ đúng như lúc khóa kỳ, để đối chiếu về sau."
    list_display = ["period", "bloc"]
    list_select_related = ["period__bloc"]

    @admin.display(description="đảng bộ")
    def bloc(self, frozen):
        return called(frozen.period.bloc)

    def get_fields(self, request, obj=None):
        return ["period", "bloc", "read", "seal"]

    @admin.display(description="lược đồ lúc khóa")
    def read(self, frozen):
        try:
            words = in_words(json.loads(frozen.text))
        except (ValueError, KeyError):
            return "Không đọc được."
        return mark_safe(render_to_string("admin/ratings/scheme/words.html", {"words": words}))
