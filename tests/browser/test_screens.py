"""Each screen as each role: no complaint, nothing leaves the machine, charts drawn, nothing cut, axe finds nothing."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from .screens import BLOC, INSPECTION, ROLES

pytestmark = pytest.mark.browser

SMALL, WIDE = {"width": 360, "height": 800}, {"width": 1440, "height": 900}


@pytest.mark.parametrize("user", ROLES)
def test_each_screen_as_each_role(visit, user):
    """Opened on a small screen, then made wide."""
    visitor = visit(user, viewport=SMALL)
    for path in ROLES[user]:
        assert visitor.open(path).status == 200, path
        visitor.draw()
        blank = visitor.page.evaluate(
            "[...document.querySelectorAll('[data-chart]')].filter(c => !c.querySelector('.cartesianlayer .trace')).length"
        )
        assert blank == 0, path
        for viewport in (WIDE, SMALL):
            assert visitor.overflow() <= 0, path
            visitor.page.set_viewport_size(viewport)
    assert visitor.complaints == []


@pytest.mark.deep
@pytest.mark.parametrize("width", [768, 1440])
@pytest.mark.parametrize("user", ["bantochuc", "kiemtra", "danguy.DB05", "bithu.DB05-01", "quantri"])
def test_nothing_is_wider_than_its_screen(visit, user, width):
    visitor = visit(user, viewport={"width": width, "height": 800})
    for path in ROLES[user]:
        visitor.open(path)
        visitor.draw()
        assert visitor.overflow() <= 0, path
    assert visitor.complaints == []


@pytest.mark.parametrize("width", [360, 1440])
def test_the_list_of_members_is_no_wider_when_all_its_choices_stand_open(visit, width):
    visitor = visit("bantochuc", viewport={"width": width, "height": 900})
    visitor.open("/dang-vien/K/2018/")
    summaries = visitor.page.locator(".filter-bar summary").all()
    assert len(summaries) == 8
    for summary in summaries:
        summary.click()
        unfolded = summary.locator("xpath=following-sibling::*").bounding_box()
        assert unfolded["x"] >= 0 and unfolded["x"] + unfolded["width"] <= width
        assert visitor.overflow() <= 0


@pytest.mark.parametrize("width", [360, pytest.param(1440, marks=pytest.mark.deep)])
def test_axe_finds_nothing(visit, width):
    # axe is put into the page, which the strict policy would refuse from anyone else.
    visitor = visit("bantochuc", viewport={"width": width, "height": 900}, bypass_csp=True)
    paths = ["/chi-tieu/K/2017/", "/chi-tieu/K/2018/?xep=ZZ", "/chi-tieu/DB05/2017/", "/chi-tieu/K/2017/KN/"]
    paths += ["/chi-tieu/K/2017/so-sanh/", "/chi-tieu/K/2017/so-sanh/?o=DB01&o=DB05"]
    paths += ["/to-chuc/K/2017/", "/dang-vien/K/2017/?dien=x", "/chi-tieu/K/2017/giao/", "/doi-mat-khau/", "/khong-co/"]
    paths += ["/viec-can-lam/", "/xep-loai/K/2018/", "/xep-loai/K/2018/to-chuc/", "/ky-xep-loai/"]
    paths += ["/xep-loai/DB05-02/2018/", "/xep-loai/DB05-02/2018/lich-su/", "/xep-loai/DB05-02/2017/dinh-chinh/"]
    paths += ["/cay-to-chuc/K/2016/", "/sap-xep/CB05/", "/sap-xep/CB05/hop-nhat/", "/sap-xep/DB05/sap-nhap/?vao=DB06"]
    paths += [path for path in BLOC if "/dang-vien/" in path or "/nhom/" in path]
    for path in paths:
        visitor.open(path)
        visitor.draw()
        found = Axe().run(visitor.page)
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"


@pytest.mark.parametrize("width", [360, pytest.param(1440, marks=pytest.mark.deep)])
def test_axe_finds_nothing_in_the_register_of_inspections(visit, width):
    visitor = visit("kiemtra", viewport={"width": width, "height": 900}, bypass_csp=True)
    for path in INSPECTION:
        visitor.open(path)
        found = Axe().run(visitor.page)
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"


def test_axe_finds_nothing_at_the_door(visit):
    visitor = visit(bypass_csp=True)
    visitor.open("/dang-nhap/")
    found = Axe().run(visitor.page)
    assert found.violations_count == 0, found.generate_report()
    first_steps = visit("quantri", bypass_csp=True)
    first_steps.open("/bat-dau/")
    found = Axe().run(first_steps.page)
    assert found.violations_count == 0, found.generate_report()


def test_in_the_dark_too(visit):
    visitor = visit("lanhdao", bypass_csp=True, color_scheme="dark")
    paths = ["/chi-tieu/K/2017/", "/chi-tieu/K/2017/TSVM/", "/dang-vien/K/2017/"]
    for path in [*paths, "/viec-can-lam/", "/xep-loai/K/2018/to-chuc/", "/xep-loai/DB05-01/2018/"]:
        visitor.open(path)
        found = Axe().run(visitor.page)
        assert found.violations_count == 0, f"{path}\n{found.generate_report()}"
