"""How state changes: each verb is one act, whole or not at all, under one Change (design §3, §4)."""

from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from . import clock
from .models import Change

WRITERS = 0x6B686F69  # the advisory lock that verbs share and a closing holds alone (shapes §8)


class Refused(ValidationError):
    """An act that a rule forbids. The message is a sentence for the person who asked."""


@contextmanager
def act(verb, *, by, on, document=None, reason="", alone=False):
    """Opens the transaction of one verb and yields its Change.

    `on`: the day from which the act holds; not in the future. `alone`: wait until no other verb is writing.
    Raises Refused when `on` lies ahead, and when the database's own rules refuse what was written.
    """
    if on > clock.today():
        raise Refused(f"Ngày {on:%d/%m/%Y} còn ở phía trước. Hãy ghi khi việc đã xảy ra.")
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                kind = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
                with connection.cursor() as cursor:
                    cursor.execute(f"SELECT {kind}(%s)", [WRITERS])
            yield Change.objects.create(verb=verb, by=by, on=on, document=document, reason=reason)
    except IntegrityError as error:
        raise Refused(_sentence(error)) from error


def _sentence(error):
    text = str(error)
    for name, sentence in SENTENCES.items():
        if name in text:
            return sentence
    return "Dữ liệu vừa ghi trái với một quy tắc của hệ thống; không có gì được lưu. Xin kiểm tra lại các dòng đã nhập."


SENTENCES = {
    "membership_one_cell_a_day": "Một đảng viên chỉ sinh hoạt chính thức ở một chi bộ trong một ngày.",
    "organization_one_place_a_day": "Một tổ chức chỉ có một tên và một cấp trên trong một ngày.",
    "organization_code": "Mã tổ chức này đã có. Hãy chọn mã khác.",
    "one_period_a_year": "Kỳ xếp loại của năm này đã được mở.",
}


def void(rows, change):
    """Marks `rows` (a queryset of Recorded rows) as taken back by `change`; returns how many."""
    return rows.filter(voided__isnull=True).update(voided=change)


def replace(row, change, **differences):
    """Voids `row` and returns an unsaved copy of it with `differences`, added by `change`."""
    type(row)._base_manager.filter(pk=row.pk).update(voided=change)
    copy = type(row)(**{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields})
    copy.pk, copy.added, copy.voided = None, change, None
    for name, value in differences.items():
        setattr(copy, name, value)
    return copy


def close(rows, change, day):
    """Ends the spells `rows` on `day`: voids each and inserts its shorter copy, so the past stays recomputable.

    A spell that would have begun on `day` or later leaves nothing behind. Returns the shortened rows.
    """
    rows = list(rows)
    if not rows:
        return []
    model = type(rows[0])
    void(model._base_manager.filter(pk__in=[row.pk for row in rows]), change)
    shorter = []
    for row in rows:
        if row.starts >= day:
            continue
        copy = model(**{field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields})
        copy.pk, copy.added, copy.voided, copy.ends = None, change, None, day
        shorter.append(copy)
    return model._base_manager.bulk_create(shorter)


def take_back(rows, *, by, on, reason):
    """The verb that corrects: voids `rows` (a queryset) under one Change with its reason. Returns how many."""
    if not reason:
        raise Refused("Hủy một dòng đã ghi cần nêu lý do.")
    with act("Hủy dòng đã ghi", by=by, on=on, reason=reason) as change:
        return void(rows, change)
