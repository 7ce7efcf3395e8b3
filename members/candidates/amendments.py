"""The verb that corrects what is known of candidates; who comes second is told what the first wrote (ledger/web/opened.py)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ledger.acts import Refused, act, supersede
from ledger.models import Document, User
from ledger.numbers import day_in_words
from ledger.text import within_sentence
from ledger.web.opened import refuse_overtaken
from members.identity.alike import require_unknown
from members.models import Candidate, CandidateRecord, Stage
from members.verbs import CandidateVerb

from .steps import AMENDED, check_person, lock


def texts(record: CandidateRecord) -> dict[str, str]:
    """{field: the value as text}, for a form to carry."""
    return {name: str(getattr(record, name)) for name in AMENDED}


def amend(
    rows: Mapping[Candidate, Mapping[str, Any]],
    *,
    by: User,
    on: date,
    document: Document | None = None,
    reason: str = "",
    opened: Mapping[Candidate, Mapping[str, str]] | None = None,
    others: frozenset[str] = frozenset(),
) -> None:
    """`rows`: {Candidate: {field: value}}, fields of AMENDED; `opened`: {Candidate: texts as the form showed them};
    `others`: keys of the people alike that whoever amends has seen, another person's.

    Raises Overtaken when the record is no longer what the form showed.
    """
    with act(CandidateVerb.AMEND, by=by, on=on, document=document, reason=reason, alone=True, undoable=True) as change:
        known = lock(rows)
        for candidate in rows:
            _check_not_overtaken(known[candidate.pk].record, (opened or {}).get(candidate, {}))
        changes = [(known[c.pk], _differences(known[c.pk].record, fields)) for c, fields in rows.items()]
        for candidacy, differences in changes:
            if candidacy.last.stage == Stage.ADMITTED:
                raise Refused(f"{candidacy.record} đã kết nạp. Hãy sửa ở hồ sơ đảng viên.")
            if not differences:
                raise Refused(f"{candidacy.record}: chưa có gì thay đổi.")
            new = {name: differences.get(name, getattr(candidacy.record, name)) for name in AMENDED}
            check_person(new["full_name"], new["birth_date"], candidacy.steps[0].on)
        renamed = [
            CandidateRecord(**{name: d.get(name, getattr(h.record, name)) for name in ("full_name", "birth_date")})
            for h, d in changes
            if {"full_name", "birth_date"} & d.keys()
        ]
        require_unknown(renamed, [others] * len(renamed), by, beside=known)
        supersede([(candidacy.record, differences) for candidacy, differences in changes], change)


def _differences(record: CandidateRecord, fields: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := fields.keys() - set(AMENDED):
        raise ValueError(f"no field of a candidate: {unknown}")
    return {name: value for name, value in fields.items() if value != getattr(record, name)}


def _check_not_overtaken(record: CandidateRecord, opened: Mapping[str, str]) -> None:
    refuse_overtaken(
        f"Lý lịch của {record}", opened, texts(record), lambda others: [_said(record, name) for name in others]
    )


def _said(record: CandidateRecord, name: str) -> str:
    if name == "youth":
        return "nay là đoàn viên" if record.youth else "nay không là đoàn viên"
    words = {"birth_date": day_in_words(record.birth_date), "sex": within_sentence(record.get_sex_display())}
    label = CandidateRecord._meta.get_field(name).verbose_name
    return f"{label} nay là {words.get(name) or f'“{getattr(record, name)}”'}"
