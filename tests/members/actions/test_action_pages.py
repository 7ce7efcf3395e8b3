"""Acts about a member from their page: what is listed for whom, each form done and refused, what stays typed."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ledger.models import Change, User
from ledger.verbs import KNOWN
from members.actions.table import ERRANDS
from members.life import offers as transfers
from members.life import statuses
from members.life.posts import post
from members.models import Admission, Discipline, Membership, Officialization, Post, Status
from members.register.arrivals import enroll
from tests.hand import signed_in_as
from tests.world import TODAY, recorded

pytestmark = pytest.mark.django_db
PAPER = {"so": "7-QĐ/ĐUK", "ngay": "01/11/2018", "co_quan": "Đảng ủy Khối"}
DAY = "15/11/2018"
ON_ROLL = {
    "gioi-thieu", "chuyen", "tam-thoi", "chuyen-di", "ra-nuoc-ngoai", "mien", "dinh-chi", "nghi-om", "chuc-vu",
    "tu-tran", "xoa-ten", "xin-ra",
}  # fmt: skip


@pytest.fixture
def as_(world):
    """A function: the browser of a new holder of the role."""

    def give(role, code="K"):
        return signed_in_as(world.user(role, code))

    return give


def text(response):
    return response.content.decode()


def listed(ask, world, name):
    """Keys of the acts on the page of the person."""
    page = text(ask.get(reverse("member", args=[world.people[name].pk])))
    return set(re.findall(r'href="/dang-vien/ho-so/\d+/ghi/([\w-]+)/"', page))


def address(world, name, key):
    return reverse("errand", args=[world.people[name].pk, key])


def send(ask, world, name, key, **typed):
    return ask.post(address(world, name, key), {"tu_ngay": DAY, "ly_do": "Như văn bản", **PAPER, **typed})


# What is listed


@pytest.mark.parametrize(
    ("role", "code", "keys"),
    [
        ("ORGANIZATION", "K", ON_ROLL),
        ("COMMITTEE", "DB01", {"gioi-thieu", "chuyen", "tam-thoi", "mien", "dinh-chi", "nghi-om", "chuc-vu"}),
        ("INSPECTION", "K", {"ky-luat", "khai-tru"}),
        ("SECRETARY", "DB01-01", set()),
        ("LEADER", "K", set()),
    ],
)
def test_exactly_what_is_theirs_is_listed_and_opens(world, as_, role, code, keys):
    ask = as_(role, code)
    assert listed(ask, world, "An") == keys
    for key in ERRANDS:
        status = ask.get(address(world, "An", key)).status_code
        assert status in ((200,) if key in keys else (403, 404)), key


def test_the_secretary_of_a_cell_that_is_a_grassroots_organization_is_its_committee(world, as_):
    """With one cell alone there is nowhere to move anyone without asking."""
    found = {"gioi-thieu", "tam-thoi", "mien", "dinh-chi", "nghi-om", "chuc-vu"}
    assert listed(as_("SECRETARY", "CB01"), world, "Phúc") == found


def test_what_makes_no_sense_today_is_not_listed(world, as_):
    ask = as_("ORGANIZATION")
    an, org = world.people["An"], world.org
    world.admit("Trần Mới", "DB01-01", date(2018, 3, 10))
    statuses.exempt([an], **world.act(date(2018, 5, 1)))
    statuses.set_status([an], 4, until=date(2019, 5, 1), host=org["CB01"], **world.act(date(2018, 5, 1)))
    post([(an, org["DB01"], Post.Kind.DEPUTY)], **world.act(date(2018, 5, 1)))
    transfers.offer({an: org["CB01"]}, **world.act())
    changed = (ON_ROLL | {"thoi-mien", "het-tam-thoi", "thoi-chuc-vu"}) - {"mien", "tam-thoi", "gioi-thieu"}
    assert listed(ask, world, "An") == changed
    assert listed(ask, world, "Mới") == (ON_ROLL | {"chinh-thuc", "gia-han-du-bi", "khong-cong-nhan"}) - {"xoa-ten"}
    assert listed(as_("INSPECTION"), world, "Mới") == {"ky-luat"}
    again = ask.get(address(world, "An", "mien"))
    assert again.status_code == 404
    assert "Lúc này không ghi “Miễn công tác và sinh hoạt đảng” cho đồng chí Lê An." in text(again)
    assert f'href="{reverse("member", args=[an.pk])}">Mở hồ sơ đồng chí Lê An</a>' in text(again)


@pytest.mark.parametrize(
    ("why", "keys"),
    [
        ("DIED", set()),
        ("DEPARTED", {"chuyen-den-lai", "ket-nap-lai"}),
        ("EXPELLED", {"ket-nap-lai", "phuc-hoi"}),
    ],
)
def test_of_who_has_left_only_the_way_back_is_listed(world, as_, why, keys):
    world.leave("An", date(2018, 3, 1), why)
    ask = as_("ORGANIZATION")
    assert listed(ask, world, "An") == keys
    assert "<h2>Lịch sử</h2>" in text(ask.get(reverse("member", args=[world.people["An"].pk])))
    assert listed(as_("COMMITTEE", "DB01"), world, "An") == set()


@pytest.mark.parametrize(("role", "home"), [("ORGANIZATION", "K"), ("COMMITTEE", "DB01")])
def test_the_menu_stays_on_the_pages_of_who_has_left(world, as_, role, home):
    world.leave("An", date(2018, 3, 1), "DEPARTED")
    ask, pk = as_(role, home), world.people["An"].pk
    addresses = [reverse("member", args=[pk])]
    if role == "ORGANIZATION":
        addresses.append(address(world, "An", "chuyen-den-lai"))
    for page in (text(ask.get(url)) for url in addresses):
        assert f'href="{reverse("people", args=[home, 2018])}" aria-current="page">Đảng viên</a>' in page
        assert "Trang đầu</a>" not in page


def test_who_moved_on_is_acted_for_by_the_new_place_alone(world, as_):
    world.transfer("An", "DB02-01", date(2018, 6, 15))
    assert listed(as_("COMMITTEE", "DB01"), world, "An") == set()
    assert as_("COMMITTEE", "DB01").get(address(world, "An", "mien")).status_code == 403
    assert "mien" in listed(as_("COMMITTEE", "DB02"), world, "An")


def test_an_act_there_is_not(world, as_):
    assert as_("ORGANIZATION").get(address(world, "An", "lam-gi-do")).status_code == 404


def test_the_page_of_a_member_asks_as_much_after_many_acts(world, as_):
    ask = as_("ORGANIZATION")
    page = reverse("member", args=[world.people["An"].pk])

    def asked():
        ask.get(page)
        with CaptureQueriesContext(connection) as found:
            assert ask.get(page).status_code == 200
        return len(found)

    statuses.exempt([world.people["An"]], **world.act(date(2016, 1, 1)))
    statuses.lift_status([world.people["An"]], 1, **world.act(date(2016, 1, 2)))
    world.transfer("An", "CB01", date(2016, 2, 1))
    before = asked()
    people = enroll([world.arrival(f"Vũ X{n}", "DB01-01") for n in range(60)], **world.act())
    for year in (2016, 2017, 2018):
        statuses.exempt([world.people["An"], *people], **world.act(date(year, 3, 1)))
        statuses.lift_status([world.people["An"], *people], 1, **world.act(date(year, 6, 1)))
        world.transfer("An", "CB02", date(year, 8, 1))
        world.transfer("An", "CB01", date(year, 9, 1))
    assert asked() == before


# Each form


DONE = {
    "chinh-thuc": ("Mới", {"cho_phep": "on"}, "Công nhận đảng viên chính thức"),
    "gia-han-du-bi": ("Mới", {"den_ngay": "10/09/2019"}, "Gia hạn dự bị"),
    "khong-cong-nhan": ("Mới", {}, "Không công nhận chính thức, xóa tên"),
    "gioi-thieu": ("An", {"chi_bo": "CB01"}, "Giới thiệu chuyển sinh hoạt"),
    "chuyen": ("An", {"chi_bo": "CB01"}, "Chuyển sinh hoạt chính thức"),
    "tam-thoi": ("An", {"chi_bo": "CB01", "den_ngay": "15/08/2019"}, "Chuyển sinh hoạt tạm thời"),
    "het-tam-thoi": ("Dung", {}, "Thôi: Chuyển sinh hoạt tạm thời"),
    "chuyen-di": ("An", {"noi_den": "Đảng bộ huyện"}, "Ra khỏi danh sách đảng viên"),
    "ra-nuoc-ngoai": ("An", {"noi_den": "Nhật Bản"}, "Ra khỏi danh sách đảng viên"),
    "mien": ("An", {}, "Được miễn công tác và sinh hoạt đảng"),
    "thoi-mien": ("Dung", {}, "Thôi: Được miễn công tác và sinh hoạt đảng"),
    "dinh-chi": ("An", {}, "Bị đình chỉ sinh hoạt đảng"),
    "thoi-dinh-chi": ("Dung", {}, "Thôi: Bị đình chỉ sinh hoạt đảng"),
    "nghi-om": ("An", {}, "Nghỉ ốm"),
    "het-om": ("Dung", {}, "Thôi: Nghỉ ốm"),
    "chuc-vu": ("An", {"to_chuc": "DB01", "chuc_vu": "2"}, "Giữ chức vụ đảng"),
    "thoi-chuc-vu": ("Dung", {}, "Thôi chức vụ đảng"),
    "ky-luat": ("An", {"hinh_thuc": "2"}, "Kỷ luật đảng viên"),
    "khai-tru": ("An", {}, "Khai trừ khỏi Đảng"),
    "tu-tran": ("An", {}, "Ra khỏi danh sách đảng viên"),
    "xoa-ten": ("An", {}, "Ra khỏi danh sách đảng viên"),
    "xin-ra": ("An", {}, "Ra khỏi danh sách đảng viên"),
    "chuyen-den-lai": ("Giang", {"chi_bo": "CB01"}, "Trở lại danh sách đảng viên"),
    "ket-nap-lai": ("Hà", {"chi_bo": "CB01", "quyet_dinh": "10/11/2018"}, "Trở lại danh sách đảng viên"),
    "phuc-hoi": ("Hà", {"chi_bo": "CB01", "quyet_dinh": "10/11/2018"}, "Trở lại danh sách đảng viên"),
}


@pytest.fixture
def lived(world):
    return live(world)


def live(world):
    """Mới is on probation; of Dung everything holds; Giang moved away, Hà was struck off."""
    early = date(2018, 5, 1)
    dung = world.people["Dung"]
    world.admit("Trần Mới", "DB01-01", date(2018, 3, 10))
    for kind in (Status.Kind.EXEMPT, Status.Kind.SUSPENDED, Status.Kind.SICK):
        statuses.set_status([dung], kind, **world.act(early))
    statuses.set_status([dung], 4, until=date(2019, 2, 1), host=world.org["CB01"], **world.act(early))
    post([(dung, world.org["DB01"], Post.Kind.COMMITTEE)], **world.act(early))
    world.leave("Giang", early, "DEPARTED")
    world.leave("Hà", early, "STRUCK")
    return world


def role_of(key):
    return "INSPECTION" if key in ("ky-luat", "khai-tru") else "ORGANIZATION"


@pytest.mark.parametrize("key", ERRANDS)
def test_each_form_opens_is_sent_and_is_one_act_in_the_history(lived, as_, key):
    name, typed, verb = DONE[key]
    if key == "thoi-chuc-vu":
        typed = {"chuc_vu": Post.objects.get().pk}
    ask, changes = as_(role_of(key)), Change.objects.count()
    page = ask.get(address(lived, name, key))
    assert page.status_code == 200
    assert f"<h1>{ERRANDS[key].label}</h1>" in text(page)
    response = send(ask, lived, name, key, **typed)
    assert response.status_code == 302, re.findall(r'role="alert".*?</div>|errorlist.*?</ul>', text(response))
    assert Change.objects.count() == changes + 1
    change = Change.objects.latest("pk")
    assert (change.words, change.on, change.document.number) == (verb, date(2018, 11, 15), "7-QĐ/ĐUK")
    assert change.reason.endswith("Như văn bản")
    shown = text(ask.get(response.url))
    said = f"Đã ghi “{ERRANDS[key].label}” cho đồng chí {lived.people[name]}."
    assert f'{said} <a href="{response.url}#lich-su">Xem hoặc hủy việc này</a>' in shown
    assert 'id="lich-su"' in shown
    assert verb in shown[shown.index("<h2>Lịch sử</h2>") :]
    # What was recorded here can be taken back from here: every verb has its right, and the link is shown.
    assert KNOWN[change.verb].kept_by
    assert reverse("take_back", args=[lived.people[name].pk, change.pk]) in shown


def recognise(world, as_, **typed):
    return send(as_("ORGANIZATION"), world, "Mới", "chinh-thuc", **typed)


def test_before_twelve_months_the_usual_decision_is_not_taken_for_a_permission(lived, as_):
    opened = text(as_("ORGANIZATION").get(address(lived, "Mới", "chinh-thuc")))
    assert "Đủ 12 tháng ngày 10/03/2019." in opened and 'name="cho_phep"' in opened
    refused = recognise(lived, as_)
    assert refused.status_code == 400 and not Officialization.objects.filter(member=lived.people["Mới"]).exists()
    assert "Đủ 12 tháng ngày 10/03/2019. Ngày 15/11/2018 là sớm. Hãy xem lại ngày, " in text(refused)
    late = recognise(lived, as_, cho_phep="on", ngay="16/11/2018")
    assert "Văn bản cho phép công nhận sớm phải có trước, hoặc trong ngày 15/11/2018." in text(late)
    assert recognise(lived, as_, cho_phep="on", ngay="15/11/2018").status_code == 302


def test_who_has_had_twelve_months_is_asked_only_when_an_earlier_day_is_typed(world, as_):
    world.admit("Trần Mới", "DB01-01", date(2017, 11, 20))
    opened = text(as_("ORGANIZATION").get(address(world, "Mới", "chinh-thuc")))
    assert "Đủ 12 tháng ngày 20/11/2018." in opened and 'name="cho_phep"' not in opened
    mistyped = recognise(world, as_, tu_ngay="30/11/2017")
    assert mistyped.status_code == 400 and 'name="cho_phep"' in text(mistyped)
    assert recognise(world, as_, tu_ngay="20/11/2018").status_code == 302


def test_an_extension_moves_the_day_that_is_told(lived, as_):
    send(as_("ORGANIZATION"), lived, "Mới", "gia-han-du-bi", den_ngay="10/09/2019")
    assert "Hết thời gian gia hạn dự bị ngày 10/09/2019. Ngày 20/11/2018 là sớm." in text(
        recognise(lived, as_, tu_ngay="20/11/2018")
    )


def test_over_sixty_the_consent_is_asked_for_again(lived, as_):
    lived.enroll("Hồ Cao", "CB01", born=date(1955, 3, 1))
    lived.leave("Cao", date(2018, 5, 1), "STRUCK")
    ask, typed = as_("ORGANIZATION"), DONE["ket-nap-lai"][1]
    assert "so_tinh_uy" not in text(ask.get(address(lived, "Hà", "ket-nap-lai")))
    refused = send(ask, lived, "Cao", "ket-nap-lai", **typed)
    assert "Hồ Cao quá 60 tuổi vào ngày kết nạp 15/11/2018." in text(refused)
    half = send(ask, lived, "Cao", "ket-nap-lai", **typed, so_tinh_uy="9-CV/TU")
    assert "Văn bản đồng ý của Ban Thường vụ Tỉnh ủy cần đủ số và ngày." in text(half)
    assert 'value="9-CV/TU"' in text(half)
    late = send(ask, lived, "Cao", "ket-nap-lai", **typed, so_tinh_uy="9-CV/TU", ngay_tinh_uy="16/11/2018")
    assert "ghi ngày 16/11/2018, sau ngày kết nạp 15/11/2018." in text(late)
    send(ask, lived, "Cao", "ket-nap-lai", **typed, so_tinh_uy="9-CV/TU", ngay_tinh_uy="01/10/2018")
    assert str(Admission.objects.latest("pk").consent) == "9-CV/TU ngày 01/10/2018 của Ban Thường vụ Tỉnh ủy"


@pytest.mark.parametrize("key", ERRANDS)
def test_an_empty_form_is_refused_and_nothing_is_written(lived, as_, key):
    ask, before = as_(role_of(key)), recorded()
    response = ask.post(address(lived, DONE[key][0], key), {"co_quan": "Đảng ủy Khối"})
    assert response.status_code == 400
    assert "Hãy nhập ngày, ví dụ 20/12/2018." in text(response)
    assert recorded() == before


@pytest.mark.parametrize("key", ["mien", "dinh-chi", "xoa-ten", "xin-ra", "gia-han-du-bi", "phuc-hoi", "ky-luat"])
def test_a_decision_has_its_paper(lived, as_, key):
    name, typed, _ = DONE[key]
    response = send(as_(role_of(key)), lived, name, key, **{**typed, "so": ""})
    assert response.status_code == 400


@pytest.mark.parametrize("key", ["khong-cong-nhan", "xoa-ten"])
def test_striking_off_has_its_reason(lived, as_, key):
    assert send(as_("ORGANIZATION"), lived, DONE[key][0], key, ly_do=" ").status_code == 400


# Refusals on the page


@pytest.mark.parametrize(
    ("name", "key", "typed", "sentence"),
    [
        ("Mới", "chinh-thuc", {"so": "", "ngay": "", "cho_phep": "on"}, "đến 10/03/2019 mới hết thời gian dự bị"),
        ("Dung", "mien", {}, "Võ Dung đã được ghi “Được miễn công tác và sinh hoạt đảng” từ 01/05/2018"),
        ("Hà", "tu-tran", {}, "Đồng chí Lê Hà đã bị xóa tên ngày 01/05/2018, không còn trong danh sách đảng viên."),
        ("An", "chuyen", {"chi_bo": "CB01", "tu_ngay": "01/01/2015"}, "ngày đi phải sau ngày đó"),
        ("An", "tu-tran", {"tu_ngay": "15/12/2018"}, "Ngày 15/12/2018 còn ở phía trước."),
        ("An", "gioi-thieu", {"chi_bo": "DB01-01"}, "Chi bộ này không có trong danh sách. Hãy chọn lại."),
        ("An", "gioi-thieu", {"chi_bo": ""}, "Hãy chọn chi bộ."),
        ("An", "chuc-vu", {"to_chuc": "DB02", "chuc_vu": "1"}, "Tổ chức này không có trong danh sách. Hãy chọn lại."),
        ("An", "tam-thoi", {"den_ngay": "15/08/2019"}, "cần một nơi đến"),
        ("Giang", "chuyen-den-lai", {"chi_bo": "CB01", "tu_ngay": "01/04/2018"}, "ngày trở lại không thể trước"),
    ],
)
def test_what_is_refused_is_said_and_stays_typed(lived, as_, name, key, typed, sentence):
    ask = as_("ORGANIZATION")
    before = recorded()
    response = send(ask, lived, name, key, **typed)
    assert response.status_code == 400
    assert sentence in text(response)
    assert "Như văn bản" in text(response)
    assert recorded() == before


def test_discipline_on_probation_offers_no_removal(lived, as_):
    ask = as_("INSPECTION")
    assert "Cách chức" not in text(ask.get(address(lived, "Mới", "ky-luat")))
    assert "Cách chức" in text(ask.get(address(lived, "An", "ky-luat")))
    assert send(ask, lived, "Mới", "ky-luat", hinh_thuc="3").status_code == 400
    assert not Discipline.objects.exists()


def test_a_committee_moves_people_between_its_own_cells_and_offers_them_elsewhere(world, as_):
    ask = as_("COMMITTEE", "DB01")
    page = text(ask.get(address(world, "An", "chuyen")))
    assert re.findall(r'<option value="([^"]+)"', page) == ["DB01-02"]
    assert send(ask, world, "An", "chuyen", chi_bo="CB01").status_code == 400
    offers = re.findall(r'<option value="([^"]+)"', text(ask.get(address(world, "An", "gioi-thieu"))))
    assert offers == ["CB01", "CB02", "DB01-02", "DB02-01", "DB02-02", "DB03-01", "DB03-02"]
    assert send(ask, world, "An", "chuyen", chi_bo="DB01-02").status_code == 302
    assert world.names("DB01-02", TODAY) == {"An", "Chi", "Dung"}


def test_a_committee_gives_no_posts_above_itself(world, as_):
    found = re.findall(
        r'<option value="(\w[\w-]*)"', text(as_("COMMITTEE", "DB01").get(address(world, "An", "chuc-vu")))
    )
    assert found[:2] == ["DB01-01", "DB01"] and "K" not in found


def test_what_happened_in_an_earlier_place_is_not_the_new_ones_to_record(world, as_):
    world.transfer("An", "DB02-01", date(2018, 6, 15))
    response = send(as_("COMMITTEE", "DB02"), world, "An", "nghi-om", tu_ngay="14/06/2018")
    assert response.status_code == 400
    assert "Ngày 14/06/2018 đồng chí Lê An sinh hoạt ở nơi khác" in text(response)
    assert not Status.objects.exists()
    assert send(as_("COMMITTEE", "DB02"), world, "An", "nghi-om", tu_ngay="15/06/2018").status_code == 302
    world.transfer("Chi", "DB02-01", date(2018, 6, 15))
    assert send(as_("ORGANIZATION"), world, "Chi", "nghi-om", tu_ngay="14/06/2018").status_code == 302


def test_an_unusual_stay_is_done_and_warned_of(world, as_):
    ask = as_("ORGANIZATION")
    for name, until, study, said in (
        ("An", "01/12/2018", "", "ngắn hơn 03 tháng"),
        ("Chi", "15/11/2019", "", "dài hơn quy định (dưới 01 năm)"),
        ("Bình", "15/11/2019", "hoc", None),
    ):
        typed = {"noi_khac": "Học viện", "den_ngay": until, "vi": study}
        shown = text(ask.get(send(ask, world, name, "tam-thoi", **typed).url))
        assert ('class="warning"' in shown) == bool(said)
        assert not said or said in shown
    assert Status.objects.filter(kind=4, host_name="Học viện").count() == 3


def test_guests_are_told_beside_the_roll_and_not_in_it(world, as_):
    ask = as_("ORGANIZATION")
    send(ask, world, "An", "tam-thoi", chi_bo="CB01", den_ngay="15/06/2019")
    page = text(as_("SECRETARY", "CB01").get(reverse("people", args=["CB01", 2018])))
    assert "2 đảng viên." in page
    memo = page[page.index("Đang sinh hoạt tạm thời ở đây: 1 đồng chí") :]
    assert "Lê An" in memo and "Tổ chức DB01-01, Tổ chức DB01" in memo
    assert "tạm thời ở đây" not in text(ask.get(reverse("people", args=["K", 2018])))
    home = text(ask.get(reverse("people", args=["DB01-01", 2018])))
    assert "chính\u00a0thức; chuyển sinh hoạt tạm thời" in home
    record = text(ask.get(reverse("member", args=[world.people["An"].pk])))
    assert "Chuyển sinh hoạt tạm thời đến Tổ chức CB01 từ 15/11/2018 đến trước 15/06/2019" in record


def test_what_was_typed_comes_back_after_the_session_ended(world, as_):
    ask = as_("ORGANIZATION")
    page = ask.get(address(world, "An", "tu-tran"))
    typed = {"tu_ngay": DAY, "ly_do": "Bệnh nặng", "nguoi": re.search(r'name="nguoi" value="([^"]+)"', text(page))[1]}
    user = User.objects.get(pk=ask.session["_auth_user_id"])
    user.set_password("mot-cau-dai-kho-doan")
    user.save()
    door = ask.post(address(world, "An", "tu-tran"), typed)
    carried = re.search(r'name="mang_theo" value="([^"]+)"', text(door))[1]
    data = {"username": user.username, "password": "mot-cau-dai-kho-doan", "mang_theo": carried}
    back = ask.post(reverse("login"), data, follow=True)
    assert "Bệnh nặng" in text(back) and f'value="{DAY}"' in text(back)
    assert Membership.objects.standing().get(member=world.people["An"]).is_open


def test_an_offer_waiting_is_told_on_the_page_and_on_each_form(world, as_):
    transfers.offer({world.people["An"]: world.org["CB01"]}, **world.act())
    ask = as_("ORGANIZATION")
    said = "Giới thiệu chuyển sinh hoạt từ Tổ chức DB01-01, Tổ chức DB01 đến Tổ chức CB01, ngày 14/12/2018"
    assert f"{said}, đang chờ trả lời." in text(ask.get(reverse("member", args=[world.people["An"].pk])))
    assert "Rời chi bộ hiện nay thì giới thiệu ấy hết hiệu lực." in text(ask.get(address(world, "An", "tu-tran")))
