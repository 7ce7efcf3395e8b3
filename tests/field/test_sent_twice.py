"""Every form that brings something new into being, sent twice at the same moment: one is made, the other is told.

What is walked by itself: every address that takes a form, every act about a member, every form of reorganization and
every catalogue of the administration. One without a row here fails.
"""

import re
from datetime import date

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse

from indicators.models import Indicator
from inspections.checks.register import InspectionPlan, NewConclusion, carry_out, conclude, register_inspections
from inspections.letters.letters import ReceivedLetter, register_letters, resolve_letters
from inspections.models import Letter, Result
from ledger.models import Change, Recorded, User
from members.actions.table import ERRANDS
from members.candidates.steps import Recommendation, advance, recommend
from members.life import offers
from members.life import statuses as states
from members.models import Member, Post, SavedView, Stage, TransferOffer
from members.people import selection
from members.people.saved_views import save_view
from organizations.models import OrganizationSpell, SizeRule
from ratings.models import Scheme
from ratings.verbs import RatingVerb
from reorganizations.page import FORMS as REORGANIZING
from tests.access.rows import ROWS
from tests.field.twice import send_at_once, text_of
from tests.hand import Hand, signed_in_as
from tests.indicators.board import set_groups, set_targets
from tests.inspections.handover import test_handover
from tests.members.actions import test_action_pages
from tests.ratings.desk import Desk
from tests.world import World

pytestmark = pytest.mark.usefixtures("committed")
PAPER = {"so": "7-QĐ/ĐUK", "ngay": "01/11/2018", "co_quan": "Đảng ủy Khối"}
PERSON = {"ho_ten": "Hồ Xuân", "gioi_tinh": "F", "dan_toc": "01", "ngay_sinh": "15/06/1990"}
MAY = date(2018, 5, 2)


class SentGround:
    """A world with a hand for each office. `typed_in`: address and fields of the form that is about to be sent."""

    def __init__(self):
        self.world = World()
        self.users = {
            "organization": self.world.user("ORGANIZATION", "K"),
            "inspection": self.world.user("INSPECTION", "K"),
            "leader": self.world.user("LEADER", "K"),
            "committee": self.world.user("COMMITTEE", "DB01"),
            "secretary": self.world.user("SECRETARY", "DB01-01"),
            "administrator": User.objects.create_superuser("goc", is_staff=True),
        }

    def open(self, role, address):
        return Hand(self.users[role]).open(address)


def at(name, *args, **query):
    return reverse(name, args=args, query=query)


def admitted(ground):
    typed = {**PERSON, **PAPER, "chi_bo": "CB01", "ngay_le": "19/11/2018", "hinh_thuc": "ADMITTED"}
    return "organization", ground.open("organization", at("enter", "K", 2018, "ket-nap")).filled(None, **typed)


def arrived(ground):
    typed = {**PERSON, **PAPER, "chi_bo": "CB01", "tu_ngay": "02/11/2018"}
    typed |= {"quyet_dinh": "01/05/2012", "ngay_le": "19/05/2012", "chinh_thuc": "19/05/2013"}
    return "organization", ground.open("organization", at("enter", "K", 2018, "chuyen-den")).filled(None, **typed)


def came_back_on_the_old_record(ground):
    ground.world.leave("An", date(2017, 3, 1))
    page = ground.open("organization", at("enter", "K", 2018, "chuyen-den", ho_so=ground.world.people["An"].pk))
    return "organization", page.filled(None, chi_bo="CB01", tu_ngay="02/04/2018", **PAPER)


def recommended(ground):
    typed = {"ho_ten": "Hồ Xuân", "gioi": "F", "ngay_sinh": "15/06/1990", "doan_vien": "co", "tu_ngay": "02/04/2018"}
    return "secretary", ground.open("secretary", at("candidates", "DB01-01", 2018)).filled("gioi-thieu", **typed)


def _candidate(ground):
    row = Recommendation(
        full_name="Hồ Xuân",
        sex="F",
        birth_date=date(1990, 6, 15),
        organization=ground.world.org["DB01-01"],
        on=date(2018, 1, 10),
    )
    return recommend([row], **ground.world.act())[0]


