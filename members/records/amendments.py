"""The verb of a person's record: amend what is written there, each value kept as it was and as it is (domain §4.2).

A record is an identity and no closed figure reads its columns, so they are written in place; the Amendments beside
them tell the history and take an act back.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import capfirst

from ledger.acts import Refused, act
from ledger.fields import KeyField
from ledger.models import Change, Document, User
from ledger.numbers import day_in_words
from ledger.web.opened import refuse_overtaken
from members.identity.ages import OLDEST, admission_fault, birth_fault
from members.identity.alike import on_amendment, refuse_alike, waiting_alike
from members.identity.consents import consenting, without_consent
from members.identity.likeness import alike, resemblance
from members.models import (
    Admission,
    Amendment,
    Catalogue,
    EthnicGroup,
    Member,
    Precision,
    Qualification,
    Religion,
    Sex,
    Theory,
    born_text,
)
from members.register.lives import last_days
from members.register.places import Held, lock
from members.verbs import MemberVerb

Field = Amendment.Field
COLUMNS = {field: (field.value,) for field in Field} | {Field.BIRTH: ("birth_date", "birth_precision")}
CATALOGUES = {Field.ETHNIC_GROUP: EthnicGroup, Field.RELIGION: Religion}
CHOICES = {Field.SEX: Sex, Field.QUALIFICATION: Qualification, Field.THEORY: Theory}
TELLING = (Field.FULL_NAME, Field.BIRTH_NAME, Field.BIRTH, Field.CARD_NUMBER)  # who a person is
KEYS = [field.name for field in Member._meta.concrete_fields if isinstance(field, KeyField)]


def texts(member: Member) -> dict[str, str]:
    """{Field: the value as Amendments keep it}: "1980-06-15 D", a code of a catalogue, a number of a choice; "" none."""
    return {field: _text(member, field) for field in Field}


def _text(member: Member, field: Field) -> str:
    if field == Field.BIRTH:
        return f"{member.birth_date.isoformat()} {member.birth_precision}"
    value = getattr(member, field)
    if field in CATALOGUES:
        return value.code if value else ""
    return str(value)


def words(field: Field, text: str, names: Mapping[tuple[Field, str], str]) -> str:
    """A kept value as people read it. `names`: what `catalogue_names` gave."""
    if field == Field.BIRTH:
        return born_text(*_birth(text))
    if field in CATALOGUES:
        return names.get((field, text), text) or "không ghi"
    if field in CHOICES:
        choices = CHOICES[field]
        return choices(int(text) if text.isdecimal() else text).label
    return f"“{text}”" if text else "không ghi"


def catalogue_names(amendments: Iterable[Amendment]) -> dict[tuple[Field, str], str]:
    """{(Field, code): name} of what the Amendments name; at most one query a catalogue."""
    used: dict[str, set[str]] = defaultdict(set)
    for row in amendments:
        used[row.field] |= {row.before, row.after}
    return {
        (field, code): name
        for field, model in CATALOGUES.items()
        if used[field]
        for code, name in model.objects.filter(code__in=used[field]).values_list("code", "name")
    }


def sentence(row: Amendment, names: Mapping[tuple[Field, str], str]) -> str:
    """ "Sửa ngày sinh: từ 15/06/1980 thành 16/06/1980"."""
    field = Field(row.field)
    before, after = (words(field, text, names) for text in (row.before, row.after))
    return f"Sửa {field.label}: từ {before} thành {after}"


def amend(
    rows: Mapping[Member, Mapping[str, Any]],
    *,
    by: User,
    on: date,
    document: Document | None = None,
    reason: str = "",
    opened: Mapping[Member, Mapping[str, str]] | None = None,
    others: frozenset[str] = frozenset(),
) -> list[Amendment]:
    """Writes what differs. `rows`: {member: {column of Member: value}}; `opened`: {member: texts as the form showed them};
    `others`: keys of the records alike that whoever amends has seen, another person's.

    Raises Overtaken when the record is no longer what the form showed, PerhapsKnown when it is now like another within
    the reach of `by` that it was not like before. Returns the Amendments. Waits until nobody else
    is writing: whoever is just being recommended under the new name has no row yet that could be locked.
    """
    if not reason:
        raise Refused("Sửa hồ sơ cần nêu lý do, ví dụ: đối chiếu lý lịch gốc.")
    with act(MemberVerb.AMEND, by=by, on=on, document=document, reason=reason, alone=True, undoable=True) as change:
        made = amend_within(rows, change, opened=opened, others=others)
        if not made:
            raise Refused("Chưa có gì khác với hồ sơ đang ghi, nên không có gì để lưu.")
        return made


def amend_within(
    rows: Mapping[Member, Mapping[str, Any]],
    change: Change,
    *,
    opened: Mapping[Member, Mapping[str, str]] | None = None,
    others: frozenset[str] = frozenset(),
) -> list[Amendment]:
    """What `amend` does, inside another verb's act that writes alone. Returns the Amendments, none where nothing differs."""
    memberships = lock(rows)
    stored = Member.objects.select_related("ethnic_group", "religion").in_bulk([member.pk for member in rows])
    for member in rows:
        if member.pk not in stored or stored[member.pk].voided_id:
            raise Refused(f"Hồ sơ của {member} đã được gộp vào hồ sơ khác; hãy sửa hồ sơ đó.")
        _check_not_overtaken(stored[member.pk], (opened or {}).get(member, {}))
    before = {pk: copy(member) for pk, member in stored.items()}
    made = put([(stored[member.pk], values) for member, values in rows.items()], change)
    changed = {row.member_id: row.member for row in made if row.field in TELLING}
    refuse_alike(_newly_alike(changed.values(), before, memberships, others), change.by, on_amendment)
    return made


