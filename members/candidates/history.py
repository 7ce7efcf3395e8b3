"""The history of a candidate read as sentences, latest first."""

from collections import defaultdict

from ledger.numbers import day_in_words
from ledger.text import within_sentence
from ledger.web.told import latest_first
from members.models import CandidateRecord, CandidateStep
from organizations import lineage


def history(pk):
    """[ToldAct] of the candidate, the latest act first; what was taken back included."""
    related = ["added__by", "added__document", "voided__by", "voided__document"]
    records = list(CandidateRecord.objects.filter(candidate=pk).select_related(*related).order_by("pk"))
    steps = list(CandidateStep.objects.filter(candidate=pk).select_related(*related).order_by("pk"))
    names = lineage.labels_at((step.organization_id, step.on) for step in steps)
    acts, sentences = {}, defaultdict(list)
    for row, words in [*((r, _who(r)) for r in records), *((s, _step(s, names)) for s in steps)]:
        acts[row.added_id] = row.added
        sentences[row.added_id].append(words)
        if row.voided_id:
            acts[row.voided_id] = row.voided
            sentences[row.voided_id].append(f"Hủy: {words}")
    return latest_first(acts, sentences)


def _who(record):
    youth = "đoàn viên" if record.youth else "không là đoàn viên"
    return f"{record.full_name}, {within_sentence(record.get_sex_display())}, sinh {day_in_words(record.birth_date)}, {youth}"


def _step(step, names):
    where = names[step.organization_id, step.on]
    if step.passed:
        return f"Chuyển theo sắp xếp tổ chức về {where} từ {day_in_words(step.on)}"
    why = f": {step.reason}" if step.reason else ""
    return f"{step.get_stage_display()} ngày {day_in_words(step.on)}, {where}{why}"
