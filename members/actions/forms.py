"""One form for each act about a person: what its verb takes beside the day, the paper and the reason."""

from django import forms
from django.core.exceptions import ValidationError

from ledger import clock
from ledger.fields import CleanFormField
from ledger.numbers import day_in_words
from ledger.web.forms import ActForm, DayField, LightActForm
from members.identity.others_form import OthersForm
from members.life.statuses import ON_PAPER as ON_PAPER_OF_STATUS
from members.models import Discipline, Exit, Post, Status
from members.place_field import PlaceField
from members.register.consent_form import ConsentForm
from members.register.departures import ON_PAPER
from organizations import lineage
from organizations.access import Keep, capacities_of, may_keep
from organizations.models import CELLS

STUDY = "hoc"


class MemberActionForm:
    """What every form about a person shares: made for a Standing, with the day and the reason named as the act has them."""

    day, why = "", ""
    needs_reason = False

    def __init__(self, data=None, *, standing, **kwargs):
        self.standing = standing
        super().__init__(data, **kwargs)
        self.fields["tu_ngay"].label = self.day or self.fields["tu_ngay"].label
        self.fields["ly_do"].label = self.why or self.fields["ly_do"].label
        self.fields["ly_do"].required = self.needs_reason
        self.prepare()

    def prepare(self):
        """Fills in what there is to choose from."""


class PlainForm(MemberActionForm, LightActForm):
    """The day and, where there is one, the paper."""


class DecisionForm(MemberActionForm, ActForm):
    """An act that stands on a decision: its paper is asked for."""


class LeavingForm(MemberActionForm, ActForm):
    """A way off the roll, which stands on a decision or not."""

    exit = Exit.NONE

    @property
    def needs_paper(self):
        return self.exit in ON_PAPER


class RecognitionForm(PlainForm):
    """The day is the one on which probation had run its time, however late it is decided (domain §4.3).

    Another is confirmed: the usual decision with a mistyped day would pass for the paper of an early recognition, and
    the day of a late decision for that of the recognition.
    """

    day = "Công nhận chính thức từ ngày"
    cho_phep = forms.BooleanField(label="Văn bản dưới đây cho phép công nhận sớm", required=False)
    ngay_khac = forms.BooleanField(label="Quyết định ghi rõ công nhận từ ngày muộn hơn này", required=False)

    LAST = ("tu_ngay", "cho_phep", "ngay_khac", *PlainForm.LAST[1:])

    def prepare(self):
        path, today = self.standing.path, clock.today()
        if path.since(today):
            self.fields["tu_ngay"].help_text = f"{path.end_in_words(today)} Quyết định chậm cũng tính từ ngày đó."
            if not path.is_early(today):
                self.initial["tu_ngay"] = path.until(today)
        typed = self._typed()
        if not path.is_early(today) and not (typed and path.is_early(typed)):
            del self.fields["cho_phep"]
        if not (typed and path.is_late(typed)):
            del self.fields["ngay_khac"]

    def _typed(self):
        try:
            return self.fields["tu_ngay"].clean(self.data.get("tu_ngay"))
        except ValidationError:
            return None

    def clean(self):
        data, path = super().clean(), self.standing.path
        day, paper_day = data.get("tu_ngay"), data.get("ngay")
        if day and path.is_late(day) and not data.get("ngay_khac"):
            self.add_error(
                "ngay_khac",
                f"{path.end_in_words(day)} Công nhận chậm vẫn tính chính thức từ ngày đó, không từ {day_in_words(day)}. "
                "Hãy xem lại ngày, hoặc đánh dấu nếu quyết định ghi rõ ngày muộn hơn.",
            )
        if day is None or not path.is_early(day):
            return data
        if not data.get("cho_phep"):
            self.add_error(
                "cho_phep",
                f"{path.end_in_words(day)} Ngày {day_in_words(day)} là sớm. Hãy xem lại ngày, "
                "hoặc đánh dấu nếu có văn bản cho phép công nhận sớm.",
            )
        elif paper_day and paper_day > day:
            self.add_error(
                "ngay", f"Văn bản cho phép công nhận sớm phải có trước, hoặc trong ngày {day_in_words(day)}."
            )
        return data


