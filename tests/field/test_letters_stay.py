"""Acts on denunciation letters, their reasons and papers, stay with those who may read letters."""

from datetime import date

import pytest
from django.urls import reverse

from inspections.letters.confidential import letter_acts, open_acts, open_documents
from inspections.letters.letters import forward_letters
from inspections.models import Letter
from ledger.documents import document
from ledger.models import Change, Document, User
from organizations.appoint import NewOffice, appoint
from reorganizations.page import _since
from tests.hand import signed_in_as
from tests.pages.test_pages_site import standing
from tests.world import TODAY

pytestmark = pytest.mark.django_db

site = pytest.fixture(scope="module")(standing)
SECRET = "Tố cáo ông Nguyễn Văn Bí Mật nhận quà"


@pytest.fixture
def letter(site):
    """A letter of 2017 on which something was done with a reason and a paper."""
    row = Letter.objects.get(voided__isnull=True, resolved_on__isnull=True)
    paper = document("77-KL/UBKT", date(2018, 3, 5), "Ủy ban Kiểm tra", SECRET)
    forward_letters(
        {row: ("Công an tỉnh", date(2018, 3, 5))}, **site.act(date(2018, 3, 5), document=paper, reason=SECRET)
    )
    return row


@pytest.fixture
def administrator(letter):
    return User.objects.create_superuser("quan-tri-thu")


ACTS, PAPERS = "admin:ledger_change_changelist", "admin:ledger_document_changelist"


@pytest.mark.parametrize("name", [ACTS, PAPERS])
@pytest.mark.parametrize("query", [{}, {"q": "Bí Mật"}, {"q": "77-KL"}, {"q": "Giải quyết"}, {"all": ""}])
def test_the_administrator_finds_nothing_of_letters(administrator, name, query):
    page = signed_in_as(administrator).get(reverse(name), query).content.decode()
    for word in ("Bí Mật nhận quà", "77-KL/UBKT", "đơn thư tố cáo", "Giải quyết xong đơn"):
        assert word not in page


def test_nor_by_the_address_of_one(administrator):
    ask = signed_in_as(administrator)
    hidden = [("change", pk) for pk in letter_acts(administrator)] + [
        ("document", Document.objects.get(number="77-KL/UBKT").pk)
    ]
    assert len(hidden) > 2
    for model, pk in hidden:
        for page in ("change", "history"):
            answer = ask.get(reverse(f"admin:ledger_{model}_{page}", args=[pk]), follow=True)
            assert SECRET not in answer.content.decode()
            assert answer.redirect_chain, (model, pk)


def test_an_administrator_who_may_read_letters_finds_them(site, administrator):
    appoint([NewOffice(user=administrator, role="INSPECTION", organization=site.org["K"])], **site.act(TODAY))
    page = signed_in_as(administrator).get(reverse(ACTS), {"q": "Bí Mật"}).content.decode()
    assert SECRET in page


def test_all_else_stays_in_the_lists(site, administrator):
    seen = set(open_acts(administrator).values_list("pk", flat=True))
    assert set(Change.objects.values_list("pk", flat=True)) - seen == letter_acts(administrator)
    verbs = {act.words for act in open_acts(administrator)}
    assert "Thành lập tổ chức" in verbs
    assert not {verb for verb in verbs if "đơn" in verb.lower()}
    assert site.paper in open_documents(administrator)


def test_a_paper_that_stands_behind_other_acts_too_is_shown(site, administrator, letter):
    paper = Document.objects.get(number="77-KL/UBKT")
    assert paper not in open_documents(administrator)
    user = User.objects.create_user("ai-do")
    appoint([NewOffice(user=user, role="SECRETARY", organization=site.org["CB01"])], **site.act(TODAY, document=paper))
    assert paper in open_documents(administrator)


def test_what_was_done_since_a_rehearsal_is_told_without_them(site, letter):
    before = Change.objects.filter(pk__in=letter_acts(site.by)).latest("pk").pk - 1
    assert "một việc Ủy ban Kiểm tra đã ghi" in _since(str(before), openly=False)
    assert "đơn" not in _since(str(before), openly=False)
    assert "đơn" in _since(str(before), openly=True)
