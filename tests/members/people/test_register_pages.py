"""The register as it is read: the roll on any day of the year, its filters, a member's page."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ledger.acts import take_back
from members.life.posts import post
from members.life.sanctions import discipline
from members.life.statuses import exempt, lift_status
from members.models import Discipline, Exit, Post, Status
from members.register.arrivals import enroll
from tests.hand import signed_in_as

pytestmark = pytest.mark.django_db


def browser(world, role="ORGANIZATION", code="K"):
    return signed_in_as(world.user(role, code))


def text(response):
    return response.content.decode()


def listed(ask, code, **query):
    """(names on the page, the count it tells) of the roll."""
    page = text(ask.get(reverse("people", args=[code, 2017], query=query)))
    names = re.findall(r'href="/dang-vien/ho-so/\d+/">([^<]+)</a>', page)
    return names, int(re.search(r'id="so-luong">(\d+) đảng viên', page)[1])


def test_who_moves_is_in_one_cell_the_day_before_and_in_the_other_on_the_day(world):
    world.transfer("An", "DB02-01", date(2017, 6, 15))
    ask = browser(world)
    assert listed(ask, "DB01-01", ngay="14/06/2017") == (["Lê An", "Võ Bình"], 2)
    assert listed(ask, "DB01-01", ngay="15/06/2017") == (["Võ Bình"], 1)
    assert listed(ask, "DB02-01", ngay="14/06/2017") == (["Lê Đức", "Võ Giang"], 2)
    assert listed(ask, "DB02-01", ngay="15/06/2017") == (["Lê An", "Lê Đức", "Võ Giang"], 3)
    assert listed(ask, "DB02", ngay="14/06/2017", ten="le an") == ([], 0)
    assert listed(ask, "DB02", ngay="15/06/2017", ten="le an", dien="chinh-thuc") == (["Lê An"], 1)


def test_the_flow_runs_to_the_day_asked_for(world):
    world.transfer("An", "DB02-01", date(2017, 6, 15))
    ask = browser(world)
    before = text(ask.get(reverse("people", args=["DB02-01", 2017], query={"ngay": "14/06/2017"})))
    after = text(ask.get(reverse("people", args=["DB02-01", 2017], query={"ngay": "15/06/2017"})))
    assert "<h1>2 đảng viên</h1>" in before and "Trong năm không ai vào, không ai ra." in before
    assert "<h1>3 đảng viên</h1>" in after and "Trong năm vào 1." in after


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("14/06/2016", "Ngày 14/06/2016 không thuộc năm 2017. Hãy chọn năm ở trên trước."),
        ("31/02/2017", "Hãy nhập ngày có thật, ví dụ 15/06/2017."),
    ],
)
def test_a_day_that_cannot_be_is_told_and_the_list_stands(world, typed, said):
    page = text(browser(world).get(reverse("people", args=["DB01-01", 2017], query={"ngay": typed})))
    assert said in page
    assert f'value="{typed}"' in page
    assert "2 đảng viên" in page


def test_each_filter_is_a_chip_that_drops_it_alone(world):
    ask = browser(world)
    page = text(ask.get(reverse("people", args=["K", 2017], query={"ten": "le", "gioi": "F", "page": "1"})))
    assert "8 đảng viên khớp bộ lọc." in page
    assert 'aria-label="Bỏ lọc Giới tính: Nữ"' in page
    assert 'href="/dang-vien/K/2017/?ten=le#ket-qua"' in page
    assert 'href="/dang-vien/K/2017/?gioi=F#ket-qua"' in page


def test_a_page_of_the_roll_costs_the_same_at_any_size(world):
    ask = browser(world)
    ask.get(reverse("people", args=["DB01-01", 2017]))

    def asked():
        with CaptureQueriesContext(connection) as found:
            ask.get(reverse("people", args=["DB01-01", 2017], query={"ten": "an", "page": "1"}))
        return len(found)

    enroll([world.arrival(f"Vũ An {n}", "DB01-01") for n in range(50)], **world.act())
    few = asked()
    enroll([world.arrival(f"Vũ An {n}", "DB01-01") for n in range(50, 5000)], **world.act())
    assert asked() == few


def member_page(ask, world, name):
    return ask.get(reverse("member", args=[world.people[name].pk]))


def test_a_member_is_one_page_with_a_history_of_sentences(world):
    an = world.people["An"]
    world.transfer("An", "DB01-02", date(2017, 6, 15))
    exempt([an], **world.act(date(2017, 8, 1)))
    lift_status([an], Status.Kind.EXEMPT, **world.act(date(2017, 9, 1)))
    post([(an, world.org["DB01"], Post.Kind.DEPUTY)], **world.act(date(2017, 10, 1)))
    discipline([(an, Discipline.Kind.WARNING, date(2018, 1, 5))], **world.act(date(2018, 1, 5)))
    take_back(Discipline.objects.filter(member=an), **world.act(reason="Ghi nhầm người"))
    page = text(member_page(browser(world, "SECRETARY", "DB01-02"), world, "An"))
    history = re.sub(r"<[^>]+>", "|", page[page.index("<h2>Lịch sử</h2>") :])
    sentences = [
        "Hủy: Kỷ luật cảnh cáo ngày 05/01/2018",
        "Lý do: Ghi nhầm người",
        "|Kỷ luật cảnh cáo ngày 05/01/2018",
        "Phó bí thư, Tổ chức DB01 từ 01/10/2017",
        "Thôi được miễn công tác và sinh hoạt đảng từ 01/09/2017",
        "Được miễn công tác và sinh hoạt đảng từ 01/08/2017",
        "Thôi sinh hoạt tại Tổ chức DB01-01, Tổ chức DB01 từ 15/06/2017, chuyển trong Đảng bộ Khối",
        "Chuyển trong Đảng bộ Khối: Tổ chức DB01-02, Tổ chức DB01 từ 15/06/2017",
        "Có khi lập sổ: Tổ chức DB01-01, Tổ chức DB01 từ 01/01/2015",
    ]
    at = [history.index(sentence) for sentence in sentences]
    assert at == sorted(at)
    assert "Không có." in page  # the discipline entered in error


def test_who_sees_an_earlier_cell_alone_sees_what_belongs_to_it(world):
    world.transfer("An", "DB02-01", date(2017, 6, 15))
    page = text(member_page(browser(world, "SECRETARY", "DB01-01"), world, "An"))
    assert "Tổ chức DB01-01" in page
    assert "DB02-01" not in page
    assert "Số thẻ" not in page and "<h2>Lịch sử</h2>" not in page


def test_a_member_of_elsewhere_is_not_found(world):
    assert member_page(browser(world, "SECRETARY", "DB01-01"), world, "Chi").status_code == 404


def test_who_left_is_said_to_have_left(world):
    world.leave("An", date(2017, 6, 15), Exit.DIED)
    page = text(member_page(browser(world), world, "An"))
    assert "từ trần từ 15/06/2017" in page
