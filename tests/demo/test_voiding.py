"""Taking back one row changes exactly the figures that rest on it, each by one."""

import pytest

from indicators.measures import REGISTRY, counts
from inspections.models import InspectionSubject, Letter
from ledger import clock
from ledger.acts import take_back
from ledger.models import User
from members.models import Admission, Membership
from ratings.models import MemberRating, OrganizationRating

pytestmark = pytest.mark.django_db


@pytest.fixture
def changed_by_voiding(demo):
    """What voiding one row does to all figures of all organizations and years: {(code, organization, year): by how much}."""

    def void(rows):
        by = User.objects.get(username="bantochuc")
        first = rows.order_by("pk")[:1]
        kept = rows.model.objects.filter(pk__in=list(first.values_list("pk", flat=True)))
        assert take_back(kept, by=by, on=clock.today(), reason="Ghi nhầm") == 1
        after = counts(REGISTRY, demo.windows, nodes=list(demo.code))
        keys = demo.counted.keys() | after.keys()
        return {
            (code, demo.code[node], year): after[code, node, year] - demo.counted[code, node, year]
            for code, node, year in keys
            if after[code, node, year] != demo.counted[code, node, year]
        }

    return void


def less(codes, organizations, years):
    return {
        (code, organization, year): -1
        for code in codes.split()
        for organization in organizations.split()
        for year in years
    }


def test_an_admission_of_a_youth(changed_by_voiding):
    rows = Admission.objects.filter(ceremony__year=2015, organization__code__startswith="DB", youth=True)
    cell = rows.order_by("pk")[0].organization.code
    codes = "admitted admitted_youth admitted_decided admitted_decided_youth"
    assert changed_by_voiding(rows) == less(codes, f"{cell} {cell[:4]} K", [2015])


def test_an_admission_in_the_cell_that_moved(changed_by_voiding):
    rows = Admission.objects.filter(organization__code="DB05-03", ceremony__year=2016, youth=False)
    changed = changed_by_voiding(rows)
    assert changed == less("admitted admitted_decided", "DB05-03 DB06 K", [2016])


def test_a_rating_of_a_member(changed_by_voiding):
    rows = MemberRating.objects.filter(organization__code__startswith="DB12", period__year=2017, decided=1)
    cell = rows.order_by("pk")[0].organization.code
    codes = "rated rated_good rated_top rated_1"
    assert changed_by_voiding(rows) == less(codes, f"{cell} DB12 K", [2017])


def test_a_line_with_a_reason_was_never_counted(changed_by_voiding):
    assert changed_by_voiding(MemberRating.objects.filter(period__year=2017, reason__code="mien")) == {}


def test_a_line_of_a_sheet_not_yet_decided_was_never_counted(changed_by_voiding):
    rows = MemberRating.objects.filter(period__year=2018, sheet__state="submitted", proposed=2)
    assert changed_by_voiding(rows) == {}


def test_the_rating_of_an_organization(changed_by_voiding):
    rows = OrganizationRating.objects.filter(organization__code="CB24", period__year=2017)
    codes = "organizations_rated organizations_good organizations_2 tasks_entered tasks_done"
    assert changed_by_voiding(rows) == less(codes, "CB24 K", [2017])


def test_the_rating_of_a_subordinate_cell_is_no_grassroots_figure(changed_by_voiding):
    rows = OrganizationRating.objects.filter(organization__code="DB01-01", period__year=2017)
    assert changed_by_voiding(rows) == {}


def test_a_planned_inspection(changed_by_voiding):
    rows = InspectionSubject.objects.filter(
        inspection__year=2017, inspection__kind="INSPECTION", inspection__conductor__code="K"
    )
    codes = "planned planned_done planned_inspections planned_inspections_done"
    assert changed_by_voiding(rows) == less(codes, "K", [2017])


def test_a_planned_inspection_not_carried_out(changed_by_voiding):
    rows = InspectionSubject.objects.filter(inspection__year=2013, inspection__kind="INSPECTION", done_on__isnull=True)
    assert changed_by_voiding(rows) == less("planned planned_inspections", "K", [2013])


def test_own_work(changed_by_voiding):
    rows = InspectionSubject.objects.filter(
        inspection__year=2016, inspection__kind="SUPERVISION", inspection__conductor__code="DB01"
    )
    codes = "planned planned_done planned_supervisions planned_supervisions_done"
    assert changed_by_voiding(rows) == less(codes, "DB01", [2016])


def test_a_finance_check(changed_by_voiding):
    rows = InspectionSubject.objects.filter(
        inspection__year=2017, inspection__kind="FINANCE", organization__code__startswith="DB"
    )
    code = rows.order_by("pk").values_list("organization__code", flat=True)[0]
    assert changed_by_voiding(rows) == less("finance_checked", f"{code} K", [2017])


def test_a_letter(changed_by_voiding):
    rows = Letter.objects.filter(received_on__year=2017, organization__code="DB12")
    assert changed_by_voiding(rows) == less("letters_due letters_in_time", "DB12 K", [2017])


def test_a_letter_resolved_late(changed_by_voiding):
    rows = Letter.objects.filter(number="01/ĐT-2014")
    code = rows.get().organization.code
    assert changed_by_voiding(rows) == less("letters_due", f"{code} K", [2014])


def test_a_membership_counts_in_every_year_that_it_spans(changed_by_voiding):
    rows = Membership.objects.standing().filter(
        organization__code="DB12-02", entry="REORGANIZED", ends__year=9999, starts="2016-07-01"
    )
    assert changed_by_voiding(rows) == less("members", "DB12-02 DB12 K", [2016, 2017, 2018])


def test_a_membership_in_the_cell_that_moved(changed_by_voiding):
    rows = Membership.objects.standing().filter(organization__code="DB05-03", entry="OPENING", ends__year=9999)
    assert changed_by_voiding(rows) == {
        **less("members", "DB05-03 K", range(2013, 2019)),
        **less("members", "DB05", range(2013, 2016)),
        **less("members", "DB06", range(2016, 2019)),
    }
