"""The history of ratings read as sentences, latest first: who set what, when, from what to what."""

from collections import defaultdict

from ledger.text import within_sentence
from ledger.web.told import ToldAct
from members.models import Member
from members.verbs import MemberVerb
from ratings.judging.words import Words
from ratings.models import MemberRating, OrganizationRating, State, Step
from ratings.verbs import RatingVerb

BULK = {
    RatingVerb.RATE: "nhập xếp loại",
    RatingVerb.REST: "đặt một mức cho những người còn lại",
    RatingVerb.PASTE: "dán xếp loại từ bảng tính",
    RatingVerb.UNDO: "hoàn tác",
    RatingVerb.CORRECT: "đính chính sau khi khóa kỳ",
    MemberVerb.MERGE_RECORDS: "gộp hai hồ sơ của một đồng chí",
}
STEPS = {
    State.SUBMITTED: "nộp phiếu",
    State.ENDORSED: "thẩm định phiếu",
    State.DECIDED: "quyết định xếp loại đảng viên",
    State.ACCEPTED: "tiếp nhận phiếu",
    State.LOCKED: "khóa kỳ xếp loại",
}


def of_organization(period, organization):
    """[ToldAct] of a cell's sheet and of the rating of `organization` itself in `period`. Six queries."""
    words, changes, steps = Words(period.scheme), {}, defaultdict(list)
    lines, own = defaultdict(list), defaultdict(list)
    rows = _lines(period=period, organization=organization)
    people = Member.objects.filter(pk__in={row.member_id for row in rows}).order_by("sort_key", "pk")
    people = {member.pk: (n, member.full_name) for n, member in enumerate(people)}
    for before, row in _pairs(rows, "member_id"):
        changes[row.changed_id] = row.changed
        if text := _of_line(before, row, words):
            n, name = people[row.member_id]
            lines[row.changed_id].append((n, f"đồng chí {name} {text}"))
    for step in _steps(period, organization):
        changes[step.added_id] = step.added
        steps[step.added_id].append(_of_step(step))
    for before, row in _pairs(_ratings(period, organization), "organization_id"):
        changes[row.changed_id or row.added_id] = row.changed or row.added
        own[row.changed_id or row.added_id] += _of_rating(before, row, words)
    told = [
        _told(change, steps[pk], own[pk], [text for _, text in sorted(lines[pk])])
        for pk, change in sorted(changes.items(), reverse=True)
    ]
    return [entry for entry in told if entry.sentence]


def of_lines(lines):
    """{(period id, cell id): [ToldAct]} of one member's `lines`, with period, its scheme, levels and reasons fetched."""
    rows = _lines(member__in={line.member_id for line in lines}, sheet__in={line.sheet_id for line in lines})
    words = {line.period_id: Words(line.period.scheme) for line in lines}
    told = defaultdict(list)
    for before, row in _pairs(rows, "sheet_id"):
        text = _of_line(before, row, words[row.period_id]) or _of_decision(before, row, words[row.period_id])
        if text:
            told[row.period_id, row.organization_id].insert(0, ToldAct(row.changed, [_with_paper(text, row.changed)]))
    return told


def _lines(**where):
    standing = {"changed__isnull": False, "changed__undone__isnull": True}
    rows = MemberRating.history.filter(**standing, **where).order_by("history_id")
    return list(rows.select_related("changed__by", "changed__document"))


def _ratings(period, organization):
    rows = OrganizationRating.history.filter(period=period, organization=organization, changed__undone__isnull=True)
    rows = rows.order_by("history_id")
    return rows.select_related("decision", "changed__by", "changed__document", "added__by", "added__document")


def _steps(period, organization):
    rows = Step.objects.standing().filter(sheet__period=period, sheet__organization=organization)
    return rows.select_related("sheet", "decision", "added__by", "added__document")


def _pairs(rows, key):
    """(the row before it with the same key or None, row) of each of `rows`, in their order."""
    last = {}
    for row in rows:
        yield last.get(getattr(row, key)), row
        last[getattr(row, key)] = row


