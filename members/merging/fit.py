"""What of the rows of one person cannot stand beside their admissions: what a merger must not bring together. Pure."""

from ledger.numbers import day_in_words
from members.badges.awards import is_deserved
from members.badges.party_age import Service
from members.identity.ages import admission_fault
from members.models import Discipline, Exit, counted_from
from members.roll.probation_path import Path

OTHER_WAY = "Hãy giữ hồ sơ kia, hoặc sửa dòng ghi nhầm trước."


def misfit(*, member, admissions, officials, spells, awards, disciplines, extensions):
    """The first thing that does not fit, as a sentence; "" when all does. `member`: the kept record; each other: rows of
    its model, `spells` in order.
    """
    for row in admissions:
        if fault := admission_fault(member, row.decided, row.ceremony):
            return f"Sinh {member.born} thì {fault}. {OTHER_WAY}"
    admissions = sorted(admissions, key=lambda row: (row.ceremony, row.decided))
    recognised = sorted(row.on for row in officials)
    service = Service.of(admissions, recognised, spells)
    path = Path(tuple(row.ceremony for row in counted_from(admissions)), tuple(recognised))
    for row in awards:
        if not is_deserved(row, service.months(row.on)):
            return (
                f"Huy hiệu {row.level.years} năm trao ngày {day_in_words(row.on)} không khớp {_those('ngày kết nạp')}"
            )
    for row in extensions:
        if path.since(row.on) is None:
            return f"Gia hạn dự bị ngày {day_in_words(row.on)} không khớp {_those('ngày công nhận chính thức')}"
    removals = [(row.on, "Cách chức") for row in disciplines if row.kind == Discipline.Kind.REMOVAL]
    expulsions = [(row.ends, "Khai trừ") for row in spells if row.exit == Exit.EXPELLED]
    for day, what in removals + expulsions:
        if path.since(day):
            return f"{what} ngày {day_in_words(day)} không khớp {_those('thời gian dự bị')}"
    return ""


def _those(what):
    return f"{what} của hồ sơ giữ lại. {OTHER_WAY}"
