from django.contrib import admin

from ledger.models import Change, Document
from ledger.web.admin_base import ReadOnly, RecordedCatalogueAdmin, read_only

from .letters.confidential import open_acts, open_documents
from .models import Conclusion, Inspection, InspectionSubject, OrganizationDiscipline, Result

# Letters are absent on purpose: their rows are for the inspection department and the leader alone (design §7). So is
# what discipline followed from, which may be a letter.
read_only(Inspection, InspectionSubject, Conclusion, OrganizationDiscipline)


@admin.register(Result)
class ResultAdmin(RecordedCatalogueAdmin):
    list_display = ["code", "name"]
    search_fields = ["name"]


# Here and not on the ledger's floor, which does not know what a letter is.
@admin.register(Change)
class ChangeAdmin(ReadOnly):
    list_display = ["at", "verb", "by", "on", "document", "reason"]
    list_filter = ["verb"]
    list_select_related = ["by", "document"]
    search_fields = ["verb", "reason", "by__username"]

    def get_queryset(self, request):
        return open_acts(request.user)


@admin.register(Document)
class DocumentAdmin(ReadOnly):
    list_display = ["number", "date", "issuer", "title"]
    search_fields = ["number", "title", "issuer"]

    def get_queryset(self, request):
        return open_documents(request.user)
