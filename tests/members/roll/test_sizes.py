"""Notes on unusual sizes (domain §3.1): what is counted, what is said, and that they forbid nothing."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ledger.acts import take_back
from ledger.models import Document
from members.models import Exit
from members.register import arrivals
from members.reorganizing import plan
from members.roll.sizes import warnings
from organizations.models import Approval, SizeRule
from organizations.sizes import approve
from organizations.verbs import TreeVerb
from tests.world import TODAY, refused

DAY = date(2017, 5, 1)


@pytest.fixture
def paper(db):
    return Document.objects.create(number="12-CV/ĐUK", date=date(2017, 4, 20), issuer="Đảng ủy Khối")


def said(world, *codes, day=DAY):
    return [note.sentence for note in warnings([world.org[code] for code in codes], day)]


def rule(kind, official):
    return SizeRule.objects.get(kind=kind, official=official)


def fill(world, code, number, on=date(2016, 1, 1), **known):
    arrivals.enroll([world.arrival(f"Lý {code} {n}", code, on, **known) for n in range(number)], **world.act(on))


def test_the_rules_an_installation_starts_with(db):
    rows = SizeRule.objects.values_list("kind", "official", "least", "most")
    assert set(rows) == {
        *((kind, True, 3, None) for kind in ("KHOI", "DBCS", "DBBP", "CBCS", "CBTT")),
        ("DBCS", False, 30, None),
        ("CBCS", False, None, 29),
    }
    assert all(row.basis and row.history.count() == 1 for row in SizeRule.objects.all())
    assert str(SizeRule.objects.get(kind="DBCS", official=False)) == "Đảng bộ cơ sở: ít nhất 30 đảng viên"


def test_fewer_than_three_official_members(world):
    assert said(world, "CB01") == ["Tổ chức CB01 có 2 đảng viên chính thức, ít hơn 3; cần văn bản đồng ý của cấp trên."]
    # Who is on probation is a member, but not an official one.
    world.admit("Vũ Xuân", "CB01", date(2017, 3, 1))
    assert len(said(world, "CB01")) == 1
    fill(world, "CB01", 1)
    assert said(world, "CB01") == []
    assert len(said(world, "CB01", day=date(2015, 12, 31))) == 1


def test_a_committee_of_fewer_than_thirty_and_a_cell_of_thirty(world):
    assert said(world, "DB01") == ["Tổ chức DB01 có 4 đảng viên, ít hơn 30; cần văn bản đồng ý của cấp trên."]
    fill(world, "DB01-01", 26)
    assert said(world, "DB01", "DB01-01") == []
    fill(world, "CB01", 27)
    assert said(world, "CB01") == []
    fill(world, "CB01", 1)
    assert said(world, "CB01") == ["Tổ chức CB01 có 30 đảng viên, nhiều hơn 29; cần văn bản đồng ý của cấp trên."]


def test_an_approval_stands_beside_the_note(world, paper):
    approve([(world.org["CB01"], rule("CBCS", True))], **world.act(DAY, document=paper))
    (note,) = warnings([world.org["CB01"]], DAY)
    assert note.approval == Approval.objects.get()
    assert note.sentence == (
        "Tổ chức CB01 có 2 đảng viên chính thức, ít hơn 3; "
        "đã có văn bản đồng ý 12-CV/ĐUK ngày 20/04/2017 của Đảng ủy Khối."
    )
    assert warnings([world.org["CB01"]], date(2017, 4, 30))[0].approval is None
    take_back(Approval.objects.all(), **world.act(reason="ghi nhầm"))
    assert warnings([world.org["CB01"]], DAY)[0].approval is None


def test_an_approval_needs_its_paper_and_fits_the_kind(world, paper):
    with refused("Cần ghi văn bản đồng ý của cấp trên: số, ngày, cơ quan ban hành."):
        approve([(world.org["CB01"], rule("CBCS", True))], **world.act(DAY, document=None))
    with refused("Tổ chức DB01 không phải chi bộ cơ sở; mức này không áp dụng."):
        approve([(world.org["DB01"], rule("CBCS", True))], **world.act(DAY, document=paper))
    approve([(world.org["CB01"], rule("CBCS", True))], **world.act(DAY, document=paper))
    with refused("Tổ chức này đã có văn bản đồng ý trong thời gian này."):
        approve([(world.org["CB01"], rule("CBCS", True))], **world.act(TODAY, document=paper))


def test_a_limit_is_a_row_that_the_administration_edits(world):
    row = rule("CBCS", True)
    row.least = 2
    row.save()
    assert said(world, "CB01") == []
    assert row.history.count() == 2
    row.most = 1
    with pytest.raises(ValidationError):
        row.full_clean()
    row.least = row.most = None
    with pytest.raises(ValidationError):
        row.full_clean()


def test_the_outcome_of_a_plan_is_looked_at_and_not_forbidden(world):
    leaving = {world.people[name].pk: Exit.DEPARTED for name in ("Phúc", "Quân")}
    world.carry_out(plan.Plan(verb=TreeVerb.SEND_AWAY, leaving=leaving), DAY)
    assert said(world, "CB01") == ["Tổ chức CB01 có 0 đảng viên chính thức, ít hơn 3; cần văn bản đồng ý của cấp trên."]


def test_the_number_of_questions_is_constant(world):
    def asked(*codes):
        with CaptureQueriesContext(connection) as queries:
            warnings([world.org[code] for code in codes], DAY)
        return len(queries)

    one = asked("CB01")
    fill(world, "DB01-01", 60)
    assert asked(*world.org) == one == 5
