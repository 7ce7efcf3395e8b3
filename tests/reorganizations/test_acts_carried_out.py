"""Each reorganization from its form to the tree: rehearsed first, carried out then."""

from datetime import date, timedelta

import pytest

from indicators.models import Target
from ledger.models import Change
from members.models import Membership
from organizations.models import Succession
from tests.indicators.board import set_groups, set_targets
from tests.organizations.staff.entering import enter
from tests.organizations.staff.entering import standing as staff_standing
from tests.reorganizations.by_hand import ON, PAPER, carried_out, forest, open_, person, way_back, who

pytestmark = pytest.mark.django_db


def changed():
    """{code: what it was and what it became} between the day before and the day."""
    old, new = forest(ON - timedelta(days=1)), forest()
    return {c: (old.get(c), new.get(c)) for c in old.keys() | new.keys() if old.get(c) != new.get(c)}


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


def test_the_rehearsal_warns_of_unusual_sizes_and_forbids_nothing(world, hand):
    for n in range(28):
        world.enroll(f"Vũ Xuân-{n}", "DB01-01")
    said = carried_out(hand, "DB01", "chia-tach", ten_1="Đảng bộ Tách", **{"don_vi_DB01-02": "moi-1"})
    assert "Tổ chức DB01 có 30 đảng viên" not in said
    assert "Đảng bộ Tách có 2 đảng viên, ít hơn 30; cần văn bản đồng ý của cấp trên." in said
    assert "Tổ chức DB01-02 có 2 đảng viên chính thức, ít hơn 3; cần văn bản đồng ý của cấp trên." in said
    assert "Tổ chức DB02" not in said


def test_the_rehearsal_tells_of_a_number_of_staff_that_nobody_takes_over(world, hand):
    enter(world, 2018, CB01=7, DB02=30)
    said = carried_out(hand, "CB01", "sap-nhap", chosen={"vao": "DB02"}, don_vi_CB01="DB02-01")
    assert "CB01 có số công chức, viên chức, người lao động năm 2018 là 7. Số này không tự chuyển" in said
    assert staff_standing(2018) == {"CB01": "7", "DB02": "30"}