def stepped(ground):
    page = ground.open("secretary", at("candidate", _candidate(ground).pk))
    return "secretary", page.filled("buoc", tu_ngay="02/04/2018")


def admitted_from_the_pipeline(ground):
    candidate = _candidate(ground)
    for stage, month in ((Stage.CLASS, 3), (Stage.DOSSIER, 5), (Stage.DECIDED, 7)):
        advance([(candidate, stage, date(2018, month, 1))], **ground.world.act())
    page = ground.open("organization", at("candidate", candidate.pk))
    kinh = str(ground.world.kinh.pk)
    return "organization", page.filled("ket-nap", tu_ngay="20/11/2018", dan_toc=kinh, **PAPER)


def stopped(ground):
    page = ground.open("secretary", at("candidate", _candidate(ground).pk))
    return "secretary", page.filled("thoi", cach="6", tu_ngay="02/04/2018", ly_do="Chuyển công tác")


def candidate_amended(ground):
    page = ground.open("secretary", at("candidate", _candidate(ground).pk))
    return "secretary", page.filled("sua", ho_ten="Hồ Thị Xuân", ly_do="Ghi nhầm")


def record_amended(ground):
    page = ground.open("committee", at("record", ground.world.people["An"].pk))
    return "committee", page.filled(None, ho_ten="Lê Văn An", ly_do="Đối chiếu")


def merged(ground):
    an, chi = (ground.world.people[name].pk for name in ("An", "Chi"))
    page = ground.open("organization", at("merge_records", an, bo=chi))
    return "organization", page.filled("gop", ly_do="Một người ghi hai lần")


def taken_back(ground):
    an = ground.world.people["An"]
    states.exempt([an], **ground.world.act(MAY))
    page = ground.open("organization", at("take_back", an.pk, Change.objects.latest("pk").pk))
    return "organization", page.filled(None, ly_do="Ghi nhầm")


def recognised(ground):
    ground.world.admit("Trần Quá", "DB01-01", date(2017, 11, 10))
    page = ground.open("organization", at("probation", "K", 2018))
    return "organization", page.filled(None, tick=("nguoi_duoc",), tu_ngay="14/11/2018", **PAPER)


def exempted_together(ground):
    page = ground.open("committee", at("people_selected", "DB01", 2018, ten="le", tat_ca="1"))
    return "committee", page.filled("mien", tu_ngay="05/12/2018", **PAPER)


def elected_together(ground):
    page = ground.open("organization", at("people_selected", "DB01", 2018, tat_ca="1"))
    return "organization", page.filled("chuc-vu", tu_ngay="05/12/2018", chuc_vu="3", **PAPER)


SELECTED = {"mien": exempted_together, "chuc-vu": elected_together}


def offer_accepted(ground):
    world = ground.world
    offers.offer({world.people["Đức"]: world.org["DB01-01"]}, **world.act(MAY))
    offer = TransferOffer.objects.get()
    page = ground.open("committee", at("offers", "DB01", 2018, viec="tiep-nhan", phieu=offer.pk))
    return "committee", page.filled(None, tu_ngay="05/12/2018", **PAPER)


def view_saved(ground):
    page = ground.open("committee", at("saved_views", "DB01", 2018) + "?gioi=F")
    return "committee", page.filled("luu", ten="Nữ")


def view_saved_as_the_last(ground):
    for n in range(29):
        save_view(f"Xem {n}", "gioi=F", by=ground.users["committee"])
    return view_saved(ground)


def awarded(ground):
    day = date(1988, 11, 7)
    ground.world.enroll("Vũ Xưa", "DB01-01", decided=day, ceremony=day, official=date(1990, 1, 1))
    page = ground.open("organization", at("badges", "K", 2018, dot="07-11"))
    return "organization", page.filled("trao", tick=("ai",), **PAPER)


