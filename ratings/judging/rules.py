"""The rules that ratings are held against: what each of the scheme's rows means (domain §2.3, §2.4).

Pure: what was read before goes in, findings come out. How strong a rule is and on which paper it rests is the row's.
"""

from collections import Counter
from dataclasses import dataclass

from ledger.acts import Refused
from ledger.numbers import day_in_words
from ratings.models import Reason, Rule, Strength

from .record_facts import bears_out


@dataclass(frozen=True)
class RuleFinding:
    """What a rule says of one member's line (`member`: id) or of a whole sheet (None)."""

    rule: Rule
    text: str
    member: int | None = None

    @property
    def strength(self):
        return self.rule.strength

    @property
    def sentence(self):
        return f"{self.text} ({self.rule.legal_basis})"


class NeedsReason(Refused):
    """Refused for want of a written reason; `findings` say what for. With the reason the same act passes."""

    def __init__(self, message, findings=()):
        super().__init__(message)
        self.findings = list(findings)


class RuleBook:
    """The rules, levels and reasons of one scheme."""

    def __init__(self, scheme):
        self.scheme = scheme
        self.rules = list(scheme.rules.filter(enabled=True).select_related("reason"))
        self.reasons = list(scheme.reasons.all())
        self.levels = {level.rank: level for level in scheme.levels.all()}

    def of(self, code):
        return [rule for rule in self.rules if rule.code == code]

    def suggestion(self, known, cutoff):
        """The Reason that the record gives for leaving a member out, or None."""
        wanted = [r for r in self.reasons if r.kind == Reason.Kind.EXCLUDED and not r.of_organizations]
        return next((r for r in wanted if bears_out(known, r, cutoff)), None)

    def of_line(self, line, known, period):
        """[RuleFinding] on one line: `line` has member_id, level, reason (a MemberRating or what is about to be one)."""
        findings = []
        if line.reason_id is not None:
            findings += self._unsupported(line, known, period)
        elif line.level is not None:
            findings += self._ceilings(line, known, period)
            findings += self._same_years(line, known, period)
        return findings

    def _unsupported(self, line, known, period):
        reason = next((r for r in self.reasons if r.pk == line.reason_id), None)
        if reason is None or bears_out(known, reason, period.cutoff) is not False:
            return []
        return [
            RuleFinding(
                rule, f"Hồ sơ không ghi “{reason.label}” tính đến {day_in_words(period.cutoff)}", line.member_id
            )
            for rule in self.of(Rule.Code.UNSUPPORTED)
        ]

    def _ceilings(self, line, known, period):
        return [
            RuleFinding(
                rule,
                f"{rule.reason.label}: xếp không trên mức “{self.levels[rule.reason.ceiling].member_label}”",
                line.member_id,
            )
            for rule in self.of(Rule.Code.CEILING)
            if rule.reason
            and rule.reason.ceiling
            and line.level < rule.reason.ceiling
            and bears_out(known, rule.reason, period.cutoff)
        ]

    def _same_years(self, line, known, period):
        findings = []
        for rule in self.of(Rule.Code.SAME_YEARS):
            years = range(period.year - (rule.number or 0) + 1, period.year)
            past = [known.past.get(year) for year in years]
            if past and all(p and self._is_the_same(p, line) for p in past):
                findings.append(RuleFinding(rule, f"Cùng một mức {rule.number} năm liền", line.member_id))
        return findings

    def _is_the_same(self, past, line):
        """The same level of a comparable scheme: the second level of 2017 is not the second of 2018 (domain §2.2)."""
        comparable = past.period.scheme.comparable_group == self.scheme.comparable_group
        return comparable and past.reason_id is None and past.level == line.level

    def of_sheet(self, lines, organization):
        """[RuleFinding] on a sheet as a whole. `lines`: those on the roll; `organization`: the cell's own rating or None."""
        levels = Counter(line.level for line in lines if line.level is not None)
        total = levels.total()
        findings = [
            RuleFinding(rule, f"Cả {total} đồng chí được xếp loại đều ở mức cao nhất")
            for rule in self.of(Rule.Code.ALL_TOP)
            if total >= (rule.number or 1) and levels[1] == total
        ]
        weak = organization and (organization.level or organization.proposed) == max(self.levels, default=0)
        if weak and levels[1]:
            findings += [
                RuleFinding(rule, f"{levels[1]} đồng chí ở mức cao nhất trong một chi bộ ở mức thấp nhất")
                for rule in self.of(Rule.Code.TOP_IN_FAILING)
            ]
        return findings


def hold(findings, whom, *, answered):
    """Raises for findings that forbid; then, unless `answered`, for those that ask for a reason. `whom`: a name."""
    blocking = [f for f in findings if f.strength == Strength.BLOCK]
    if blocking:
        raise Refused(f"{whom}: {blocking[0].sentence}. Hãy chọn mức khác.")
    asking = [f for f in findings if f.strength == Strength.ASK]
    if asking and not answered:
        raise NeedsReason(f"{whom}: {asking[0].sentence}. Muốn giữ nguyên phải nêu lý do.", asking)
