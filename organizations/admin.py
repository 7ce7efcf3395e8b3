from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ledger import clock
from ledger.acts import Refused
from ledger.web.admin_base import OneAtATime, ReadOnly, ReadOnlyInline, RecordedCatalogueAdmin, read_only

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


class SpellInline(ReadOnlyInline):
    model = OrganizationSpell
    fk_name = "organization"
    fields = ["name", "kind", "parent", "starts", "until"]
    verbose_name_plural = "các giai đoạn"

    def get_queryset(self, request: HttpRequest) -> QuerySet[OrganizationSpell]:
        return super().get_queryset(request).filter(voided__isnull=True).order_by("starts")


@admin.register(Organization)
class OrganizationAdmin(ReadOnly):
    list_display = ["code", "current_name"]
    search_fields = ["code", "spells__name"]
    inlines = [SpellInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organization]:
        return super().get_queryset(request).prefetch_related("spells")

    @admin.display(description="tên")
    def current_name(self, organization: Organization) -> str:
        spells = [s for s in organization.spells.all() if s.voided_id is None]
        return max(spells, key=lambda s: s.starts).name if spells else "–"


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

    form = AppointmentForm
    list_display = ["user", "role", "organization", "starts", "until", "stands_in_for"]
    list_filter = ["role"]
    list_select_related = ["user", "organization", "stands_in_for"]
    search_fields = ["user__username", "user__display_name", "organization__code"]
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

    list_display = ["user", "role", "organization", "added", "voided"]
    list_select_related = ["user", "organization", "added", "voided"]
    search_fields = ["user__username", "organization__code"]


@admin.register(SizeRule)
class SizeRuleAdmin(RecordedCatalogueAdmin):
    list_display = ["kind", "official", "least", "most", "basis"]


read_only(Succession, Origin, Approval, StaffCount)