def planned(ground):
    page = ground.open("inspection", at("inspection_plan", "K", 2018))
    return "inspection", page.filled(
        None, tick=("to_chuc",), nam="2018", noi_dung="Kiểm tra Điều lệ", tu_ngay="02/05/2018"
    )


def _inspection(ground):
    world = ground.world
    row = InspectionPlan(
        year=2018, kind="INSPECTION", title="Điều lệ", conductor=world.org["K"], subjects=[(world.org["DB01"], None)]
    )
    return register_inspections([row], **world.act(MAY))[0]


def carried_out(ground):
    page = ground.open("inspection", at("inspection", _inspection(ground).pk, viec="hoan-thanh"))
    return "inspection", page.filled("hoan-thanh", tick=("dong",), tu_ngay="02/06/2018")


WHY = {"ly_do": "Theo biên bản"}


def carried_out_with_a_reason(ground):
    address, data = carried_out(ground)[1]
    return "inspection", (address, data | WHY)


def _carried_out(ground):
    made = _inspection(ground)
    carry_out(dict.fromkeys(made.subjects.all(), MAY), **ground.world.act(MAY))
    return made


def _concluding(ground, made, errand):
    page = ground.open("inspection", at("inspection", made.pk, viec=errand))
    typed = {"tu_ngay": "02/06/2018", "noi_dung": "Chấp hành tốt Điều lệ", **PAPER, **WHY}
    return "inspection", page.filled(errand, tick=("dong",), **typed)


def concluded_with_a_reason(ground):
    return _concluding(ground, _carried_out(ground), "ket-luan")


def conclusion_written_anew(ground):
    made = _carried_out(ground)
    (subject,) = made.subjects.filter(voided=None)
    conclude(
        [NewConclusion(subject=subject, on=date(2018, 6, 1), text="Còn chậm")], **ground.world.act(date(2018, 6, 1))
    )
    return _concluding(ground, made, "sua-ket-luan")


def day_of_carrying_out_amended(ground):
    made = _carried_out(ground)
    page = ground.open("inspection", at("inspection", made.pk, viec="sua-ngay"))
    return "inspection", page.filled("sua-ngay", tick=("dong",), tu_ngay="02/06/2018", **WHY)


def organization_added(ground):
    page = ground.open("inspection", at("inspection", _inspection(ground).pk, viec="them"))
    return "inspection", page.filled("them", to_chuc=str(ground.world.org["DB02"].pk), tu_ngay="02/06/2018")


def organization_disciplined(ground):
    page = ground.open("inspection", at("inspection", _carried_out(ground).pk, viec="ky-luat-to-chuc"))
    typed = {"hinh_thuc": "1", "tu_ngay": "02/11/2018", **PAPER}
    return "inspection", page.filled("ky-luat-to-chuc", **typed)


def letter_received(ground):
    typed = {
        "so_don": "05/ĐT",
        "to_chuc": str(ground.world.org["DB03"].pk),
        "tu_ngay": "01/10/2018",
        "han": "01/02/2019",
    }
    return "inspection", ground.open("inspection", at("letter_new", "K", 2018)).filled(None, **typed)


def _letter(ground, errand, accepted_on=None):
    """The page of a letter of 01/10/2018, with the form of `errand` open."""
    day = date(2018, 10, 1)
    place = ground.world.org["DB03"]
    row = ReceivedLetter(
        number="5", organization=place, received_on=day, due_on=date(2019, 2, 1), accepted_on=accepted_on
    )
    register_letters([row], **ground.world.act(day))
    return ground.open("inspection", at("letter", Letter.objects.get().file_id, viec=errand))


def letter_accepted(ground):
    return "inspection", _letter(ground, "thu-ly").filled("thu-ly", tu_ngay="08/10/2018", han="10/12/2018")


def letter_accepted_with_a_reason(ground):
    address, data = letter_accepted(ground)[1]
    return "inspection", (address, data | WHY)


def letter_forwarded(ground):
    page = _letter(ground, "chuyen")
    return "inspection", page.filled("chuyen", tu_ngay="08/10/2018", noi_nhan="Ủy ban Kiểm tra Tỉnh ủy", **PAPER)


