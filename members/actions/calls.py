"""How an act about one person is carried out: `s` their Standing, `data` what the form cleaned, `act` what every verb takes.

A sentence that is returned is a warning beside that it is done.
"""

from ledger.spells import FOREVER
from members.life import offers, probation, sanctions, statuses
from members.life.posts import end_posts, post
from members.models import Status
from members.register import departures, moves
from members.register.consent_form import consent
from members.register.returns import Return, come_back

from . import forms


def recognise(s, data, act):
    probation.make_official({s.member: act["on"]}, **act)


def extend(s, data, act):
    probation.extend_probation({s.member: data["den_ngay"]}, **act)


def end_probation(s, data, act):
    probation.end_probation({s.member: act["on"]}, **act)


def offer(s, data, act):
    offers.offer({s.member: data["chi_bo"]}, **act)


def move(s, data, act):
    moves.transfer([(s.member, data["chi_bo"], act["on"])], **act)


def gone_by(why):
    def do(s, data, act):
        where = f"Chuyển đến: {data['noi_den']}." if data.get("noi_den") else ""
        reason = " ".join(part for part in (where, act["reason"]) if part)
        departures.leave([(s.member, act["on"], why)], **act | {"reason": reason})

    return do


def go_temporarily(s, data, act):
    until, host = data["den_ngay"], {"host": data["chi_bo"], "host_name": data["noi_khac"]}
    statuses.set_status([s.member], Status.Kind.TEMPORARY, until=until, **host, **act)
    return statuses.unusual_stay(act["on"], until, studying=data["vi"] == forms.STUDY)


def set_state(kind):
    def do(s, data, act):
        statuses.set_status([s.member], kind, until=data.get("den_ngay") or FOREVER, **act)

    return do


def lift_state(kind):
    return lambda s, data, act: statuses.lift_status([s.member], kind, **act)


def give_post(s, data, act):
    post([(s.member, data["to_chuc"], data["chuc_vu"])], **act)


def end_post(s, data, act):
    end_posts([data["chuc_vu"]], **act)


def discipline(s, data, act):
    sanctions.discipline([(s.member, data["hinh_thuc"], act["on"])], **act)


def expel(s, data, act):
    sanctions.expel({s.member: act["on"]}, **act)


def back_by(entry):
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
