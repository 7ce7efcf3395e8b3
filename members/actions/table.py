"""The acts that may be recorded about one person: who may, when it makes sense, by which form and which verb.

One table; the list on the person's page and the page of each form both read it.
"""

from dataclasses import dataclass

from ledger.spells import FOREVER
from members.life import offers, probation, sanctions, statuses
from members.life.posts import end_posts, post
from members.models import Entry, Exit, Status
from members.register import departures, moves
from members.register.consent_form import consent
from members.register.returns import Return, come_back
from members.register.ways_back import WAYS_BACK
from organizations.access import Keep

from . import forms

Kind = Status.Kind
OFF_THE_ROLL = "Đồng chí không còn trong danh sách từ ngày ghi dưới đây."
STAYS = "Đồng chí vẫn trong danh sách của chi bộ, nhưng không xếp loại."


@dataclass(frozen=True)
class MemberAction:
    """`key`: its address. `fits(standing)`: whether it makes sense for the person today. `do(standing, data, act)`:
    calls the verb with what `form` cleaned; a sentence it returns is a warning beside that it is done.
    """

    key: str
    label: str
    keep: Keep
    form: type
    fits: object
    do: object
    hint: str = ""


def _on_roll(s):
    return s.on_roll


def _on_probation(s):
    return s.on_probation


def _official(s):
    return s.on_roll and not s.on_probation


def _not_offered(s):
    return s.on_roll and s.offer is None


def _reaches_another_cell(s):
    return s.on_roll and bool(forms.cells_within_reach(s) - {s.cell.pk})


def _keeps_posts(s):
    return s.on_roll and bool(forms.line_kept(s))


def _holds_post(s):
    return bool(s.posts) and bool(forms.posts_kept(s))


def _with(kind):
    return lambda s: s.on_roll and kind in s.statuses


def _without(kind):
    return lambda s: s.on_roll and kind not in s.statuses


def _gone(entry):
    return lambda s: not s.on_roll and entry in WAYS_BACK.get(s.spell.exit, ())


def _recognise(s, data, act):
    probation.make_official({s.member: act["on"]}, **act)


def _extend(s, data, act):
    probation.extend_probation({s.member: data["den_ngay"]}, **act)


def _end_probation(s, data, act):
    probation.end_probation({s.member: act["on"]}, **act)


def _offer(s, data, act):
    offers.offer({s.member: data["chi_bo"]}, **act)


def _move(s, data, act):
    moves.transfer([(s.member, data["chi_bo"], act["on"])], **act)


def _leave(why):
    def do(s, data, act):
        where = f"Chuyển đến: {data['noi_den']}." if data.get("noi_den") else ""
        reason = " ".join(part for part in (where, act["reason"]) if part)
        departures.leave([(s.member, act["on"], why)], **act | {"reason": reason})

    return do


def _go_temporarily(s, data, act):
    until, host = data["den_ngay"], {"host": data["chi_bo"], "host_name": data["noi_khac"]}
    statuses.set_status([s.member], Kind.TEMPORARY, until=until, **host, **act)
    return statuses.unusual_stay(act["on"], until, studying=data["vi"] == forms.STUDY)


def _set(kind):
    def do(s, data, act):
        statuses.set_status([s.member], kind, until=data.get("den_ngay") or FOREVER, **act)

    return do


def _lift(kind):
    return lambda s, data, act: statuses.lift_status([s.member], kind, **act)


def _give_post(s, data, act):
    post([(s.member, data["to_chuc"], data["chuc_vu"])], **act)


def _end_post(s, data, act):
    end_posts([data["chuc_vu"]], **act)


def _discipline(s, data, act):
    sanctions.discipline([(s.member, data["hinh_thuc"], act["on"])], **act)


def _expel(s, data, act):
    sanctions.expel({s.member: act["on"]}, **act)


def _return(entry):
    def do(s, data, act):
        row = Return(
            member=s.member,
            organization=data["chi_bo"],
            on=act["on"],
            entry=entry,
            decided=data.get("quyet_dinh"),
            consent=consent(data),
            candidate=data["candidate"],
            others=data["others"],
        )
        come_back([row], **act)

    return do


