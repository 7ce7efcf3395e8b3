"""Who came to the cell and who left it, on the page of the sheet."""

import pytest

from members.models import Exit
from members.reorganizing.plan import dissolving
from organizations.forest import Forest
from ratings.models import MemberRating
from tests.ratings.sheets.page.form import PAGE, pk, text
from tests.world import TODAY


def test_a_newcomer_shows_the_other_cells_line_and_is_confirmed(desk, secretary):
    desk.rate(An=2, Bình=2, Chi=3)
    desk.world.transfer("Chi", "DB01-01", TODAY)
    answer = secretary.get(PAGE)
    assert "Chuyển đến từ Tổ chức DB01-02, Tổ chức DB01; ở đó đã ghi: hoàn thành" in text(answer)
    secretary.post(PAGE, {"viec": f"xac_nhan:{pk(desk, 'Chi')}"})
    assert [line.proposed for line in desk.world.people["Chi"].ratings.filter(on_roll=True)] == [3]


def _moves(world):
    world.transfer("Chi", "DB01-01", TODAY)
    world.transfer("Dung", "DB01-01", TODAY)


def _merges(world):
    world.merge("DB01-02", "DB01-01", {"DB01-02": "DB01-01"}, TODAY)


def _dissolves(world):
    world.carry_out(dissolving(Forest.on(TODAY), "DB01-02", people={"DB01-02": "DB01-01"}), TODAY)


@pytest.mark.parametrize("coming", [_moves, _merges, _dissolves])
def test_what_was_decided_is_offered_to_the_receiving_cell_and_confirmed(desk, secretary, coming):
    """Not what the old cell had proposed. Where it goes on its own line stands, as decided, and counts nowhere."""
    desk.rate(Chi=2, Dung=2)
    desk.submit("DB01-02")
    desk.endorse("DB01-02")
    desk.decide("DB01-02", levels={"Chi": (3, "Chậm nộp báo cáo")})
    coming(desk.world)
    answer = secretary.get(PAGE)
    rows = {row.member.full_name: row for row in answer.context["sheet_page"].rows}
    offered = {name: row.other_words for name, row in rows.items() if row.other}
    assert offered == {"Lê Chi": "hoàn thành", "Võ Dung": "tốt"}
    assert text(answer).count("Chuyển đến từ Tổ chức DB01-02, Tổ chức DB01; ở đó đã ghi:") == 2
    for name in ("Chi", "Dung"):
        secretary.post(PAGE, {"viec": f"xac_nhan:{pk(desk, name)}"})
    lines = MemberRating.objects.filter(period=desk.period, member__in=[pk(desk, "Chi"), pk(desk, "Dung")])
    said = lines.order_by("pk").values_list("organization__code", "proposed", "decided", "on_roll")
    assert list(said) == [
        ("DB01-02", 2, 3, False),
        ("DB01-02", 2, 2, False),
        ("DB01-01", 3, None, True),
        ("DB01-01", 2, None, True),
    ]


def test_who_went_stays_visible_below(desk, secretary):
    desk.rate(An=2, Bình=2)
    desk.world.leave("An", TODAY, Exit.DIED)
    assert "Không còn trong danh sách" in text(secretary.get(PAGE))
    assert "Lê An: tốt" in text(secretary.get(PAGE))
