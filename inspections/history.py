"""The history of an inspection, of a letter, read as sentences, latest act first. Nothing that was voided is hidden."""

from collections import defaultdict

from django.db.models import Q

from ledger.models import Change
from ledger.numbers import day_in_words
from ledger.text import within_sentence
from ledger.web.told import ToldAct
from organizations import lineage

from .discipline.consequences import MODELS, RELATED, day_of, today
from .models import Conclusion, Consequence, Forwarding, Handover, Letter, Outcome


def _turns(rows, key):
    """[(act id, key, row before or None, row after or None)] of all versions of some rows."""
    gone, turns = defaultdict(list), []
    for row in rows:
        if row.voided_id:
            gone[row.voided_id, key(row)].append(row)
    for row in rows:
        before = gone[row.added_id, key(row)].pop() if gone.get((row.added_id, key(row))) else None
        turns.append((row.added_id, key(row), before, row))
    return turns + [(act, k, row, None) for (act, k), left in gone.items() for row in left]


def _tell(lines):
    """[ToldAct] of (act id, sentence, whom) lines; those of one act that say the same are one sentence."""
    acts = Change.objects.in_bulk({act for act, _, _ in lines})
    papers = Change.objects.filter(pk__in=acts).select_related("by", "document", "undone")
    told = {change.pk: ToldAct(change) for change in papers}
    grouped = defaultdict(list)
    for act, sentence, whom in lines:
        if whom not in grouped[act, sentence]:
            grouped[act, sentence].append(whom)
    for (act, sentence), whom in grouped.items():
        names = "; ".join(filter(None, whom))
        told[act].sentences.append(f"{sentence}: {names}" if names else sentence)
    return [told[pk] for pk in sorted(told, reverse=True)]


def of_inspection(sight):
    """[ToldAct] of what the user may see of the inspection."""
    keys = {row.key for row in sight.versions}
    lines = [(act, _subject(old, new), sight.names[k[1]]) for act, k, old, new in _turns(sight.versions, _key)]
    rows = Conclusion.objects.filter(inspection=sight.inspection).order_by("pk")
    conclusions = [row for row in rows if row.key in keys]
    lines += [(act, _conclusion(old, new), sight.names[k[1]]) for act, k, old, new in _turns(conclusions, _key)]
    handed = Handover.objects.filter(Q(inspection=sight.inspection) | Q(taken=sight.inspection)).order_by("pk")
    lines += _handed(list(handed))
    links = Consequence.objects.filter(inspection=sight.inspection).order_by("pk")
    return _tell(lines + _links([row for row in links if row.key in keys]))


def _key(row):
    return row.key


def _handed(rows):
    """Lines of Handovers, of a letter or of an inspection, each named by who received it that day."""
    names = lineage.labels_at((row.receiver_id, row.on) for row in rows)
    lines = []
    for row in rows:
        words = f"Bàn giao ngày {day_in_words(row.on)}"
        lines.append((row.added_id, words, names[row.receiver_id, row.on]))
        if row.voided_id:
            lines.append((row.voided_id, f"Hủy: {within_sentence(words)}", names[row.receiver_id, row.on]))
    return lines


def _subject(old, new):
    if new is not None and old is None and new.taken_on:
        return f"Nhận bàn giao từ ngày {day_in_words(new.taken_on)}"
    if new is not None and old is not None and new.handed_on != old.handed_on:
        return f"Bàn giao đi từ ngày {day_in_words(new.handed_on)}" if new.handed_on else "Hủy bàn giao"
    if new is None:
        return "Bỏ khỏi kế hoạch" if old.planned and not old.done_on else "Hủy lượt đã ghi"
    if old is None:
        where = "trong kế hoạch" if new.planned else "ngoài kế hoạch"
        return f"Ghi {where}, hoàn thành ngày {day_in_words(new.done_on)}" if new.done_on else f"Ghi {where}"
    if new.done_on is None:
        return "Trở lại chưa hoàn thành"
    if old.done_on is None:
        return f"Hoàn thành ngày {day_in_words(new.done_on)}"
    return f"Ghi lại ngày hoàn thành {day_in_words(new.done_on)}, trước đó {day_in_words(old.done_on)}"


