"""The bloc of the demonstration ends on screens: 56 organizations to three receivers, two split on the way, one merged."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.demo.the_end import CELL, INTO, MERGED, RECEIVERS, SPLIT, TO_FIRST, TO_THIRD

from .conftest import database
from .interpreter import Interpreter
from .server import PASSWORD, Server, environment_of

pytestmark = pytest.mark.browser
PAPER = {"so": "1533-QĐ/TU", "ngay": "15/12/2018", "co_quan": "Tỉnh ủy"}
ACT = "/sap-xep/K/ket-thuc-khoi/"


@pytest.fixture
def site(loaded_once, tmp_path_factory):
    """A demonstration of its own, on 17/12/2018."""
    with database(tmp_path_factory.mktemp("the_end"), copied=loaded_once) as address:
        server = Server(environment_of(address))
        server.interpreter = Interpreter(server.environment)
        today_is(server, "2018, 12, 17")
        yield server
        server.interpreter.stop()
        server.stop()


def today_is(site, day):
    site.interpreter.run(
        "from datetime import date; from ledger.models import Installation\n"
        f"Installation.objects.update(demo_day=date({day}))"
    )


def told(site, call):
    """What a function of tests/demo/the_end.py prints of the demonstration, read back."""
    return json.loads(site.interpreter.run(f"from tests.demo import the_end\nthe_end.{call}"))


def fill_the_table(page):
    for n, name in enumerate(RECEIVERS.values(), start=1):
        page.fill(f"[name=ten_{n}]", name)
    page.select_option("[name=chung]", "moi-2")
    chosen = dict.fromkeys(TO_FIRST, "moi-1") | dict.fromkeys(TO_THIRD, "moi-3")
    chosen |= dict.fromkeys(SPLIT, "tach") | {MERGED: "nhap"}
    for code, key in chosen.items():
        page.select_option(f"[name='don_vi_{code}']", key)
    for name, text in PAPER.items():
        page.fill(f"[name={name}]", text)
    page.click("button[value=tiep]")


def tell_the_rest(page):
    for code, heirs in SPLIT.items():
        for n, (heir, receiver) in enumerate(zip(heirs, ("moi-1", "moi-3"), strict=True), start=1):
            page.fill(f"[name=tach_{code}_ten_{n}]", f"Đảng bộ mới {heir}")
            page.fill(f"[name=tach_{code}_ma_{n}]", heir)
            page.select_option(f"[name=tach_{code}_ve_{n}]", receiver)
        cells = page.locator(f"select[name^='tach_{code}_don_vi_']")
        for n in range(cells.count()):
            cells.nth(n).select_option("2" if n % 2 else "1")
    page.select_option(f"[name=nhap_{MERGED}_vao]", INTO)
    page.fill(f"[name=nhap_{MERGED}_chi_bo_{MERGED}]", CELL)


def test_the_bloc_ends(visit, site):
    before, wanted = told(site, "seen_until_the_eve()"), told(site, "wanted()")
    visitor = visit("bantochuc", at=site.address)
    page = visitor.page
    visitor.open("/sap-xep/K/")
    page.get_by_role("link", name=re.compile("Kết thúc hoạt động đảng bộ khối")).click()
    fill_the_table(page)
    expect(page.get_by_role("heading", name="Chia, tách: Đảng bộ Sở Kế hoạch và Đầu tư")).to_be_visible()
    tell_the_rest(page)
    page.click("button[value=dien-tap]")
    expect(page.locator("main")).to_contain_text("Đây mới là diễn tập: chưa có gì được ghi.")
    main = page.locator("main")
    for sentence in (
        "12 tổ chức: Chuyển trực thuộc từ Đảng bộ Khối các cơ quan tỉnh sang Đảng bộ các cơ quan Đảng tỉnh",
        "33 tổ chức: Chuyển trực thuộc từ Đảng bộ Khối các cơ quan tỉnh sang Đảng bộ Ủy ban nhân dân tỉnh",
        "8 tổ chức: Chuyển trực thuộc từ Đảng bộ Khối các cơ quan tỉnh sang Đảng bộ các đơn vị sự nghiệp tỉnh",
        "Phân công kết thúc theo tổ chức:",
        "Chưa có ai được phân công ở tổ chức mới lập:",
    ):
        expect(main).to_contain_text(sentence)
    page.click("button[value=ghi]")
    page.wait_for_url(lambda url: "ket-thuc-khoi" not in url)
    assert visitor.complaints == []

    assert told(site, "seen_until_the_eve()") == before
    now = told(site, "tree()")
    assert {code: now[code] for code in wanted} == wanted
    assert not {"K", *SPLIT, MERGED} & now.keys()

    appointed(site)
    after = visit("bantochuc", at=site.address)
    after.open("/chi-tieu/K/2017/")
    expect(after.page.get_by_role("heading", level=1)).to_have_text("Năm 2017 đạt cả 8 nhóm chỉ tiêu")
    for code in ("K02", "K"):
        assert after.open(f"/chi-tieu/{code}/2018/").status == 200, code
    after.open("/cay-to-chuc/K02/2018/")
    for name in ("Đảng bộ Ủy ban nhân dân tỉnh", "Đảng bộ Sở Nội vụ", "Chi bộ Tỉnh đoàn"):
        expect(after.page.locator("main")).to_contain_text(name)
    assert after.complaints == []
    assert after.open("/chi-tieu/K01/2018/").status == 404  # another heir's

    checker = visit("quantri", at=site.address)
    checker.open("/tu-kiem-tra/")
    expect(checker.page.locator("main")).to_contain_text("quy tắc đều đúng")

    for old in ("lanhdao", "danguy.DB01"):
        ended = visit(old, at=site.address).page
        expect(ended.get_by_role("heading", level=1)).to_have_text("Tổ chức đã kết thúc hoạt động")

    today_is(site, "2019, 1, 10")
    for code, user in (("K01", "moi-K01"), ("K02", "bantochuc"), ("K03", "moi-K03")):
        heir = visit(user, at=site.address)
        heir.open(f"/bat-dau/?dang_bo={code}&nam=2019")
        heir.page.get_by_role("button", name="Mở năm").click()
        expect(heir.page.locator("main")).to_contain_text(f"Đã mở năm 2019 của {RECEIVERS[code]}")
        assert heir.open(f"/xep-loai/{code}/2019/").status == 200
        assert heir.open("/chi-tieu/K/2017/").status == 200  # what it took over
        assert heir.complaints == []


def appointed(site):
    """The department of the bloc that ended is appointed at its principal heir, new ones at the two others."""
    site.interpreter.run(
        "from ledger import clock; from ledger.models import User; from organizations.models import Organization\n"
        "from organizations.appoint import NewOffice, appoint\n"
        "who = {'K02': User.objects.get(username='bantochuc')}\n"
        f"who |= {{c: User.objects.create_user(f'moi-{{c}}', password='{PASSWORD}') for c in ('K01', 'K03')}}\n"
        "by = User.objects.get(username='quantri')\n"
        "rows = [NewOffice(user=u, role='ORGANIZATION', organization=Organization.objects.get(code=c)) for c, u in who.items()]\n"
        "appoint(rows, by=by, on=clock.today())"
    )
