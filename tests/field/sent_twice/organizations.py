"""Forms about organizations, offices, periods and figures, opened and filled."""

from django.urls import reverse

from indicators.models import Indicator
from ledger.models import User
from organizations.models import SizeRule
from tests.field.sent_twice.ground import PAPER, at
from tests.hand import signed_in_as
from tests.indicators.board import set_groups, set_targets
from tests.ratings.desk import Desk


def consented(ground):
    rule = SizeRule.objects.get(kind="CBTT", official=True)
    page = ground.open("organization", at("approve_size", "DB01-01", rule.pk))
    return "organization", page.filled(None, tu_ngay="10/12/2018", **PAPER)


def period_opened(ground):
    return "organization", ground.open("organization", at("periods")).filled("mo", nam="2018", quy="")


def quarter_opened(ground):
    return "organization", ground.open("organization", at("periods")).filled("mo", nam="2018", quy="3")


def year_opened(ground):
    return "administrator", ground.open("administrator", at("first_steps")).filled(None, nam="2018")


def targets_set(ground):
    set_groups(ground.world, 2018)
    page = ground.open("organization", at("targets", "K", 2018))
    typed = {"so": "5-NQ/ĐUK", "ngay": "01/11/2018", "co_quan": "Đảng ủy Khối"}
    indicator = Indicator.objects.get(group__year=2018, code="KN")
    return "organization", page.filled(None, **typed, **{f"chi_tieu_{indicator.pk}": "3"})


def staff_entered(ground):
    typed = {"cong_chuc": "40", "vien_chuc": "20", "nguoi_lao_dong": "5"}
    return "committee", ground.open("committee", at("staff", "DB01", 2018)).filled(None, **typed)


def targets_set_in_the_grid(ground):
    set_groups(ground.world, 2018)
    page = ground.open("organization", at("targets_grid", "K", 2018))
    cell = f"{Indicator.objects.get(group__year=2018, code='KN').pk}_{ground.world.org['DB01'].pk}"
    typed = {"so": "5-NQ/ĐUK", "ngay": "01/11/2018", "co_quan": "Đảng ủy Khối"}
    return "organization", page.filled("ghi", **typed, **{f"chi_tieu_{cell}": "3"})


def groups_copied(ground):
    set_groups(ground.world, 2016)
    return "organization", ground.open("organization", at("groups", "K", 2017)).filled("chep", tu_nam="2016")


def group_added(ground):
    page = ground.open("organization", at("group_new", "K", 2017))
    return "organization", page.filled("ghi", ten_nhom="Đảng số", ten="Số đảng viên", tu_so="members")


def part_added(ground):
    set_groups(ground.world, 2017)
    page = ground.open("organization", at("group_part", "K", 2017, "DV-HTT"))
    return "organization", page.filled("ghi", ten="hoàn thành", tu_so="rated_3", mau_so="rated")


def indicator_changed(ground):
    set_groups(ground.world, 2017)
    page = ground.open("organization", at("group_indicator", "K", 2017, "DV-HTT"))
    return "organization", page.filled("ghi", so_le="1")


def figures_closed(ground):
    set_groups(ground.world, 2017)
    set_targets(ground.world, KN={"K": 1})
    desk = Desk(ground.world)
    desk.finish()
    desk.lock()
    typed = {"so": "3-BB/BTC", "ngay": "20/01/2018", "co_quan": "Ban Tổ chức Đảng ủy Khối"}
    return "organization", ground.open("organization", at("closing", "K", 2017)).filled("chot", **typed)


def _asked_for(ground):
    """An administrator who appoints himself waits for another."""
    other = ground.users["other"] = User.objects.create_superuser("hai", is_staff=True)
    typed = {"user": other.pk, "role": "INSPECTION", "organization": ground.world.org["K"].pk, "_save": "Lưu"}
    signed_in_as(other).post(reverse("admin:organizations_appointment_add"), typed)


def office_confirmed(ground):
    _asked_for(ground)
    return "administrator", ground.open("administrator", at("appointments")).filled("xac-nhan")


def office_declined(ground):
    _asked_for(ground)
    return "administrator", ground.open("administrator", at("appointments")).filled("tu-choi")