class ExtensionForm(DecisionForm):
    day = "Quyết định có hiệu lực từ ngày"
    den_ngay = DayField(label="Dự bị đến ngày")

    LAST = ("tu_ngay", "den_ngay", *ActForm.LAST[1:])


class NotRecognisedForm(LeavingForm):
    exit = Exit.STRUCK
    day, why, needs_reason = "Xóa tên từ ngày", "Lý do không công nhận", True


class OfferForm(PlainForm):
    day = "Ngày giới thiệu"
    chi_bo = PlaceField(label="Giới thiệu đến chi bộ")

    def prepare(self):
        self.fields["chi_bo"].offer(but=self.standing.cell.pk)


class TransferForm(PlainForm):
    day = "Sinh hoạt ở chi bộ mới từ ngày"
    chi_bo = PlaceField(label="Chuyển đến chi bộ")

    def prepare(self):
        reach = cells_within_reach(self.standing)
        self.fields["chi_bo"].offer(among=reach, but=self.standing.cell.pk)


def cells_of_the_bloc(standing):
    """Ids of the cells, and of all else, in the bloc of the person's cell: nobody is asked there before a guest comes."""
    day = clock.today()
    bloc = lineage.bloc_of(standing.cell, day)
    return set(
        lineage.below([bloc.organization if bloc else standing.cell], day).values_list("organization", flat=True)
    )


def cells_within_reach(standing):
    """Ids of the cells into which the user may move someone without asking another keeper."""
    cells = [spell.organization for spell in lineage.places(clock.today()).filter(kind__in=CELLS)]
    capacities_at = capacities_of(standing.user, cells, clock.today())
    return {pk for pk, capacities in capacities_at.items() if may_keep(Keep.TRANSFER, capacities)}


class DepartureForm(LeavingForm):
    exit = Exit.DEPARTED
    day = "Rời danh sách từ ngày"
    noi_den = CleanFormField(label="Chuyển đến tổ chức đảng", max_length=200)


class AbroadForm(LeavingForm):
    exit = Exit.ABROAD
    day = "Rời danh sách từ ngày"
    noi_den = CleanFormField(label="Nước đến", max_length=100)


class TemporaryForm(PlainForm):
    day = "Từ ngày"
    chi_bo = PlaceField(label="Sinh hoạt tạm thời ở chi bộ của Khối", required=False)
    noi_khac = CleanFormField(label="hoặc ở nơi ngoài Khối", max_length=200, required=False)
    vi = forms.ChoiceField(label="Để", choices=[("", "công tác, việc khác"), (STUDY, "học tập trung")], required=False)
    den_ngay = DayField(label="Đến trước ngày")

    LAST = ("tu_ngay", "den_ngay", *LightActForm.LAST[1:])

    def prepare(self):
        self.fields["chi_bo"].offer(among=cells_of_the_bloc(self.standing), but=self.standing.cell.pk)


class StatusForm(MemberActionForm, ActForm):
    """A status, which stands on a decision or not."""

    kind: int | None = None

    @property
    def needs_paper(self):
        return self.kind in ON_PAPER_OF_STATUS


class ExemptionForm(StatusForm):
    kind = Status.Kind.EXEMPT
    day = "Được miễn từ ngày"


class SuspensionForm(StatusForm):
    kind = Status.Kind.SUSPENDED
    day = "Bị đình chỉ từ ngày"


class SicknessForm(StatusForm):
    kind = Status.Kind.SICK
    day = "Nghỉ ốm từ ngày"
    den_ngay = DayField(label="Đến trước ngày", required=False, help_text="Để trống nếu chưa biết.")

    LAST = TemporaryForm.LAST


class LiftForm(PlainForm):
    day = "Thôi từ ngày"


class PostForm(PlainForm):
    day = "Giữ chức vụ từ ngày"
    to_chuc = forms.ChoiceField(
        label="Ở tổ chức", error_messages={"invalid_choice": "Tổ chức này không có trong danh sách. Hãy chọn lại."}
    )
    chuc_vu = forms.TypedChoiceField(label="Chức vụ", coerce=int, choices=[("", "Chọn chức vụ"), *Post.Kind.choices])

    def prepare(self):
        self.line = {spell.organization.code: spell for spell in line_kept(self.standing)}
        self.fields["to_chuc"].choices = [(code, spell.name) for code, spell in self.line.items()]

    def clean_to_chuc(self):
        return self.line[self.cleaned_data["to_chuc"]].organization


