from datetime import date

import pytest

from imports.models import KnownHeading
from indicators.models import Indicator, Target, TargetGroup
from inspections.models import Conclusion, Inspection, InspectionSubject, OrganizationDiscipline
from ledger.models import Change, Document, User
from members.models import (
    Amendment,
    BadgeAward,
    BadgeLevel,
    Candidate,
    CandidateRecord,
    CandidateStep,
    Discipline,
    Extension,
    Merger,
    Post,
    Status,
    TransferOffer,
)
from organizations.models import Approval, Origin, PendingAppointment, SizeRule, StaffCount
from ratings.models import FrozenScheme, Period, Scheme, Sheet, Step
from tests.administration.pages import PASSWORD
from tests.world import START, TODAY


@pytest.fixture
def administrator(world):
    return User.objects.create_superuser("quan-tri", password=PASSWORD, is_staff=True)


@pytest.fixture
def desk(client, administrator):
    client.force_login(administrator, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def rows(world):
    """A row of every registered model."""
    world.user("COMMITTEE", "DB01")
    world.merge("CB02", "DB02", {"CB02": "DB02-01"}, date(2017, 7, 1))
    KnownHeading.objects.create(kind="dang-vien", heading="Đồng chí", column="ho_ten")
    Document.objects.create(number="01-QĐ/ĐUK", date=START, issuer="Đảng ủy Khối")
    added = {"added": Change.objects.create(verb="Ghi", by=world.by, on=START)}
    member, cell, roof = world.people["An"], world.org["DB01-01"], world.org["DB01"]
    Origin.objects.create(organization=cell, source=roof, on=START, **added)
    PendingAppointment.objects.create(user=world.user(), role="SECRETARY", organization=cell, **added)
    Approval.objects.create(organization=roof, rule=SizeRule.objects.first(), starts=START, **added)
    StaffCount.objects.create(organization=roof, year=2017, total=65, **added)
    Status.objects.create(member=member, kind=Status.Kind.SICK, starts=START, **added)
    Discipline.objects.create(member=member, kind=Discipline.Kind.WARNING, on=START, **added)
    Extension.objects.create(member=member, on=START, until=TODAY, **added)
    TransferOffer.objects.create(member=member, source=cell, target=world.org["CB01"], offered=START, **added)
    Post.objects.create(member=member, organization=cell, kind=Post.Kind.SECRETARY, starts=START, **added)
    candidate = Candidate.objects.create(**added)
    CandidateRecord.objects.create(candidate=candidate, full_name="Trần Mới", sex="F", birth_date=START, **added)
    CandidateStep.objects.create(candidate=candidate, organization=cell, stage=1, on=START, **added)
    BadgeAward.objects.create(member=member, level=BadgeLevel.objects.first(), on=START, **added)
    Amendment.objects.create(member=member, field="occupation", after="kế toán", **added)
    Merger.objects.create(member=member, dropped=world.people["Bình"], **added)
    check = Inspection.objects.create(year=2018, kind="INSPECTION", title="Nghị quyết", conductor=roof, **added)
    InspectionSubject.objects.create(inspection=check, organization=cell, **added)
    Conclusion.objects.create(inspection=check, organization=cell, on=START, text="Đạt", **added)
    OrganizationDiscipline.objects.create(
        organization=cell, kind=OrganizationDiscipline.Kind.WARNING, on=START, **added
    )
    days = dict.fromkeys(["cutoff", "cell_due", "committee_due", "bloc_due"], date(2018, 12, 31))
    scheme = Scheme.objects.get(code="2018")
    bloc = world.org["K"]
    period = Period.objects.create(bloc=bloc, year=2018, starts=date(2018, 1, 1), scheme=scheme, **days, **added)
    FrozenScheme.objects.create(period=period, text="{}", seal="0", **added)
    sheet = Sheet.objects.create(period=period, organization=cell, **added)
    Step.objects.create(sheet=sheet, before="draft", after="submitted", **added)
    group = TargetGroup.objects.create(bloc=bloc, year=2018, order=1, code="KN", name="Kết nạp")
    indicator = Indicator.objects.create(
        group=group, code="KN", name="Đảng viên mới", kind="COUNT", numerator="admitted", unit="người"
    )
    Target.objects.create(indicator=indicator, organization=roof, value=3, **added)