def _result():
    return str(Result.objects.first().pk)


def letter_resolved_with_a_reason(ground):
    page = _letter(ground, "giai-quyet", accepted_on=date(2018, 10, 5))
    return "inspection", page.filled("giai-quyet", tu_ngay="01/12/2018", ket_qua=_result(), **WHY)


def result_written_anew(ground):
    _letter(ground, "giai-quyet", accepted_on=date(2018, 10, 5))
    day, letter = date(2018, 12, 1), Letter.objects.get()
    resolve_letters({letter: day}, results={letter: Result.objects.last()}, **ground.world.act(day))
    page = ground.open("inspection", at("letter", letter.file_id, viec="sua-ket-qua"))
    return "inspection", page.filled("sua-ket-qua", tu_ngay="01/12/2018", ket_qua=_result(), **WHY)


def letter_corrected(ground):
    return "inspection", _letter(ground, "sua").filled("sua", so_don="6", **WHY)


def consented(ground):
    rule = SizeRule.objects.get(kind="CBTT", official=True)
    page = ground.open("organization", at("approve_size", "DB01-01", rule.pk))
    return "organization", page.filled(None, tu_ngay="10/12/2018", **PAPER)


def period_opened(ground):
    return "organization", ground.open("organization", at("periods")).filled("mo", nam="2018", quy="")


def quarter_opened(ground):
    return "organization", ground.open("organization", at("periods")).filled("mo", nam="2018", quy="3")


def year_opened(ground):
    return "administrator", ground.open("administrator", at("first_steps")).filled(None, nam="2018")


def targets_set(ground):
    set_groups(ground.world, 2018)
    page = ground.open("organization", at("targets", "K", 2018))
    typed = {"so": "5-NQ/ĐUK", "ngay": "01/11/2018", "co_quan": "Đảng ủy Khối"}
    indicator = Indicator.objects.get(group__year=2018, code="KN")
    return "organization", page.filled(None, **typed, **{f"chi_tieu_{indicator.pk}": "3"})


def figures_closed(ground):
    set_groups(ground.world, 2017)
    set_targets(ground.world, KN={"K": 1})
    desk = Desk(ground.world)
    desk.finish()
    desk.lock()
    typed = {"so": "3-BB/BTC", "ngay": "20/01/2018", "co_quan": "Ban Tổ chức Đảng ủy Khối"}
    return "organization", ground.open("organization", at("closing", "K", 2017)).filled("chot", **typed)


THOSE_COMING = [
    "{}\t1980\tNam\tKinh\t01/02/2010\t19/05/2010\t19/05/2011\t\tDB30-01".format(f"Trần {n}") for n in ("Ân", "Bê")
]
COMING = "Đảng bộ Huyện\tĐảng bộ cơ sở\tDB30\nChi bộ Một\tChi bộ trực thuộc\tDB30-01"
REORGANIZATIONS = {  # slug: [(code, what is chosen first, what is typed)]
    "thanh-lap": [("DB01", {}, {"ten": "Chi bộ Mới", "ma": "db01-09"}), ("DB01", {}, {"ten": "Chi bộ Mới", "ma": ""})],
    "lap-bo-phan": [("DB01", {}, {"ten": "Đảng bộ bộ phận A", "chi_bo": "DB01-01"})],
    "ket-thuc-bo-phan": [("BP01", {}, {})],
    "doi-ten": [("DB01", {}, {"ten": "Đảng bộ Sở Y tế"})],
    "chuyen-truc-thuoc": [("DB01-01", {}, {"cap_tren": "BP01"})],
    "sap-nhap": [("CB01", {"vao": "DB01"}, {"don_vi_CB01": "DB01-02"})],
    "hop-nhat": [("CB01", {"voi": "CB02"}, {"ten": "Chi bộ Chung", "ma": ""})],
    "chia-tach": [("DB01", {}, {"ten_1": "Đảng bộ Tách", "don_vi_DB01-02": "moi-1"})],
    "thanh-dang-bo": [("CB01", {}, {"ten": "Đảng bộ Một", "chi_bo_1": "Chi bộ 1", "chi_bo_2": "Chi bộ 2"})],
    "thanh-chi-bo": [("DB01", {}, {"ten": "Chi bộ Một"})],
    "doi-loai": [("CB01", {}, {"cap_tren": "DB01"})],
    "giai-the": [("DB02", {}, {"don_vi_DB02-01": "DB01-01", "don_vi_DB02-02": "DB01-02"})],
    "chuyen-giao": [("CB02", {}, {"den": "Đảng bộ huyện"})],
    "tiep-nhan": [("K", {}, {"tu_dau": "Đảng bộ huyện", "to_chuc": COMING, "dang_vien": "\n".join(THOSE_COMING)})],
    "lap-khoi": [("K", {}, {"ten": "Đảng bộ Khối Doanh nghiệp", "ma": ""})],
    "lap-dang-bo-tinh": [("K", {}, {"ten": "Đảng bộ tỉnh", "ma": ""})],
    "ket-thuc-khoi": [("K", {}, {"ten_1": "Đảng bộ các cơ quan Đảng", "ma_1": "", "chung": "moi-1"})],
}
IN_EVERY_RUN = ("thanh-lap",)  # the dear ones with --deep


