"""The inspection work of a year in the demonstration."""

from datetime import date, timedelta

from inspections.checks import register as inspections
from inspections.letters import letters
from inspections.models import Inspection, Result

from .plan import MERGED, TODAY


def play_inspections(play, year, plan):
    """Plans of the year carried out or not, finance checks, letters. `play`: the Loader."""
    last = min(date(year, 12, 10), TODAY)
    standing = play.standing()
    order = play.random.sample(standing, len(standing))
    bloc = play.org["K"]
    rows = []

    def look(kind, title, codes, by, *, done=True):
        subjects = tuple((play.org[c], play.invent.day(date(year, 7, 2), last) if done else None) for c in codes)
        rows.append(
            inspections.InspectionPlan(year=year, kind=kind, title=title, conductor=by, subjects=subjects, planned=True)
        )

    inspected, kinds = order[: plan.inspected], Inspection.Kind
    look(kinds.INSPECTION, "Kiểm tra việc chấp hành Điều lệ Đảng", inspected[: plan.inspected // 2], bloc)
    look(kinds.INSPECTION, "Kiểm tra việc thực hiện nghị quyết đại hội", inspected[plan.inspected // 2 :], bloc)
    look(kinds.SUPERVISION, "Giám sát công tác cán bộ", ["DB03-02"], bloc)
    if plan.supervised > 1:
        supervised = [c for c in order[plan.inspected :] if c.startswith("DB")][: plan.supervised - 1]
        look(kinds.SUPERVISION, "Giám sát thực hiện quy chế làm việc", supervised, bloc)
    if plan.planned_not_done:
        missed = order[-plan.planned_not_done :]
        look(kinds.INSPECTION, "Kiểm tra công tác phát triển đảng viên", missed, bloc, done=False)
    checked = play.random.sample(standing, plan.finance)
    split = plan.finance if year < TODAY.year else 9
    look(kinds.FINANCE, "Kiểm tra thu, chi, trích nộp và sử dụng tài chính Đảng", checked[:split], bloc)
    if checked[split:]:
        look(kinds.FINANCE, "Kiểm tra tài chính Đảng, đợt cuối năm", checked[split:], bloc, done=False)
    own = play.org["DB01"]
    look(kinds.INSPECTION, "Kiểm tra chuyên đề học tập nghị quyết", ["DB01-01", "DB01-02", "DB01-04"], own)
    look(kinds.SUPERVISION, "Giám sát chuyên đề sinh hoạt chi bộ", ["DB01-05", "DB01-07"], own)
    inspections.register_inspections(rows, by=play.by, on=last)
    _letters(play, year, plan, last)


def _letters(play, year, plan, last):
    rows, results = [], list(Result.objects.all())
    for i in range(plan.letters):
        received = play.invent.day(date(year, 3, 1), date(year, 7, 31))
        accepted = received + timedelta(days=7)
        late = i < plan.letters_late
        rows.append(
            letters.ReceivedLetter(
                number=f"{i + 1:02}/ĐT-{year}",
                organization=play.org[play.random.choice([c for c in play.grassroots if c != MERGED])],
                received_on=received,
                accepted_on=accepted,
                due_on=accepted + timedelta(days=90),
                resolved_on=accepted + timedelta(days=110 if late else play.random.randint(30, 85)),
                result=results[i % len(results)],
            )
        )
    if rows:
        letters.register_letters(rows, by=play.by, on=last)
