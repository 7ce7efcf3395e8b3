"""The first page of the administration: three things first, what of them is owed, the rest in order."""

import re

from django.urls import reverse

from ledger.models import User
from organizations.accounts.roster import seats
from organizations.models import PendingAppointment
from ratings.models import Scheme
from tests.administration.pages import CHANGED_HERE, MODELS, english, text, url
from tests.world import TODAY


def first(desk):
    return desk.get(reverse("admin:index"))


def test_what_is_owed_is_counted_as_the_page_counts_it_that_it_opens(desk, administrator, world):
    Scheme.objects.update(confirmed=True)
    Scheme.objects.filter(code="2019").update(confirmed=False)
    vacant = sum(not [row for row in seat.held if row.stands_in_for_id is None] for seat in seats(TODAY))
    page = first(desk)
    assert f"{vacant} vai trò chưa có ai giữ" in text(page)
    assert "1 bản lược đồ chưa đối chiếu văn bản" in text(page)
    listed = desk.get(url(Scheme, "changelist"), {"confirmed__exact": 0}).context["cl"].result_list
    assert [scheme.code for scheme in listed] == ["2019"]
    assert "chưa đăng nhập" not in text(page)
    world.user("COMMITTEE", "DB01")
    assert f"{vacant - 1} vai trò chưa có ai giữ" in text(first(desk))
    User.objects.exclude(pk=administrator.pk).update(must_change_password=True)
    assert "1 vai trò chưa đăng nhập lần nào" in text(first(desk))


def test_what_waits_is_told_and_what_is_in_order_too(desk, rows):
    assert PendingAppointment.objects.count() == 1
    assert "1 phân công chờ xác nhận" in text(first(desk))
    Scheme.objects.update(confirmed=True)
    assert "Lược đồ nào cũng đã đối chiếu văn bản." in text(first(desk))


def test_every_list_is_reached_and_explained(desk):
    page = first(desk)
    html = page.content.decode()
    for model in MODELS:
        if model._meta.model_name != "installation":  # of a demonstration alone
            assert url(model, "changelist") in html, model
    told = [entry for _, _, entries in page.context["edited"] for entry in entries]
    read = [entry for _, entries in page.context["read"] for entry in entries]
    assert [entry.name for entry in [*told, *read] if not entry.about] == []
    assert f"Sổ chỉ xem: {len(read)} sổ" in text(page)
    assert {entry.address for entry in told} <= {url(model, "changelist") for model in CHANGED_HERE}
    assert not english(page)


def test_acts_are_told_in_words_and_the_same_again_once(desk, administrator, world):
    scheme = Scheme.objects.first()
    form = desk.get(url(Scheme, "change", scheme.pk)).context["adminform"].form
    data = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    for name in ("Tên một", "Tên một"):
        desk.post(url(Scheme, "change", scheme.pk), data | {"name": name, "last_year": "2013"})
        data["legal_basis"] = "Căn cứ khác"
    told = re.sub(r"\s+", " ", text(first(desk)))
    assert "Sửa lược đồ xếp loại “Tên một”, 2 lần" in told


def test_an_address_of_no_version_is_not_there(desk):
    scheme = Scheme.objects.first()
    address = url(Scheme, "simple_history", scheme.pk, "0").replace("/0/", "/chip.css/")
    assert desk.get(address).status_code == 404