def _of_line(before, row, words):
    """What a line's change says, without the name; "" where nothing that shows has changed."""
    old, new = words.member(before), words.member(row)
    parts = [f"từ {old} thành {new}"] if old != new else []
    if old != new and row.difference:
        parts.append(f"vì {row.difference}")
    for name, label in (("note", "ghi chú"), ("justification", "giải trình")):
        text = getattr(row, name)
        if text != (getattr(before, name) if before else ""):
            parts.append(f"{label}: {text}" if text else f"bỏ {label}")
    return ", ".join(parts)


def _of_decision(before, row, words):
    """Where the cell's proposal was decided as it stood."""
    if row.decided is None or (before and before.decided == row.decided):
        return ""
    return f"quyết định {words.member(row)} như chi bộ đề nghị"


def _of_step(step):
    if "over_cap" in step.found:
        return "ghi lý do vượt tỷ lệ" if step.sheet.over_cap else "bỏ lý do vượt tỷ lệ"
    if step.added.verb == RatingVerb.REMIND:
        return "nhắc chi bộ, đảng ủy về phiếu"
    if step.before == step.after:
        return f"giải trình: {step.added.reason}" if step.added.reason else "bỏ giải trình"
    if step.after == State.DRAFT:
        return f"trả lại phiếu vì {step.added.reason}"
    decided_by = step.decision or step.added.document
    paper = f" theo số {decided_by}" if step.after == State.DECIDED and decided_by else ""
    return STEPS[step.after] + paper


def _of_rating(before, row, words):
    """[sentence] on the organization's own rating."""
    if before is None:
        return ["mở kỳ xếp loại"] if row.level is None and row.proposed is None else []
    sentences = []
    if (old := words.proposal(before)) != (new := words.proposal(row)):
        sentences.append(f"mức tổ chức tự đề nghị từ {old} thành {new}")
    if (old := words.organization(before)) != (new := words.organization(row)):
        sentences.append(
            f"xếp loại tổ chức từ {old} thành {new}"
            + (f", vì {row.difference}" if row.difference else "")
            + (f", theo số {row.decision}" if _has_its_own(row) else "")
        )
    elif before.decision_id != row.decision_id:
        sentences.append(f"xếp loại tổ chức {new} theo quyết định khác")
    if before.task != row.task:
        tasks = [x.get_task_display() if x.task else "chưa có kết quả" for x in (before, row)]
        sentences.append(f"nhiệm vụ chính trị từ {tasks[0]} thành {tasks[1]}")
    return sentences


def _has_its_own(row):
    """Whether a rating was decided by another paper than that of its act, which many share."""
    return row.decision_id and row.changed and row.decision_id != row.changed.document_id


def _told(change, steps, own, lines):
    """One act as one entry: a bulk act is one sentence with its lines behind it."""
    bulk = BULK.get(change.verb, "")
    if change.verb in (RatingVerb.CORRECT, MemberVerb.MERGE_RECORDS):
        return ToldAct(change, [_with_paper(f"{bulk}: {'; '.join(own + lines)}", change)])
    head = [*dict.fromkeys(steps), *own]
    if len(lines) == 1 and not head:
        return ToldAct(change, [f"hoàn tác: {lines[0]}" if change.verb == RatingVerb.UNDO else lines[0]])
    if lines and not head:
        return ToldAct(change, [f"{bulk or within_sentence(change.words)}, {len(lines)} đồng chí"], tuple(lines))
    sentence = "; ".join(head)
    return ToldAct(change, [sentence if steps else _with_paper(sentence, change)], tuple(lines))


def _with_paper(sentence, change):
    """The sentence with the reason and the paper of its act, where it has them."""
    if not sentence:
        return ""
    reason = f"; lý do: {change.reason}" if change.reason else ""
    return sentence + reason + (f"; văn bản số {change.document}" if change.document else "")
