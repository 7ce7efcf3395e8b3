"""What other verbs must not break: an organization's end, an act taken back."""

from ledger.numbers import day as in_words

from .models import Conclusion, Consequence, InspectionSubject, Letter, OrganizationDiscipline


def work_left_behind(organizations, day):
    """Guard of organizations/reorganize.py: nothing may have happened in an organization after its end.

    Who reorganizes sees no letters: what it says of them is what it says of discipline, and names neither.
    """
    late = InspectionSubject.objects.filter(voided__isnull=True, organization__in=organizations, done_on__gte=day)
    for code in set(late.values_list("organization__code", flat=True)):
        yield f"Tổ chức {code} có lượt kiểm tra, giám sát từ ngày {in_words(day)} trở đi; ngày kết thúc phải sau đó."
    letters = Letter.objects.filter(voided__isnull=True, organization__in=organizations, received_on__gte=day)
    decided = OrganizationDiscipline.objects.filter(voided__isnull=True, organization__in=organizations, on__gte=day)
    for code in {o for rows in (letters, decided) for o in rows.values_list("organization__code", flat=True)}:
        yield f"Tổ chức {code} có việc Ủy ban Kiểm tra ghi từ ngày {in_words(day)} trở đi; ngày kết thúc phải sau đó."


def found_since(change):
    """Guard of ledger/undo.py: a conclusion, a discipline that rests on what `change` says was carried out."""
    done = InspectionSubject.objects.filter(done_on__isnull=False)
    # Where it only corrected the day, the subject stays done without it.
    keys = {row.key for row in done.filter(added=change)} - {row.key for row in done.filter(voided=change)}
    inspections = {inspection for inspection, _ in keys}
    for model, what in ((Conclusion, "kết luận"), (Consequence, "kỷ luật")):
        later = model.objects.filter(voided__isnull=True, inspection__in=inspections).exclude(added=change)
        if any(row.key in keys for row in later):
            yield f"Lượt kiểm tra này đã có {what} ghi sau đó. Hãy hủy việc ghi {what} trước."
