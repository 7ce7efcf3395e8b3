"""Every page that a GET can open, as the roles that see it: {login, or None for a visitor: paths}.

The screens of tests/browser/screens.py and what those leave out. What has no number of its own that lasts stands in
braces (tests/pictures/demonstration.py: places); a screen that no longer opens stops the command.
"""

import re
from typing import NamedTuple

from tests.browser import screens

ACTIONS = "gioi-thieu chuyen chuyen-di ra-nuoc-ngoai mien dinh-chi nghi-om chuc-vu tu-tran xoa-ten".split()
NEWCOMER = "nguoi-moi"  # whom nobody has given an office yet
MORE = {
    None: ["/dang-nhap/", "/tro-giup/"],
    "bantochuc": [
        "/nhap-du-lieu/",
        "/chuyen/DB05/2018/?tu=/dang-vien/DB05/2018/",
        "/tim/?tim=khong co gi",
        "/tim/van-ban/{paper}/",
        "/nhap-du-lieu/vi-du/?loai=xep-loai",
        "/bat-dau/",
        "/bat-dau/?dang_bo=K&nam=2019",
        "/tro-giup/nhap-du-lieu-tu-tep/",
        *(f"/dang-vien/ho-so/1/ghi/{action}/" for action in ACTIONS),
        "/sap-xep/DB05/doi-ten/",
        "/sap-xep/DB05-03/chuyen-truc-thuoc/",
        "/sap-xep/CB05/thanh-dang-bo/",
        "/sap-xep/DB05/lap-bo-phan/",
        "/khong-co/",
        "/sap-xep/K/",
        "/sap-xep/K/thanh-lap/",
        "/sap-xep/K/tiep-nhan/",
        "/sap-xep/K/lap-khoi/",
        "/sap-xep/K/lap-dang-bo-tinh/",
        "/sap-xep/K/ket-thuc-khoi/",
        "/sap-xep/DB05/chuyen-giao/",
        "/sap-xep/DB12/huy/{merger}/",
        "/so-luong/DB01-05/5/",
        "/to-chuc/DB01-05/2018/",
        "/chi-tieu/K/2012/",
        "/chi-tieu/K/2012/nhom/",
        "/chi-tieu/K/2018/nhom/moi/",
        "/xep-loai/K/2012/",
        "/xep-loai/DB12-02/2013/",
        "/nguon-ket-nap/nguoi/1/",
        "/nguon-ket-nap/nguoi/{candidate}/",
        "/dang-vien/ho-so/{sick}/huy/{sickness}/",
        "/dang-vien/ho-so/1/",
        "/dang-vien/ho-so/12/",
        "/dang-vien/1/xep-loai/",
        "/chi-tieu/K/2017/KN/?thieu=on",
        "/chi-tieu/K/2017/TSVM/?hang=mau-so",
        "/chi-tieu/K/2018/KN/?cau=2016",
    ],
    "kiemtra": [
        "/dang-vien/ho-so/1/ghi/ky-luat/",
        "/dang-vien/ho-so/1/ghi/khai-tru/",
        "/kiem-tra/K/2018/ban-giao/",
        "/don-thu/K/2017/",
        "/kiem-tra/cuoc/40/?viec=ket-luan",
    ],
    "lanhdao": ["/viec-can-lam/", "/xep-loai/DB05-01/2018/"],
    "danguy.DB05": ["/nguon-ket-nap/DB05/2018/?buoc=class", "/xep-loai/DB05-01/2018/"],
    "bithu.DB05-01": ["/viec-can-lam/", "/khong-co/", "/ky-xep-loai/"],
    NEWCOMER: ["/", "/viec-can-lam/"],
    "quantri": [
        "/phan-cong/",
        "/phan-cong/cho-xem/",
        "/doi-mat-khau/xong/",
        "/quan-tri/",
        "/quan-tri/ledger/user/",
        "/quan-tri/ledger/user/add/",
        "/quan-tri/ledger/user/1/change/",
        "/quan-tri/ledger/change/{merger}/change/",
        "/quan-tri/organizations/organization/1/change/",
        "/quan-tri/members/member/1/change/",
        "/quan-tri/ratings/scheme/",
        "/quan-tri/ratings/scheme/3/change/",
        "/quan-tri/ratings/scheme/3/history/",
        "/quan-tri/ratings/scheme/3/history/3/",
        "/quan-tri/ratings/scheme/4/ap-dung/6/",
    ],
}


class Screen(NamedTuple):
    user: str | None
    path: str
    status: int = 200

    @property
    def name(self):
        """Folder and file name of its pictures, without ending: "bantochuc/chi-tieu_K_2017"."""
        page = re.sub(r"[^\w.-]+", "_", self.path).strip("_") or "trang-dau"
        return f"{self.user or 'khach'}/{page}"


REFUSED = {"/khong-co/": 404, "/ky-xep-loai/": 403}  # to those below the bloc
LEADS_ON = "/"  # to one of the other screens, for whoever has an office


def every():
    """[Screen], in a fixed order."""
    found = []
    for user in dict.fromkeys([*screens.ROLES, *MORE]):
        below = user is not None and user.startswith(("danguy", "bithu"))
        for path in (*screens.ROLES.get(user, ()), *MORE.get(user, ())):
            if path != LEADS_ON or user == NEWCOMER:
                found.append(Screen(user, path, REFUSED.get(path, 200) if below or path == "/khong-co/" else 200))
    return found
