"""A scheme in words: what is shown of one that stands and of one frozen at a lock."""

import pytest

from ratings.models import Cap, Reason, Rule, Scheme
from ratings.periods.scheme_text import scheme_text
from ratings.periods.scheme_words import in_words

pytestmark = pytest.mark.django_db


@pytest.fixture
def scheme(world):
    return Scheme.objects.get(code="2019")


def said(scheme):
    return in_words(scheme_text(scheme))


def test_levels_stand_from_the_highest_with_both_their_names(scheme):
    levels = said(scheme).levels
    assert [level.rank for level in levels] == [1, 2, 3, 4]
    assert [(x.member, x.organization) for x in levels] == list(
        scheme.levels.order_by("rank").values_list("member_label", "organization_label")
    )
    assert not said(scheme).by_points and said(Scheme.objects.get(code="2025")).by_points


def test_years_are_said_as_they_are(scheme):
    for first, last, sentence in [
        (2019, 2022, "Dùng từ năm 2019 đến năm 2022."),
        (2018, 2018, "Dùng cho năm 2018."),
        (2025, None, "Dùng từ năm 2025."),
    ]:
        text = scheme_text(scheme)
        text["scheme"] |= {"first_year": first, "last_year": last}
        assert in_words(text).years == sentence


def test_a_cap_says_whom_how_many_of_whom_and_that_it_is_off(scheme):
    scheme.caps.all().delete()
    Cap.objects.create(scheme=scheme, limits="MEMBERS", percent="12.5", base="SECOND", enabled=True)
    Cap.objects.create(scheme=scheme, limits="ORGANIZATIONS", percent="20", base="ALL", enabled=False)
    assert said(scheme).caps == [
        "Đảng viên được xếp mức cao nhất không quá 12,5% số được xếp mức thứ hai, tính ở mỗi tổ chức cơ sở đảng.",
        "Tổ chức được xếp mức cao nhất không quá 20% tất cả số được xếp loại, tính ở mỗi tổ chức cơ sở đảng. Chưa áp dụng.",
    ]


def test_each_reason_stands_under_what_follows_of_it(scheme):
    Rule.objects.filter(scheme=scheme).delete()
    scheme.reasons.all().delete()
    for code, label, kind, more in [
        ("a", "Được miễn", Reason.Kind.EXCLUDED, {}),
        ("b", "Mới thành lập", Reason.Kind.EXCLUDED, {"of_organizations": True, "months": 6}),
        ("c", "Bị kỷ luật", Reason.Kind.CEILING, {"ceiling": 3}),
        ("d", "Vắng mặt", Reason.Kind.POSTPONED, {}),
    ]:
        Reason.objects.create(scheme=scheme, code=code, label=label, kind=kind, **more)
    third = scheme.levels.get(rank=3).member_label
    assert said(scheme).reasons == [
        ("Không thuộc diện xếp loại", ["Được miễn", "Mới thành lập (của tổ chức, mốc 6 tháng)"]),
        (f"Xếp cao nhất đến mức “{third}”", ["Bị kỷ luật"]),
        ("Chưa xếp loại", ["Vắng mặt"]),
    ]


def test_a_rule_says_what_happens_on_which_paper(scheme):
    Rule.objects.filter(scheme=scheme).delete()
    reason = Reason.objects.create(scheme=scheme, code="kl", label="Bị kỷ luật", kind="CEILING", ceiling=3)
    of = {"scheme": scheme, "legal_basis": "Quy ước"}
    Rule.objects.create(code=Rule.Code.SAME_YEARS, strength="NOTE", number=5, **of)
    Rule.objects.create(code=Rule.Code.CEILING, strength="ASK", reason=reason, **of)
    Rule.objects.create(code=Rule.Code.CAP, strength="BLOCK", enabled=False, **of)
    assert said(scheme).rules == [
        "Cùng một mức nhiều năm liền (5 năm liền): được nhắc, vẫn ghi được. Căn cứ: Quy ước.",
        "Xếp trên mức giới hạn của một lý do, “Bị kỷ luật”: ghi được khi nêu lý do. Căn cứ: Quy ước.",
        "Vượt tỷ lệ ở mức cao nhất: không ghi được. Căn cứ: Quy ước. Chưa áp dụng.",
    ]
