"""What the lists of the administration show and find."""

from members.models import EthnicGroup, Member
from organizations.models import Succession
from tests.administration.pages import text, url


def test_catalogues_list_all_their_rows(desk):
    page = desk.get(url(EthnicGroup, "changelist"))
    assert page.context["cl"].result_count == 56
    assert {"Kinh", "Xơ-đăng", "Dân tộc khác"} <= {row.name for row in page.context["cl"].result_list}
    found = desk.get(url(EthnicGroup, "changelist"), {"q": "Ê-đê"})
    assert [row.name for row in found.context["cl"].result_list] == ["Ê-đê"]
    response = desk.post(url(EthnicGroup, "add"), {"code": "01", "name": "Trùng mã"})
    assert "đã có dân tộc trùng mã." in text(response).lower()


def test_people_are_found_without_diacritics(desk, world):
    world.enroll("Đặng Hòa", "DB01-01")
    for typed in ["dang", "Đặng", "ĐẶNG hoa"]:
        page = desk.get(url(Member, "changelist"), {"q": typed})
        assert [member.full_name for member in page.context["cl"].result_list] == ["Đặng Hòa"], typed


def test_a_succession_is_shown(desk, rows):
    assert "CB02" in text(desk.get(url(Succession, "change", Succession.objects.get().pk)))
