"""Groups and indicators are chosen in the administration through the verbs; a closed year is only shown."""

import re
from html import unescape

import pytest

from indicators.closing.closings import close_figures
from indicators.groups import groups
from indicators.groups import indicators as chosen
from indicators.models import Indicator, Target, TargetGroup
from ledger.models import Change
from tests.administration.pages import english, text, url
from tests.indicators.board import indicator, set_groups, set_targets
from tests.ratings.desk import Desk


@pytest.fixture
def year(world):
    set_groups(world, 2017)
    return world


def filled(desk, model, row, **typed):
    form = desk.get(url(model, "change", row.pk)).context["adminform"].form
    return desk.post(url(model, "change", row.pk), shown(form) | typed)


def shown(form):
    """{name: value} of what a form would send of its visible fields."""
    said = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in said.items() if value is not None and value is not False}


def test_a_group_is_named_and_moved(desk, administrator, year):
    group = indicator("NVCT").group
    assert filled(desk, TargetGroup, group, name="Nhiệm vụ", order="1").status_code == 302
    group.refresh_from_db()
    assert (group.name, group.order, indicator("KN").group.order) == ("Nhiệm vụ", 1, 2)
    acts = [change.words for change in Change.objects.filter(by=administrator)[:2]]
    assert acts == [
        "Xếp thứ tự nhóm chỉ tiêu năm 2017",
        "Đổi tên nhóm chỉ tiêu “Lãnh đạo hoàn thành nhiệm vụ chính trị” năm 2017",
    ]
    refused = filled(desk, TargetGroup, group, name="Kết nạp đảng viên mới")
    assert refused.status_code == 200 and "Năm 2017 đã có nhóm “Kết nạp đảng viên mới”." in text(refused)
    assert "Không có gì thay đổi" in text(filled(desk, TargetGroup, group)) and not english(refused)


def opened(desk, model, row):
    """What the page of `row` would send as it was opened: {name: text}, the hidden values among them."""
    form = desk.get(url(model, "change", row.pk)).context["adminform"].form
    tags = re.findall(r"<input[^>]*>", "".join(str(form[name]) for name in form.fields))
    hidden = [dict(re.findall(r'(name|value)="([^"]*)"', tag)) for tag in tags if 'type="hidden"' in tag]
    return shown(form) | {one["name"]: unescape(one.get("value", "")) for one in hidden}


def test_who_comes_second_is_told_and_undoes_nothing_of_the_first(desk, year):
    row = indicator("DV-HTT")
    mine = opened(desk, Indicator, row)
    chosen.change_indicator(row, {"decimals": 2, "unit": "đồng chí"}, **year.act())
    assert desk.post(url(Indicator, "change", row.pk), mine | {"rule": "chinh_xac"}).status_code == 302
    row.refresh_from_db()
    assert (row.rule, row.decimals, row.unit) == ("chinh_xac", 2, "đồng chí")
    refused = desk.post(url(Indicator, "change", row.pk), mine | {"decimals": "1"})
    assert "vừa được người khác sửa: số lẻ nay là “2”" in text(refused)
    assert refused.context["adminform"].form["decimals"].value() == "1"
    group = row.group
    mine = opened(desk, TargetGroup, group)
    groups.rename_group(group, "Đảng viên tốt", **year.act())
    refused = desk.post(url(TargetGroup, "change", group.pk), mine | {"name": "Khác"})
    assert "tên nay là “Đảng viên tốt”" in text(refused)
    codes = [one.code for one in TargetGroup.objects.filter(year=2017)]
    groups.order_groups(group.bloc, 2017, codes[::-1], **year.act())
    refused = desk.post(url(TargetGroup, "change", group.pk), mine | {"order": "1"})
    assert "vừa được người khác thêm bớt hoặc xếp lại" in text(refused)


def test_a_group_comes_with_its_headline(desk, year):
    typed = {"bloc": year.org["K"].pk, "year": "2017", "name": "Đảng số", "indicator_name": "Số đảng viên"}
    measured = {"numerator": "members", "direction": ">=", "decimals": "0", "rule": "lam_tron", "below": "STATE"}
    refused = desk.post(url(TargetGroup, "add"), typed | measured)
    assert refused.status_code == 200 and "không có trạng thái để nêu" in text(refused)
    added = desk.post(url(TargetGroup, "add"), typed | measured | {"below": "OWN"})
    assert added.status_code == 302 and indicator("DS").group.order == 9


def test_an_indicator_is_changed_and_refused_as_on_the_page(desk, year):
    set_targets(year, KN={"K": 3})
    row = indicator("KN")
    wrong = filled(desk, Indicator, row, denominator="rated")
    assert "“Đảng viên mới kết nạp (theo ngày làm lễ)” không phải một phần của" in text(wrong)
    rate = {"numerator": "admitted_youth", "denominator": "admitted"}
    assert "Đang có 1 mức giao dựa vào đây." in text(filled(desk, Indicator, row, **rate))
    assert filled(desk, Indicator, row, withdraw="on", **rate).status_code == 302
    row.refresh_from_db()
    assert (row.kind, Target.objects.standing().exists()) == ("RATIO", False)
    part = {"group": row.group_id, "name": "theo quyết định", "numerator": "admitted_decided"}
    part |= {"direction": ">=", "decimals": "0", "rule": "lam_tron"}
    assert desk.post(url(Indicator, "add"), part).status_code == 302
    assert not Indicator.objects.get(name="theo quyết định").headline


def test_the_actions_go_without_and_take_up_again(desk, year):
    set_targets(year, KN={"K": 3})
    group = indicator("KN").group

    def ask(action, model, row):
        data = {"action": action, "_selected_action": [row.pk]}
        return text(desk.post(url(model, "changelist"), data, follow=True))

    assert "Đang có 1 mức giao dựa vào đây." in ask("retire", TargetGroup, group)
    assert "Đã thôi dùng: 1." in ask("retire_and_withdraw", TargetGroup, group)
    assert b'name="_save"' not in desk.get(url(TargetGroup, "change", group.pk)).content
    assert "Đã dùng lại: 1." in ask("restore", TargetGroup, group)
    assert "Nhóm nào cũng có một chỉ tiêu chính." in ask("retire", Indicator, indicator("KN"))
    assert "Đã thôi dùng: 1." in ask("retire", Indicator, indicator("DV-XS"))


def test_a_closed_year_is_only_shown(desk, year):
    rating = Desk(year)
    rating.finish()
    rating.lock()
    row = indicator("KN")
    close_figures(rating.period, **year.act())
    for model, it in ((TargetGroup, row.group), (Indicator, row)):
        page = desk.get(url(model, "change", it.pk))
        assert page.status_code == 200 and b'name="_save"' not in page.content
        assert desk.post(url(model, "change", it.pk), {"name": "Khác"}).status_code == 403
    data = {"action": "retire", "_selected_action": [row.group_id]}
    assert "Số liệu năm 2017 đã chốt" in text(desk.post(url(TargetGroup, "changelist"), data, follow=True))


def test_what_was_stays_in_the_history(desk, administrator, year):
    group = indicator("KN").group
    groups.rename_group(group, "Kết nạp", by=administrator, on=year.act()["on"])
    page = desk.get(url(TargetGroup, "history", group.pk))
    assert "Sửa" in text(page) and not english(page)
    kept = group.history.first()
    old = desk.get(url(TargetGroup, "simple_history", group.pk, kept.pk))
    assert old.status_code == 200 and "Quay lại bản này" not in text(old)
