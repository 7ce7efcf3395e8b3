"""An office with ten years of spreadsheets begins: from an empty installation, by its workbooks alone, through the wizard in a
browser. In the end every figure of 2013–2017 is that of the demonstration, of which the workbooks tell, and every row.
"""

import json
import subprocess
import sys
import time

import pytest

from imports.workbooks.examples import examples
from tests.browser.conftest import database
from tests.browser.server import ROOT, Server, environment_of

from .messy import messy
from .office import OfficeDesk
from .register import YEARS

pytestmark = [pytest.mark.deep, pytest.mark.browser]
ADMINISTRATOR, PASSWORD = "quantri", "Mot-mat-khau-dai-2018"
MERGER = {"so": "215-QĐ/ĐUK", "ngay": "20/06/2016", "co_quan": "Đảng ủy Khối", "tu_ngay": "01/07/2016"}
# 195 and 117: half an hour at six seconds each; with a minute to look over each of the 25 files less than an hour.
MOST_PRESSES, MOST_FIELDS = 200, 120


def run(environment, *arguments):
    """What a command prints."""
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout


def told_by(environment):
    shell = "from tests.browser.from_excel import register\nregister.told()"
    return json.loads(run(environment, "shell", "--verbosity", "0", "-c", shell))


@pytest.fixture
def empty_site(tmp_path_factory):
    """A new installation with its administrator, on the day of the demonstration."""
    with database(tmp_path_factory.mktemp("from_excel")) as address:
        environment = environment_of(address)
        run(environment, "migrate", "--verbosity", "0")
        run(
            environment | {"DJANGO_SUPERUSER_PASSWORD": PASSWORD},
            *("createsuperuser", "--noinput", "--username", ADMINISTRATOR, "--email", "quantri@khoi.example"),
        )
        day = "from ledger.models import Installation\nInstallation.objects.create(demo_day='2018-12-14')"
        run(environment, "shell", "--verbosity", "0", "-c", day)
        server = Server(environment)
        yield server
        server.stop()


def test_every_figure_comes_out_of_workbooks(chromium, empty_site, demo_environment, record_property):
    started, counted = time.monotonic(), {"presses": 0, "fields": 0}
    files = {example.name[3:]: example for example in examples()}

    def office(username, password):
        return OfficeDesk(chromium, empty_site.address, username, password, counted)

    def bring(who, name, **answers):
        return who.bring(files[name], *messy(files[name]), **answers)

    administrator = office(ADMINISTRATOR, PASSWORD)
    administrator.open("/bat-dau/")
    administrator.type(ten="Đảng bộ Khối các cơ quan tỉnh", ngay_thanh_lap="20/04/1992")
    administrator.press("main form button")
    bring(administrator, "tai-khoan-khoi")
    administrator.press("a:has-text('In phiếu đăng nhập')")
    administrator.press("button[value=in-moi]")
    slips = {name: administrator.slip_of(name) for name in ("bantochuc", "kiemtra")}
    organization, inspection = (office(name, slip).with_a_password_of_its_own(slip) for name, slip in slips.items())

    assert bring(organization, "to-chuc") == "218 dòng ghi mới"
    assert bring(organization, "dang-vien") == "2.008 dòng ghi mới"
    bring(organization, "chuc-vu")
    bring(organization, "chuyen-den")
    bring(organization, "ket-nap", chu_hoa="thuong")
    bring(organization, "bien-dong-1")
    merges_the_cell_that_ended(organization)
    bring(organization, "to-chuc-2016")
    bring(organization, "bien-dong-2")
    assert bring(organization, "trang-thai") == "64 dòng ghi mới"
    for name in ("khai-tru", "kiem-tra", "don-thu"):
        bring(inspection, name)
    bring(organization, "bien-che")
    organization.open("/bat-dau/")
    for year in (*YEARS, 2018):
        organization.opens_a_year(year)
    bring(organization, "chi-tieu")
    for year in YEARS:
        bring(organization, f"xep-loai-{year}")
        bring(organization, f"xep-loai-to-chuc-{year}")
        organization.locks(year)
    assert bring(administrator, "tai-khoan") == "217 dòng ghi mới"

    assert_as_demonstrated(empty_site.environment, demo_environment)
    record_property("counted", f"{counted}, {time.monotonic() - started:.0f} s of the machine")
    print(counted, f"{time.monotonic() - started:.0f} s")
    assert counted["presses"] <= MOST_PRESSES and counted["fields"] <= MOST_FIELDS
    for who in (administrator, organization, inspection):
        assert who.visitor.complaints == []


def merges_the_cell_that_ended(who):
    """What no file tells: two organizations that became one."""
    who.open("/sap-xep/CB32/")
    who.press("a[href*='sap-nhap']")
    who.type(vao="DB12")
    who.press("main form button.main")
    who.type(**MERGER, don_vi_CB32="DB12-02")
    who.press("button[value=dien-tap]")
    who.press("button[value=ghi]")
    assert "Đã ghi" in who.page.inner_text("body")


def assert_as_demonstrated(environment, demonstration):
    wanted, found = told_by(demonstration), told_by(environment)
    for what, text in wanted["figures"].items():
        assert found["figures"][what] == text, what
    for what, rows in wanted["rows"].items():
        assert len(rows) and found["rows"][what] == rows, what
