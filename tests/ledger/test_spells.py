"""NoOverlap: whatever way a row is written, the running database refuses a second spell on the same day."""

from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from django.core.checks import run_checks
from django.core.exceptions import FieldError, ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations.writer import MigrationWriter
from django.db.models import F
from django.test.utils import isolate_apps

from ledger.models import Change
from ledger.spells import FOREVER, NoOverlap
from members.models import Membership, Status

JAN, MAR, MAY, JUL = (date(2017, month, 1) for month in (1, 3, 5, 7))


@pytest.fixture
def spell(world):
    """A maker of unsaved spells of sickness of one person."""
    change = world.people["An"].added

    def make(starts, ends=FOREVER, who="An", **known):
        return Status(member=world.people[who], **{"kind": 3, "starts": starts, "ends": ends, "added": change, **known})

    return make


@contextmanager
def refusal(name="status_once_a_day"):
    """The database itself refuses what happens inside, and the transaction around it goes on."""
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        yield


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        (MAR, MAY),
        (JAN, MAR + timedelta(days=1)),
        (MAY - timedelta(days=1), JUL),
        (MAR + timedelta(days=9), MAR + timedelta(days=10)),
        (JAN, FOREVER),
    ],
)
def test_a_shared_day_is_refused(spell, starts, ends):
    spell(MAR, MAY).save()
    with refusal():
        spell(starts, ends).save()
    assert Status.objects.count() == 1


def test_spells_may_touch(spell):
    spell(MAR, MAY).save()
    spell(MAY, JUL).save()
    spell(JAN, MAR).save()
    assert Status.objects.count() == 3


def test_another_owner_is_another_matter(spell):
    spell(MAR, MAY).save()
    spell(MAR, MAY, who="Bình").save()
    spell(MAR, MAY, kind=1).save()
    assert Status.objects.count() == 3


def test_bulk_create_is_refused(spell):
    with refusal():
        Status.objects.bulk_create([spell(JAN, MAR), spell(MAR, MAY), spell(MAY - timedelta(days=1), JUL)])
    assert not Status.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"starts": MAY - timedelta(days=1)},
        {"starts": F("starts") - timedelta(days=62)},
        {"ends": FOREVER, "starts": JAN},
    ],
)
def test_update_is_refused(spell, change):
    spell(MAR, MAY).save()
    later = spell(MAY, JUL)
    later.save()
    with refusal():
        Status.objects.filter(pk=later.pk).update(**change)
    later.refresh_from_db()
    assert (later.starts, later.ends) == (MAY, JUL)


def test_giving_a_spell_to_another_owner_is_refused(world, spell):
    spell(MAR, MAY).save()
    other = spell(MAR, MAY, who="Bình")
    other.save()
    with refusal():
        Status.objects.filter(pk=other.pk).update(member=world.people["An"])


def test_a_voided_spell_is_in_nobodys_way(spell):
    change = Change.objects.first()
    first = spell(MAR, MAY, voided=change)
    first.save()
    spell(MAR, MAY, voided=change).save()
    spell(MAR, MAY).save()
    # Calling a voided row back to life must be refused as a new one is.
    with refusal():
        Status.objects.filter(pk=first.pk).update(voided=None)


@pytest.mark.parametrize("ends", [MAR, JAN])
def test_an_empty_spell_is_refused(spell, ends):
    with refusal("status_not_empty"):
        spell(MAR, ends).save()


def test_a_person_is_in_one_cell_a_day(world):
    old = Membership.objects.get(member=world.people["An"])
    with refusal("membership_one_cell_a_day"):
        Membership.objects.create(
            member=old.member, organization=world.org["CB01"], entry="MOVED", starts=MAR, added=old.added
        )


def test_a_form_hears_of_it_before_the_database(spell):
    spell(MAR, MAY).save()
    with pytest.raises(ValidationError) as caught:
        spell(JAN, FOREVER).full_clean()
    assert caught.value.messages == ["Đảng viên này đã ở trạng thái đó trong thời gian này."]
    spell(MAY).full_clean()
    spell(JAN, FOREVER, voided=Change.objects.first()).full_clean()
    Status.objects.get().full_clean()


def test_querysets_speak_of_days(spell):
    Status.objects.bulk_create([spell(MAR, MAY), spell(MAY, JUL), spell(JAN, voided=Change.objects.first())])

    def starts(rows):
        return sorted(rows.values_list("starts", flat=True))

    assert starts(Status.objects.standing()) == [MAR, MAY]
    assert starts(Status.objects.on(MAR - timedelta(days=1))) == []
    assert starts(Status.objects.on(MAR)) == [MAR]
    assert starts(Status.objects.on(MAY - timedelta(days=1))) == [MAR]
    assert starts(Status.objects.on(MAY)) == [MAY]
    assert starts(Status.objects.touching(JAN, MAR)) == [MAR]
    assert starts(Status.objects.touching(MAY, MAY)) == [MAY]
    assert starts(Status.objects.touching(MAY - timedelta(days=1), MAY)) == [MAR, MAY]
    assert starts(Status.objects.touching(JUL, FOREVER)) == []


def test_a_migration_writes_it_and_reads_it_back():
    constraint = NoOverlap(of=("member", "kind"), name="status_once_a_day", violation_error_message="Trùng.")
    text, imports = MigrationWriter.serialize(constraint)
    scope = {}
    exec("\n".join(imports) + f"\nagain = {text}", scope)
    assert scope["again"] == constraint
    assert scope["again"].deconstruct() == constraint.deconstruct()
    assert scope["again"].violation_error_message == "Trùng."
    assert constraint.clone() == constraint


def test_equal_means_same_name_and_owner():
    assert NoOverlap(of="member", name="a") == NoOverlap(of=("member",), name="a")
    assert NoOverlap(of="member", name="a") != NoOverlap(of="kind", name="a")
    assert NoOverlap(of="member", name="a") != NoOverlap(of="member", name="b")


@isolate_apps("ledger")
def test_only_a_spell_can_have_it():
    class Stay(models.Model):
        room = models.IntegerField()
        starts = models.DateField()

        class Meta:
            app_label = "ledger"
            constraints = [NoOverlap(of="room", name="room_once")]

    with pytest.raises(FieldError, match="room_once: a spell has starts, ends and voided"):
        Stay.check(databases=["default"])


def test_sqlite_must_lock_at_once(monkeypatch):
    # A deferred transaction loses writes whatever the timeout: the site must refuse to start on one.
    monkeypatch.setattr(connection, "vendor", "sqlite")
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", {"transaction_mode": "DEFERRED"})
    assert "ledger.E001" in [error.id for error in run_checks()]
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", {"transaction_mode": "IMMEDIATE"})
    assert "ledger.E001" not in [error.id for error in run_checks()]
    monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", True)
    assert "ledger.E002" in [error.id for error in run_checks()]
