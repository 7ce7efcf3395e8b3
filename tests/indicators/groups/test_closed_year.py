"""The groups of a year whose figures are closed are read and not changed, whoever had the form open."""

from django.urls import reverse

from indicators.closing.closings import close_figures
from tests.hand import Hand
from tests.indicators.board import set_groups
from tests.ratings.desk import Desk


def at(name="groups", *more):
    return reverse(name, args=["K", 2017, *more])


def test_a_closed_year_is_only_read(world):
    set_groups(world, 2017)
    desk = Desk(world)
    desk.finish()
    desk.lock()
    page = Hand(world.user("ORGANIZATION", "K")).open(at())
    assert "Kỳ xếp loại năm 2017 đã khóa nhưng số liệu chưa chốt" in page.text and "Thêm nhóm" in page.text
    form = page.open(at("group_indicator", "KN")).filled("ghi", ten="Kết nạp")
    close_figures(desk.period, **world.act())
    answer = page.client.post(*form)
    assert answer.status_code == 400 and "Số liệu năm 2017 đã chốt" in answer.content.decode()
    assert 'value="Kết nạp"' in answer.content.decode()
    for address in (at(), at("group_indicator", "KN")):
        text = page.open(address).text
        assert "chỉ xem được" in text and "Thêm nhóm" not in text and '<button class="main"' not in text
