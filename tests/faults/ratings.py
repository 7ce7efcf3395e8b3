"""The scenes of verbs about ratings, and about targets and figures, which are closed upon them."""

from datetime import date

from indicators.closing import closings
from indicators.first_steps import opening
from indicators.groups import groups
from indicators.groups import indicators as chosen
from indicators.targets import targets
from ratings import workflow
from ratings.models import OrganizationRating, Period
from ratings.periods import periods, versions
from ratings.periods.remind import remind
from ratings.sheets import correct, draft
from ratings.verdicts import verdicts
from tests.faults.scene import DAY, people, scene
from tests.indicators.board import indicator, set_groups, set_targets
from tests.ratings.desk import GRASSROOTS, SUBORDINATE, Desk

# ratings


@scene("ratings.periods.periods.open_period")
def _(world):
    return lambda: periods.open_period(2018, **world.act(DAY))


@scene("ratings.periods.periods.set_deadlines")
def _(world):
    period = Desk(world).period
    days = {name: getattr(period, name) for name in ("cell_due", "committee_due", "bloc_due")}
    days["bloc_due"] = date(2018, 2, 1)
    return lambda: periods.set_deadlines(period, days, **world.act())


@scene("ratings.periods.periods.lock")
def _(world):
    desk = Desk(world)
    desk.finish()
    return lambda: periods.lock(desk.period, **world.act())


@scene("ratings.sheets.draft.rate")
def _(world):
    desk = Desk(world)
    desk.rate(An=2)
    entries = {desk.sheet("DB01-01"): {m.pk: 3 for m in people(world, "An", "Bình")}}
    return lambda: draft.rate(entries, **desk.by())


@scene("ratings.sheets.draft.rate_what_passes")
def _(world):
    desk = Desk(world)
    desk.rate(An=2)
    typed = {m.pk: 3 for m in people(world, "An", "Bình")}
    return lambda: draft.rate_what_passes(desk.sheet("DB01-01"), typed, **desk.by())


@scene("ratings.sheets.draft.explain")
def _(world):
    desk = Desk(world)
    return lambda: draft.explain(desk.sheet("DB01-01"), "vì đã kiểm điểm", **desk.by())


@scene("ratings.sheets.draft.undo")
def _(world):
    desk = Desk(world)
    desk.rate(An=2, Bình=3)
    return lambda: draft.undo(desk.sheet("DB01-01"), **desk.by())


def _locked_scheme(world):
    """A scheme that a locked quarter of 2018 reads, beside the year, open; An is left out for one of its reasons."""
    desk = Desk(world, 2018)
    desk.rate(An="mien")
    period = desk.period
    days = dict.fromkeys(["cutoff", "cell_due", "committee_due", "bloc_due"], date(2018, 3, 31))
    lock = {"added": period.added, "locked": period.added}
    quarter = {"bloc": period.bloc, "year": 2018, "quarter": 1, "starts": date(2018, 1, 1)}
    Period.objects.create(scheme=period.scheme, **quarter, **lock, **days)
    return period


@scene("ratings.periods.versions.new_version")
def _(world):
    scheme = _locked_scheme(world).scheme
    return lambda: versions.new_version(scheme, **world.act())


@scene("ratings.periods.versions.adopt")
def _(world):
    period = _locked_scheme(world)
    copy = versions.new_version(period.scheme, **world.act())
    return lambda: versions.adopt(period, copy, **world.act())


@scene("ratings.workflow.submit")
def _(world):
    desk = Desk(world)
    desk.rate_all()
    return lambda: desk.submit("DB01-01", "DB01-02")


@scene("ratings.workflow.endorse")
def _(world):
    desk = Desk(world)
    desk.rate_all()
    desk.submit(*SUBORDINATE)
    return lambda: desk.endorse("DB01-01", "DB01-02")


@scene("ratings.workflow.decide")
def _(world):
    desk = Desk(world)
    desk.rate_all()
    desk.submit(*SUBORDINATE)
    desk.endorse(*SUBORDINATE)
    return lambda: desk.decide("DB01-01", "CB01", levels={"An": (3, "chưa đủ")})


@scene("ratings.workflow.endorse_and_decide")
def _(world):
    desk = Desk(world)
    desk.rate_all()
    desk.submit(*SUBORDINATE)
    desk.endorse("DB01-02")
    sheets = desk.sheets("DB01-01", "DB01-02")
    return lambda: workflow.endorse_and_decide(sheets, **desk.by(document=desk.paper))


@scene("ratings.periods.remind.remind")
def _(world):
    desk = Desk(world)
    return lambda: remind(desk.sheets("DB01-01", "DB01-02"), **desk.by())


@scene("ratings.workflow.accept")
def _(world):
    desk = Desk(world)
    desk.decide_all()
    return lambda: desk.accept("DB01-01", "CB01")


@scene("ratings.workflow.send_back")
def _(world):
    desk = Desk(world)
    desk.decide_all()
    return lambda: desk.send_back("DB01-01", "DB01-02", reason="xem lại")


