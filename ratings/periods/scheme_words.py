"""A scheme as a reader of papers puts it: its levels, what is said of each part, in sentences.

Pure: takes the text of scheme_text.py, so that a scheme that stands and one that was frozen at a lock read alike.
"""

from dataclasses import dataclass

from ratings.models import Cap, Reason, Rule, Strength

BASES = {
    Cap.Base.TOP_TWO: "số được xếp hai mức cao nhất",
    Cap.Base.SECOND: "số được xếp mức thứ hai",
    Cap.Base.ALL: "tất cả số được xếp loại",
}
STRENGTHS = {
    Strength.BLOCK: "không ghi được",
    Strength.ASK: "ghi được khi nêu lý do",
    Strength.NOTE: "được nhắc, vẫn ghi được",
}
NUMBERS = {Rule.Code.SAME_YEARS: "{} năm liền", Rule.Code.ALL_TOP: "chi bộ từ {} đồng chí trở lên"}
OFF = " Chưa áp dụng."


@dataclass(frozen=True)
class LevelWords:
    """One level: its rank (1 the highest), what it is called of people and of organizations, the least points or None."""

    rank: int
    member: str
    organization: str
    points: int | None


@dataclass(frozen=True)
class SchemeWords:
    """`caps`, `rules`: sentences. `reasons`: [(what follows of them, [reason])]."""

    years: str
    basis: str
    levels: list[LevelWords]
    caps: list[str]
    reasons: list[tuple[str, list[str]]]
    rules: list[str]

    @property
    def by_points(self):
        return any(level.points is not None for level in self.levels)


def in_words(text):
    """SchemeWords of a `scheme_text`."""
    scheme = text["scheme"]
    levels = sorted((_level(row) for row in text["levels"].values()), key=lambda level: level.rank)
    return SchemeWords(
        years=_years(scheme["first_year"], scheme["last_year"]),
        basis=scheme["legal_basis"],
        levels=levels,
        caps=[_cap(row) for row in text["caps"].values()],
        reasons=_reasons(text["reasons"].values(), {level.rank: level for level in levels}),
        rules=[_rule(key, row, text["reasons"]) for key, row in text["rules"].items()],
    )


def _years(first, last):
    if last is None:
        return f"Dùng từ năm {first}."
    return f"Dùng cho năm {first}." if first == last else f"Dùng từ năm {first} đến năm {last}."


def _level(row):
    return LevelWords(row["rank"], row["member_label"], row["organization_label"], row["least_points"])


def _cap(row):
    share = str(row["percent"]).replace(".", ",")
    said = f"{Cap.Limits(row['limits']).label} được xếp mức cao nhất không quá {share}% {BASES[row['base']]}"
    return _in_force(f"{said}, tính ở mỗi tổ chức cơ sở đảng.", row["enabled"])


def _in_force(sentence, enabled):
    sentence = sentence[0].upper() + sentence[1:]
    return sentence if enabled else sentence + OFF


def _reasons(rows, levels):
    """In the order of what follows; of a ceiling each level apart, the highest first."""
    found = {}
    for row in rows:
        found.setdefault((row["kind"], row["ceiling"] or 0), []).append(_reason(row))
    order = list(Reason.Kind)
    return [
        (_follows(kind, levels.get(ceiling)), labels)
        for (kind, ceiling), labels in sorted(found.items(), key=lambda pair: (order.index(pair[0][0]), pair[0][1]))
    ]


def _follows(kind, level):
    if kind == Reason.Kind.CEILING and level:
        return f"Xếp cao nhất đến mức “{level.member}”"
    label = Reason.Kind(kind).label
    return label[0].upper() + label[1:]


def _reason(row):
    notes = ["của tổ chức"] if row["of_organizations"] else []
    notes += [f"mốc {row['months']} tháng"] if row["months"] else []
    return f"{row['label']} ({', '.join(notes)})" if notes else row["label"]


def _rule(key, row, reasons):
    code, _, reason = key.partition(" ")
    named = Rule.Code(code).label
    if reason in reasons:
        named = f"{named}, “{reasons[reason]['label']}”"
    if row["number"] is not None:
        named = f"{named} ({NUMBERS.get(code, '{}').format(row['number'])})"
    return _in_force(f"{named}: {STRENGTHS[row['strength']]}. Căn cứ: {row['legal_basis']}.", row["enabled"])
