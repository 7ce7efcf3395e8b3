"""Every act about a member, done once: about whom, what is typed and what is told of it; and how its form is sent."""

from datetime import date

from django.urls import reverse

from members.life import statuses
from members.life.posts import post
from members.models import Post, Status

PAPER = {"so": "7-QĐ/ĐUK", "ngay": "01/11/2018", "co_quan": "Đảng ủy Khối"}
DAY = "15/11/2018"


def text(response):
    return response.content.decode()


def address(world, name, key):
    return reverse("errand", args=[world.people[name].pk, key])


def send(ask, world, name, key, **typed):
    return ask.post(address(world, name, key), {"tu_ngay": DAY, "ly_do": "Như văn bản", **PAPER, **typed})


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