def reorganized(ground, slug, code, chosen, typed):
    page = ground.open("organization", at("reorganize_act", code, slug, **chosen))
    page.press("dien-tap", **PAPER, tu_ngay="01/12/2018", ly_do="Sắp xếp", **typed)
    return "organization", page.filled("ghi")


def handed_over(ground):
    test_handover.end(ground.world)
    ground.users["heir"] = ground.world.user("INSPECTION", "R1", test_handover.DAY)
    page = ground.open("heir", at("handover", "R1", 2018))
    return "heir", page.filled(None, tu_ngay="01/10/2018", so="9", ngay="01/10/2018", co_quan="Tỉnh ủy")


def _asked_for(ground):
    """An administrator who appoints himself waits for another."""
    other = ground.users["other"] = User.objects.create_superuser("hai", is_staff=True)
    typed = {"user": other.pk, "role": "INSPECTION", "organization": ground.world.org["K"].pk, "_save": "Lưu"}
    signed_in_as(other).post(reverse("admin:organizations_appointment_add"), typed)


def office_confirmed(ground):
    _asked_for(ground)
    return "administrator", ground.open("administrator", at("appointments")).filled("xac-nhan")


def office_declined(ground):
    _asked_for(ground)
    return "administrator", ground.open("administrator", at("appointments")).filled("tu-choi")


FORMS = {
    "enter": [admitted, arrived, came_back_on_the_old_record],
    "candidates": [recommended],
    "candidate": [stepped, admitted_from_the_pipeline, stopped, candidate_amended],
    "record": [record_amended],
    "merge_records": [merged],
    "take_back": [taken_back],
    "probation": [recognised],
    "people_selected": [*SELECTED.values()],
    "offers": [offer_accepted],
    "saved_views": [view_saved, view_saved_as_the_last],
    "badges": [awarded],
    "inspection_plan": [planned],
    "inspection": [
        carried_out,
        carried_out_with_a_reason,
        concluded_with_a_reason,
        conclusion_written_anew,
        day_of_carrying_out_amended,
        organization_added,
        organization_disciplined,
    ],
    "letter_new": [letter_received],
    "letter": [
        letter_accepted,
        letter_accepted_with_a_reason,
        letter_forwarded,
        letter_resolved_with_a_reason,
        result_written_anew,
        letter_corrected,
    ],
    "approve_size": [consented],
    "appointments": [office_confirmed, office_declined],
    "handover": [handed_over],
    "periods": [period_opened, quarter_opened],
    "first_steps": [year_opened],
    "targets": [targets_set],
    "closing": [figures_closed],
}
ACTS = {year_opened: 2}  # the groups of the year and its period
ELSEWHERE = {
    "errand": "each act, below",
    "reorganize_act": "each form, below",
    "reorganize_undo": "takes back: its act alone can be undone, and once",
    "ratings": "writes over lines that stand, each with its version",
    "rating_paste": "writes over lines, each with its version",
    "rating_line": "writes over a line that stands, with its version",
    "rating_step": "moves sheets that stand, each with its version",
    "rating_organizations": "writes over rows that stand, each with its version",
    "rating_correction": "writes over lines that stand, as they were opened",
    "login": "",
    "logout": "",
    "password_change": "",
}


