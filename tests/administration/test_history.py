"""The administration keeps the history of what is edited in it."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from ledger.models import DayLimits, HelpDesk, OneTimePasswords, User
from members.models import AwardDay, BadgeLevel, ConsentRule
from organizations.models import SizeRule
from ratings.models import Calendar, Cap, Level, Reason, Rule, Scheme
from tests.administration.pages import PASSWORD, english, text, url

ONE_ROW = [DayLimits, OneTimePasswords]
KEEPS_HISTORY = [
    Scheme,
    Level,
    Reason,
    Cap,
    Rule,
    Calendar,
    User,
    BadgeLevel,
    AwardDay,
    SizeRule,
    ConsentRule,
    HelpDesk,
    *ONE_ROW,
]


@pytest.mark.parametrize("model", KEEPS_HISTORY, ids=lambda model: model._meta.label)
def test_each_edit_is_kept(desk, administrator, rows, model):
    row = model.objects.first()
    page = desk.get(url(model, "change", row.pk))
    form = page.context["adminform"].form
    field = {User: "display_name", Cap: "percent", Scheme: "name", Level: "member_label", Reason: "label"}
    field |= {Rule: "legal_basis", Calendar: "remind_days", BadgeLevel: "months_early", SizeRule: "basis"}
    field |= {ConsentRule: "issuer", DayLimits: "years_ahead", OneTimePasswords: "days"}
    field = field.get(model, "name")
    numbers = dict.fromkeys([Calendar, BadgeLevel, *ONE_ROW], ("9", 9)) | {Cap: ("12,5", Decimal("12.50"))}
    typed, value = numbers.get(model, ("Tên đã đổi", "Tên đã đổi"))
    data = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    data = {**data, field: typed}
    response = desk.post(url(model, "change", row.pk), data)
    assert response.status_code == 302, response.context["errors"]
    row.refresh_from_db()
    assert getattr(row, field) == value
    kept = row.history.first()
    assert (kept.history_user, kept.history_type, getattr(kept, field)) == (administrator, "~", value)

    listed = desk.get(url(model, "history", row.pk))
    assert "Sửa" in text(listed)
    assert not english(listed)
    old_page = desk.get(url(model, "simple_history", row.pk, kept.pk))
    assert "Quay lại bản này" in text(old_page)
    assert not english(old_page)


def test_signing_in_is_no_edit_of_the_account(db):
    user = User.objects.create_user("thu", password=PASSWORD)
    assert Client().post(reverse("login"), {"username": "thu", "password": PASSWORD}).status_code == 302
    assert [line.history_type for line in user.history.all()] == ["+"]


def test_an_old_version_comes_back_as_one_more_edit(desk, administrator):
    scheme = Scheme.objects.first()
    name = scheme.name
    first = scheme.history.get()
    scheme.name = "Tên nhầm"
    scheme.save()
    address = url(Scheme, "simple_history", scheme.pk, first.pk)
    form = desk.get(address).context["adminform"].form
    data = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    response = desk.post(address, data, follow=True)
    assert "Đã lưu lược đồ xếp loại" in text(response)
    scheme.refresh_from_db()
    assert scheme.name == name
    assert scheme.history.count() == 3
    assert scheme.history.first().history_user == administrator
