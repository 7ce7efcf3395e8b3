"""Organizations come from outside the register with their people, and go; roots are founded beside and above."""

from datetime import date
from html import unescape

import pytest
from django.urls import reverse

from ledger.models import Change
from members.candidates import steps
from members.models import CandidateStep, Member, Membership, Stage
from organizations.forest import Forest
from organizations.models import Organization, OutsideTransfer
from organizations.verbs import TreeVerb
from tests.hand import Hand
from tests.world import recorded

pytestmark = pytest.mark.django_db

ON = date(2018, 7, 1)
PAPER = {"so": "9-QĐ/TU", "ngay": "20/06/2018", "co_quan": "Tỉnh ủy", "tu_ngay": "01/07/2018", "ly_do": ""}
PLACES = "Tên\tLoại hình\tMã\nĐảng bộ Huyện\tĐảng bộ cơ sở\tDB30\nChi bộ Một\tChi bộ trực thuộc\tDB30-01\n"
PLACES += "Chi bộ Hai\tchi bộ trực thuộc\t\nChi bộ Ba\tCBCS"
ROW = "{}\t{}\tNam\tKinh\t01/02/2010\t19/05/2010\t19/05/2011\t{}\t{}"


@pytest.fixture
def hand(world):
    return Hand(world.user("ORGANIZATION", "K"))


def open_(hand, slug, code="K"):
    return hand.open(reverse("reorganize_act", args=[code, slug]))


def rehearsed(hand, slug, code="K", **typed):
    open_(hand, slug, code)
    before = recorded()
    hand.press("dien-tap", **PAPER | typed)
    assert "Đây mới là diễn tập" in hand.text and recorded() == before
    return hand


def place(code):
    here = Forest.on(ON)[code]
    return here.name, here.kind, here.parent


def test_organizations_come_with_their_people(world, hand):
    people = "\n".join(
        [ROW.format("Trần Một", "05/06/1980", "12345678", "db30-01"), ROW.format("Trần Hai", "1979", "", "DB30-02")]
    )
    rehearsed(hand, "tiep-nhan", tu_dau="Đảng bộ huyện Ninh Hải", to_chuc=PLACES, dang_vien=people)
    assert "Trần Một" in hand.text
    hand.press("ghi")
    assert place("DB30") == ("Đảng bộ Huyện", "DBCS", "K")
    assert (place("DB30-02"), place("CB03")) == (("Chi bộ Hai", "CBTT", "DB30"), ("Chi bộ Ba", "CBCS", "K"))
    rows = Membership.objects.on(ON).filter(entry="RECEIVED").order_by("member__birth_date")
    assert [(r.member.full_name, r.member.born, r.organization.code, r.starts) for r in rows] == [
        ("Trần Hai", "1979", "DB30-02", ON),
        ("Trần Một", "05/06/1980", "DB30-01", ON),
    ]
    assert Change.objects.latest("pk").verb == TreeVerb.RECEIVE
    assert set(OutsideTransfer.objects.values_list("elsewhere", flat=True)) == {"Đảng bộ huyện Ninh Hải"}


def test_what_went_away_and_comes_back_is_told_of_both_ways(world, hand):
    """The old code typed in the table, for the organization, its parent and its people: a new code, and links between."""
    rehearsed(hand, "chuyen-giao", "DB02", den="Đảng bộ huyện")
    hand.press("ghi")
    back = PAPER | {"tu_ngay": "01/10/2018", "ngay": "20/09/2018"}
    places = "Đảng bộ Hai\tDBCS\tDB02\t\nChi bộ Một\tCBTT\tDB02-01\tDB02"
    typed = {"tu_dau": "Đảng bộ huyện", "to_chuc": places, "dang_vien": ROW.format("Trần Một", "1980", "", "DB02-01")}
    open_(hand, "tiep-nhan").press("dien-tap", **back | typed)
    hand.press("ghi")
    rows = OutsideTransfer.objects.filter(came=True).values_list("organization__code", "formerly__code")
    assert sorted(rows) == [("DB04", "DB02"), ("DB04-01", "DB02-01")]
    assert Membership.objects.get(member__full_name="Trần Một").organization.code == "DB04-01"
    hand.open(reverse("organization", args=["DB04", 2018]))
    assert "Trở lại từ Đảng bộ huyện, trước khi chuyển đi là DB02: Đảng bộ Hai" in hand.text
    for code, other, words in (("DB04", "DB02", "Trước khi chuyển đi"), ("DB02", "DB04", "Trở lại là")):
        page = hand.open(reverse("organization", args=[code, 2018])).page.content.decode()
        assert words in hand.text and f'href="{reverse("organization", args=[other, 2018])}"' in page


