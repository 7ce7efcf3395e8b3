from django.contrib import admin

from ledger.text import search_key
from ledger.web.admin_base import ReadOnly, ReadOnlyInline, RecordedCatalogueAdmin, read_only

from .models import (
    Admission,
    Amendment,
    AwardDay,
    BadgeAward,
    BadgeLevel,
    CandidateRecord,
    CandidateStep,
    Discipline,
    EthnicGroup,
    Extension,
    Member,
    Membership,
    Merger,
    Officialization,
    Post,
    Religion,
    Status,
    TransferOffer,
)


@admin.register(EthnicGroup, Religion)
class CatalogueAdmin(RecordedCatalogueAdmin):
    list_display = ["code", "name"]
    search_fields = ["name"]


class MembershipInline(ReadOnlyInline):
    model = Membership
    fields = ["organization", "starts", "until", "entry", "exit"]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(voided__isnull=True).order_by("starts")


@admin.register(Member)
class MemberAdmin(ReadOnly):
    list_display = ["full_name", "born", "sex", "ethnic_group"]
    list_select_related = ["ethnic_group"]
    ordering = ["sort_key"]
    search_fields = ["search_key"]
    search_help_text = "Gõ có dấu hoặc không dấu."
    inlines = [MembershipInline]

    @admin.display(description="sinh", ordering="birth_date")
    def born(self, member):
        return member.born

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, search_key(search_term))


read_only(Admission, Officialization, Extension, Status, Discipline, Post, TransferOffer)
read_only(Amendment, Merger)
read_only(CandidateRecord, CandidateStep, BadgeAward)


@admin.register(BadgeLevel)
class BadgeLevelAdmin(RecordedCatalogueAdmin):
    list_display = ["years", "months_early", "months_posthumous", "in_use"]


@admin.register(AwardDay)
class AwardDayAdmin(RecordedCatalogueAdmin):
    list_display = ["__str__", "name", "in_use"]
