"""Forms about candidates and members, opened and filled: each gives who sends it, its address and its fields."""

from datetime import date

from ledger.models import Change
from members.candidates.steps import Recommendation, advance, recommend
from members.life import offers
from members.life import statuses as states
from members.models import Stage, TransferOffer
from members.people.saved_views import save_view
from tests.field.sent_twice.ground import MAY, PAPER, at

PERSON = {"ho_ten": "Hồ Xuân", "gioi_tinh": "F", "dan_toc": "01", "ngay_sinh": "15/06/1990"}


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