def test_every_address_that_takes_a_form_has_a_row():
    taking = {row[0] for row in ROWS if row[1] == "POST" and set(row[4:]) != {"405"}}
    assert taking == set(FORMS) | set(ELSEWHERE)


def standing():
    """{model: how many rows stand}; acts, papers and sessions aside."""
    found = {}
    for model in [*apps.get_models(), SavedView]:
        if issubclass(model, Recorded):
            found[model.__name__] = model._base_manager.filter(voided__isnull=True).count()
        elif model._meta.app_label in ("members", "organizations", "ratings", "indicators", "inspections", "ledger"):
            found[model.__name__] = model._base_manager.count()
    return found


def added(before):
    after = standing()
    return {name: n - before[name] for name, n in after.items() if n != before[name]}


def told_once(user, address, data):
    """Sends the form twice at once; {model: rows more}. One was done, the other told in a sentence."""
    before = standing()
    answers = send_at_once(user, address, data)
    broken = [answer for answer in answers if isinstance(answer, Exception)]
    assert not broken, broken
    done = [answer for answer in answers if answer.status_code == 302]
    told = [answer for answer in answers if answer.status_code in (400, 403, 404, 409)]
    assert (len(done), len(told)) == (1, 1), [(a.status_code, text_of(a)[300:1500]) for a in answers]
    said = re.findall(r'(?s)role="alert".*?</(?:div|ul)>|<h1>.*?</p>', told[0].content.decode())
    assert any(re.search("[ạảấầậốộớợừựđĐ]", words) for words in said), text_of(told[0])[:2000]
    return added(before)


@pytest.mark.parametrize("form", [form for forms in FORMS.values() for form in forms], ids=lambda form: form.__name__)
def test_a_form_sent_twice_makes_one(form):
    ground = SentGround()
    role, (address, data) = form(ground)
    more = told_once(ground.users[role], address, data)
    assert more.get("Change", 0) <= ACTS.get(form, 1), more
    assert all(n <= 1 for name, n in more.items() if name in ("Member", "Candidate", "Letter")), more


def test_deadlines_sent_twice_are_set_once():
    """Who comes second is told so, or that nothing was changed."""
    ground = SentGround()
    Desk(ground.world)
    typed = {"han_khoi": "01/02/2018", "ly_do": "Theo công văn"}
    address, data = ground.open("organization", at("periods")).filled("han", **typed)
    before = standing()
    answers = send_at_once(ground.users["organization"], address, data)
    assert {answer.status_code for answer in answers} <= {302, 400}
    assert added(before) == {"Change": 1}


def test_every_reorganization_has_a_row():
    assert set(REORGANIZATIONS) == {form.slug for form in REORGANIZING}


@pytest.mark.parametrize(
    ("slug", "row"),
    [
        pytest.param(slug, row, id=f"{slug}-{n}", marks=() if slug in IN_EVERY_RUN else pytest.mark.deep)
        for slug, rows in REORGANIZATIONS.items()
        for n, row in enumerate(rows, 1)
    ],
)
def test_a_reorganization_sent_twice_is_done_once(slug, row):
    ground = SentGround()
    role, (address, data) = reorganized(ground, slug, *row)
    assert told_once(ground.users[role], address, data)["Change"] == 1
    names = OrganizationSpell.objects.on(date(2018, 12, 1)).values_list("name", flat=True)
    assert len(set(names)) == len(names)
    people = Member.objects.values_list("full_name", flat=True)
    assert len(set(people)) == len(people)


def test_every_act_on_those_picked_has_a_row():
    assert set(SELECTED) == set(selection.FORMS)


