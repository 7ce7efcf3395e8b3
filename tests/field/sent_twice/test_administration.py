"""Every row that can be added in the administration, sent twice at the same moment: it is made once.

One without a row here fails.
"""

import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse

from ledger.models import Change, User
from ratings.models import Scheme
from ratings.verbs import RatingVerb
from tests.field.sent_twice.ground import added, standing
from tests.field.twice import send_at_once, text_of
from tests.indicators.board import indicator, set_groups
from tests.ratings.desk import Desk
from tests.world import World

pytestmark = pytest.mark.usefixtures("committed")
ROWS_TO_ADD = {
    "User": {"username": "bi-thu", "usable_password": "true", "password1": "mot-cau-dai", "password2": "mot-cau-dai"},
    "Appointment": {"role": "LEADER"},
    "SizeRule": {"kind": "DBBP", "least": "3"},
    "EthnicGroup": {"code": "99", "name": "Khác"},
    "Religion": {"code": "99", "name": "Khác"},
    "BadgeLevel": {"years": "35", "months_early": "0", "months_posthumous": "0"},
    "AwardDay": {"name": "Đợt riêng", "day": "1", "month": "10"},
    "Result": {"code": "99", "name": "Khác"},
    "Scheme": {
        "code": "M99",
        "name": "Lược đồ mới",
        "first_year": "2030",
        "legal_basis": "99-QĐ/TW",
        "comparable_group": "Z",
    },
    "Level": {"code": "M9", "rank": "9", "organization_label": "Mức chín", "member_label": "Mức chín"},
    "Reason": {"code": "KHAC", "label": "Lý do khác", "kind": "EXCLUDED"},
    "Cap": {"limits": "MEMBERS", "percent": "17,5", "base": "ALL"},
    "Rule": {"code": "CAP", "strength": "NOTE", "legal_basis": "99-QĐ/TW"},
    "TargetGroup": {
        "year": "2017",
        "name": "Đảng số",
        "indicator_name": "Số đảng viên",
        "numerator": "members",
        "direction": ">=",
        "decimals": "0",
        "rule": "lam_tron",
        "below": "INHERIT",
    },
    "Indicator": {
        "name": "hoàn thành",
        "numerator": "rated_3",
        "denominator": "rated",
        "direction": ">=",
        "decimals": "1",
        "rule": "lam_tron",
    },
    "KnownHeading": {"kind": "dang-vien", "heading": "Đồng chí", "column": "ho_ten"},
    "OtherSpelling": {"of": "ETHNIC_GROUP", "text": "Ra-gờ-lai", "code": "21"},
    "Calendar": None,  # one for years and one for quarters, and no third
}


def _addable():
    request = RequestFactory().get("/")
    request.user = User.objects.create_superuser("goc", is_staff=True)
    return {m.__name__: m for m, page in admin.site._registry.items() if page.has_add_permission(request)}, request.user


def test_every_row_of_the_administration_has_one_here():
    assert set(_addable()[0]) == set(ROWS_TO_ADD)


def test_a_row_of_the_administration_sent_twice_is_made_once():
    models, user = _addable()
    world, failed = World(), {}
    set_groups(world, 2016)
    more = {
        "Appointment": {"user": world.user().pk, "organization": world.org["K"].pk},
        "Level": {"scheme": (scheme := Scheme.objects.first().pk)},
        "Reason": {"scheme": scheme},
        "Cap": {"scheme": scheme},
        "TargetGroup": {"bloc": world.org["K"].pk},
        "Indicator": {"group": indicator("DV-HTT", 2016).group_id},
        "Rule": {"scheme": Scheme.objects.exclude(rules__code="CAP").last().pk},
    }
    for name, typed in ROWS_TO_ADD.items():
        if typed is None:
            continue
        address = reverse(f"admin:{models[name]._meta.app_label}_{name.lower()}_add")
        before = standing()
        answers = send_at_once(user, address, {**typed, **more.get(name, {}), "_save": "Lưu"})
        states = [getattr(answer, "status_code", answer) for answer in answers]
        if sorted(map(str, states)) != ["200", "302"] or added(before).get(name) != 1:
            failed[name] = states, added(before), [text_of(a)[-1500:] for a in answers if not isinstance(a, Exception)]
            continue
        told = next(answer for answer in answers if answer.status_code == 200)
        assert "errornote" in told.content.decode(), name
    assert not failed


def test_a_new_version_of_a_scheme_asked_for_twice_is_made_once():
    world, user = World(), User.objects.create_superuser("goc", is_staff=True)
    desk = Desk(world)
    desk.finish()
    desk.lock()
    scheme = desk.period.scheme
    answers = send_at_once(user, reverse("admin:ratings_scheme_new_version", args=[scheme.pk]), {})
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Scheme.objects.filter(code=scheme.code).count() == 2
    assert Change.objects.filter(verb=RatingVerb.NEW_VERSION).count() == 1
