from itertools import islice

from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe

from ledger.documents import mentions_of_papers
from ledger.models import Change, Document, Recorded
from ledger.numbers import day_in_words
from ledger.text import sort_key
from ledger.verbs import codes_said, words
from ledger.web.admin_base import ReadOnly, RecordedCatalogueAdmin, read_only

from .letters.confidential import open_acts, open_documents
from .models import Conclusion, Inspection, InspectionSubject, InspectorsRow, OrganizationDiscipline, Result

# Letters are absent on purpose: their rows are for the inspection department and the leader alone (design §7). So is
# what discipline followed from, which may be a letter.
read_only(
    Inspection,
    about="Các cuộc kiểm tra, giám sát: năm, nội dung, đơn vị chủ trì.",
    list_display=["title", "year", "kind", "conductor"],
    search_fields=["search_key"],
)
read_only(InspectionSubject, about="Mỗi tổ chức trong một cuộc: dự kiến, đã làm ngày nào.")
read_only(Conclusion, about="Kết luận của từng cuộc với từng tổ chức.")
read_only(OrganizationDiscipline, about="Hình thức kỷ luật của tổ chức đảng và ngày có hiệu lực.")


@admin.register(Result)
class ResultAdmin(RecordedCatalogueAdmin):
    about = "Để chọn khi ghi kết quả giải quyết một đơn, thư."
    list_display = ["name", "code"]
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
    about = "Mọi việc đã ghi trong phần mềm: ai ghi, lúc nào, có hiệu lực từ ngày nào, theo văn bản nào."
    list_display = ["at", "words", "by", "on", "document", "reason"]
    list_filter = [VerbFilter]
    list_select_related = ["by", "document"]
    search_fields = ["detail", "reason"]

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


MOST_RESTING = 200  # lines on the page of a document


def resting_on(paper, user):
    """What rests on a Document and stands, in words: acts that `user` may read of, then rows that have it for their own."""
    acts = open_acts(user).filter(document=paper, undone__isnull=True).order_by("pk")
    yield from (f"{act.words}, hiệu lực {day_in_words(act.on)}" for act in acts)
    for model, name in mentions_of_papers():
        if issubclass(model, Recorded) and not issubclass(model, InspectorsRow):
            whose = [f.name for f in model._meta.concrete_fields if f.name in ("member", "organization", "sheet")]
            deep = [f"{one}__organization" if one == "sheet" else one for one in whose]
            rows = model._base_manager.filter(**{name: paper, "voided__isnull": True})
            for row in rows.select_related(*deep).order_by("pk"):
                said = [_named(getattr(row, one)) for one in whose if getattr(row, one)]
                yield ", ".join([f"{row._meta.verbose_name}: {model._meta.get_field(name).verbose_name}", *said])


def _named(of):
    place = getattr(of, "organization", of)
    return getattr(place, "code", None) or str(place)


@admin.register(Document)
class DocumentAdmin(ReadOnly):
    about = "Văn bản làm căn cứ cho những việc đã ghi, với những gì dựa trên nó."
    list_display = ["number", "date", "issuer", "title"]
    search_fields = ["search_key", "issuer"]

    def get_readonly_fields(self, request, obj=None):
        return [*super().get_readonly_fields(request, obj), "rests"] if obj else []

    def get_object(self, request, object_id, from_field=None):
        paper = super().get_object(request, object_id, from_field)
        if paper:
            paper.seen_by = request.user
        return paper

    @admin.display(description="những gì dựa trên văn bản này")
    def rests(self, paper):
        told = list(islice(resting_on(paper, paper.seen_by), MOST_RESTING + 1))
        more = [f"và nhiều nữa; đây là {MOST_RESTING} dòng đầu"] if len(told) > MOST_RESTING else []
        return format_html_join(mark_safe("<br>"), "{}", ((one,) for one in [*told[:MOST_RESTING], *more])) or "–"

    def get_queryset(self, request):
        return open_documents(request.user)