GROUPS = {
    "Dự bị": (
        MemberAction(
            *("chinh-thuc", "Công nhận chính thức", Keep.ROLL, forms.RecognitionForm, _on_probation, _recognise),
            "Chính thức từ ngày đủ 12 tháng sau lễ kết nạp, dù quyết định chậm. Sớm hơn thì phải ghi văn bản cho phép.",
        ),
        MemberAction("gia-han-du-bi", "Gia hạn dự bị", Keep.ROLL, forms.ExtensionForm, _on_probation, _extend),
        MemberAction(
            *("khong-cong-nhan", "Không công nhận, xóa tên", Keep.ROLL, forms.NotRecognisedForm),
            *(_on_probation, _end_probation, OFF_THE_ROLL),
        ),
    ),
    "Chuyển sinh hoạt": (
        MemberAction(
            *(
                "gioi-thieu",
                "Giới thiệu đến chi bộ khác của Khối",
                Keep.TRANSFER,
                forms.OfferForm,
                _not_offered,
                _offer,
            ),
            "Nơi nhận trả lời ở trang Chuyển sinh hoạt. Đến khi được tiếp nhận, đồng chí vẫn tính ở chi bộ cũ.",
        ),
        MemberAction(
            *("chuyen", "Chuyển thẳng sang chi bộ khác", Keep.TRANSFER, forms.TransferForm),
            *(_reaches_another_cell, _move, "Dùng khi hai bên đã xong thủ tục, không cần nơi nhận trả lời."),
        ),
        MemberAction(
            *("tam-thoi", "Sinh hoạt tạm thời nơi khác", Keep.TRANSFER, forms.TemporaryForm),
            *(_without(Kind.TEMPORARY), _go_temporarily),
            "Vẫn tính ở chi bộ chính thức. Từ 03 tháng đến dưới 01 năm; đi học tập trung thì đến 02 năm.",
        ),
        MemberAction(
            *("het-tam-thoi", "Thôi sinh hoạt tạm thời, trở về", Keep.TRANSFER, forms.LiftForm),
            *(_with(Kind.TEMPORARY), _lift(Kind.TEMPORARY)),
        ),
        MemberAction(
            *("chuyen-di", "Chuyển đi đảng bộ khác", Keep.ROLL, forms.DepartureForm, _on_roll),
            *(_leave(Exit.DEPARTED), OFF_THE_ROLL),
        ),
        MemberAction(
            *("ra-nuoc-ngoai", "Ra nước ngoài", Keep.ROLL, forms.AbroadForm, _on_roll, _leave(Exit.ABROAD)),
            OFF_THE_ROLL,
        ),
    ),
    "Trạng thái, chức vụ": (
        MemberAction(
            *("mien", "Miễn công tác và sinh hoạt đảng", Keep.STATE, forms.ExemptionForm),
            *(_without(Kind.EXEMPT), _set(Kind.EXEMPT), STAYS),
        ),
        MemberAction(
            *("thoi-mien", "Thôi miễn, sinh hoạt trở lại", Keep.STATE, forms.LiftForm),
            *(_with(Kind.EXEMPT), _lift(Kind.EXEMPT)),
        ),
        MemberAction(
            *("dinh-chi", "Đình chỉ sinh hoạt đảng", Keep.STATE, forms.SuspensionForm),
            *(_without(Kind.SUSPENDED), _set(Kind.SUSPENDED), STAYS),
        ),
        MemberAction(
            *("thoi-dinh-chi", "Thôi đình chỉ sinh hoạt", Keep.STATE, forms.LiftForm),
            *(_with(Kind.SUSPENDED), _lift(Kind.SUSPENDED)),
        ),
        MemberAction("nghi-om", "Nghỉ ốm", Keep.STATE, forms.SicknessForm, _without(Kind.SICK), _set(Kind.SICK)),
        MemberAction("het-om", "Hết nghỉ ốm", Keep.STATE, forms.LiftForm, _with(Kind.SICK), _lift(Kind.SICK)),
        MemberAction("chuc-vu", "Giữ chức vụ đảng", Keep.STATE, forms.PostForm, _keeps_posts, _give_post),
        MemberAction("thoi-chuc-vu", "Thôi chức vụ đảng", Keep.STATE, forms.EndOfPostForm, _holds_post, _end_post),
    ),
    "Kỷ luật": (
        MemberAction(
            *("ky-luat", "Kỷ luật", Keep.DISCIPLINE, forms.DisciplineForm, _on_roll, _discipline),
            "Đảng viên chính thức: khiển trách, cảnh cáo, cách chức. Đảng viên dự bị: khiển trách, cảnh cáo.",
        ),
        MemberAction("khai-tru", "Khai trừ", Keep.DISCIPLINE, forms.ExpulsionForm, _official, _expel, OFF_THE_ROLL),
    ),
    "Ra khỏi danh sách": (
        MemberAction("tu-tran", "Từ trần", Keep.ROLL, forms.DeathForm, _on_roll, _leave(Exit.DIED), OFF_THE_ROLL),
        MemberAction("xoa-ten", "Xóa tên", Keep.ROLL, forms.StrikingForm, _official, _leave(Exit.STRUCK), OFF_THE_ROLL),
        MemberAction(
            *("xin-ra", "Xin ra khỏi Đảng", Keep.ROLL, forms.ResignationForm, _on_roll, _leave(Exit.RESIGNED)),
            OFF_THE_ROLL,
        ),
    ),
    "Trở lại danh sách": (
        MemberAction(
            *("chuyen-den-lai", "Chuyển đến trở lại", Keep.ROLL, forms.ComeBackForm),
            *(_gone(Entry.ARRIVED), _return(Entry.ARRIVED)),
        ),
        MemberAction(
            *("ket-nap-lai", "Kết nạp lại", Keep.ROLL, forms.ReadmissionForm),
            *(_gone(Entry.READMITTED), _return(Entry.READMITTED)),
            "Đồng chí dự bị lại 12 tháng từ ngày làm lễ.",
        ),
        MemberAction(
            *("phuc-hoi", "Phục hồi đảng tịch", Keep.ROLL, forms.RestorationForm),
            *(_gone(Entry.RESTORED), _return(Entry.RESTORED)),
            "Đồng chí trở lại như khi rời danh sách: chính thức, hoặc dự bị tiếp, vẫn tính từ ngày làm lễ kết nạp.",
        ),
    ),
}
ERRANDS = {errand.key: errand for errands in GROUPS.values() for errand in errands}