def test_columns_come_in_any_order_under_a_heading(world, hand):
    heading = "Chi bộ\tHọ tên\tNam nữ\tNgày sinh\tDân tộc\tNgày kết nạp\tQuyết định kết nạp"
    row = "CB03\tTrần Ba\tnữ\t06/1981\tchăm\t19/05/2018\t10/05/2018"
    rehearsed(hand, "tiep-nhan", tu_dau="nơi khác", to_chuc="Chi bộ Ba\tCBCS", dang_vien=f"{heading}\n{row}")
    hand.press("ghi")
    member = Member.objects.get(full_name="Trần Ba")
    assert (member.sex, member.born, member.ethnic_group.name) == ("F", "06/1981", "Chăm")


REST = "Ngày sinh\tGiới tính\tDân tộc\tQuyết định kết nạp\tNgày vào Đảng\tMã chi bộ"
SAID = "05/06/1980\tNam\tKinh\t01/02/2010\t19/05/2010\tCB03"
COMING = {"tu_dau": "nơi khác", "to_chuc": "Chi bộ Ba\tCBCS"}


def come(hand, people, **more):
    open_(hand, "tiep-nhan").press("dien-tap", refused=None, **PAPER | COMING | more, dang_vien=people)


@pytest.mark.parametrize(
    "people",
    [
        f"Họ và tên\t\t{REST}\nNguyễn Văn\tAn\t{SAID}",
        f"STT\tHọ đệm\tTên\t{REST}\n1\tNguyễn Văn\tAn\t{SAID}",
        f"Tên\t{REST}\tHọ và chữ đệm\nAn\t{SAID}\tNguyễn Văn",
        f"Họ và tên (chữ in thường)\t{REST}\t\nNguyễn Văn An\t{SAID}\t",
        f'Họ và tên\t{REST}\r\n"Nguyễn\nVăn An"\t{SAID}',
        '"Nguyễn Văn\r\nAn"\t' + SAID.replace("\tCB03", "\t\t\tCB03"),
    ],
)
def test_a_name_in_several_columns_or_lines_is_one(world, hand, people):
    come(hand, people)
    hand.press("ghi")
    assert set(Membership.objects.filter(entry="RECEIVED").values_list("member__full_name", flat=True)) == {
        "Nguyễn Văn An"
    }


@pytest.mark.parametrize(
    ("people", "sentence"),
    [
        (f"Họ đệm\t\t{REST}\nNguyễn Văn\tAn\t{SAID}", "Cột thứ 2, dòng 2 ghi “An”, không biết là cột gì"),
        (f"Họ đệm\t{REST}\nNguyễn Văn\t{SAID}", "Bảng có cột họ mà không có cột tên."),
        (f"Họ tên\t{REST}\tQuê\nTrần Một\t{SAID}\nTrần Hai\t{SAID}\tHuế", "Cột thứ 8 (“Quê”), dòng 3 ghi “Huế”,"),
        (f"Họ tên\t{REST}\nTrần Một\t{SAID}\tHuế", "Cột thứ 8, dòng 2 ghi “Huế”,"),
        (ROW.format("Trần Một", "1980", "", "CB03") + "\tHuế", "Cột thứ 10, dòng 1 ghi “Huế”,"),
        (
            f"Họ tên\t{REST}\tNgày quyết định\nTrần Một\t{SAID}\t02/02/2010",
            "Hơn một cột là “Quyết định kết nạp”: Quyết định kết nạp, Ngày quyết định.",
        ),
        (f'Họ tên\t{REST}\n"Trần Một\t{SAID}', "có dấu nháy kép mở mà không đóng"),
    ],
)
def test_what_no_column_is_for_is_told_and_nothing_is_dropped(world, hand, people, sentence):
    before = recorded()
    come(hand, people)
    assert sentence in hand.text and hand.page.status_code == 400 and recorded() == before
    assert people.splitlines()[-1] in unescape(hand.page.content.decode())


