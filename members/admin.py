from django.contrib import admin
from django.db.models import F

from ledger.web.admin_base import ReadOnly, ReadOnlyInline, RecordedCatalogueAdmin, read_only
from ledger.web.admin_names import KNOWN, Known
from ledger.web.finding import begun

from .identity.ages import OLDEST
from .models import (
    Admission,
    Amendment,
    AwardDay,
    BadgeAward,
    BadgeLevel,
    Candidate,
    CandidateRecord,
    CandidateStep,
    ConsentRule,
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


def names_of_members(ids):
    return dict(Member._base_manager.filter(pk__in=ids).values_list("pk", "full_name"))


def members_holding(word):
    return Member._base_manager.filter(begun("search_key", [word])).values("pk")


def names_of_candidates(ids):
    """By the record that stands, else by the last."""
    rows = CandidateRecord._base_manager.filter(candidate__in=ids).order_by(F("voided").desc(nulls_last=True), "pk")
    return dict(rows.values_list("candidate", "full_name"))


def candidates_holding(word):
    return CandidateRecord.objects.standing().filter(begun("search_key", [word])).values("candidate")


KNOWN[Member] = Known(names_of_members, members_holding)
KNOWN[Candidate] = Known(names_of_candidates, candidates_holding)


class NameAdmin(RecordedCatalogueAdmin):
    list_display = ["name", "code"]
    search_fields = ["name"]


@admin.register(EthnicGroup)
class EthnicGroupAdmin(NameAdmin):
    about = "Để chọn khi ghi hồ sơ đảng viên, và để so với tên dân tộc trong bảng được nhập."


@admin.register(Religion)
class ReligionAdmin(NameAdmin):
    about = "Để chọn khi ghi hồ sơ đảng viên, và để so với tên tôn giáo trong bảng được nhập."


class MembershipInline(ReadOnlyInline):
    model = Membership
    fields = ["organization", "starts", "until", "entry", "exit"]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(voided__isnull=True).order_by("starts")


@admin.register(Member)
class MemberAdmin(ReadOnly):
    about = "Hồ sơ của mọi người từng có trong sổ, với những chi bộ đã sinh hoạt. Sửa hồ sơ ở trang của đảng viên."
    list_display = ["full_name", "born", "sex", "ethnic_group"]
    list_select_related = ["ethnic_group"]
    ordering = ["sort_key"]
    search_fields = ["search_key"]
    inlines = [MembershipInline]

    @admin.display(description="sinh", ordering="birth_date")
    def born(self, member):
        return member.born


read_only(Admission, about="Ai được kết nạp ở đâu: ngày quyết định, ngày làm lễ.")
read_only(Officialization, about="Ai được công nhận đảng viên chính thức, từ ngày nào.")
read_only(Extension, about="Ai được kéo dài thời gian dự bị, đến ngày nào.")
read_only(Status, about="Miễn sinh hoạt, đình chỉ, ốm dài ngày, sinh hoạt tạm thời: của ai, từ ngày nào đến ngày nào.")
read_only(Discipline, about="Hình thức kỷ luật của đảng viên và ngày có hiệu lực.")
read_only(Post, about="Ai giữ chức vụ đảng nào, ở tổ chức nào, trong thời gian nào.")
read_only(TransferOffer, about="Đảng viên được giới thiệu từ chi bộ nào sang chi bộ nào, và nơi nhận trả lời ra sao.")
read_only(Amendment, about="Từng ô của hồ sơ đã sửa: trước là gì, sau là gì.")
read_only(Merger, about="Hai hồ sơ của một người đã gộp làm một: giữ hồ sơ nào, bỏ hồ sơ nào.")
read_only(CandidateRecord, about="Lý lịch của người trong nguồn kết nạp.")
read_only(CandidateStep, about="Người trong nguồn kết nạp đã đi đến bước nào, ở đâu, ngày nào.")
read_only(BadgeAward, about="Ai đã nhận Huy hiệu mấy năm, trong đợt nào.")


@admin.register(BadgeLevel)
class BadgeLevelAdmin(RecordedCatalogueAdmin):
    about = "Huy hiệu mấy năm tuổi Đảng, được xét sớm bao nhiêu tháng."
    list_display = ["years", "months_early", "months_posthumous", "in_use"]


@admin.register(AwardDay)
class AwardDayAdmin(RecordedCatalogueAdmin):
    about = "Những ngày trong năm trao Huy hiệu Đảng."
    list_display = ["__str__", "name", "in_use"]


@admin.register(ConsentRule)
class ConsentRuleAdmin(RecordedCatalogueAdmin):
    about = f"Ai ra văn bản đồng ý cho người quá {OLDEST} tuổi được kết nạp, và có nhận văn bản của cơ quan khác không."
    list_display = ["issuer", "issuer_alone"]

    def has_add_permission(self, request):
        return False
