from django.contrib import admin
from django.http import HttpRequest

from ledger.web.admin_base import RecordedCatalogueAdmin

from .models import ImportLimits, KnownHeading, OtherSpelling


@admin.register(KnownHeading)
class KnownHeadingAdmin(RecordedCatalogueAdmin):
    list_display = ["heading", "kind", "column"]
    list_filter = ["kind"]
    search_fields = ["heading"]


@admin.register(OtherSpelling)
class OtherSpellingAdmin(RecordedCatalogueAdmin):
    list_display = ["text", "of", "code"]
    list_filter = ["of"]
    search_fields = ["text"]


@admin.register(ImportLimits)
class ImportLimitsAdmin(RecordedCatalogueAdmin):
    list_display = ["__str__", "megabytes", "rows", "seconds"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
