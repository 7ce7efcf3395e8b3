from django.contrib import admin

from ledger.admin_base import Catalogue, read_only

from .models import Calendar, Cap, Level, Period, Reason, Rule, Scheme, Sheet, Step


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


@admin.register(Rule)
class RuleAdmin(Catalogue):
    list_display = ["scheme", "code", "reason", "strength", "number", "legal_basis", "enabled", "confirmed"]
    list_filter = ["scheme", "strength"]


@admin.register(Calendar)
class CalendarAdmin(Catalogue):
    list_display = ["__str__", "cell_days", "committee_days", "bloc_days", "remind_days"]


read_only(Period, Sheet, Step)
