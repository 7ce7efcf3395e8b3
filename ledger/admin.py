from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    AdminUserCreationForm,
    ReadOnlyPasswordHashField,
    ReadOnlyPasswordHashWidget,
    UserChangeForm,
)
from django.contrib.auth.models import Group
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from . import clock
from .accounts import password_given
from .models import DayLimits, HelpDesk, Installation, OneTimePasswords, User
from .numbers import day_in_words
from .web.admin_base import InWords, NeverDelete, RecordedCatalogueAdmin
from .web.admin_names import KNOWN, Known, few_that_hold

LONGEST_STEP = timedelta(days=400)

admin.site.site_header = admin.site.site_title = "Quản trị Khối CCQ"
admin.site.index_title = "Quản trị"
admin.site.enable_nav_sidebar = False
admin.site.site_url = "/"
admin.site.empty_value_display = "–"
admin.site.unregister(Group)


def name_and_login(ids: Collection[int]) -> dict[int, str]:
    """{id: "Nguyễn Văn A (bithu.DB01-01)"}"""
    rows = User.objects.filter(pk__in=ids).values_list("pk", "display_name", "username")
    return {pk: f"{name} ({login})" if name else login for pk, name, login in rows}


def accounts_holding(word: str) -> list[int]:
    return few_that_hold(User.objects.all(), ["display_name", "username"], word)


KNOWN[User] = Known(name_and_login, accounts_holding)


class PasswordState(ReadOnlyPasswordHashWidget):
    """Whether a password is set. The parts of its hash tell the administrator nothing and are better not shown."""

    def get_context(self, name: str, value: str | None, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        if len(context["summary"]) > 1:
            context["summary"] = [{"label": "Đã đặt mật khẩu."}]
        return context


class AccountForm(UserChangeForm):
    password = ReadOnlyPasswordHashField(label="Mật khẩu", widget=PasswordState)


class NewPasswordForm(AdminPasswordChangeForm):
    """What somebody else knows is used once, to set one's own."""

    # Half of Django's own text is beyond the reach of any catalogue.
    usable_password_help_text = (
        "Chọn “Không” thì tài khoản này không đăng nhập được nữa."
        '<ul id="id_unusable_warning" class="messagelist"><li class="warning">Mật khẩu đang dùng sẽ mất.</li></ul>'
    )

    def save(self, commit: bool = True) -> User:
        self.user.must_change_password, self.user.password_given_on = True, clock.today()
        return super().save(commit)


@admin.register(User)
class AccountAdmin(RecordedCatalogueAdmin, UserAdmin):
    """Accounts are switched off, never deleted. Rights come from appointments, so groups and permissions are absent."""

    about = "Ai đăng nhập được. Tài khoản thôi dùng thì khóa, không xóa; vai trò giao ở mục Phân công."
    form = AccountForm
    change_password_form = NewPasswordForm
    add_form = AdminUserCreationForm
    list_display = ["username", "display_name", "is_active", "is_superuser", "must_change_password", "last_login"]
    list_filter = ["is_active", "is_superuser", "must_change_password"]
    readonly_fields = ["must_change_password"]
    search_fields = ["username", "display_name"]
    ordering = ["username"]
    fieldsets = [
        (None, {"fields": ["username", "password", "must_change_password", "display_name", "email"]}),
        ("Quyền", {"fields": ["is_active", "is_superuser"], "description": "Vai trò khác giao ở mục Phân công."}),
    ]
    add_fieldsets = [(None, {"classes": ["wide"], "fields": ["username", "display_name", "password1", "password2"]})]
    filter_horizontal: list[str] = []

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:
        obj.is_staff = obj.is_superuser
        if not change:
            obj.must_change_password, obj.password_given_on = True, clock.today()
        super().save_model(request, obj, form, change)

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        if id == str(request.user.pk):
            return redirect("password_change")
        if request.method != "POST":
            return super().user_change_password(request, id, form_url)
        with transaction.atomic():  # a password is not set unless it is told
            answer = super().user_change_password(request, id, form_url)
            if answer.status_code == 302:
                password_given.send(User, user=User.objects.get(pk=unquote(id)), by=request.user)
        return answer


@admin.register(DayLimits)
class DayLimitsAdmin(RecordedCatalogueAdmin):
    about = "Ngày sớm nhất, muộn nhất mà phần mềm nhận khi ghi một việc."
    list_display = ["__str__", "earliest", "years_ahead"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(HelpDesk)
class HelpDeskAdmin(RecordedCatalogueAdmin):
    about = "Ai giúp khi người dùng gặp khó; hiện ở trang Trợ giúp và trang đăng nhập."
    list_display = ["__str__", "name", "phone", "hours"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(OneTimePasswords)
class OneTimePasswordsAdmin(RecordedCatalogueAdmin):
    about = "Mật khẩu trên phiếu đăng nhập dùng được bao nhiêu ngày."
    list_display = ["__str__", "days"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


class DemoDayForm(forms.ModelForm):
    class Meta:
        model = Installation
        fields = ["demo_day"]
        help_texts = {"demo_day": "Chỉ đi tới, ví dụ để qua ngày chốt rồi khóa kỳ."}

    def clean_demo_day(self) -> date:
        day, now = self.cleaned_data["demo_day"], self.initial["demo_day"]
        if day is None or not now <= day <= now + LONGEST_STEP:
            raise forms.ValidationError(
                f"Ngày phải từ {day_in_words(now)} đến {day_in_words(now + LONGEST_STEP)}: việc đã ghi không thể nằm ở phía trước."
            )
        return day


@admin.register(Installation)
class InstallationAdmin(NeverDelete, InWords):
    """The day a demonstration stands at can be moved on, so that a year can be carried to its lock."""

    about = "Hôm nay là ngày nào trong bản trình diễn."
    form = DemoDayForm
    list_display = ["__str__", "demo_day"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return super().has_module_permission(request) and clock.is_demo()

    def has_change_permission(self, request: HttpRequest, obj: Installation | None = None) -> bool:
        return super().has_change_permission(request, obj) and clock.is_demo()

    def has_view_permission(self, request: HttpRequest, obj: Installation | None = None) -> bool:
        return super().has_view_permission(request, obj) and clock.is_demo()
