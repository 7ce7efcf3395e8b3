from collections.abc import Callable, Collection
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ledger import clock
from ledger.acts import Refused
from ledger.web.admin_base import SEARCH_HELP, OneAtATime, ReadOnly, ReadOnlyInline, RecordedCatalogueAdmin, read_only
from ledger.web.admin_names import KNOWN, Known, NamedChangeList

from . import finding, lineage
from .appoint import NewOffice, appoint, check, dismiss, must_wait
from .confirming import not_asked_for, propose
from .models import (
    Appointment,
    Approval,
    Organization,
    OrganizationSpell,
    Origin,
    PendingAppointment,
    SizeRule,
    StaffCount,
    Succession,
)

WAITS = "Đề nghị đã gửi. Phân công cho chính mình chỉ có hiệu lực khi một quản trị khác xác nhận ở trang này."


def name_and_code(ids: Collection[int]) -> dict[int, str]:
    """{id: "Chi bộ Văn phòng, Đảng bộ Sở Xây dựng (DB01-01)"}, by the names of today or the last before. Three queries."""
    codes = dict(Organization._base_manager.filter(pk__in=ids).values_list("pk", "code"))
    labels = lineage.labels(ids, clock.today())
    return {pk: f"{labels[pk]} ({code})" if pk in labels else code for pk, code in codes.items()}


KNOWN[Organization] = Known(name_and_code, finding.holding)


class SpellInline(ReadOnlyInline):
    model = OrganizationSpell
    fk_name = "organization"
    fields = ["name", "kind", "parent", "starts", "until"]
    verbose_name_plural = "các giai đoạn"

    def get_queryset(self, request: HttpRequest) -> QuerySet[OrganizationSpell]:
        return super().get_queryset(request).filter(voided__isnull=True).order_by("starts")


class OrganizationList(NamedChangeList):
    """A list of organizations, each with its `life` (standing spells, the earliest first) and the name `above` it."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        last = {row.pk: row.life[-1] for row in self.result_list if row.life}
        names = lineage.names({spell.parent_id for spell in last.values()} - {None}, clock.today())
        for row in self.result_list:
            above = names.get(last[row.pk].parent_id) if row.pk in last else None
            row.above = above.name if above else ""


@admin.register(Organization)
class OrganizationAdmin(ReadOnly):
    about = (
        "Mọi tổ chức đảng từ trước đến nay, với tên, loại hình và cấp trên qua từng thời gian. Sắp xếp ở trang Tổ chức."
    )
    list_display = ["current_name", "code", "kind", "above"]
    search_fields = ["code"]
    search_help_text = f"{SEARCH_HELP} Ví dụ: so xay dung, db01, van phong y te."
    ordering = ["code"]
    inlines = [SpellInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organization]:
        standing = OrganizationSpell.objects.standing().order_by("starts")
        return super().get_queryset(request).prefetch_related(Prefetch("spells", standing, to_attr="life"))

    def own_words(self) -> Callable[[str], Q]:
        return lambda word: Q(pk__in=finding.holding(word)) | Q(code__icontains=word)

    @admin.display(description="tên")
    def current_name(self, organization: Organization) -> str:
        return organization.life[-1].name if organization.life else organization.code

    @admin.display(description="loại hình")
    def kind(self, organization: Organization) -> str:
        return organization.life[-1].get_kind_display() if organization.life else ""

    @admin.display(description="cấp trên")
    def above(self, organization: Organization) -> str:
        return organization.above

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return OrganizationList


class AppointmentForm(forms.ModelForm):
    class Meta:
        model = Appointment
        fields = ["user", "role", "organization"]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if {"user", "role", "organization"} <= data.keys():
            try:
                check([NewOffice(**{name: data[name] for name in ("user", "role", "organization")})], clock.today())
                not_asked_for(data["user"], data["organization"])
            except Refused as refused:
                raise ValidationError(refused.messages) from refused
        return data


@admin.register(Appointment)
class AppointmentAdmin(OneAtATime, ReadOnly):
    """Given from today through the verb; ended by the action. A past office is never rewritten."""

    about = (
        "Ai làm việc cho tổ chức nào, với vai trò gì, từ ngày nào. Phân công có hiệu lực từ hôm nay; thôi phân công thì "
        "đánh dấu dòng rồi chọn việc ở trên bảng."
    )
    form = AppointmentForm
    list_display = ["user", "role", "organization", "starts", "until", "stands_in_for"]
    list_filter = ["role"]
    list_select_related = ["user", "organization", "stands_in_for"]
    autocomplete_fields = ["user", "organization"]
    actions = ["end"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def get_queryset(self, request: HttpRequest) -> QuerySet[Appointment]:
        return super().get_queryset(request).filter(voided__isnull=True)

    def save_model(self, request: HttpRequest, obj: Appointment, form: AppointmentForm, change: bool) -> None:
        row = NewOffice(user=obj.user, role=obj.role, organization=obj.organization)
        obj.waits = must_wait(obj.user, by=request.user)
        if obj.waits:
            obj.pk = propose(row, by=request.user, on=clock.today()).pk
            return
        made = appoint([row], by=request.user, on=clock.today())[0]
        obj.pk, obj.starts, obj.added = made.pk, made.starts, made.added

    def log_addition(self, request: HttpRequest, obj: Appointment, message: Any) -> LogEntry | None:
        return None if obj.waits else super().log_addition(request, obj, message)

    def response_add(
        self, request: HttpRequest, obj: Appointment, post_url_continue: str | None = None
    ) -> HttpResponse:
        if not obj.waits:
            return super().response_add(request, obj, post_url_continue)
        messages.warning(request, WAITS)
        return redirect("appointments")

    @admin.action(description="Thôi phân công từ hôm nay")
    def end(self, request: HttpRequest, queryset: QuerySet[Appointment]) -> None:
        day = clock.today()
        rows = list(queryset.filter(ends__gt=day))
        try:
            dismiss(rows, by=request.user, on=day)
        except Refused as refused:
            messages.error(request, " ".join(refused.messages))
        else:
            messages.success(request, f"Đã thôi {len(rows)} phân công.")


@admin.register(PendingAppointment)
class PendingAppointmentAdmin(ReadOnly):
    """Confirmed or declined on the page of appointments; here for the record."""

    about = "Phân công mà người nhận tự đề nghị: xác nhận hoặc từ chối ở trang Phân công."
    list_display = ["user", "role", "organization", "added", "voided"]
    list_select_related = ["user", "organization", "added", "voided"]


@admin.register(SizeRule)
class SizeRuleAdmin(RecordedCatalogueAdmin):
    about = "Mỗi loại hình tổ chức có ít nhất, nhiều nhất bao nhiêu đảng viên. Ngoài mức thì trang tổ chức nhắc."
    list_display = ["kind", "official", "least", "most", "basis"]


read_only(Succession, about="Tổ chức nào kế thừa tổ chức đã kết thúc, từ ngày nào.")
read_only(Origin, about="Tổ chức nào tách ra từ tổ chức nào.")
read_only(Approval, about="Cấp trên đồng ý để tổ chức có số đảng viên ngoài mức.")
read_only(
    StaffCount,
    about="Số công chức, viên chức, người lao động của mỗi đơn vị theo năm.",
    list_display=["organization", "year", "civil_servants", "public_employees", "workers", "total"],
)