@pytest.mark.parametrize(
    ("birth", "decided", "ceremony", "sentence"),
    [
        ("12/03/2030", "01/02/2010", "19/05/2010", "Dòng 1 (Trần Một): ngày sinh: "),
        ("12/03/0198", "01/02/2010", "19/05/2010", "Dòng 1 (Trần Một): ngày sinh: "),
        ("05/06/1980", "01/02/0201", "19/05/2010", "Dòng 1 (Trần Một): quyết định kết nạp: "),
        ("05/06/1980", "01/02/2010", "19/05/2030", "Dòng 1 (Trần Một): ngày vào Đảng: "),
        ("12/03/2000", "01/02/2010", "19/05/2010", "chưa đủ 18 tuổi"),
        ("05/06/1980", "20/05/2010", "19/05/2010", "ngày làm lễ 19/05/2010 trước ngày quyết định 20/05/2010"),
    ],
)
def test_a_day_that_cannot_be_is_refused(world, hand, birth, decided, ceremony, sentence):
    before = recorded()
    come(hand, f"Trần Một\t{birth}\tNam\tKinh\t{decided}\t{ceremony}\t\t\tCB03")
    assert hand.page.status_code == 400 and sentence in hand.text, hand.text[:3000]
    assert recorded() == before


def test_each_faulty_cell_is_named_and_nothing_typed_is_lost(world, hand):
    people = "\n".join(
        [
            "TRẦN MỘT\t31/02/1980\tnam\tKinh\t01/02/2010\t19/05/2010\t\t123\tCB03",
            "Trần Hai\t05/06/1980\tX\tSao Hỏa\t\t19/05/2010\t\t\tDB99",
            ROW.format("", "05/06/1980", "", "CB03"),
        ]
    )
    open_(hand, "tiep-nhan").press(
        "dien-tap", refused=True, **PAPER, tu_dau="nơi khác", to_chuc="Chi bộ Ba\tCBCS\nHội\thội", dang_vien=people
    )
    for sentence in (
        "Dòng 2 (Hội): loại hình phải là một trong: đảng bộ cơ sở, chi bộ cơ sở, đảng bộ bộ phận, chi bộ trực thuộc.",
        "Dòng 1 (TRẦN MỘT): họ và tên: gõ toàn chữ hoa.",
        "Dòng 1 (TRẦN MỘT): ngày sinh: Ngày sinh không đúng.",
        "Dòng 1 (TRẦN MỘT): số thẻ: Số thẻ gồm 8 hoặc 12 chữ số.",
        "Dòng 2 (Trần Hai): giới tính: hãy ghi Nam hoặc Nữ.",
        "Dòng 2 (Trần Hai): dân tộc: không có dân tộc “Sao Hỏa”.",
        "Dòng 2 (Trần Hai): quyết định kết nạp: Hãy nhập ngày, ví dụ 20/12/2018.",
        "Dòng 2 (Trần Hai): mã chi bộ: “DB99” không phải mã của chi bộ chuyển đến (CB03).",
        "Dòng 3: họ và tên: còn để trống.",
    ):
        assert sentence in hand.text
    assert "Sao Hỏa" in hand.page.content.decode()


def test_names_in_capitals_are_written_as_is_said(world, hand):
    row = ROW.format("TRẦN MỘT", "05/06/1980", "", "CB03")
    rehearsed(hand, "tiep-nhan", tu_dau="nơi khác", to_chuc="Chi bộ Ba\tCBCS", dang_vien=row, viet_hoa="thuong")
    hand.press("ghi")
    assert Member.objects.filter(full_name="Trần Một").exists()


def test_who_was_here_before_is_asked_about(world, hand):
    world.leave("An", date(2017, 3, 1))
    an = world.people["An"]
    people = ROW.format("Lê An", "15/06/1980", "", "CB03")
    typed = {"tu_dau": "nơi khác", "to_chuc": "Chi bộ Ba\tCBCS", "dang_vien": people}
    open_(hand, "tiep-nhan").press("dien-tap", refused=True, **PAPER | typed)
    assert "Có thể đã có hồ sơ của người này. Hãy chọn." in hand.text
    hand.press("dien-tap", trung_1=f"dv{an.pk}").press("ghi")
    spells = Membership.objects.standing().filter(member=an).order_by("starts")
    assert [(s.organization.code, s.entry) for s in spells] == [("DB01-01", "OPENING"), ("CB03", "RECEIVED")]


