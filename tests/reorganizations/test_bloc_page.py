"""The end of a bloc on its page: a row for each organization, what is done on the way, rehearsed, then written."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from indicators.models import Target
from inspections.handover.hand_over import left_open
from inspections.letters import letters
from inspections.models import Handover
from ledger.models import Change
from organizations import appoint
from organizations.forest import Forest
from organizations.models import Organization, Succession
from organizations.verbs import TreeVerb
from tests.hand import Hand
from tests.indicators.board import set_groups, set_targets
from tests.ratings.desk import Desk
from tests.reorganizations.test_rehearsal import tables
from tests.world import TODAY, recorded

pytestmark = pytest.mark.django_db

ON = date(2018, 7, 1)
PAPER = {"so": "1533-QĐ/TU", "ngay": "20/06/2018", "co_quan": "Tỉnh ủy", "tu_ngay": "01/07/2018", "ly_do": "Sắp xếp"}
RECEIVERS = {"ten_1": "Đảng bộ các cơ quan Đảng", "ma_1": "R1", "ten_2": "Đảng bộ Ủy ban nhân dân", "ma_2": "R2"}


@pytest.fixture
def hand(world):
    return Hand(world.user("ORGANIZATION", "K"))


def open_(hand):
    return hand.open(reverse("reorganize_act", args=["K", "ket-thuc-khoi"]))


def parents(day=ON):
    return {code: place.parent for code, place in Forest.on(day).items() if place.kind in ("KHOI", "DBCS", "CBCS")}


def write(hand):
    before = recorded(), tables()
    assert "Đây mới là diễn tập: chưa có gì được ghi." in hand.text
    hand.press("ghi", refused=None)
    assert recorded() != before[0]


def test_all_go_where_the_common_place_or_their_row_says(world, hand):
    Desk(world, 2018)
    open_(hand)
    before = recorded(), tables()
    hand.press("dien-tap", **PAPER | RECEIVERS, chung="moi-2", don_vi_DB01="moi-1", don_vi_CB02="moi-1")
    assert (recorded(), tables()) == before
    assert (
        "R1 · Đảng bộ các cơ quan Đảng; R2 · Đảng bộ Ủy ban nhân dân. Quản trị viên phân công sau khi ghi." in hand.text
    )
    assert f"{hand.client.user} (Ban Tổ chức Đảng ủy Khối, K)" in hand.text
    assert "Kỳ xếp loại năm 2018 của đảng bộ kết thúc dừng lại. Mỗi nơi nhận mở kỳ năm 2018 của mình" in hand.text
    assert "8 chi bộ, năm 2018: thôi phiếu (nháp)" in hand.text
    write(hand)
    assert parents() == {
        "R1": None,
        "R2": None,
        "DB01": "R1",
        "CB02": "R1",
        "DB02": "R2",
        "DB03": "R2",
        "CB01": "R2",
    }
    change = Change.objects.latest("pk")
    assert (change.verb, change.on, change.document.number) == (TreeVerb.END_BLOC, ON, "1533-QĐ/TU")
    rows = Succession.objects.standing().values_list("predecessor__code", "successor__code", "principal")
    assert sorted(rows) == [("K", "R1", False), ("K", "R2", True)]
    # The office from which it was recorded ended with it: the first page says so, and that it was done.
    assert hand.page.redirect_chain[0][0] == "/"
    assert "Đã ghi: kết thúc hoạt động đảng bộ khối, Tổ chức K, từ 01/07/2018." in hand.text


def test_the_principal_heir_is_chosen(world, hand):
    open_(hand).press("dien-tap", **PAPER | RECEIVERS, chung="moi-2", don_vi_DB01="moi-1", ke_thua="moi-1")
    write(hand)
    rows = Succession.objects.standing().values_list("successor__code", "principal")
    assert sorted(rows) == [("R1", True), ("R2", False)]


def test_split_merged_united_ended_and_sent_on_the_way(world, hand):
    world.found(("DB04", "DBCS", "K"), ("DB04-01", "CBTT", "DB04"), ("CB03", "CBCS", "K"), ("CB04", "CBCS", "K"))
    open_(hand)
    chosen = {
        "don_vi_DB01": "tach",
        "don_vi_DB04": "nhap",
        "don_vi_CB01": "hop",
        "don_vi_CB03": "ket",
        "don_vi_CB04": "di",
    }
    hand.press("tiep", **PAPER | RECEIVERS | chosen, chung="moi-2", ke_thua="moi-1")
    assert "Chia, tách: Tổ chức DB01" in hand.text
    assert "Hãy nhập" not in hand.text and "trường này" not in hand.text.lower()  # nothing judged before it was asked
    hand.press(
        "dien-tap",
        tach_DB01_ten_1="Đảng bộ Một",
        tach_DB01_ma_1="DB11",
        tach_DB01_ve_1="moi-1",
        tach_DB01_ten_2="Đảng bộ Hai",
        tach_DB01_ve_2="moi-2",
        **{"tach_DB01_don_vi_DB01-01": "1", "tach_DB01_don_vi_DB01-02": "2"},
        nhap_DB04_vao="DB02",
        hop_CB01_voi_1="CB02",
        hop_CB01_ten="Chi bộ Chung",
        hop_CB01_ma="CB09",
        hop_CB01_ve="moi-1",
        ket_CB03_chi_bo_CB03="DB02-01",
        di_CB04_den="Đảng bộ huyện Ninh Hải",
    )
    write(hand)
    assert parents() == {
        "R1": None,
        "R2": None,
        "DB11": "R1",
        "DB05": "R2",
        "DB02": "R2",
        "DB03": "R2",
        "CB09": "R1",
    }
    forest = Forest.on(ON)
    assert (forest["DB01-01"].parent, forest["DB01-02"].parent, forest["DB04-01"].parent) == ("DB11", "DB05", "DB02")
    world.org["R1"] = Organization.objects.get(code="R1")
    assert world.names("R1", ON) == {"An", "Bình", "Phúc", "Quân", "Sơn", "Tâm"}
    assert Change.objects.filter(on=ON).count() == 1


def test_a_cell_is_split_person_by_person(world, hand):
    open_(hand).press("tiep", **PAPER | RECEIVERS, chung="moi-2", don_vi_CB01="tach")
    an, quan = world.people["Phúc"].pk, world.people["Quân"].pk
    assert f"tach_CB01_nguoi_{an}" in hand.page.content.decode()
    hand.press(
        "dien-tap",
        tach_CB01_sau="tiep-tuc",
        tach_CB01_ve="moi-1",
        tach_CB01_ten_1="Chi bộ Mới",
        tach_CB01_ma_1="CB09",
        tach_CB01_ve_1="moi-2",
        **{f"tach_CB01_nguoi_{quan}": "1"},
    )
    write(hand)
    world.org |= {o.code: o for o in Organization.objects.all()}
    assert (world.names("CB01", ON), world.names("CB09", ON)) == ({"Phúc"}, {"Quân"})
    assert {c: parents()[c] for c in ("CB01", "CB09")} == {"CB01": "R1", "CB09": "R2"}


def test_what_is_chosen_and_not_told_is_asked_for(world, hand):
    open_(hand).press("dien-tap", refused=True, **PAPER | RECEIVERS, chung="moi-2", don_vi_DB01="tach")
    assert "Hãy ghi tiếp, ở dưới bảng, việc đã chọn cho: Tổ chức DB01." in hand.text
    assert "Chia, tách: Tổ chức DB01" in hand.text
    hand.press("dien-tap", refused=True, tach_DB01_ve_1="moi-1")
    assert "Tổ chức cấp trên kết thúc. Hãy chọn nơi đến." in hand.text


def test_those_without_a_destination_are_named_and_nothing_typed_is_lost(world, hand):
    open_(hand).press("dien-tap", refused=True, **PAPER | RECEIVERS, don_vi_DB01="moi-1")
    assert (
        "4 tổ chức còn trực thuộc tổ chức sắp kết thúc, chưa có nơi tiếp nhận: Tổ chức CB01; Tổ chức CB02; "
        "Tổ chức DB02; Tổ chức DB03." in hand.text
    )
    hand.press("dien-tap", chung="moi-2")
    assert "Đây mới là diễn tập" in hand.text
    hand.press("sua")
    hand.press("dien-tap", refused=True, don_vi_DB01="moi-3")
    assert "Đảng bộ mới lập này chưa có tên. Hãy ghi tên ở trên." in hand.text


def test_two_blocs_become_one_on_the_page(world, hand):
    world.found(("L", "KHOI", None), ("DB20", "DBCS", "L"))
    open_(hand).press("dien-tap", **PAPER, chung="L")
    write(hand)
    assert Change.objects.latest("pk").verb == TreeVerb.MERGE
    assert set(parents().values()) == {None, "L"} and "K" not in parents()


def test_some_go_to_a_bloc_that_stands_and_some_to_a_new_one(world, hand):
    world.found(("L", "KHOI", None), ("DB20", "DBCS", "L"))
    typed = PAPER | {"ten_1": "Đảng bộ Mới", "ma_1": "R1", "chung": "L", "don_vi_DB01": "moi-1", "ke_thua": "moi-1"}
    open_(hand).press("dien-tap", **typed)
    write(hand)
    assert Change.objects.latest("pk").verb == TreeVerb.END_BLOC
    assert parents() == {"L": None, "R1": None, "DB01": "R1"} | dict.fromkeys(
        ["DB02", "DB03", "DB20", "CB01", "CB02"], "L"
    )
    rows = Succession.objects.standing().values_list("successor__code", "principal")
    assert sorted(rows) == [("L", False), ("R1", True)]


@pytest.mark.parametrize(("above", "root"), [("T", "T"), ("", None)])
def test_new_receivers_stand_below_the_province_or_beside_it(world, hand, above, root):
    world.found(("T", "TINH", None))
    world.move("K", "T", date(2016, 1, 1))
    open_(hand)
    assert '<option value="T" selected>' in hand.page.content.decode()  # where the bloc that ends stood
    hand.press("dien-tap", **PAPER | RECEIVERS, chung="moi-2", don_vi_DB01="moi-1", cap_tren=above)
    write(hand)
    found = parents()
    assert (found["R1"], found["R2"], found["DB01"], found["CB01"]) == (root, root, "R1", "R2")
    assert "K" not in found


def test_two_blocs_end_in_a_new_one(world, hand):
    world.found(("L", "KHOI", None), ("DB20", "DBCS", "L"))
    assert "Đảng bộ khối khác cùng kết thúc" not in open_(hand).text  # of another bloc, not the user's to end
    office = appoint.NewOffice(user=hand.client.user, role="ORGANIZATION", organization=world.org["L"])
    appoint.appoint([office], **world.act(date(2018, 1, 1)))
    open_(hand).press("tiep", **PAPER, ten_1="Đảng bộ Chung", ma_1="R1", chung="moi-1", cung="L")
    assert "Tổ chức DB20" in hand.text
    hand.press("dien-tap")
    write(hand)
    assert Change.objects.latest("pk").verb == TreeVerb.UNITE
    assert parents() == {"R1": None} | dict.fromkeys(["DB01", "DB02", "DB03", "DB20", "CB01", "CB02"], "R1")


def test_what_ends_on_the_way_may_go_to_a_cell_of_the_other_bloc_that_ends(world, hand):
    world.found(("L", "KHOI", None), ("DB20", "DBCS", "L"), ("DB20-01", "CBTT", "DB20"), ("CB21", "CBCS", "L"))
    office = appoint.NewOffice(user=hand.client.user, role="ORGANIZATION", organization=world.org["L"])
    appoint.appoint([office], **world.act(date(2018, 1, 1)))
    one = PAPER | {"ten_1": "Đảng bộ Chung", "ma_1": "R1", "chung": "moi-1", "cung": "L"}
    open_(hand).press("tiep", **one)
    hand.press("tiep", don_vi_CB21="ket", don_vi_CB01="ket")
    hand.press("dien-tap", ket_CB21_chi_bo_CB21="DB01-01", ket_CB01_chi_bo_CB01="DB20-01")
    write(hand)
    world.org |= {o.code: o for o in Organization.objects.all()}
    assert world.names("DB20-01", ON) == {"Phúc", "Quân"}


def test_targets_are_withdrawn_where_the_heir_has_no_groups_yet(world, hand):
    set_groups(world, 2018)
    set_targets(world, 2018, KN={"K": 9, "DB01": 3}, TSVM={"K": 90})
    typed = PAPER | RECEIVERS | {"chung": "moi-2", "don_vi_DB01": "tach"}
    typed |= {"tach_DB01_ten_1": "Đảng bộ Một", "tach_DB01_don_vi_DB01-01": "1", "tach_DB01_don_vi_DB01-02": "1"}
    open_(hand).press("tiep", **typed)
    pk = Target.objects.get(organization__code="K", indicator__code="KN", voided__isnull=True).pk
    hand.press("dien-tap", refused=True, **{**typed, f"chi_tieu_{pk}": "ke-thua"})
    assert "đảng bộ của R2 chưa đặt nhóm chỉ tiêu này cho năm 2018" in hand.text
    hand.press("dien-tap", **{f"chi_tieu_{pk}": ""})
    write(hand)
    assert not Target.objects.standing().exists()


@pytest.mark.parametrize("ticked", [True, False])
def test_letters_left_open_go_along_without_a_word(world, hand, ticked):
    """Unless that is not wanted: then they stay, and the principal heir hands them over on its page."""
    row = letters.ReceivedLetter(
        number="7",
        organization=world.org["DB01"],
        received_on=date(2018, 5, 2),
        accepted_on=date(2018, 5, 3),
        due_on=ON + timedelta(days=60),
    )
    letters.register_letters([row], **world.act(date(2018, 5, 3)))
    url, sent = open_(hand).filled("dien-tap", **PAPER | RECEIVERS, chung="moi-2", don_vi_DB01="moi-1")
    assert sent["ban_giao"] == ["on"]  # as it comes
    if not ticked:
        del sent["ban_giao"]
    hand.page = hand.client.post(url, sent, follow=True)
    assert "Đơn 7" not in hand.text
    write(hand)
    handed = Handover.objects.standing().values_list("receiver__code", "place__code", "on")
    assert list(handed) == ([("R1", "DB01", ON)] if ticked else [])
    if not ticked:
        assert [row.number for row in left_open([world.org["K"].pk], TODAY).letters] == ["7"]
        world.org["R2"] = Organization.objects.get(code="R2")
        heir = Hand(world.user("INSPECTION", "R2", ON))
        assert "Đơn 7" in heir.open(reverse("handover", args=["R2", 2018])).text
