"""What other verbs must not break: an organization's end, an act taken back."""

from datetime import timedelta

from ledger.numbers import day_in_words

from .models import Conclusion, Consequence, InspectionSubject, Letter, OrganizationDiscipline

WORK_LEFT_BEHIND = (
    "{code}: có việc kiểm tra, kỷ luật hoặc đơn thư từ ngày kết thúc trở đi; sớm nhất từ ngày {first} mới kết thúc được. "
    "Cần biết là việc gì, hãy hỏi Ủy ban Kiểm tra."
)


def work_left_behind(organizations, day):
    """Guard of organizations/reorganize.py: nothing may have happened in an organization after its end.

    Who reorganizes sees no letters: one sentence an organization for whatever it is. That there is something, and until
    which day, a rehearsal on one day after another would show as well.
    """
    last = {}
    for model, column in ((InspectionSubject, "done_on"), (OrganizationDiscipline, "on"), (Letter, "received_on")):
        late = {"organization__in": organizations, f"{column}__gte": day}
        rows = model.objects.standing().filter(**late)
        for code, on in rows.values_list("organization__code", column):
            last[code] = max(on, last.get(code, on))
    for code, on in sorted(last.items()):
        yield WORK_LEFT_BEHIND.format(code=code, first=day_in_words(on + timedelta(days=1)))


def found_since(change):
    """Guard of ledger/undo.py: a conclusion, a discipline that rests on what `change` says was carried out."""
    done = InspectionSubject.objects.filter(done_on__isnull=False)
    # Where it only corrected the day, the subject stays done without it.
    keys = {row.key for row in done.filter(added=change)} - {row.key for row in done.filter(voided=change)}
    inspections = {inspection for inspection, _ in keys}
    for model, what in ((Conclusion, "kết luận"), (Consequence, "kỷ luật")):
        later = model.objects.standing().filter(inspection__in=inspections).exclude(added=change)
        if any(row.key in keys for row in later):
            yield f"Lượt kiểm tra này đã có {what} ghi sau đó. Hãy hủy việc ghi {what} trước."
