"""The acts that may be recorded about one person: who may, when it makes sense, by which form and which verb.

One table; the list on the person's page and the page of each form both read it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from members.models import Entry, Exit, Status
from organizations.access import Keep

from . import calls, fits, forms
from .standing import Standing

Kind = Status.Kind
OFF_THE_ROLL = "Đồng chí không còn trong danh sách từ ngày ghi dưới đây."
STAYS = "Đồng chí vẫn trong danh sách của chi bộ, nhưng không xếp loại."


@dataclass(frozen=True)
class MemberAction:
    """`key`: its address. `fits(standing)`: whether it makes sense for the person today (fits.py). `do(standing, data, act)`
    calls the verb with what `form` cleaned (calls.py).
    """

    key: str
    label: str
    keep: Keep
    form: type
    fits: Callable[[Standing], bool]
    do: Callable[[Standing, dict, dict], str | None]
    hint: str = ""


GROUPS = {
    "Dự bị": (
        MemberAction(
            key="chinh-thuc",
            label="Công nhận chính thức",
            keep=Keep.ROLL,
            form=forms.RecognitionForm,
            fits=fits.on_probation,
            do=calls.recognise,
            hint="Chính thức từ ngày đủ 12 tháng sau lễ kết nạp, dù quyết định chậm. Sớm hơn thì phải ghi văn bản cho phép.",
        ),
        MemberAction(
            key="gia-han-du-bi",
            label="Gia hạn dự bị",
            keep=Keep.ROLL,
            form=forms.ExtensionForm,
            fits=fits.on_probation,
            do=calls.extend,
        ),
        MemberAction(
            key="khong-cong-nhan",
            label="Không công nhận, xóa tên",
            keep=Keep.ROLL,
            form=forms.NotRecognisedForm,
            fits=fits.on_probation,
            do=calls.end_probation,
            hint=OFF_THE_ROLL,
        ),
    ),
    "Chuyển sinh hoạt": (
        MemberAction(
            key="gioi-thieu",
            label="Giới thiệu đến chi bộ khác của Khối",
            keep=Keep.TRANSFER,
            form=forms.OfferForm,
            fits=fits.not_offered,
            do=calls.offer,
            hint="Nơi nhận trả lời ở trang Chuyển sinh hoạt. Đến khi được tiếp nhận, đồng chí vẫn tính ở chi bộ cũ.",
        ),
        MemberAction(
            key="chuyen",
            label="Chuyển thẳng sang chi bộ khác",
            keep=Keep.TRANSFER,
            form=forms.TransferForm,
            fits=fits.reaches_another_cell,
            do=calls.move,
            hint="Dùng khi hai bên đã xong thủ tục, không cần nơi nhận trả lời.",
        ),
        MemberAction(
            key="tam-thoi",
            label="Sinh hoạt tạm thời nơi khác",
            keep=Keep.TRANSFER,
            form=forms.TemporaryForm,
            fits=fits.not_in_state(Kind.TEMPORARY),
            do=calls.go_temporarily,
            hint="Vẫn tính ở chi bộ chính thức. Từ 03 tháng đến dưới 01 năm; đi học tập trung thì đến 02 năm.",
        ),
        MemberAction(
            key="het-tam-thoi",
            label="Thôi sinh hoạt tạm thời, trở về",
            keep=Keep.TRANSFER,
            form=forms.LiftForm,
            fits=fits.in_state(Kind.TEMPORARY),
            do=calls.lift_state(Kind.TEMPORARY),
        ),
        MemberAction(
            key="chuyen-di",
            label="Chuyển đi đảng bộ khác",
            keep=Keep.ROLL,
            form=forms.DepartureForm,
            fits=fits.on_roll,
            do=calls.gone_by(Exit.DEPARTED),
            hint=OFF_THE_ROLL,
        ),
        MemberAction(
            key="ra-nuoc-ngoai",
            label="Ra nước ngoài",
            keep=Keep.ROLL,
            form=forms.AbroadForm,
            fits=fits.on_roll,
            do=calls.gone_by(Exit.ABROAD),
            hint=OFF_THE_ROLL,
        ),
    ),
    "Trạng thái, chức vụ": (
        MemberAction(
            key="mien",
            label="Miễn công tác và sinh hoạt đảng",
            keep=Keep.STATE,
            form=forms.ExemptionForm,
            fits=fits.not_in_state(Kind.EXEMPT),
            do=calls.set_state(Kind.EXEMPT),
            hint=STAYS,
        ),
        MemberAction(
            key="thoi-mien",
            label="Thôi miễn, sinh hoạt trở lại",
            keep=Keep.STATE,
            form=forms.LiftForm,
            fits=fits.in_state(Kind.EXEMPT),
            do=calls.lift_state(Kind.EXEMPT),
        ),
        MemberAction(
            key="dinh-chi",
            label="Đình chỉ sinh hoạt đảng",
            keep=Keep.STATE,
            form=forms.SuspensionForm,
            fits=fits.not_in_state(Kind.SUSPENDED),
            do=calls.set_state(Kind.SUSPENDED),
            hint=STAYS,
        ),
        MemberAction(
            key="thoi-dinh-chi",
            label="Thôi đình chỉ sinh hoạt",
            keep=Keep.STATE,
            form=forms.LiftForm,
            fits=fits.in_state(Kind.SUSPENDED),
            do=calls.lift_state(Kind.SUSPENDED),
        ),
        MemberAction(
            key="nghi-om",
            label="Nghỉ ốm",
            keep=Keep.STATE,
            form=forms.SicknessForm,
            fits=fits.not_in_state(Kind.SICK),
            do=calls.set_state(Kind.SICK),
        ),
        MemberAction(
            key="het-om",
            label="Hết nghỉ ốm",
            keep=Keep.STATE,
            form=forms.LiftForm,
            fits=fits.in_state(Kind.SICK),
            do=calls.lift_state(Kind.SICK),
        ),
        MemberAction(
            key="chuc-vu",
            label="Giữ chức vụ đảng",
            keep=Keep.STATE,
            form=forms.PostForm,
            fits=fits.keeps_posts,
            do=calls.give_post,
        ),
        MemberAction(
            key="thoi-chuc-vu",
            label="Thôi chức vụ đảng",
            keep=Keep.STATE,
            form=forms.EndOfPostForm,
            fits=fits.holds_post,
            do=calls.end_post,
        ),
    ),
    "Kỷ luật": (
        MemberAction(
            key="ky-luat",
            label="Kỷ luật",
            keep=Keep.DISCIPLINE,
            form=forms.DisciplineForm,
            fits=fits.on_roll,
            do=calls.discipline,
            hint="Đảng viên chính thức: khiển trách, cảnh cáo, cách chức. Đảng viên dự bị: khiển trách, cảnh cáo.",
        ),
        MemberAction(
            key="khai-tru",
            label="Khai trừ",
            keep=Keep.DISCIPLINE,
            form=forms.ExpulsionForm,
            fits=fits.official,
            do=calls.expel,
            hint=OFF_THE_ROLL,
        ),
    ),
    "Ra khỏi danh sách": (
        MemberAction(
            key="tu-tran",
            label="Từ trần",
            keep=Keep.ROLL,
            form=forms.DeathForm,
            fits=fits.on_roll,
            do=calls.gone_by(Exit.DIED),
            hint=OFF_THE_ROLL,
        ),
        MemberAction(
            key="xoa-ten",
            label="Xóa tên",
            keep=Keep.ROLL,
            form=forms.StrikingForm,
            fits=fits.official,
            do=calls.gone_by(Exit.STRUCK),
            hint=OFF_THE_ROLL,
        ),
        MemberAction(
            key="xin-ra",
            label="Xin ra khỏi Đảng",
            keep=Keep.ROLL,
            form=forms.ResignationForm,
            fits=fits.on_roll,
            do=calls.gone_by(Exit.RESIGNED),
            hint=OFF_THE_ROLL,
        ),
    ),
    "Trở lại danh sách": (
        MemberAction(
            key="chuyen-den-lai",
            label="Chuyển đến trở lại",
            keep=Keep.ROLL,
            form=forms.ComeBackForm,
            fits=fits.gone(Entry.ARRIVED),
            do=calls.back_by(Entry.ARRIVED),
        ),
        MemberAction(
            key="ket-nap-lai",
            label="Kết nạp lại",
            keep=Keep.ROLL,
            form=forms.ReadmissionForm,
            fits=fits.gone(Entry.READMITTED),
            do=calls.back_by(Entry.READMITTED),
            hint="Đồng chí dự bị lại 12 tháng từ ngày làm lễ.",
        ),
        MemberAction(
            key="phuc-hoi",
            label="Phục hồi đảng tịch",
            keep=Keep.ROLL,
            form=forms.RestorationForm,
            fits=fits.gone(Entry.RESTORED),
            do=calls.back_by(Entry.RESTORED),
            hint="Đồng chí trở lại như khi rời danh sách: chính thức, hoặc dự bị tiếp, vẫn tính từ ngày làm lễ kết nạp.",
        ),
    ),
}
ERRANDS = {errand.key: errand for errands in GROUPS.values() for errand in errands}
