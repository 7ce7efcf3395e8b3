"""The small world of the pages with a second bloc beside the first: no office of the one reaches into the other.

K2 ─┬─ DB90 ─┬─ DB90-01   Xuân, Yến           founded with K, entered in 2018; its committee has a section, and all that
    │        └─ BP90 ── DB90-02   Ước         the first bloc has in the register: inspections, a letter, a candidate
    └─ CB90               Ẩn
"""

import re
from datetime import date

from django.db import connection, transaction

from indicators.targets import targets
from inspections.checks.register import InspectionPlan, register_inspections
from inspections.letters.letters import ReceivedLetter, register_letters
from inspections.models import Inspection
from members.candidates.steps import Recommendation, recommend
from ratings import workflow
from ratings.models import Sheet
from ratings.periods import periods
from ratings.sheets import draft
from tests.kept import kept
from tests.pages.test_pages_site import Site

SECOND = {"K2", "DB90", "BP90", "DB90-01", "DB90-02", "CB90"}
DAY = date(2018, 6, 1)
PEOPLE_OF_FIRST = ("Lê An", "Võ Bình", "Lê Đức", "Lê Phúc", "Võ Tâm", "Trần Nguồn")
PEOPLE_OF_SECOND = ("Lê Xuân", "Võ Yến", "Hồ Ước", "Vũ Ẩn", "Trần Hai")


def said_of(response, codes, people):
    """Which of `codes` and `people` a page names or leads to."""
    text = response.content.decode(errors="replace")  # workbooks are looked at elsewhere, cell by cell
    named = set(re.findall(r"Tổ chức ([A-Z]+[0-9-]*)", text)) | set(re.findall(r"/([A-Z]+[0-9]*(?:-[0-9]+)*)/", text))
    return named & set(codes) | {person for person in people if person in text}


class TwoBlocs(Site):
    def __init__(self):
        super().__init__()
        self.found(
            ("K2", "KHOI", None),
            ("DB90", "DBCS", "K2"),
            ("CB90", "CBCS", "K2"),
            ("BP90", "DBBP", "DB90"),
            ("DB90-01", "CBTT", "DB90"),
            ("DB90-02", "CBTT", "BP90"),
        )
        for name, code in (("Lê Xuân", "DB90-01"), ("Võ Yến", "DB90-01"), ("Hồ Ước", "DB90-02"), ("Vũ Ẩn", "CB90")):
            self.enroll(name, code)
        self._second_register()

    def _second_register(self):
        org = self.org
        for year in (2016, 2017, 2018):
            targets.set_groups(year, targets.eight_groups(year), bloc=org["K2"], **self.act())
        period = periods.open_period(2018, bloc=org["K2"], **self.act())
        sheet = Sheet.objects.get(organization=org["DB90-01"], period=period, voided__isnull=True)
        draft.rate({sheet: {self.people[name].pk: 2 for name in ("Xuân", "Yến")}}, **self.act())
        workflow.submit([sheet], **self.act())
        person = Recommendation(
            full_name="Trần Hai", sex="F", birth_date=date(1995, 3, 20), organization=org["DB90-01"], on=DAY
        )
        recommend([person], **self.act())
        works = [("K2", "CB90"), ("DB90", "DB90-01")]
        register_inspections(
            [
                InspectionPlan(
                    year=2018,
                    kind=Inspection.Kind.INSPECTION,
                    title=f"Cuộc của {by}",
                    conductor=org[by],
                    subjects=((org[code], DAY),),
                )
                for by, code in works
            ],
            **self.act(),
        )
        letter = ReceivedLetter(
            number="Đơn-DB90-01", organization=org["DB90-01"], received_on=DAY, due_on=date(2018, 9, 1)
        )
        register_letters([letter], **self.act())


def two_blocs(django_db_setup, django_db_blocker):
    """The site of two blocs, held by one transaction around all tests of a module."""
    with django_db_blocker.unblock(), transaction.atomic():
        site = kept(TwoBlocs)
        connection.check_constraints()
        yield site
        transaction.set_rollback(True)
