"""Forms about inspections, letters and their handover, opened and filled."""

from datetime import date

from inspections.checks.register import InspectionPlan, NewConclusion, carry_out, conclude, register_inspections
from inspections.letters.letters import ReceivedLetter, register_letters, resolve_letters
from inspections.models import Letter, Result
from tests.field.sent_twice.ground import MAY, PAPER, WHY, at
from tests.inspections.handover import ended_bloc


def planned(ground):
    page = ground.open("inspection", at("inspection_plan", "K", 2018))
    return "inspection", page.filled(
        None, tick=("to_chuc",), nam="2018", noi_dung="Kiểm tra Điều lệ", tu_ngay="02/05/2018"
    )


def _inspection(ground):
    world = ground.world
    row = InspectionPlan(
        year=2018, kind="INSPECTION", title="Điều lệ", conductor=world.org["K"], subjects=[(world.org["DB01"], None)]
    )
    return register_inspections([row], **world.act(MAY))[0]


def carried_out(ground):
    page = ground.open("inspection", at("inspection", _inspection(ground).pk, viec="hoan-thanh"))
    return "inspection", page.filled("hoan-thanh", tick=("dong",), tu_ngay="02/06/2018")


def carried_out_with_a_reason(ground):
    address, data = carried_out(ground)[1]
    return "inspection", (address, data | WHY)


def _carried_out(ground):
    made = _inspection(ground)
    carry_out(dict.fromkeys(made.subjects.all(), MAY), **ground.world.act(MAY))
    return made


def _concluding(ground, made, errand):
    page = ground.open("inspection", at("inspection", made.pk, viec=errand))
    typed = {"tu_ngay": "02/06/2018", "noi_dung": "Chấp hành tốt Điều lệ", **PAPER, **WHY}
    return "inspection", page.filled(errand, tick=("dong",), **typed)


def concluded_with_a_reason(ground):
    return _concluding(ground, _carried_out(ground), "ket-luan")


def conclusion_written_anew(ground):
    made = _carried_out(ground)
    (subject,) = made.subjects.filter(voided=None)
    conclude(
        [NewConclusion(subject=subject, on=date(2018, 6, 1), text="Còn chậm")], **ground.world.act(date(2018, 6, 1))
    )
    return _concluding(ground, made, "sua-ket-luan")


def day_of_carrying_out_amended(ground):
    made = _carried_out(ground)
    page = ground.open("inspection", at("inspection", made.pk, viec="sua-ngay"))
    return "inspection", page.filled("sua-ngay", tick=("dong",), tu_ngay="02/06/2018", **WHY)


def organization_added(ground):
    page = ground.open("inspection", at("inspection", _inspection(ground).pk, viec="them"))
    return "inspection", page.filled("them", to_chuc=str(ground.world.org["DB02"].pk), tu_ngay="02/06/2018")


def organization_disciplined(ground):
    page = ground.open("inspection", at("inspection", _carried_out(ground).pk, viec="ky-luat-to-chuc"))
    typed = {"hinh_thuc": "1", "tu_ngay": "02/11/2018", **PAPER}
    return "inspection", page.filled("ky-luat-to-chuc", **typed)


def letter_received(ground):
    typed = {
        "so_don": "05/ĐT",
        "to_chuc": str(ground.world.org["DB03"].pk),
        "tu_ngay": "01/10/2018",
        "han": "01/02/2019",
    }
    return "inspection", ground.open("inspection", at("letter_new", "K", 2018)).filled(None, **typed)


def _letter(ground, errand, accepted_on=None):
    """The page of a letter of 01/10/2018, with the form of `errand` open."""
    day = date(2018, 10, 1)
    place = ground.world.org["DB03"]
    row = ReceivedLetter(
        number="5", organization=place, received_on=day, due_on=date(2019, 2, 1), accepted_on=accepted_on
    )
    register_letters([row], **ground.world.act(day))
    return ground.open("inspection", at("letter", Letter.objects.get().file_id, viec=errand))


def letter_accepted(ground):
    return "inspection", _letter(ground, "thu-ly").filled("thu-ly", tu_ngay="08/10/2018", han="10/12/2018")


def letter_accepted_with_a_reason(ground):
    address, data = letter_accepted(ground)[1]
    return "inspection", (address, data | WHY)


def letter_forwarded(ground):
    page = _letter(ground, "chuyen")
    return "inspection", page.filled("chuyen", tu_ngay="08/10/2018", noi_nhan="Ủy ban Kiểm tra Tỉnh ủy", **PAPER)


def _result():
    return str(Result.objects.first().pk)


def letter_resolved_with_a_reason(ground):
    page = _letter(ground, "giai-quyet", accepted_on=date(2018, 10, 5))
    return "inspection", page.filled("giai-quyet", tu_ngay="01/12/2018", ket_qua=_result(), **WHY)


def result_written_anew(ground):
    _letter(ground, "giai-quyet", accepted_on=date(2018, 10, 5))
    day, letter = date(2018, 12, 1), Letter.objects.get()
    resolve_letters({letter: day}, results={letter: Result.objects.last()}, **ground.world.act(day))
    page = ground.open("inspection", at("letter", letter.file_id, viec="sua-ket-qua"))
    return "inspection", page.filled("sua-ket-qua", tu_ngay="01/12/2018", ket_qua=_result(), **WHY)


def letter_corrected(ground):
    return "inspection", _letter(ground, "sua").filled("sua", so_don="6", **WHY)


def handed_over(ground):
    ended_bloc.end(ground.world)
    ground.users["heir"] = ground.world.user("INSPECTION", "R1", ended_bloc.DAY)
    page = ground.open("heir", at("handover", "R1", 2018))
    return "heir", page.filled(None, tu_ngay="01/10/2018", so="9", ngay="01/10/2018", co_quan="Tỉnh ủy")