def _conclusion(old, new):
    if new is None:
        return f"Hủy kết luận ngày {day_in_words(old.on)}"
    return f"Ghi lại kết luận ngày {day_in_words(new.on)}" if old else f"Kết luận ngày {day_in_words(new.on)}"


def _links(rows):
    """Lines of Consequences: each named by the row that stands for it today, or by the one it was made with."""
    ids = {n: {pk for row in rows for name, pk in [row.what] if name == n} for n in MODELS}
    now = {name: today(model, ids[name]) for name, model in MODELS.items()}
    first = {n: model.objects.select_related(*RELATED[n]).in_bulk(ids[n]) for n, model in MODELS.items()}
    lines = []
    for row in rows:
        name, pk = row.what
        words, whom = _disciplined(name, now[name][pk] or first[name][pk])
        lines.append((row.added_id, f"Kỷ luật: {words}", whom))
        if row.voided_id:
            lines.append((row.voided_id, f"Bỏ ghi kỷ luật: {words}", whom))
    return lines


def _disciplined(name, row):
    kind = "khai trừ" if name == "expulsion" else within_sentence(row.get_kind_display())
    whom = f"tổ chức {row.organization.code}" if name == "organization_discipline" else str(row.member)
    return f"{kind} ngày {day_in_words(day_of(name, row))}", whom


def of_letter(file, versions):
    """[ToldAct] of a letter. `versions`: its rows in order of id."""
    lines = [(act, s, "") for act, _, old, new in _turns(versions, lambda _: file.pk) for s in _letter(old, new)]
    for model, told in ((Forwarding, _forwarding), (Outcome, _outcome)):
        rows = list(model.objects.filter(file=file).order_by("pk"))
        lines += [(act, told(old, new), "") for act, _, old, new in _turns(rows, lambda _: file.pk)]
    lines += _handed(list(Handover.objects.filter(file=file).order_by("pk")))
    return _tell(lines + _links(list(Consequence.objects.filter(file=file).order_by("pk"))))


def _letter(old, new):
    if new is None:
        yield f"Hủy đơn số {old.number}"
    elif old is None:
        yield f"Nhận đơn số {new.number} ngày {day_in_words(new.received_on)}, hạn giải quyết {day_in_words(new.due_on)}"
        yield from _steps(Letter(due_on=new.due_on), new)
    else:
        yield from _corrections(old, new)
        yield from _steps(old, new)


def _steps(old, new):
    if old.accepted_on != new.accepted_on:
        yield f"Thụ lý ngày {day_in_words(new.accepted_on)}" if new.accepted_on else "Trở lại chưa thụ lý"
    if old.due_on != new.due_on:
        yield f"Hạn giải quyết {day_in_words(new.due_on)}, trước đó {day_in_words(old.due_on)}"
    if old.resolved_on != new.resolved_on:
        yield (
            f"Giải quyết xong ngày {day_in_words(new.resolved_on)}"
            if new.resolved_on
            else "Trở lại chưa giải quyết xong"
        )


def _corrections(old, new):
    if old.number != new.number:
        yield f"Sửa số đơn {new.number}, trước đó {old.number}"
    if old.organization_id != new.organization_id:
        yield f"Sửa tổ chức {new.organization.code}, trước đó {old.organization.code}"
    if old.received_on != new.received_on:
        yield f"Sửa ngày nhận {day_in_words(new.received_on)}, trước đó {day_in_words(old.received_on)}"


def _forwarding(old, new):
    if new is None:
        return f"Hủy việc chuyển đơn đến {old.to}"
    return f"Chuyển đơn đến {new.to} ngày {day_in_words(new.on)}"


def _outcome(old, new):
    return f"Hủy kết quả “{old.result}”" if new is None else f"Kết quả: {new.result}"