def _check_not_overtaken(member: Member, opened: Mapping[str, str]) -> None:
    now = texts(member)

    def told(others: Iterable[str]) -> list[str]:
        fields = [Field(name) for name in others]
        said = catalogue_names([Amendment(field=field, after=now[field]) for field in fields])
        return [f"{field.label} nay là {words(field, now[field], said)}" for field in fields]

    refuse_overtaken("Hồ sơ", opened, now, told)


def _newly_alike(
    members: Iterable[Member], before: Mapping[int, Member], held: Held, others: frozenset[str]
) -> Iterator[tuple[Member, frozenset[str], list[Any], list[Any]]]:
    """Rows for `refuse_alike` of `members` as they stand now, without those whom they were like before. Who is on no roll
    may wait in the pipeline.
    """
    members = list(members)
    if not members:
        return
    on_roll = [member for member in members if any(spell.is_open for spell in held.get(member.pk, ()))]
    waiting = dict(zip((member.pk for member in on_roll), waiting_alike(on_roll) if on_roll else (), strict=True))
    for member, likenesses in zip(members, alike(members), strict=True):
        was = before[member.pk]
        those = [(known, why) for known, why in waiting.get(member.pk, ()) if resemblance(was, known.record) != why]
        yield member, others, those, [(other, why) for other, why in likenesses if resemblance(was, other) != why]


def put(pairs: Iterable[tuple[Member, Mapping[str, Any]]], change: Change) -> list[Amendment]:
    """Writes records inside another verb's act. `pairs`: [(Member as stored, {column: value})]. Returns the Amendments."""
    stored = [(member, values, texts(member)) for member, values in pairs]
    admissions = defaultdict(list)
    admitted = Admission.objects.standing().filter(member__in=[m for m, _, _ in stored])
    for row in admitted.order_by("ceremony", "pk"):
        admissions[row.member_id].append(row)
    last = last_days([member for member, _, _ in stored], change.on)
    made = []
    for member, values, before in stored:
        for column, value in values.items():
            setattr(member, column, value)
        _judge(member, admissions[member.pk], change.on, last.get(member.pk, change.on))
        after = texts(member)
        made += [
            Amendment(member=member, field=field, before=before[field], after=after[field], added=change)
            for field in Field
            if before[field] != after[field]
        ]
    _write([member for member, _, _ in stored], {row.field for row in made})
    return Amendment.objects.bulk_create(made)