@scene("ratings.verdicts.verdicts.propose")
def _(world):
    desk = Desk(world)
    rows = [verdicts.Proposal(organization=world.org[code], level=2) for code in ("DB01", "CB01")]
    return lambda: verdicts.propose(desk.period, rows, **desk.by())


@scene("ratings.verdicts.verdicts.rate_organizations")
def _(world):
    desk = Desk(world)
    desk.decide_all()
    desk.accept()
    return lambda: desk.rate_organizations(DB01=2, CB01=3)


@scene("ratings.verdicts.verdicts.record_tasks")
def _(world):
    desk = Desk(world)
    done = {world.org[code]: OrganizationRating.Task.COMPLETED for code in GRASSROOTS}
    return lambda: verdicts.record_tasks(desk.period, done, **desk.by())


def _locked(world):
    desk = Desk(world)
    desk.finish()
    desk.lock()
    return desk


@scene("ratings.sheets.correct.correct")
def _(world):
    desk = _locked(world)
    rows = [
        correct.Correction(row=desk.line("An"), level=3),
        correct.Correction(row=desk.organization("DB01"), level=3),
    ]
    return lambda: correct.correct(rows, reason="Sót kỷ luật", **world.act(document=desk.paper))


# indicators


@scene("indicators.first_steps.opening.open_year")
def open_year(world):
    set_groups(world, 2017)
    set_targets(world, 2017, KN={"K": 3, "DB01": 1})
    return lambda: opening.open_year(2018, world.org["K"], by=world.by, on=DAY, with_targets=True)


@scene("indicators.targets.targets.set_groups")
def _(world):
    return lambda: targets.set_groups(2017, targets.eight_groups(2017), **world.act())


@scene("indicators.targets.targets.copy_groups")
def _(world):
    set_groups(world, 2017)
    return lambda: targets.copy_groups(2018, **world.act())


@scene("indicators.targets.targets.set_targets")
def _(world):
    set_groups(world, 2017)
    targets.set_targets({(indicator("KN"), world.org["K"]): 3}, **world.act())
    rows = {(indicator("KN"), world.org["K"]): 4, (indicator("KN-TN"), world.org["K"]): 60}
    return lambda: targets.set_targets(rows, **world.act())


@scene("indicators.groups.groups.add_group")
def _(world):
    set_groups(world, 2017)
    columns = {"name": "Số đảng viên", "numerator": "members"}
    return lambda: groups.add_group(world.org["K"], 2017, "Đảng viên", columns, **world.act())


@scene("indicators.groups.groups.rename_group")
def _(world):
    set_groups(world, 2017)
    group = indicator("KN").group
    return lambda: groups.rename_group(group, "Phát triển đảng viên", **world.act())


@scene("indicators.groups.groups.order_groups")
def _(world):
    set_groups(world, 2017)
    codes = [group["code"] for group in targets.eight_groups(2017)]
    return lambda: groups.order_groups(world.org["K"], 2017, codes[::-1], **world.act())


def _with_target(world, code):
    set_groups(world, 2017)
    targets.set_targets({(indicator(code), world.org["K"]): 90}, **world.act())
    return indicator(code)


@scene("indicators.groups.groups.retire_group")
def _(world):
    group = _with_target(world, "DV-HTT").group
    return lambda: groups.retire_group(group, withdraw=True, **world.act())


@scene("indicators.groups.groups.restore_group")
def _(world):
    group = _with_target(world, "DV-HTT").group
    groups.retire_group(group, withdraw=True, **world.act())
    return lambda: groups.restore_group(group, **world.act())


@scene("indicators.groups.indicators.add_indicator")
def _(world):
    set_groups(world, 2017)
    columns = {"name": "hoàn thành", "numerator": "rated_3", "denominator": "rated"}
    return lambda: chosen.add_indicator(indicator("DV-HTT").group, columns, **world.act())


@scene("indicators.groups.indicators.change_indicator")
def _(world):
    _with_target(world, "DV-HTT")
    part = indicator("DV-XS")
    return lambda: chosen.change_indicator(part, {"headline": True}, withdraw=True, **world.act())


@scene("indicators.groups.indicators.retire_indicator")
def _(world):
    set_groups(world, 2017)
    return lambda: chosen.retire_indicator(indicator("DV-XS"), **world.act())


@scene("indicators.groups.indicators.restore_indicator")
def _(world):
    set_groups(world, 2017)
    part = indicator("DV-XS")
    chosen.retire_indicator(part, **world.act())
    return lambda: chosen.restore_indicator(part, **world.act())


@scene("indicators.closing.closings.close_figures")
def _(world):
    set_groups(world, 2017)
    desk = _locked(world)
    return lambda: closings.close_figures(desk.period, **world.act())


@scene("indicators.closing.closings.withdraw")
def _(world):
    set_groups(world, 2017)
    closed = closings.close_figures(_locked(world).period, **world.act())
    return lambda: closings.withdraw(closed, reason="chốt nhầm", **world.act())
