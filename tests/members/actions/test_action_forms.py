"""Each form of an act about a member: it opens, is sent, and asks for what it needs."""

import re
from datetime import date

import pytest
from django.urls import reverse

from ledger.models import Change
from ledger.verbs import KNOWN
from members.actions.table import ERRANDS
from members.models import Admission, Officialization, Post
from tests.members.actions.deeds import DONE, address, role_of, send, text
from tests.world import recorded

pytestmark = pytest.mark.django_db


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
