from django.contrib import admin

from ledger.admin_base import Catalogue, read_only

from .models import Cap, Level, Period, Reason, Scheme, Sheet


@admin.register(Scheme)
class SchemeAdmin(Catalogue):
    list_display = ["name", "first_year", "last_year", "legal_basis", "comparable_group", "confirmed"]


@admin.register(Level)
class LevelAdmin(Catalogue):
    list_display = ["scheme", "code", "organization_label", "member_label", "confirmed"]
    list_filter = ["scheme"]


@admin.register(Reason)
class ReasonAdmin(Catalogue):
    list_display = ["scheme", "code", "label", "kind", "ceiling", "confirmed"]
    list_filter = ["scheme", "kind"]


@admin.register(Cap)
class CapAdmin(Catalogue):
    list_display = ["scheme", "limits", "percent", "base", "enabled", "confirmed"]


read_only(Period, Sheet)
