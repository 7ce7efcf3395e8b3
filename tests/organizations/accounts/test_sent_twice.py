"""Each press sent twice at the same moment, as a double click sends it: done once, told once."""

import pytest

from organizations.accounts.handing_over import Deputy, deputize
from organizations.models import Appointment
from tests.field.sent_twice.ground import SentGround, added, at, standing
from tests.field.twice import send_at_once, text_of
from tests.world import TODAY

pytestmark = pytest.mark.usefixtures("committed")


def all_made(ground):
    return ground.open("administrator", at("accounts")).filled("tao-tat-ca")


def reprinted(ground):
    (held,) = ground.users["secretary"].appointments.all()
    page = ground.open("administrator", at("office", "DB01-01", viec=f"in-lai-{held.pk}"))
    return page.filled(f"in-lai-{held.pk}")


def handed_over(ground):
    (held,) = ground.users["secretary"].appointments.all()
    page = ground.open("administrator", at("office", "DB01-01", viec=f"ban-giao-{held.pk}"))
    return page.filled(f"ban-giao-{held.pk}", tu_ngay="01/01/2019", ho_ten="Trần Mới")


def lent(ground):
    (held,) = ground.users["secretary"].appointments.all()
    page = ground.open("administrator", at("office", "DB01-01", viec=f"thay-{held.pk}"))
    return page.filled(f"thay-{held.pk}", tu_ngay="20/12/2018", den_ngay="31/12/2018", ho_ten="Trần Mới")


def given(ground):
    return ground.open("administrator", at("office", "CB01", viec="giao-bithu")).filled("giao-bithu", ho_ten="Lê Phúc")


def ended(ground):
    (held,) = ground.users["secretary"].appointments.all()
    page = ground.open("administrator", at("office", "DB01-01", viec=f"thoi-{held.pk}"))
    return page.filled(f"thoi-{held.pk}")


def called_off(ground):
    (held,) = ground.users["secretary"].appointments.all()
    row = Deputy(appointment=held, to=ground.world.user(), starts=TODAY.replace(day=20), ends=TODAY.replace(day=30))
    (coming,) = deputize([row], **ground.world.act())
    page = ground.open("administrator", at("office", "DB01-01", viec=f"huy-{coming.pk}"))
    return page.filled(f"huy-{coming.pk}", ly_do="Không cần nữa")


@pytest.mark.parametrize(
    "form", [all_made, reprinted, handed_over, lent, given, ended, called_off], ids=lambda f: f.__name__
)
def test_it_is_done_once(form):
    ground = SentGround()
    address, data = form(ground)
    before = standing()
    answers = send_at_once(ground.users["administrator"], address, data)
    broken = [answer for answer in answers if isinstance(answer, Exception)]
    assert not broken, broken
    assert sorted(answer.status_code == 400 for answer in answers) == [False, True], [
        text_of(a)[:1500] for a in answers
    ]
    assert added(before)["Change"] == 1
    accounts = Appointment.objects.standing().values_list("user", flat=True)
    assert len(accounts) == len(set(accounts))
