"""Whatever is typed into an address gets a Vietnamese page, and never another's data."""

from datetime import date

FOUND_NOWHERE = [
    "/chi-tieu/K/1900/",
    "/chi-tieu/K/2030/",
    "/chi-tieu/K/99999/",
    "/chi-tieu/ZZ/2017/",
    "/chi-tieu/k/2017/",
    "/chi-tieu/K/2017/XX/",
    "/chi-tieu/K/2017/KN/?hang=tat-ca",
    "/chi-tieu/K/2017/KN/?dong-sort=mat-khau",
    "/chi-tieu/K/2017/KN/?dong-page=99",
    "/chi-tieu/K/2017/KN/?dong-page=mot",
    "/chi-tieu/K/2017/KN/?gop-sort=x",
    "/chi-tieu/K/2017/KN/?gop-page=-1",
    "/chi-tieu/K/2017/?xep-sort=member__added",
    "/chi-tieu/K/2017/?xep-page=0",
    "/chi-tieu/?to_chuc=ZZ&nam=2017",
    "/chi-tieu/?to_chuc=K&nam=²017",
    "/chi-tieu/?nam=2017",
    "/dang-vien/K/2017/?sort=added_id",
    "/dang-vien/K/2017/?page=1000",
    "/dang-vien/K/1929/",
    "/to-chuc/K/0/",
    "/khong-co/",
]


def test_what_is_not_there_says_so(signed_in):
    client = signed_in("organization")
    for address in FOUND_NOWHERE:
        answer = client.get(address)
        assert answer.status_code == 404, address
        assert "Không tìm thấy trang" in answer.content.decode(), address


def test_an_unknown_filter_is_told_on_the_page(signed_in):
    client = signed_in("organization")
    for query, named in (("xep=ZZ", "“ZZ” "), ("loai=CBTT", "“CBTT” "), ("loai=%00", "")):
        answer = client.get(f"/chi-tieu/K/2017/?{query}")
        assert answer.status_code == 200, query
        assert f"{named}không có trong danh sách; đang hiện tất cả." in answer.content.decode(), query


def test_a_search_that_finds_nobody_is_a_page(signed_in):
    client = signed_in("organization")
    for typed in ("' OR 1=1 --", "%", "_", "\x00", "a" * 5000, "Đặng🙂", "<script>alert(1)</script>"):
        answer = client.get("/dang-vien/K/2017/", {"ten": typed})
        assert answer.status_code == 200, typed
        assert "<script>alert" not in answer.content.decode()


def test_an_unknown_standing_is_told(signed_in):
    page = signed_in("organization").get("/dang-vien/K/2017/", {"dien": "nghi-huu"})
    assert page.status_code == 200
    assert "errorlist" in page.content.decode()


def test_what_ended_before_the_year_is_not_there(site, signed_in):
    site.merge("CB02", "DB02", {"CB02": "DB02-01"}, date(2016, 7, 1))
    client = signed_in("organization")
    assert client.get("/chi-tieu/CB02/2016/").status_code == 200
    answer = client.get("/chi-tieu/CB02/2017/")
    assert answer.status_code == 404
    assert "Tổ chức CB02 không hoạt động trong năm 2017." in answer.content.decode()


def test_every_page_carries_a_strict_policy(signed_in):
    client = signed_in("leader")
    for address in ("/chi-tieu/K/2017/", "/chi-tieu/K/2017/KN/", "/dang-vien/K/2017/", "/khong-co/"):
        policy = client.get(address).headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "unsafe" not in policy
