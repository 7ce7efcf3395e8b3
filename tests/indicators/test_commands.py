"""The commands on a database that is not the demonstration."""

import pytest
from django.core.management import CommandError, call_command

from ledger.models import Change, Installation, User
from organizations.models import Organization

OTHER = "Cơ sở dữ liệu này đã có dữ liệu khác. Dữ liệu mẫu chỉ nạp vào một cơ sở dữ liệu trống."


def test_the_demonstration_keeps_off_other_peoples_data(world):
    Installation.objects.all().delete()
    before = Change.objects.count(), Organization.objects.count()
    with pytest.raises(CommandError) as caught:
        call_command("load_demo")
    assert str(caught.value) == OTHER
    assert (Change.objects.count(), Organization.objects.count()) == before


def test_a_single_account_is_data_too(db):
    User.objects.create_user("someone")
    with pytest.raises(CommandError) as caught:
        call_command("load_demo")
    assert str(caught.value) == OTHER


def test_figures_of_an_empty_installation(db):
    with pytest.raises(CommandError) as caught:
        call_command("figures", year=2017)
    assert str(caught.value) == ("Không có nhóm chỉ tiêu cho năm được hỏi. Nạp dữ liệu mẫu: manage.py load_demo.")


def test_the_demonstration_of_other_tests_is_not_here(db):
    assert not Organization.objects.exists()
    assert not Installation.objects.exists()