def _judge(member: Member, admissions: Sequence[Admission], today: date, last: date) -> None:
    """Refused, naming what is wrong, unless the record may say this. `admissions`, `last` day on the roll: theirs."""
    try:
        member.clean_fields(exclude=["added", "voided", "ethnic_group", "religion", *KEYS])
    except ValidationError as wrong:
        told = [f"{_label(column)}: {errors[0]}" for column, errors in wrong.message_dict.items()]
        raise Refused(told) from wrong
    if member.birth_date > today:
        raise Refused(f"Ngày sinh {member.born} còn ở phía trước.")
    if fault := birth_fault(member.birth_date, member.birth_precision, last):
        raise Refused(f"{member} {fault}. Hãy xem lại năm sinh.")
    for row in admissions:
        row.member = member
        if fault := admission_fault(member, row.decided, row.ceremony):
            raise Refused(
                f"Sinh {member.born} thì {fault}. Hãy xem lại ngày sinh, hoặc hủy lần kết nạp ghi nhầm trước."
            )
    if lacking := without_consent(admissions):
        raise Refused(
            f"Sinh {member.born} thì quá {OLDEST} tuổi vào ngày kết nạp {day_in_words(lacking[0].ceremony)}, mà lần kết nạp "
            f"ấy không có văn bản đồng ý của {consenting()}. Hãy xem lại ngày sinh, hoặc hủy lần kết nạp rồi ghi lại kèm "
            "văn bản."
        )


def _label(column: str) -> str:
    name = Member._meta.get_field(column).verbose_name
    return capfirst(name)


def _write(members: list[Member], fields: Iterable[str]) -> None:
    columns = {column for field in fields for column in COLUMNS[Field(field)]}
    if not columns:
        return
    for member in members:
        for key in KEYS:
            Member._meta.get_field(key).pre_save(member, add=False)
    Member.objects.bulk_update(members, [*sorted(columns), *KEYS])


def put_back(undone: Change, undoing: Change) -> None:
    """Told by ledger/undo.py before anything is restored: the columns are again what they were before `undone`."""
    rows = list(Amendment.objects.standing().filter(added=undone).select_related("member").order_by("pk"))
    members = {row.member_id: row.member for row in rows}
    catalogues = {field: {row.code: row for row in model.objects.all()} for field, model in CATALOGUES.items()}
    for row in rows:
        _set(members[row.member_id], Field(row.field), row.before, catalogues)
    _write(list(members.values()), {row.field for row in rows})


def _set(member: Member, field: Field, text: str, catalogues: Mapping[Field, Mapping[str, Catalogue]]) -> None:
    if field == Field.BIRTH:
        member.birth_date, member.birth_precision = _birth(text)
    elif field in CATALOGUES:
        setattr(member, field, catalogues[field].get(text))
    elif field in CHOICES:
        setattr(member, field, int(text) if text.isdecimal() else text)
    else:
        setattr(member, field, text)


def _birth(text: str) -> tuple[date, Precision]:
    day, _, precision = text.partition(" ")
    return date.fromisoformat(day), Precision(precision)


def amended_since(change: Change) -> Iterator[str]:
    """Guard of ledger/undo.py: a value amended again since stays."""
    for row in Amendment.objects.standing().filter(added=change).select_related("member"):
        later = Amendment.objects.standing().filter(member=row.member_id, field=row.field, pk__gt=row.pk)
        if amendment := later.select_related("added").first():
            yield (
                f"{row.member}: {row.get_field_display()} đã được sửa lần nữa (ghi ngày {day_in_words(amendment.added.at)}). "
                "Hãy hủy lần sửa đó trước."
            )
