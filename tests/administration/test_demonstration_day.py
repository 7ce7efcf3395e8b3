"""The day of a demonstration is moved in the administration, and only goes on."""

from datetime import date

import pytest
from django.urls import reverse

from ledger.models import Installation
from tests.administration.pages import text, url
from tests.world import TODAY


@pytest.mark.parametrize(
    ("typed", "moves"),
    [("16/01/2019", True), ("14/12/2018", True), ("13/12/2018", False), ("31/12/2022", False), ("", False)],
)
def test_the_day_of_a_demonstration_only_goes_on(desk, world, typed, moves):
    row = Installation.objects.get()
    response = desk.post(url(Installation, "change", row.pk), {"demo_day": typed})
    assert (response.status_code == 302) == moves
    if typed and not moves:
        assert "Ngày phải từ 14/12/2018 đến 18/01/2020" in text(response)
    row.refresh_from_db()
    assert row.demo_day == (date(2019, 1, 16) if typed == "16/01/2019" else TODAY)


def test_only_a_demonstration_has_a_day_to_move(desk, world):
    row = Installation.objects.get()
    row.demo_day = None
    row.save()
    assert desk.get(url(Installation, "change", row.pk)).status_code == 403
    assert "Ngày của bản trình diễn" not in text(desk.get(reverse("admin:index")))
