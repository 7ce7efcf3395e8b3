"""Nobody learns from a form or a number whether somebody they may not see is a member or a candidate, nor where."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from imports.models import ImportRun
from inspections.models import InspectionSubject, Letter
from ledger.models import Change, User
from members.candidates import steps
from members.candidates.steps import Recommendation
from members.identity.likeness import ANYBODY
from members.models import CandidateRecord, CandidateStep, Member, Membership, Stage
from organizations.verbs import TreeVerb
from tests.access.rows import paper_of, patterns
from tests.field.twice import text_of
from tests.hand import Hand, signed_in_as
from tests.pages.test_pages_site import standing
from tests.world import TODAY

pytestmark = pytest.mark.django_db
site = pytest.fixture(scope="module")(standing)

BORN = date(1980, 6, 15)
COMPARES = "Trước khi kết nạp, Ban Tổ chức Đảng ủy Khối đối chiếu"


def recommended(world, name, code, on=date(2018, 1, 10), born=BORN, **more):
    row = Recommendation(full_name=name, sex="F", birth_date=born, organization=world.org[code], on=on, **more)
    return steps.recommend([row], **world.act())[0]


def pipeline(code):
    return reverse("candidates", args=[code, 2018])


def recommend_by_form(hand, code, name, born="15/06/1980", refused=False, **more):
    typed = {"ho_ten": name, "gioi": "F", "ngay_sinh": born, "doan_vien": "khong", "tu_ngay": "02/04/2018"}
    return hand.open(pipeline(code)).press("gioi-thieu", refused=refused, **typed, **more)


@pytest.mark.parametrize("role", [("SECRETARY", "DB01-01"), ("COMMITTEE", "DB01")])
def test_one_answer_for_who_is_a_member_elsewhere_who_waits_elsewhere_and_who_is_unknown(world, role):
    recommended(world, "Trần Chờ", "DB02-01")
    world.leave("Hà", date(2016, 5, 1))
    hand, answers = Hand(world.user(*role)), []
    for name in ("Lê Đức", "Lê Hà", "Trần Chờ", "Trần Không"):
        page = recommend_by_form(hand, role[1], name, chi_bo="DB01-01")
        said = re.search(r"Đã ghi .*? vào nguồn kết nạp\. [^.]*\.", page.text).group()
        answers.append(said.replace(name, "X"))
        (record,) = CandidateRecord.objects.filter(full_name=name).exclude(
            candidate__steps__organization__code="DB02-01"
        )
        page.open(reverse("candidate", args=[record.candidate_id]))
        assert "đối chiếu" not in page.text and "DB02" not in page.text
    assert set(answers) == {
        f"Đã ghi X vào nguồn kết nạp. {COMPARES} với danh sách đảng viên và nguồn kết nạp toàn Đảng bộ."
    }


def test_who_is_in_reach_is_named_and_linked(world):
    hand = Hand(world.user("SECRETARY", "DB01-01"))
    recommend_by_form(hand, "DB01-01", "LÊ ÂN", refused=True, chu_hoa="giu")
    assert "LÊ ÂN, sinh 15/06/1980, đã là đảng viên, đang sinh hoạt ở DB01-01." in hand.text
    assert f'href="{reverse("member", args=[world.people["An"].pk])}"' in hand.page.content.decode()
    hand.press("gioi-thieu", refused=True)
    hand.press("gioi-thieu", tick=("nguoi_khac",))
    assert CandidateRecord.objects.filter(full_name="LÊ ÂN").exists()


@pytest.mark.parametrize(
    ("born", "why"), [("08/05/1994", "ngày và tháng sinh đổi chỗ"), ("05/08/1984", "lệch một chữ số")]
)
def test_a_candidate_alike_in_reach_is_asked_about(world, born, why):
    recommended(world, "Nguyễn Thị Lý", "DB01-01", born=date(1994, 8, 5))
    hand = Hand(world.user("COMMITTEE", "DB01"))
    recommend_by_form(hand, "DB01", "Nguyễn Thị Lý", born, refused=True, chi_bo="DB01-02")
    assert why in hand.text and f"Ghi khác nhau: ngày sinh {born} và 05/08/1994" in hand.text
    assert "Trong nguồn kết nạp của Tổ chức DB01-01, Tổ chức DB01: đã giới thiệu, ngày 10/01/2018" in hand.text
    hand.press("gioi-thieu", tick=("nguoi_khac",))
    assert CandidateRecord.objects.filter(full_name="Nguyễn Thị Lý").count() == 2


def test_the_department_compares_in_the_list_and_on_the_page(world):
    one = recommended(world, "Trần Chờ", "DB02-01")
    blind = world.user("SECRETARY", "DB01-01")
    for name in ("Lê Đức", "Trần Chờ"):
        recommend_by_form(Hand(blind), "DB01-01", name)
    hand = Hand(world.user("ORGANIZATION", "K"))
    hand.open(pipeline("K"))
    assert hand.text.count("cần đối chiếu") == 3  # the one of the two recommended first, too
    member = CandidateRecord.objects.get(full_name="Lê Đức")
    hand.open(reverse("candidate", args=[member.candidate_id]))
    number = world.people["Đức"].pk
    said = f"Cần đối chiếu: có thể đã được ghi Lê Đức , sinh 15/06/1980, hồ sơ số {number} · cùng họ tên và ngày sinh"
    assert said in hand.text
    assert "Tổ chức DB02-01, Tổ chức DB02, từ 01/01/2015 đến nay" in hand.text
    hand.open(reverse("candidate", args=[one.pk]))
    assert "Trong nguồn kết nạp của Tổ chức DB01-01" in hand.text
    assert "cần đối chiếu" not in Hand(blind).open(pipeline("DB01-01")).text


def test_the_list_asks_as_much_for_many_to_compare_as_for_one(world):
    def queries(*names):
        for name in names:
            recommended(world, name, "DB01-01", others=ANYBODY)
        hand.open(pipeline("K"))
        with CaptureQueriesContext(connection) as found:
            hand.open(pipeline("K"))
        return len(found)

    hand = Hand(world.user("ORGANIZATION", "K"))
    one = queries("Lê Đức", "Trần Một", "Trần Một")
    assert queries("Lê Hà", "Lê Nga", "Trần Hai", "Trần Hai") == one
    assert hand.text.count("cần đối chiếu") == 7


def decided(world, candidate):
    for stage, day in ((Stage.CLASS, (2018, 5, 2)), (Stage.DOSSIER, (2018, 6, 5)), (Stage.DECIDED, (2018, 7, 1))):
        steps.advance([(candidate, stage, date(*day))], **world.act())


def test_before_the_admission_the_department_is_asked(world):
    candidate = recommended(world, "Lê Đức", "DB01-01", others=ANYBODY)
    decided(world, candidate)
    hand = Hand(world.user("ORGANIZATION", "K"))
    hand.open(reverse("candidate", args=[candidate.pk]))
    typed = {
        "tu_ngay": "20/07/2018",
        "dan_toc": str(world.kinh.pk),
        "so": "1-QĐ",
        "ngay": "01/07/2018",
        "co_quan": "Đảng ủy Khối",
    }
    hand.press("ket-nap", refused=True, **typed)
    assert "Lê Đức đã từng là đảng viên. Hãy kết nạp lại từ hồ sơ đảng viên." in hand.text
    hand.press("ket-nap", tick=("nguoi_khac",))
    assert Member.objects.standing().filter(full_name="Lê Đức").count() == 2
    last = CandidateStep.objects.standing().filter(candidate=candidate).latest("pk")
    assert (last.stage, last.organization.code) == (Stage.ADMITTED, "DB01-01")


def test_of_two_who_wait_under_one_name_only_the_one_admitted_is_closed(world):
    """Each by a secretary who does not see the other."""
    one, other = (recommended(world, "Trần Hai", code, others=ANYBODY) for code in ("DB01-01", "DB02-01"))
    decided(world, other)
    row = steps.Ceremony(candidate=other, on=date(2018, 7, 20), ethnic_group=world.kinh)
    steps.admit_from([row], **world.act())
    stages = {c.pk: CandidateStep.objects.filter(candidate=c).latest("pk").stage for c in (one, other)}
    assert stages == {one.pk: Stage.RECOMMENDED, other.pk: Stage.ADMITTED}
    world.people["Hai"] = Member.objects.get(full_name="Trần Hai")
    world.transfer("Hai", "DB02-02", date(2018, 8, 1))  # a later act closes nobody who only bears the name
    assert CandidateStep.objects.filter(candidate=one).latest("pk").stage == Stage.RECOMMENDED


def amend_by_form(hand, member, refused=False, **typed):
    return hand.open(reverse("record", args=[member.pk])).press(None, refused=refused, ly_do="đối chiếu", **typed)


def test_a_record_that_takes_the_name_of_somebody_unseen_says_nothing(world):
    recommended(world, "Trần Chờ", "DB02-01")
    hand = Hand(world.user("COMMITTEE", "DB01"))
    for name in ("Lê Đức", "Trần Chờ"):
        amend_by_form(hand, world.people["An"], ho_ten=name)
        assert f"Đã sửa hồ sơ của đồng chí {name}." in hand.text


def test_a_record_that_becomes_like_another_in_reach_is_asked_about_once(world):
    hand, an = Hand(world.user("COMMITTEE", "DB01")), world.people["An"]
    amend_by_form(hand, an, refused=True, ho_ten="Lê Chi")
    assert f"Lê Chi, sinh 15/06/1980, có thể đã được ghi: hồ sơ số {world.people['Chi'].pk}" in hand.text
    hand.press(None, tick=("nguoi_khac",))
    assert "Đã sửa hồ sơ của đồng chí Lê Chi." in hand.text
    amend_by_form(hand, an, nghe_nghiep="kế toán")
    assert "Đã sửa hồ sơ" in hand.text


# Numbers in addresses

FOREIGN = "DB02-01"


def _member():
    return Membership.objects.filter(organization__code=FOREIGN).earliest("pk").member_id


NUMBERS = {
    "member": lambda: [_member()],
    "member_ratings": lambda: [_member()],
    "errand": lambda: [_member(), "mien"],
    "take_back": lambda: [_member(), Membership.objects.filter(organization__code=FOREIGN).earliest("pk").added_id],
    "record": lambda: [_member()],
    "merge_records": lambda: [_member()],
    "candidate": lambda: [CandidateStep.objects.filter(organization__code=FOREIGN).earliest("pk").candidate_id],
    "inspection": lambda: [InspectionSubject.objects.filter(organization__code="CB01").earliest("pk").inspection_id],
    "letter": lambda: [Letter.objects.filter(organization__code="CB01").earliest("pk").file_id],
    "reorganize_undo": lambda: ["DB01", Change.objects.filter(verb=TreeVerb.FOUND).earliest("pk").pk],
    "import_run": lambda: [_run()],
    "import_returned": lambda: [_run()],
    "find_paper": lambda: [paper_of(FOREIGN)],
    "approve_size": None,  # a rule of the installation, nobody's
}
NUMBER_OF = {"reorganize_undo": 1}  # which of the arguments is asked for; else the first
UNKNOWN = 10**9


def _run():
    """The file that somebody else brings."""
    return ImportRun.objects.create(kind="dang-vien", by=User.objects.earliest("pk"), name="danh sách", digest="").pk


def test_every_address_with_a_number_has_a_row():
    numbered = {
        name
        for name, entry in patterns(get_resolver())
        if any(key != "year" for key, kind in entry.pattern.converters.items() if type(kind).__name__ == "IntConverter")
    }
    assert {name for name in numbered if not name.startswith("admin:")} == set(NUMBERS)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", [name for name, row in NUMBERS.items() if row])
@pytest.mark.parametrize("office", [("SECRETARY", "DB01-01"), ("COMMITTEE", "DB01")])
def test_a_number_of_others_and_one_that_nobody_bears_are_answered_alike(site, office, name, method):
    client = signed_in_as(site.user(*office, since=TODAY))
    there = NUMBERS[name]()
    nowhere = [UNKNOWN if n == NUMBER_OF.get(name, 0) else arg for n, arg in enumerate(there)]
    answers = []
    for args in (there, nowhere):
        answer = getattr(client, method)(reverse(name, args=args))
        answers.append((answer.status_code, text_of(answer)))
    assert answers[0] == answers[1]
    assert answers[0][0] in (403, 404, 405)


@pytest.mark.parametrize("name", ["enter", "merge_records"])
def test_so_are_numbers_in_the_query(site, name):
    own = Membership.objects.filter(organization__code="DB01-01").earliest("pk").member_id
    user, field = {
        "enter": (site.user("ORGANIZATION", "K", since=TODAY), "ho_so"),
        "merge_records": (site.user("COMMITTEE", "DB01", since=TODAY), "bo"),
    }[name]
    args = ["K", 2018, "ket-nap"] if name == "enter" else [own]
    client, answers = signed_in_as(user), []
    for number in (_member(), UNKNOWN):
        answer = client.get(reverse(name, args=args, query={field: number}))
        answers.append((answer.status_code, text_of(answer)))
    if name == "merge_records":
        assert answers[0] == answers[1]
    assert answers[1][0] == 404
