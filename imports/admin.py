from django.contrib import admin
from django.http import HttpRequest

from ledger.web.admin_base import RecordedCatalogueAdmin

from .models import ImportLimits, KnownHeading, OtherSpelling


@admin.register(KnownHeading)
class KnownHeadingAdmin(RecordedCatalogueAdmin):
    about = "Tiêu đề cột mà người nhập đã chỉ cho phần mềm; lần sau cột ấy được nhận ngay."
    list_display = ["heading", "kind", "column"]
    list_filter = ["kind"]
    search_fields = ["heading"]


@admin.register(OtherSpelling)
class OtherSpellingAdmin(RecordedCatalogueAdmin):
    about = "Cách viết khác của một tên trong danh mục; gặp trong tệp thì phần mềm hiểu."
    list_display = ["text", "of", "code"]
    list_filter = ["of"]
    search_fields = ["text"]


@admin.register(ImportLimits)
class ImportLimitsAdmin(RecordedCatalogueAdmin):
    about = "Tệp lớn nhất, dài nhất mà trang Nhập dữ liệu nhận, và giữ tệp chờ bao lâu."
    list_display = ["__str__", "megabytes", "rows", "seconds"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
