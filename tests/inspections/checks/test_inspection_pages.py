"""One inspection: its page, every act on it by hand without JavaScript, and who sees how much of it."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from inspections.checks.register import InspectionPlan, register_inspections
from inspections.models import Conclusion, Consequence, Inspection, InspectionSubject, OrganizationDiscipline
from ledger.models import Change
from members.life.sanctions import discipline
from members.models import Discipline
from tests.hand import Hand
from tests.indicators.board import set_groups
from tests.inspections.checks.test_plan import plan, standing, subject
from tests.world import TODAY

pytestmark = pytest.mark.django_db
MAY, JUNE = date(2018, 5, 2), date(2018, 6, 4)


@pytest.fixture
def office(world):
    set_groups(world, 2018)
    return world


@pytest.fixture
def inspector(office):
    return Hand(office.user("INSPECTION", "K"))


def page_of(inspection, **query):
    return reverse("inspection", args=[inspection.pk], query=query)


def ids(world, *codes):
    return [str(world.org[code].pk) for code in codes]


# Planning


def test_an_inspection_is_planned_with_its_organizations_searched_without_accents(office, inspector):
    office.rename("DB02", "Đảng bộ Sở Y tế", date(2016, 1, 4))
    inspector.open(reverse("inspection_plan", args=["K", 2018]))
    assert "Tổ chức DB01-01" not in inspector.text  # grassroots organizations first
    inspector.press("tim", tim="so y te", noi_dung="Kiểm tra Điều lệ", tu_ngay="02/05/2018")
    assert re.findall(r'name="to_chuc" value="(\d+)"', inspector.page.content.decode()) == ids(office, "DB02")
    assert 'value="Kiểm tra Điều lệ"' in inspector.page.content.decode()
    inspector.press("tat-ca")
    inspector.press("tim", tim="", nhom="")
    shown = re.findall(r'name="to_chuc" value="(\d+)" checked', inspector.page.content.decode())
    assert shown == ids(office, "DB02")  # what is ticked stays ticked while one goes on searching
    assert not Inspection.objects.exists()
    inspector.press(None, nam="2018", loai="SUPERVISION")
    made = Inspection.objects.get()
    assert (made.title, made.kind, made.year, made.conductor) == (
        "Kiểm tra Điều lệ",
        "SUPERVISION",
        2018,
        office.org["K"],
    )
    assert standing(made) == [("DB02", True, None)]
    assert "Đã ghi: Kiểm tra Điều lệ." in inspector.text


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(office, inspector):
    inspector.open(reverse("inspection_plan", args=["K", 2018]))
    inspector.press(
        None, tick=["to_chuc"], refused=True, noi_dung="Tài chính", xong_ngay="02/01/2017", tu_ngay="02/05/2018"
    )
    assert "Tài chính: ngày hoàn thành 02/01/2017 không thuộc năm 2018 của kế hoạch." in inspector.text
    page = inspector.page.content.decode()
    assert 'value="02/01/2017"' in page and page.count("checked") > 5
    inspector.open(reverse("inspection_plan", args=["K", 2018]))
    inspector.press(None, refused=True, noi_dung="Tài chính", tu_ngay="02/05/2018")
    assert "Hãy chọn ít nhất một tổ chức." in inspector.text


def test_next_years_plan_is_made_in_december_and_seen_before_it_begins(office, inspector):
    inspector.open(reverse("inspection_plan", args=["K", 2018]))
    inspector.press(None, tick=["to_chuc"], nam="2019", noi_dung="Kiểm tra 2019")
    assert "năm 2019" in inspector.text
    assert "Kiểm tra 2019" in inspector.open(reverse("inspections", args=["K", 2018])).text


def test_a_committee_plans_its_own_work_below_it(office):
    hand = Hand(office.user("COMMITTEE", "DB01"))
    hand.open(reverse("inspection_plan", args=["DB01", 2018]))
    offered = re.findall(r'name="to_chuc" value="(\d+)"', hand.page.content.decode())
    assert offered == ids(office, "DB01-01", "DB01-02")
    hand.press(None, tick=["to_chuc"], noi_dung="Chuyên đề", xong_ngay="02/05/2018")
    assert standing(Inspection.objects.get(conductor=office.org["DB01"])) == [
        ("DB01-01", True, MAY),
        ("DB01-02", True, MAY),
    ]


# One inspection


def test_the_way_of_an_inspection_by_hand(office, inspector):
    made = plan(office, "DB01", "DB02", "CB01")
    inspector.open(page_of(made, viec="hoan-thanh"))
    inspector.press("hoan-thanh", refused=True, tu_ngay="02/05/2018")
    assert "Hãy chọn ít nhất một dòng." in inspector.text
    inspector.press("hoan-thanh", tick=["dong"], tu_ngay="02/05/2018")
    assert "Đã ghi hoàn thành 3 lượt." in inspector.text
    inspector.open(page_of(made, viec="ket-luan"))
    inspector.press(
        "ket-luan", tick=["dong"], tu_ngay="04/06/2018", noi_dung="Tốt", so="9-TB", ngay="04/06/2018", co_quan="UBKT"
    )
    assert "04/06/2018: Tốt 9-TB ngày 04/06/2018 của UBKT" in inspector.text
    inspector.open(page_of(made, viec="sua-ngay"))
    inspector.press("sua-ngay", tick=["dong"], refused=True, tu_ngay="03/05/2018")
    assert "đã hoàn thành ngày 02/05/2018; muốn ghi lại hãy nêu lý do." in inspector.text
    inspector.press("sua-ngay", tu_ngay="03/05/2018", ly_do="Ghi nhầm")
    inspector.open(page_of(made, viec="ky-luat-to-chuc"))
    inspector.press(
        "ky-luat-to-chuc", hinh_thuc="1", tu_ngay="05/06/2018", so="2-QĐ", ngay="05/06/2018", co_quan="Đảng ủy Khối"
    )
    assert OrganizationDiscipline.objects.get().organization.code == "CB01"
    told = [
        "Kỷ luật tổ chức đảng",
        "Kỷ luật: khiển trách ngày 05/06/2018: tổ chức CB01.",
        "Ghi lại ngày hoàn thành 03/05/2018, trước đó 02/05/2018: Tổ chức CB01; Tổ chức DB01; Tổ chức DB02.",
        "Kết luận ngày 04/06/2018: Tổ chức CB01; Tổ chức DB01; Tổ chức DB02.",
        "Hoàn thành ngày 02/05/2018: Tổ chức CB01; Tổ chức DB01; Tổ chức DB02.",
        "Ghi trong kế hoạch: Tổ chức DB01; Tổ chức DB02; Tổ chức CB01.",
    ]
    history = inspector.text[inspector.text.index("Lịch sử") :]
    at = [history.index(sentence) for sentence in told]
    assert at == sorted(at)


def test_subjects_join_and_leave_by_hand(office, inspector):
    made = plan(office, "DB01")
    inspector.open(page_of(made, viec="them"))
    inspector.press("tim", tim="db02")
    inspector.press("tat-ca")
    inspector.press("them", tu_ngay="02/05/2018")
    assert [code for code, _, _ in standing(made)] == ["DB01", "DB02", "DB02-01", "DB02-02"]
    inspector.open(page_of(made, viec="bo"))
    inspector.press("bo", tick=["dong"], refused=True, tu_ngay="02/05/2018")
    inspector.press("bo", tu_ngay="02/05/2018", ly_do="Hoãn sang năm sau")
    assert standing(made) == []
    assert "Cuộc này đã bỏ khỏi kế hoạch hoặc đã hủy" in inspector.text
    assert "Lý do: Hoãn sang năm sau" in inspector.text


def test_discipline_of_a_member_is_tied_by_hand(office, inspector):
    made = plan(office, "DB01", done=MAY)
    looked = subject(made, "DB01").pk
    inspector.open(page_of(made, viec="ky-luat", luot=looked))
    assert "Chưa có kỷ luật nào của đảng viên ở đây" in inspector.text
    discipline([(office.people["An"], Discipline.Kind.WARNING, JUNE)], **office.act(JUNE))
    inspector.open(page_of(made, viec="ky-luat", luot=looked))
    inspector.press("ky-luat", tick=["dong"])
    assert "Cảnh cáo, Lê An , 04/06/2018" in inspector.text
    assert Consequence.objects.get().organization.code == "DB01"


def test_an_act_is_taken_back_by_hand_and_what_stands_in_the_way_is_said(office, inspector):
    made = plan(office, "DB01")
    inspector.open(page_of(made, viec="hoan-thanh"))
    inspector.press("hoan-thanh", tick=["dong"], tu_ngay="02/05/2018")
    done = Change.objects.latest("pk")
    inspector.open(page_of(made, viec="ket-luan"))
    inspector.press("ket-luan", tick=["dong"], tu_ngay="04/06/2018", noi_dung="Tốt")
    concluded = Change.objects.latest("pk")
    inspector.open(page_of(made, viec="huy", viec_so=done.pk))
    assert "Lượt kiểm tra này đã có kết luận ghi sau đó. Hãy hủy việc ghi kết luận trước." in inspector.text
    for change in (concluded, done):
        inspector.open(page_of(made, viec="huy", viec_so=change.pk))
        inspector.press("huy", refused=True)
        inspector.press("huy", ly_do="Ghi nhầm")
        assert f"Đã hủy việc “{change.words}”." in inspector.text
    assert standing(made) == [("DB01", True, None)]
    assert not Conclusion.objects.standing().exists()
    assert "Trở lại chưa hoàn thành: Tổ chức DB01." in inspector.text


def test_nobody_takes_back_what_was_written_for_others_too(office):
    """One act planned the bloc's inspection and the committee's: the committee may not undo it."""
    rows = [
        InspectionPlan(
            year=2018, kind="INSPECTION", title=by, conductor=office.org[by], subjects=((office.org[of], None),)
        )
        for by, of in (("K", "DB02"), ("DB01", "DB01-01"))
    ]
    own = register_inspections(rows, **office.act())[1]
    hand = Hand(office.user("COMMITTEE", "DB01"))
    hand.open(page_of(own, viec="huy", viec_so=own.added_id))
    assert "Việc này còn ghi cho tổ chức khác hoặc loại việc khác, ngoài quyền của đồng chí." in hand.text
    sent = {"viec": "huy", "viec_so": own.added_id, "ly_do": "Ghi nhầm"}
    assert hand.client.post(page_of(own), sent).status_code == 400
    assert not Change.objects.filter(undone__isnull=False).exists()


def test_an_act_of_another_inspection_is_not_taken_back_from_here(office, inspector):
    here, there = plan(office, "DB01"), plan(office, "DB02", title="Khác")
    sent = {"viec": "huy", "viec_so": there.added_id, "ly_do": "Ghi nhầm"}
    assert inspector.client.post(page_of(here), sent).status_code == 400
    assert not Change.objects.filter(undone__isnull=False).exists()


def test_an_errand_that_is_gone_is_said(office, inspector):
    made = plan(office, "DB01")
    answer = inspector.client.post(page_of(made), {"viec": "ket-luan"})
    assert answer.status_code == 400
    assert "Việc này nay không làm được nữa. Hãy xem lại trang." in answer.content.decode()


# Who sees how much


def test_who_is_inspected_sees_that_part_alone(office):
    made = plan(office, "DB01-01", "DB01-02", conductor="DB01", done=MAY, title="Chuyên đề")
    Conclusion.objects.create(
        inspection=made, organization=office.org["DB01-02"], on=JUNE, text="Chi bộ kia yếu", added=made.added
    )
    Change.objects.filter(pk=made.added_id).update(reason="Vì chi bộ kia yếu")
    hand = Hand(office.user("SECRETARY", "DB01-01"))
    text = hand.open(page_of(made)).text
    assert "Tổ chức được kiểm tra, giám sát: 1" in text
    assert "DB01-02" not in text and "yếu" not in text
    assert "Trang này chỉ cho thấy phần về tổ chức của đồng chí" in text
    listed = hand.open(reverse("inspection_list", args=["DB01-01", 2018])).text
    assert "1 lượt." in listed and "DB01-02" not in listed
    assert "Chuyên đề" in hand.open(reverse("inspections", args=["DB01-01", 2018])).text


def test_who_conducts_sees_all_and_who_is_neither_sees_nothing(office):
    made = plan(office, "DB01", "DB02")
    assert "DB02" in Hand(office.user("LEADER", "K")).open(page_of(made)).text
    assert Hand(office.user("COMMITTEE", "DB03")).client.get(page_of(made)).status_code == 404
    partly = Hand(office.user("COMMITTEE", "DB01")).open(page_of(made))
    assert "DB02" not in partly.text
    assert not re.search(r'href="[^"]*/K/2018/', partly.page.content.decode())


def test_a_committee_keeps_its_own_work_and_not_the_blocs(office):
    hand = Hand(office.user("COMMITTEE", "DB01"))
    own, blocs = plan(office, "DB01-01", conductor="DB01"), plan(office, "DB01")
    assert "Ghi hoàn thành" in hand.open(page_of(own)).text
    assert "Ghi hoàn thành" not in hand.open(page_of(blocs)).text
    sent = {"viec": "hoan-thanh", "dong": subject(blocs, "DB01").pk, "tu_ngay": "02/05/2018"}
    assert hand.client.post(page_of(blocs), sent).status_code == 403
    # Discipline is for the inspectors of the bloc.
    assert "Kỷ luật tổ chức" not in hand.open(page_of(plan(office, "DB01-02", conductor="DB01", done=TODAY))).text


def test_the_successor_carries_out_what_was_planned(office):
    made = plan(office, "DB02-01", conductor="DB02")
    office.merge("DB02", "DB01", {"DB02-01": None, "DB02-02": None}, JUNE)
    hand = Hand(office.user("COMMITTEE", "DB01"))
    hand.open(page_of(made, viec="hoan-thanh"))
    hand.press("hoan-thanh", tick=["dong"], tu_ngay="02/07/2018")
    assert standing(made) == [("DB02-01", True, date(2018, 7, 2))]


def test_a_page_costs_the_same_with_one_subject_and_with_all(office):
    hand = Hand(office.user("INSPECTION", "K"))
    codes = [code for code in office.org if code != "K"]
    few, many = plan(office, "DB01", done=MAY), plan(office, *codes, done=MAY, title="Tất cả")
    for made in (few, many):
        of = {"few": ["DB01"], "many": codes}["few" if made == few else "many"]
        Conclusion.objects.bulk_create(
            Conclusion(inspection=made, organization=office.org[c], on=JUNE, text="Tốt", added=made.added) for c in of
        )

    def asked(made):
        with CaptureQueriesContext(connection) as queries:
            hand.open(page_of(made))
        return len(queries)

    asked(few)
    assert asked(few) == asked(many)
    assert InspectionSubject.objects.filter(inspection=many).count() == 12


def test_what_was_typed_survives_the_end_of_a_session(office):
    made = plan(office, "DB01")
    user = office.user("INSPECTION", "K")
    user.set_password("mot-cau-dai-kho-doan")
    user.save()
    hand = Hand(user)
    hand.open(page_of(made, viec="bo"))
    form = next(f for f in hand.forms() if ("viec", "bo") in f["fields"])
    hand.client.logout()
    sent = dict(form["fields"]) | {"ly_do": "Hoãn sang năm sau", "tu_ngay": "02/05/2018"}
    page = hand.client.post(form["action"], sent)
    assert page.status_code == 401
    carried = re.search(r'name="mang_theo" value="([^"]+)"', page.content.decode())[1]
    sent = {"username": user.username, "password": "mot-cau-dai-kho-doan", "mang_theo": carried}
    page = hand.client.post(reverse("login"), sent, follow=True)
    assert "Hoãn sang năm sau" in page.content.decode()
    assert standing(made) == [("DB01", True, None)]
