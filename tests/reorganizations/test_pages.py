"""Each reorganization from its form to the tree: rehearsed first, carried out then, nothing typed lost on the way."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from indicators.models import Target
from ledger.models import Change
from members.models import Membership
from organizations.forest import Forest
from organizations.models import Organization, Succession
from tests.hand import Hand
from tests.indicators.board import set_groups, set_targets
from tests.reorganizations.test_rehearsal import tables
from tests.world import recorded

pytestmark = pytest.mark.django_db

ON = date(2018, 7, 1)
PAPER = {"so": "7-QĐ/ĐUK", "ngay": "20/06/2018", "co_quan": "Đảng ủy Khối", "tu_ngay": "01/07/2018", "ly_do": "Sắp xếp"}


@pytest.fixture
def hand(world):
    return Hand(world.user("ORGANIZATION", "K"))


def open_(hand, code, slug, **chosen):
    return hand.open(reverse("reorganize_act", args=[code, slug], query=chosen))


def carried_out(hand, code, slug, *, chosen=None, **typed):
    """The whole way; after the rehearsal nothing is written yet, after the act something is."""
    open_(hand, code, slug, **(chosen or {}))
    before = recorded(), tables()
    hand.press("dien-tap", **PAPER | typed)
    assert "Đây mới là diễn tập: chưa có gì được ghi." in hand.text
    assert (recorded(), tables()) == before
    rehearsed = hand.text
    hand.press("ghi")
    assert "Đã ghi: " in hand.text
    assert recorded() != before[0]
    change = Change.objects.latest("pk")
    assert (change.on, change.document.number, change.reason) == (ON, "7-QĐ/ĐUK", "Sắp xếp")
    assert "Hủy việc đã ghi" in hand.client.get(way_back(hand, change)).content.decode()
    return rehearsed


def way_back(hand, change):
    """Address behind the message that the act was done, of the page on which it is taken back."""
    (url,) = re.findall(r'<a href="([^"]+)">Xem hoặc hủy việc này</a>', hand.page.content.decode())
    assert url.endswith(f"/huy/{change.pk}/")
    return url


def forest(day=ON):
    return {code: (place.name, place.kind, place.parent) for code, place in Forest.on(day).items()}


def changed():
    """{code: what it was and what it became} between the day before and the day."""
    old, new = forest(ON - timedelta(days=1)), forest()
    return {c: (old.get(c), new.get(c)) for c in old.keys() | new.keys() if old.get(c) != new.get(c)}


def who(world, code, day=ON):
    """Given names on the roll of `code`, which may have been founded since."""
    world.org.setdefault(code, Organization.objects.filter(code=code).first())
    return world.names(code, day)


def person(world, name):
    return f"dang_vien_{world.people[name].pk}"


def offered(hand, code):
    hand.open(reverse("reorganize", args=[code]))
    return re.findall(rf"/sap-xep/{code}/([\w-]+)/", hand.page.content.decode())


# What makes sense where


@pytest.mark.parametrize(
    ("code", "acts"),
    [
        ("K", ["thanh-lap", "doi-ten", "tiep-nhan", "lap-khoi", "lap-dang-bo-tinh", "ket-thuc-khoi"]),
        (
            "DB01",
            [
                *("thanh-lap", "lap-bo-phan", "doi-ten", "sap-nhap", "hop-nhat", "chia-tach", "thanh-chi-bo"),
                *("giai-the", "chuyen-giao"),
            ],
        ),
        ("BP01", ["thanh-lap", "ket-thuc-bo-phan", "doi-ten", "chuyen-truc-thuoc", "chia-tach"]),
        (
            "CB01",
            [
                *("doi-ten", "sap-nhap", "hop-nhat", "chia-tach", "thanh-dang-bo", "doi-loai", "giai-the"),
                "chuyen-giao",
            ],
        ),
        (
            "DB01-01",
            ["doi-ten", "chuyen-truc-thuoc", "sap-nhap", "hop-nhat", "chia-tach", "doi-loai", "giai-the"],
        ),
    ],
)
def test_an_organization_is_offered_what_makes_sense_for_its_kind(hand, code, acts):
    assert offered(hand, code) == acts


def test_an_act_that_makes_no_sense_is_not_found(hand):
    for code, slug in (("K", "sap-nhap"), ("DB01", "thanh-dang-bo"), ("CB01", "thanh-lap"), ("DB01", "khong-co")):
        assert hand.client.get(reverse("reorganize_act", args=[code, slug])).status_code == 404


def test_an_organization_that_ended_is_offered_nothing(world, hand):
    world.merge("CB01", "DB01", {"CB01": "DB01-01"}, date(2018, 3, 1))
    assert offered(hand, "CB01") == []
    assert hand.client.get(reverse("reorganize_act", args=["CB01", "doi-ten"])).status_code == 404


# Each act


def test_founding_a_committee_with_its_cells(hand):
    said = carried_out(hand, "K", "thanh-lap", loai="DBCS", ten="Đảng bộ Mới", chi_bo="Chi bộ Một\n\n Chi bộ Hai ")
    assert "Thành lập, đảng bộ cơ sở trực thuộc Tổ chức K" in said
    assert changed() == {
        "DB04": (None, ("Đảng bộ Mới", "DBCS", "K")),
        "DB04-01": (None, ("Chi bộ Một", "CBTT", "DB04")),
        "DB04-02": (None, ("Chi bộ Hai", "CBTT", "DB04")),
    }


def test_founding_a_cell_with_people_of_its_neighbours(world, hand):
    said = carried_out(hand, "DB01", "thanh-lap", ten="Chi bộ Ba", ma="db01-09", **{person(world, "An"): "moi-1"})
    assert "1 đảng viên đổi nơi sinh hoạt" in said
    assert changed() == {"DB01-09": (None, ("Chi bộ Ba", "CBTT", "DB01"))}
    assert (who(world, "DB01-09"), who(world, "DB01-01")) == ({"An"}, {"Bình"})
    assert who(world, "DB01-01", date(2018, 6, 30)) == {"An", "Bình"}


def test_a_new_name(hand):
    carried_out(hand, "DB01", "doi-ten", ten="Đảng bộ Sở Y tế")
    assert changed() == {"DB01": (("Tổ chức DB01", "DBCS", "K"), ("Đảng bộ Sở Y tế", "DBCS", "K"))}


def test_a_new_parent(hand):
    said = carried_out(hand, "DB01-01", "chuyen-truc-thuoc", cap_tren="BP01")
    assert "Chuyển trực thuộc từ Tổ chức DB01 sang Tổ chức BP01, Tổ chức DB03" in said
    assert changed() == {"DB01-01": (("Tổ chức DB01-01", "CBTT", "DB01"), ("Tổ chức DB01-01", "CBTT", "BP01"))}


def test_a_grassroots_cell_is_merged_into_a_committee_and_its_target_with_it(world, hand):
    set_groups(world, 2018)
    set_targets(world, 2018, KN={"CB01": 2, "DB01": 3}, KN_TN={"CB01": 60})
    said = carried_out(hand, "CB01", "sap-nhap", chosen={"vao": "DB01"}, don_vi_CB01="DB01-02")
    assert "2 người : Tổ chức CB01 → Tổ chức DB01-02, Tổ chức DB01" in said
    assert changed() == {"CB01": (("Tổ chức CB01", "CBCS", "K"), None)}
    assert who(world, "DB01-02") == {"Chi", "Dung", "Phúc", "Quân"}
    standing = Target.objects.standing()
    assert {(t.organization.code, t.indicator.code, t.value) for t in standing} == {("DB01", "KN", 5)}
    assert Change.objects.latest("pk") == standing.get().added
    heirs = Succession.objects.standing().filter(predecessor=world.org["CB01"])
    assert "DB01" in heirs.values_list("successor__code", flat=True)


def test_a_committee_is_merged_into_another(world, hand):
    typed = {"don_vi_DB02-01": "giu", "don_vi_DB02-02": "DB01-01", person(world, "Khánh"): "DB01-02"}
    carried_out(hand, "DB02", "sap-nhap", chosen={"vao": "DB01"}, **typed)
    assert changed() == {
        "DB02": (("Tổ chức DB02", "DBCS", "K"), None),
        "DB02-01": (("Tổ chức DB02-01", "CBTT", "DB02"), ("Tổ chức DB02-01", "CBTT", "DB01")),
        "DB02-02": (("Tổ chức DB02-02", "CBTT", "DB02"), None),
    }
    assert who(world, "DB01-01") == {"An", "Bình", "Hà"}
    assert who(world, "DB01-02") == {"Chi", "Dung", "Khánh"}
    assert who(world, "DB01") == {"An", "Bình", "Chi", "Dung", "Đức", "Giang", "Hà", "Khánh"}


def test_cells_become_a_new_one(world, hand):
    carried_out(hand, "DB01-01", "hop-nhat", chosen={"voi": "DB01-02"}, ten="Chi bộ Chung")
    assert changed() == {
        "DB01-01": (("Tổ chức DB01-01", "CBTT", "DB01"), None),
        "DB01-02": (("Tổ chức DB01-02", "CBTT", "DB01"), None),
        "DB01-03": (None, ("Chi bộ Chung", "CBTT", "DB01")),
    }
    assert who(world, "DB01-03") == {"An", "Bình", "Chi", "Dung"}


def test_committees_become_a_new_one_and_their_targets_are_added(world, hand):
    set_groups(world, 2018)
    set_targets(world, 2018, KN={"DB01": 3, "DB02": 4}, DV_HTT={"DB01": 90})
    carried_out(hand, "DB01", "hop-nhat", chosen={"voi": "DB02"}, ten="Đảng bộ Chung")
    new = forest()
    assert {code for code, (_, _, parent) in new.items() if parent == "DB04"} == {
        "DB01-01", "DB01-02", "DB02-01", "DB02-02"
    }  # fmt: skip
    assert "DB01" not in new and "DB02" not in new
    standing = Target.objects.standing()
    assert [(t.organization.code, t.indicator.code, t.value) for t in standing] == [("DB04", "KN", 7)]


def test_a_part_is_split_off(hand):
    carried_out(hand, "DB01", "chia-tach", ten_1="Đảng bộ Tách", **{"don_vi_DB01-02": "moi-1"})
    assert changed() == {
        "DB04": (None, ("Đảng bộ Tách", "DBCS", "K")),
        "DB01-02": (("Tổ chức DB01-02", "CBTT", "DB01"), ("Tổ chức DB01-02", "CBTT", "DB04")),
    }


def test_a_committee_is_divided_and_each_target_goes_to_one_of_the_new(world, hand):
    set_groups(world, 2018)
    set_targets(world, 2018, KN={"DB01": 3}, DV_HTT={"DB01": 90})
    kn, dv = (Target.objects.get(indicator__code=code).pk for code in ("KN", "DV-HTT"))
    typed = {"ten_1": "Đảng bộ A", "ten_2": "Đảng bộ B", "ma_2": "DB08", "sau_do": "ket-thuc", "ke_thua": "moi-2"}
    typed |= {"don_vi_DB01-01": "moi-1", "don_vi_DB01-02": "moi-2"}
    carried_out(hand, "DB01", "chia-tach", **typed, **{f"chi_tieu_{kn}": "moi-1", f"chi_tieu_{dv}": "moi-2"})
    new = forest()
    assert (new["DB01-01"][2], new["DB01-02"][2], "DB01" in new) == ("DB04", "DB08", False)
    heirs = Succession.objects.standing().filter(predecessor=world.org["DB01"])
    assert dict(heirs.values_list("successor__code", "principal")) == {"DB08": True, "DB04": False}
    standing = Target.objects.standing()
    assert {(t.organization.code, t.value) for t in standing} == {("DB04", 3), ("DB08", 90)}


def test_people_of_a_cell_are_shared(world, hand):
    carried_out(hand, "CB01", "chia-tach", ten_1="Chi bộ Tách", **{person(world, "Phúc"): "moi-1"})
    assert (who(world, "CB01"), who(world, "CB03")) == ({"Quân"}, {"Phúc"})


def test_an_end_gives_every_cell_and_person_a_place(world, hand):
    set_groups(world, 2018)
    set_targets(world, 2018, KN={"DB02": 4})
    target = Target.objects.get().pk
    typed = {"don_vi_DB02-01": "ve:DB03", "don_vi_DB02-02": "ra", person(world, "Hà"): "CB01", "ke_thua": "DB03"}
    said = carried_out(hand, "DB02", "giai-the", **typed, **{f"chi_tieu_{target}": "ke_thua"})
    assert "1 người : Tổ chức DB02-02, Tổ chức DB02 → ra khỏi Đảng bộ Khối" in said
    assert forest()["DB02-01"][2] == "DB03"
    assert {"DB02", "DB02-02"}.isdisjoint(forest())
    assert who(world, "CB01") == {"Phúc", "Quân", "Hà"}
    khanh = Membership.objects.standing().filter(member=world.people["Khánh"]).latest("starts")
    assert (khanh.ends, khanh.exit) == (ON, "DEPARTED")
    standing = Target.objects.standing()
    assert [(t.organization.code, t.value) for t in standing] == [("DB03", 4)]


def test_what_ended_before_the_year_is_taken_back_from_what_took_it_over(world, hand):
    open_(hand, "CB01", "sap-nhap", vao="DB01")
    hand.press("dien-tap", **PAPER | {"tu_ngay": "01/07/2017"}, don_vi_CB01="DB01-01").press("ghi")
    assert way_back(hand, Change.objects.latest("pk")).startswith("/sap-xep/DB01/")


def test_a_grassroots_cell_becomes_a_committee(world, hand):
    typed = {"ten": "Đảng bộ Một", "chi_bo_1": "Chi bộ 1", "chi_bo_2": "Chi bộ 2", person(world, "Quân"): "moi-2"}
    carried_out(hand, "CB01", "thanh-dang-bo", **typed)
    assert changed() == {
        "CB01": (("Tổ chức CB01", "CBCS", "K"), ("Đảng bộ Một", "DBCS", "K")),
        "CB01-01": (None, ("Chi bộ 1", "CBTT", "CB01")),
        "CB01-02": (None, ("Chi bộ 2", "CBTT", "CB01")),
    }
    assert (who(world, "CB01-01"), who(world, "CB01-02")) == ({"Phúc"}, {"Quân"})


def test_a_committee_becomes_a_grassroots_cell(world, hand):
    carried_out(hand, "DB01", "thanh-chi-bo", ten="Chi bộ Một", **{person(world, "An"): "Chuyển đi đảng bộ khác"})
    assert forest()["DB01"] == ("Chi bộ Một", "CBCS", "K")
    assert {"DB01-01", "DB01-02"}.isdisjoint(forest())
    assert who(world, "DB01") == {"Bình", "Chi", "Dung"}


def test_a_cell_goes_up_and_another_down(hand):
    carried_out(hand, "DB01-01", "doi-loai", cap_tren="K")
    carried_out(hand, "CB01", "doi-loai", cap_tren="DB01")
    assert changed() == {
        "DB01-01": (("Tổ chức DB01-01", "CBTT", "DB01"), ("Tổ chức DB01-01", "CBCS", "K")),
        "CB01": (("Tổ chức CB01", "CBCS", "K"), ("Tổ chức CB01", "CBTT", "DB01")),
    }


def test_a_section_committee_comes_between_and_goes(hand):
    open_(hand, "DB01", "lap-bo-phan")
    hand.press("dien-tap", tick=("chi_bo",), **PAPER, ten="Đảng bộ bộ phận A").press("ghi")
    assert {code for code, (_, _, parent) in forest().items() if parent == "BP02"} == {"DB01-01", "DB01-02"}
    assert forest()["BP02"] == ("Đảng bộ bộ phận A", "DBBP", "DB01")
    carried_out(hand, "BP01", "ket-thuc-bo-phan")
    assert forest()["DB03-01"][2] == "DB03" and "BP01" not in forest()


# What is refused, and what is kept


def kept(hand, **typed):
    """Whether the page still holds what was typed."""
    fields = {}
    for form in hand.forms():
        fields |= {name: value.strip() for name, value in form["fields"]}
    return {name: fields.get(name) for name in typed} == typed


def refused(hand, *sentences, **typed):
    before = recorded()
    hand.press("dien-tap", refused=True, **typed)
    for sentence in sentences:
        assert sentence in hand.text
    assert kept(hand, **typed)
    assert recorded() == before


def test_what_is_wanting_is_told_beside_its_field_and_nothing_is_lost(world, hand):
    open_(hand, "DB02", "giai-the")
    typed = PAPER | {"so": "", "don_vi_DB02-01": "DB01-01", person(world, "Hà"): "DB99 nơi nào đó"}
    refused(hand, "Hãy chọn nơi đến.", "Không có nơi nào là “DB99 nơi nào đó”.", **typed)
    page = hand.page.content.decode()
    row = page[page.index('for="id_don_vi_DB02-02"') :]
    assert "Hãy chọn nơi đến." in row[: row.index("</tr>")]


def test_each_cell_whose_name_is_too_long_is_told(hand):
    open_(hand, "K", "thanh-lap")
    lines = ["Chi bộ " + "Văn" * 64, "Chi bộ Đủ" + "n" * 191, "Chi bộ Hành chính " + "x" * 300]
    typed = PAPER | {"loai": "DBCS", "ten": "Đảng bộ Mới", "chi_bo": "\n".join(lines)}
    said = f"“{lines[2][:40]}…” dài 318 ký tự, nhiều nhất 200. Hãy viết ngắn lại, mỗi dòng một tên."
    refused(hand, said, **typed)
    page = hand.page.content.decode()
    assert page[page.index('for="id_chi_bo"') :].count("nhiều nhất 200") == 1
    hand.press("dien-tap", **typed | {"chi_bo": "\n".join(lines[:2])})
    assert "Đây mới là diễn tập: chưa có gì được ghi." in hand.text


def test_what_the_verb_refuses_stands_on_the_form(world, hand):
    open_(hand, "DB01", "chia-tach")
    typed = PAPER | {"ten_1": "Đảng bộ Tách", "ma_1": "CB02", "don_vi_DB01-01": "moi-1", "don_vi_DB01-02": "giu"}
    refused(hand, "Mã CB02 đã có. Hãy chọn mã khác.", **typed)


def test_a_rate_that_differs_is_refused_in_the_rehearsal(world, hand):
    set_groups(world, 2018)
    set_targets(world, 2018, DV_HTT={"CB01": 90, "DB01": 95})
    open_(hand, "CB01", "sap-nhap", vao="DB01")
    typed = PAPER | {"don_vi_CB01": "DB01-01", f"chi_tieu_{Target.objects.get(value=90).pk}": "DB01"}
    refused(hand, "mức của CB01 và DB01 khác nhau, tỷ lệ không cộng được.", **typed)


@pytest.mark.parametrize(
    ("code", "typed", "sentence"),
    [
        ("DB01", {"sau_do": "ket-thuc", "ten_1": "A"}, "Tổ chức cấp trên kết thúc. Hãy chọn nơi đến."),
        ("DB01", {"ten_1": "A", "don_vi_DB01-01": "moi-3"}, "Tổ chức mới này chưa có tên."),
        ("DB01", {"ten_1": "A", "sau_do": "ket-thuc", "ke_thua": "moi-2"}, "Tổ chức mới này chưa có tên."),
    ],
)
def test_a_split_that_does_not_add_up(hand, code, typed, sentence):
    open_(hand, code, "chia-tach")
    refused(hand, sentence, **PAPER | typed)


def test_a_day_before_the_organization_was_founded(world, hand):
    open_(hand, "CB01", "sap-nhap", vao="DB01")
    typed = PAPER | {"tu_ngay": "01/07/2014", "don_vi_CB01": "DB01-01"}
    refused(hand, "Vào ngày 01/07/2014 tổ chức này, hoặc tổ chức đã chọn, chưa hoạt động.", **typed)


def test_the_rows_follow_the_day(world, hand):
    world.transfer("An", "DB01-02", date(2018, 9, 1))
    open_(hand, "DB01-01", "chia-tach")
    assert person(world, "An") not in hand.page.content.decode()
    hand.press("dien-tap", refused=True, **PAPER | {"so": "", "ten_1": "Chi bộ Tách"})
    assert person(world, "An") in hand.page.content.decode()


def test_from_the_rehearsal_back_to_the_form_with_everything_typed(world, hand):
    open_(hand, "DB02", "sap-nhap", vao="DB01")
    typed = PAPER | {"don_vi_DB02-02": "DB01-01", person(world, "Khánh"): "DB01-02 · Tổ chức DB01-02, Tổ chức DB01"}
    before = recorded()
    hand.press("dien-tap", **typed).press("sua")
    assert kept(hand, **typed, vao="DB01")
    assert recorded() == before
    hand.press("dien-tap").press("ghi")
    assert who(world, "DB01-02") == {"Chi", "Dung", "Khánh"}


def test_what_was_typed_survives_the_end_of_a_session(world):
    user = world.user("ORGANIZATION", "K")
    user.set_password("mot-cau-dai-kho-doan")
    user.save()
    hand = Hand(user)
    open_(hand, "DB02", "sap-nhap", vao="DB01")
    typed = PAPER | {"don_vi_DB02-02": "DB01-01"}
    hand.client.logout()
    hand.press("dien-tap", refused=True, **typed)
    hand.press(None, username=user.username, password="mot-cau-dai-kho-doan")
    assert kept(hand, **typed, vao="DB01")


def test_another_must_be_chosen_first(hand):
    open_(hand, "CB01", "sap-nhap")
    assert "Trước hết hãy chọn tổ chức tiếp nhận." in hand.text
    assert (
        hand.client.get(reverse("reorganize_act", args=["CB01", "sap-nhap"], query={"vao": "DB99"})).status_code == 200
    )
    assert hand.client.post(reverse("reorganize_act", args=["CB01", "sap-nhap"]), PAPER).status_code == 400


def queries(do):
    with CaptureQueriesContext(connection) as found:
        do()
    return len(found)


def test_forms_and_rehearsals_cost_the_same_at_any_size(world, hand):
    set_groups(world, 2017, 2018)

    def form():
        open_(hand, "DB02", "giai-the")

    def rehearsal():
        open_(hand, "CB01", "sap-nhap", vao="DB01")
        hand.press("dien-tap", **PAPER, don_vi_CB01="DB01-01")
        assert "Đây mới là diễn tập" in hand.text

    def offers():
        hand.open(reverse("reorganize", args=["DB02"]))

    form()
    few = [queries(do) for do in (form, rehearsal, offers)]
    world.found(*((f"DB02-{n:03}", "CBTT", "DB02") for n in range(100, 140)))
    world.found(*((f"CB{n}", "CBCS", "K") for n in range(100, 250)))
    for n in range(300):
        world.enroll(f"Vũ Xuân-{n}", f"DB02-{100 + n % 40}")
    assert [queries(do) for do in (form, rehearsal, offers)] == few


def test_the_rehearsal_warns_of_unusual_sizes_and_forbids_nothing(world, hand):
    for n in range(28):
        world.enroll(f"Vũ Xuân-{n}", "DB01-01")
    said = carried_out(hand, "DB01", "chia-tach", ten_1="Đảng bộ Tách", **{"don_vi_DB01-02": "moi-1"})
    assert "Tổ chức DB01 có 30 đảng viên" not in said
    assert "Đảng bộ Tách có 2 đảng viên, ít hơn 30; cần văn bản đồng ý của cấp trên." in said
    assert "Tổ chức DB01-02 có 2 đảng viên chính thức, ít hơn 3; cần văn bản đồng ý của cấp trên." in said
    assert "Tổ chức DB02" not in said
