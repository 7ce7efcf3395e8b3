"""Every form of reorganization, sent twice at the same moment: it is done once. One without a row here fails."""

from datetime import date

import pytest

from members.models import Member
from organizations.models import OrganizationSpell
from reorganizations.page import FORMS as REORGANIZING
from tests.field.sent_twice.ground import PAPER, SentGround, at, told_once

pytestmark = pytest.mark.usefixtures("committed")
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