def test_who_waits_in_the_pipeline_is_asked_about(world, hand):
    row = {"full_name": "Lê Mới", "sex": "F", "birth_date": date(1980, 6, 16), "organization": world.org["CB01"]}
    (candidate,) = steps.recommend([steps.Recommendation(on=date(2018, 1, 8), **row)], **world.act())
    people = ROW.format("Lê Mới", "15/06/1980", "", "cb03")
    typed = {"tu_dau": "nơi khác", "to_chuc": "Chi bộ Ba\tCBCS", "dang_vien": f"{people}\n{people}"}
    open_(hand, "tiep-nhan").press("dien-tap", refused=True, **PAPER | typed)
    assert (
        "là người đang chờ kết nạp (cùng họ tên, ngày sinh lệch một chữ số; Trong nguồn kết nạp của Tổ chức CB01"
        in (hand.text)
    )
    hand.press("dien-tap", refused=None, trung_1=f"ng{candidate.pk}", trung_2="khac")
    assert "Lê Mới, sinh 15/06/1980, được ghi hai lần." in hand.text
    hand.press("dien-tap", refused=None, dang_vien=people, trung_1=f"ng{candidate.pk}").press("ghi")
    step = CandidateStep.objects.latest("pk")
    assert (step.candidate, step.stage, step.organization.code) == (candidate, Stage.ADMITTED, "CB03")


def test_somebody_of_the_same_name_and_birth_is_another(world, hand):
    people = ROW.format("Lê An", "15/06/1980", "", "CB03")
    typed = {"tu_dau": "nơi khác", "to_chuc": "Chi bộ Ba\tCBCS", "dang_vien": people}
    open_(hand, "tiep-nhan").press("dien-tap", refused=True, **PAPER | typed)
    hand.press("dien-tap", trung_1="khac").press("ghi")
    assert Member.objects.filter(full_name="Lê An").count() == 2


def test_an_organization_goes_with_its_people(world, hand):
    rehearsed(hand, "chuyen-giao", "DB01", den="Đảng bộ huyện Ninh Hải")
    assert "4 đảng viên" in hand.text
    hand.press("ghi")
    assert "DB01-01" not in Forest.on(ON)
    assert set(Membership.objects.filter(exit="SENT_AWAY").values_list("member__full_name", flat=True)) == {
        "Lê An",
        "Võ Bình",
        "Lê Chi",
        "Võ Dung",
    }


def test_a_second_root_is_founded(world, hand):
    rehearsed(hand, "lap-khoi", ten="Đảng bộ Khối Doanh nghiệp").press("ghi")
    assert place("K01") == ("Đảng bộ Khối Doanh nghiệp", "KHOI", None)


def test_a_root_is_founded_above(world, hand):
    rehearsed(hand, "lap-dang-bo-tinh", ten="Đảng bộ tỉnh").press("ghi")
    assert (place("T01"), place("K")) == (("Đảng bộ tỉnh", "TINH", None), ("Tổ chức K", "KHOI", "T01"))
    assert Organization.objects.filter(code="T01").exists()


def test_a_bloc_is_put_under_a_provincial_organization(world, hand):
    world.found(("T", "TINH", None))
    rehearsed(hand, "chuyen-truc-thuoc", cap_tren="T").press("ghi")
    assert place("K")[2] == "T"


def test_an_organization_passes_to_another_bloc_of_the_register(world, hand):
    """By who has it; whoever it goes to keeps it from then."""
    assert "chuyen-truc-thuoc" not in hand.open(reverse("reorganize", args=["DB01"])).page.content.decode()
    world.found(("L", "KHOI", None))
    rehearsed(hand, "chuyen-truc-thuoc", "DB01", cap_tren="L").press("ghi")
    assert place("DB01")[2] == "L" and "Đã ghi: chuyển trực thuộc, Tổ chức DB01" in hand.text
    assert hand.client.get(reverse("reorganize", args=["DB01"])).status_code == 404
    assert Hand(world.user("ORGANIZATION", "L", ON)).open(reverse("reorganize", args=["DB01"])).page.status_code == 200
