"""What acts are called: a code for ever, words for today, and whose they are to take back."""

from importlib import import_module

import pytest
from django.urls import reverse

from ledger.models import Change, User
from ledger.verbs import KNOWN, LedgerVerb, Verb, codes_said, words
from members.verbs import CandidateVerb, MemberVerb
from organizations.access import Keep
from tests.hand import signed_in_as

codes = import_module("ledger.migrations.0008_verbs_are_codes")


def test_a_code_is_of_its_app_and_says_something():
    for cls in Verb.__subclasses__():
        app = cls.__module__.split(".")[0]
        for verb in cls:
            assert verb.startswith(f"{app}.") and verb.label and KNOWN[verb] is verb


def test_who_may_do_it_may_take_it_back():
    assert {verb.kept_by for verb in (*MemberVerb, *CandidateVerb)} <= set(Keep)


def test_a_code_stands_once():
    with pytest.raises(ValueError, match="members.admit"):

        class Again(Verb):
            ADMIT = "members.admit", "Kết nạp"


@pytest.mark.parametrize(
    ("text", "code", "detail"),
    [
        ("Kết nạp đảng viên", MemberVerb.ADMIT, ""),
        ("Nghỉ ốm", MemberVerb.SET_STATUS, "Nghỉ ốm"),
        ("Thôi: Bị đình chỉ sinh hoạt đảng", MemberVerb.LIFT_STATUS, "Bị đình chỉ sinh hoạt đảng"),
        ("Thôi: Chuyển sinh hoạt tạm thời", MemberVerb.END_TEMPORARY_TRANSFER, ""),
        ("Hủy việc: Hủy việc: Đổi tên tổ chức", LedgerVerb.UNDO, "Hủy việc: Đổi tên tổ chức"),
        ("Hủy chốt số liệu năm 2017", "indicators.withdraw_closing", "năm 2017"),
        ("Việc của bản trước nữa", LedgerVerb.OTHER, "Việc của bản trước nữa"),
    ],
)
def test_old_words_become_a_code_and_are_said_alike(text, code, detail):
    assert codes.read(text) == (code, detail)
    assert words(code, detail) == text


def test_old_words_lead_to_codes_that_there_are():
    assert {*codes.CODES.values(), *codes.BEGINNINGS.values()} <= KNOWN.keys()


def test_a_code_of_another_version_is_said_by_what_was_kept_with_it():
    assert (words("gone.app", "Năm 2030"), words("gone.app")) == ("Năm 2030", "gone.app")


def test_acts_are_found_by_their_words(world):
    administrator = User.objects.create_superuser("goc")
    assert MemberVerb.ENROLL in codes_said("ghi vao danh sach") and MemberVerb.ADMIT not in codes_said("ghi vao")
    page = signed_in_as(administrator).get(reverse("admin:ledger_change_changelist"), {"q": "thanh lap"})
    assert {act.verb for act in page.context["cl"].result_list} == {"organizations.found"}
    only = signed_in_as(administrator).get(reverse("admin:ledger_change_changelist"), {"viec": "members.enroll"})
    found = Change.objects.filter(verb=MemberVerb.ENROLL)
    assert {act.pk for act in only.context["cl"].result_list} == set(found.values_list("pk", flat=True)) != set()