@pytest.mark.parametrize("key", ERRANDS)
def test_an_act_about_a_member_sent_twice_is_done_once(key):
    ground = SentGround()
    test_action_pages.live(ground.world)
    name, typed, _ = test_action_pages.DONE[key]
    typed = {"tu_ngay": test_action_pages.DAY, "ly_do": "Như văn bản", **PAPER, **typed}
    if key == "thoi-chuc-vu":
        typed["chuc_vu"] = Post.objects.get().pk
    role = test_action_pages.role_of(key).lower()
    told_once(ground.users[role], test_action_pages.address(ground.world, name, key), typed)


# The administration

ROWS_TO_ADD = {
    "User": {"username": "bi-thu", "usable_password": "true", "password1": "mot-cau-dai", "password2": "mot-cau-dai"},
    "Appointment": {"role": "LEADER"},
    "SizeRule": {"kind": "DBBP", "least": "3"},
    "EthnicGroup": {"code": "99", "name": "Khác"},
    "Religion": {"code": "99", "name": "Khác"},
    "BadgeLevel": {"years": "35", "months_early": "0", "months_posthumous": "0"},
    "AwardDay": {"name": "Đợt riêng", "day": "1", "month": "10"},
    "Result": {"code": "99", "name": "Khác"},
    "Scheme": {
        "code": "M99",
        "name": "Lược đồ mới",
        "first_year": "2030",
        "legal_basis": "99-QĐ/TW",
        "comparable_group": "Z",
    },
    "Level": {"code": "M9", "rank": "9", "organization_label": "Mức chín", "member_label": "Mức chín"},
    "Reason": {"code": "KHAC", "label": "Lý do khác", "kind": "EXCLUDED"},
    "Cap": {"limits": "MEMBERS", "percent": "17,5", "base": "ALL"},
    "Rule": {"code": "CAP", "strength": "NOTE", "legal_basis": "99-QĐ/TW"},
    "Calendar": None,  # one for years and one for quarters, and no third
}


def _addable():
    request = RequestFactory().get("/")
    request.user = User.objects.create_superuser("goc", is_staff=True)
    return {m.__name__: m for m, page in admin.site._registry.items() if page.has_add_permission(request)}, request.user


def test_every_row_of_the_administration_has_one_here():
    assert set(_addable()[0]) == set(ROWS_TO_ADD)


def test_a_row_of_the_administration_sent_twice_is_made_once():
    models, user = _addable()
    world, failed = World(), {}
    more = {
        "Appointment": {"user": world.user().pk, "organization": world.org["K"].pk},
        "Level": {"scheme": (scheme := Scheme.objects.first().pk)},
        "Reason": {"scheme": scheme},
        "Cap": {"scheme": scheme},
        "Rule": {"scheme": Scheme.objects.exclude(rules__code="CAP").last().pk},
    }
    for name, typed in ROWS_TO_ADD.items():
        if typed is None:
            continue
        address = reverse(f"admin:{models[name]._meta.app_label}_{name.lower()}_add")
        before = standing()
        answers = send_at_once(user, address, {**typed, **more.get(name, {}), "_save": "Lưu"})
        states = [getattr(answer, "status_code", answer) for answer in answers]
        if sorted(map(str, states)) != ["200", "302"] or added(before).get(name) != 1:
            failed[name] = states, added(before), [text_of(a)[-1500:] for a in answers if not isinstance(a, Exception)]
            continue
        told = next(answer for answer in answers if answer.status_code == 200)
        assert "errornote" in told.content.decode(), name
    assert not failed


def test_a_new_version_of_a_scheme_asked_for_twice_is_made_once():
    world, user = World(), User.objects.create_superuser("goc", is_staff=True)
    desk = Desk(world)
    desk.finish()
    desk.lock()
    scheme = desk.period.scheme
    answers = send_at_once(user, reverse("admin:ratings_scheme_new_version", args=[scheme.pk]), {})
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Scheme.objects.filter(code=scheme.code).count() == 2
    assert Change.objects.filter(verb=RatingVerb.NEW_VERSION).count() == 1
