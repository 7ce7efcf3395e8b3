"""What files say of a person: the catalogues behind the words, the record as it would be, and what it says otherwise."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from imports.columns.column import Difference, FileRow, ImportColumn, loose_key
from imports.models import OtherSpelling
from ledger.text import within_sentence
from members.models import EthnicGroup, Member, Qualification, Religion, Sex, Theory
from members.records.amendments import Field, texts, words

COLUMNS = {
    "ho_ten": Field.FULL_NAME,
    "ten_khai_sinh": Field.BIRTH_NAME,
    "ten_goi": Field.GIVEN_NAME,
    "gioi_tinh": Field.SEX,
    "ngay_sinh": Field.BIRTH,
    "dan_toc": Field.ETHNIC_GROUP,
    "ton_giao": Field.RELIGION,
    "so_the": Field.CARD_NUMBER,
    "chuyen_mon": Field.QUALIFICATION,
    "ly_luan": Field.THEORY,
    "nghe_nghiep": Field.OCCUPATION,
}
NEEDED_OF_NEW = ("gioi_tinh", "ngay_sinh", "dan_toc")
Of = OtherSpelling.Of


class Catalogues:
    """What the words of a file mean: entries of catalogues and choices, by their names, codes and other spellings."""

    def __init__(self) -> None:
        self.ethnic_groups = {row.code: row for row in EthnicGroup.objects.all()}
        self.religions = {row.code: row for row in Religion.objects.all()}
        self._known: dict[str, dict[str, Any]] = {
            "gioi_tinh": {loose_key(word): sex for sex in Sex for word in (sex.label, sex.value)},
            "dan_toc": {loose_key(row.name): row for row in self.ethnic_groups.values()},
            "ton_giao": {loose_key(row.name): row for row in self.religions.values()},
            "chuyen_mon": {loose_key(choice.label): int(choice) for choice in Qualification},
            "ly_luan": {loose_key(choice.label): int(choice) for choice in Theory},
        }
        for row in OtherSpelling.objects.all():
            name, meaning = self._meaning(row)
            if meaning is not None:
                self._known[name][loose_key(row.text)] = meaning

    def _meaning(self, row: OtherSpelling) -> tuple[str, Any]:
        if row.of == Of.ETHNIC_GROUP:
            return "dan_toc", self.ethnic_groups.get(row.code)
        if row.of == Of.RELIGION:
            return "ton_giao", self.religions.get(row.code)
        column = "chuyen_mon" if row.of == Of.QUALIFICATION else "ly_luan"
        return column, int(row.code) if row.code.isdecimal() else None

    def resolve(self, line: FileRow, columns: Iterable[ImportColumn]) -> None:
        """Puts the entry in the place of its word; refuses the line where nothing is called so."""
        for column in columns:
            if column.name not in self._known or not (said := line.values.get(column.name)):
                continue
            entry = self._known[column.name].get(loose_key(said))
            if entry is None:
                line.refuse(
                    f"Không có “{said}” trong danh mục {within_sentence(column.label)}. Hãy sửa ô này, hoặc ghi cách viết ấy vào "
                    "mục Cách viết khác của danh mục ở trang quản trị.",
                    column,
                )
            else:
                line.values[column.name] = entry


def person_of(line: FileRow) -> Member:
    """The Member, not saved, that a row tells of."""
    born = line.get("ngay_sinh")
    person = Member(**{COLUMNS[name].value: line.get(name) or "" for name in ("ho_ten", "ten_khai_sinh", "ten_goi")})
    person.card_number, person.occupation = line.get("so_the") or "", line.get("nghe_nghiep") or ""
    person.sex, person.qualification = line.get("gioi_tinh") or "", line.get("chuyen_mon") or 0
    person.theory = line.get("ly_luan") or 0
    person.ethnic_group, person.religion = line.get("dan_toc") or None, line.get("ton_giao") or None
    if born:
        person.birth_date, person.birth_precision = born
    return person


def new_values(line: FileRow, only: Collection[str] | None = None) -> dict[str, Any]:
    """{column of Member: value} of what the row says, in the columns `only` of the file; an empty cell says nothing."""
    values: dict[str, Any] = {}
    for name, field in COLUMNS.items():
        value = line.get(name) if only is None or name in only else None
        if value in (None, ""):
            continue
        if name == "ngay_sinh":
            values["birth_date"], values["birth_precision"] = value
        else:
            values[field.value] = value
    return values


def differences(member: Member, values: Mapping[str, Any]) -> list[Difference]:
    """What the record of `member` would say otherwise with `values`."""
    amended = Member(**{field.attname: getattr(member, field.attname) for field in Member._meta.concrete_fields})
    amended.ethnic_group, amended.religion = member.ethnic_group, member.religion
    for column, value in values.items():
        setattr(amended, column, value)
    before, after = texts(member), texts(amended)
    names = {
        (field, row.code): row.name
        for one in (member, amended)
        for field, row in ((Field.ETHNIC_GROUP, one.ethnic_group), (Field.RELIGION, one.religion))
        if row
    }
    return [
        Difference(Field(f).label.capitalize(), words(Field(f), before[f], names), words(Field(f), after[f], names))
        for f in before
        if before[f] != after[f]
    ]


def told_name(person: Member) -> str:
    return f"{person.full_name}, sinh {person.born}" if person.birth_date else person.full_name


def require_of_new(line: FileRow, columns: Iterable[ImportColumn], names: Sequence[str]) -> None:
    """Refuses the line where what only somebody new needs is wanting."""
    for column in columns:
        if column.name in names and line.get(column.name) in (None, ""):
            line.refuse(f"Người chưa có trong sổ cần có {within_sentence(column.label)}.", column)
