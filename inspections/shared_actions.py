"""Acts that the pages of inspections and of letters offer alike: tying discipline, taking back."""

from ledger import clock
from ledger.models import Change
from ledger.numbers import day_in_words
from ledger.text import within_sentence
from ledger.web.page_acts import PageAct
from members.identity.homonyms import tell_apart

from . import shared_forms, undoing
from .discipline import discipline
from .discipline.consequences import day_of

UNDO, TIE = "huy", "ky-luat"


def tie_form(origin, data, user, **initial):
    """TieForm with what may have followed from `origin`."""
    rows = discipline.disciplines_to_tie(origin)
    tell_apart((row.member for _, row in rows), user)
    lines = [
        (f"{name}-{row.pk}", f"{row.member.called}: {_words(name, row)} ngày {day_in_words(day_of(name, row))}")
        for name, row in rows
    ]
    form = shared_forms.TieForm(data, lines=lines, initial=initial)
    form.lines_missing = (
        ""
        if rows
        else "Chưa có kỷ luật nào của đảng viên ở đây để ghi vào việc này. Kỷ luật được ghi ở hồ sơ đảng viên trước."
    )
    form.rows = dict(zip([value for value, _ in lines], [row for _, row in rows], strict=True))
    return form


def _words(name, row):
    return "khai trừ" if name == "expulsion" else within_sentence(row.get_kind_display())


def tie(form, origin, user):
    rows = [form.rows[value] for value in form.cleaned_data["dong"]]
    discipline.tie([(row, origin) for row in rows], by=user, on=clock.today())
    return f"Đã ghi {len(rows)} kỷ luật."


class Undo:
    """The act that the query string asks to take back, if the page tells of it."""

    def __init__(self, user, day, told, data):
        acts = {str(t.change.pk): t.change for t in told if t.change.undoable and not t.change.undone_id}
        change = acts.get((data or {}).get("viec_so", ""))
        self.user, self.day = user, day
        self.found = undoing.undoing(user, change, day) if change else None

    def errand(self):
        """[PageAct] of taking it back; none when something stands in the way."""
        if self.found is None or self.found.obstacles:
            return []
        words = f"Hủy việc “{self.found.change.words}”. Điều đã ghi vẫn còn trong lịch sử."
        if self.found.inspections > 1:
            words += f" Việc này đã ghi cho {self.found.inspections} cuộc kiểm tra, giám sát; hủy là hủy ở cả {self.found.inspections} cuộc."
        return [
            PageAct(
                name=UNDO,
                label="Hủy việc này",
                button="Hủy cả việc này",
                form=self._form,
                do=self._do,
                help=words,
            )
        ]

    def _form(self, data):
        return shared_forms.UndoActForm(data, initial={"viec_so": self.found.change.pk})

    def _do(self, form):
        change = Change.objects.get(pk=self.found.change.pk)
        undoing.take_back(self.user, change, self.day, form.cleaned_data["ly_do"])
        return f"Đã hủy việc “{change.words}”. Việc đã hủy vẫn còn trong lịch sử."