def line_kept(standing):
    """Spells of the person's cell and of what stands above it where the user keeps posts, the cell first."""
    spells = lineage.path(standing.cell, clock.today())[::-1]
    capacities_at = capacities_of(standing.user, [spell.organization for spell in spells], clock.today())
    return [spell for spell in spells if may_keep(Keep.STATE, capacities_at[spell.organization_id])]


class EndOfPostForm(PlainForm):
    day = "Thôi từ ngày"
    chuc_vu = forms.ChoiceField(
        label="Thôi chức vụ", error_messages={"invalid_choice": "Chức vụ này đã thôi hoặc không có. Hãy chọn lại."}
    )

    def prepare(self):
        self.posts = {str(row.pk): row for row in posts_kept(self.standing)}
        names = lineage.labels({row.organization_id for row in self.posts.values()}, clock.today())
        self.fields["chuc_vu"].choices = [
            (key, f"{row.get_kind_display()}, {names[row.organization_id]}") for key, row in self.posts.items()
        ]

    def clean_chuc_vu(self):
        return self.posts[self.cleaned_data["chuc_vu"]]


def posts_kept(standing):
    """Posts that hold today at organizations where the user keeps posts."""
    capacities_at = capacities_of(standing.user, [row.organization for row in standing.posts], clock.today())
    return [row for row in standing.posts if may_keep(Keep.STATE, capacities_at[row.organization_id])]


class DisciplineForm(DecisionForm):
    day, why = "Ngày quyết định kỷ luật", "Nội dung vi phạm, ghi chú"
    hinh_thuc = forms.TypedChoiceField(label="Hình thức", coerce=int)

    def prepare(self):
        removal = [Discipline.Kind.REMOVAL] if self.standing.on_probation else []
        kinds = [(kind.value, kind.label) for kind in Discipline.Kind if kind not in removal]
        self.fields["hinh_thuc"].choices = [("", "Chọn hình thức"), *kinds]


class ExpulsionForm(LeavingForm):
    exit = Exit.EXPELLED
    day, why = "Khai trừ từ ngày", "Nội dung vi phạm, ghi chú"


class DeathForm(LeavingForm):
    exit = Exit.DIED
    day = "Ngày từ trần"


class StrikingForm(LeavingForm):
    exit = Exit.STRUCK
    day, why, needs_reason = "Xóa tên từ ngày", "Lý do xóa tên", True


class ResignationForm(LeavingForm):
    exit = Exit.RESIGNED
    day = "Ra khỏi Đảng từ ngày"


class Back(OthersForm):
    """Beside a form of who comes back: whoever waits in the pipeline under such a name may be they."""

    takes_candidates = True

    def clean(self):
        return super().clean() | {"candidate": self.candidate, "others": self.others}


class BackForm(Back):
    """With the cell that takes the person in: nobody is asked there, so it is one of the bloc, or the user's to keep."""

    def prepare(self):
        among = cells_of_the_bloc(self.standing) | cells_within_reach(self.standing)
        self.fields["chi_bo"].offer(among=among)


class ComeBackForm(BackForm, PlainForm):
    day = "Sinh hoạt ở chi bộ từ ngày"
    chi_bo = PlaceField(label="Về chi bộ")


class ReadmissionForm(BackForm, ConsentForm, DecisionForm):
    day = "Ngày làm lễ kết nạp lại"
    chi_bo = PlaceField(label="Kết nạp lại ở chi bộ")
    quyet_dinh = DayField(label="Ngày quyết định kết nạp lại")

    LAST = (*ActForm.LAST[:-1], *ConsentForm.CONSENT, "ly_do")

    def prepare(self):
        super().prepare()
        self.ask_only_of(self.standing.member)


class RestorationForm(BackForm, DecisionForm):
    day = "Sinh hoạt trở lại từ ngày"
    chi_bo = PlaceField(label="Về chi bộ")
    quyet_dinh = DayField(label="Ngày quyết định phục hồi đảng tịch")
