from django.contrib import admin

from ledger.models import Change, Document
from ledger.text import sort_key
from ledger.verbs import codes_said, words
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


class VerbFilter(admin.SimpleListFilter):
    title, parameter_name = "việc", "viec"

    def lookups(self, request, model_admin):
        used = open_acts(request.user).order_by().values_list("verb", flat=True).distinct()
        return sorted(((code, words(code, "…")) for code in used), key=lambda pair: sort_key(pair[1]))

    def queryset(self, request, queryset):
        return queryset.filter(verb=self.value()) if self.value() else queryset


# Here and not on the ledger's floor, which does not know what a letter is.
@admin.register(Change)
class ChangeAdmin(ReadOnly):
    list_display = ["at", "words", "by", "on", "document", "reason"]
    list_filter = [VerbFilter]
    list_select_related = ["by", "document"]
    search_fields = ["detail", "reason", "by__username"]

    @admin.display(description="việc", ordering="verb")
    def words(self, change):
        return change.words

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "words"]

    def get_fields(self, request, obj=None):
        """What was done is said in its words: the code is the program's own."""
        return [
            "words",
            *(name for name in super().get_fields(request, obj) if name not in ("words", "verb", "detail")),
        ]

    def get_queryset(self, request):
        return open_acts(request.user)

    def get_search_results(self, request, queryset, search_term):
        changes, several = super().get_search_results(request, queryset, search_term)
        return changes | queryset.filter(verb__in=codes_said(search_term)), several


@admin.register(Document)
class DocumentAdmin(ReadOnly):
    list_display = ["number", "date", "issuer", "title"]
    search_fields = ["number", "title", "issuer"]

    def get_queryset(self, request):
        return open_documents(request.user)
