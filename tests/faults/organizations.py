"""The scenes of verbs about organizations and their offices, and of taking back any act."""

from datetime import date

from ledger import acts, undo
from ledger.models import Change, Document, User
from members.models import Membership
from organizations import appoint, confirming, reorganize, sizes
from organizations.accounts import making, opening
from organizations.accounts.handing_over import Deputy, OfficeHandover, deputize, hand_over
from organizations.accounts.opening import NewAccount
from organizations.models import SizeRule
from organizations.reorganize import Founding
from organizations.staff import counts
from tests.faults.scene import DAY, scene
from tests.organizations.staff.entering import enter, row
from tests.ratings.desk import Desk
from tests.world import TODAY

LATER = date(2019, 3, 1)

# ledger


@scene("ledger.acts.take_back")
def _(world):
    world.transfer("An", "DB02-01", DAY)
    rows = Membership.objects.standing().filter(member=world.people["An"], starts=DAY)
    return lambda: acts.take_back(rows.all(), reason="ghi nhầm", by=world.by, on=DAY)


@scene("ledger.undo.undo")
def _(world):
    Desk(world, 2018).rate(Phúc=2)
    world.merge("CB01", "DB01", {"CB01": "DB01-01"}, DAY)
    change = Change.objects.latest("pk")
    return lambda: undo.undo(change, by=world.by, on=DAY, reason="ghi nhầm")


# organizations


@scene("organizations.reorganize.found")
def _(world):
    Desk(world, 2018)
    rows = [Founding(code=code, name=f"Tổ chức {code}", kind="CBTT", parent="DB01") for code in ("DB01-03", "DB01-04")]
    return lambda: reorganize.found(rows, **world.act(DAY))


@scene("organizations.reorganize.rename")
def _(world):
    return lambda: reorganize.rename({world.org["DB01"]: "Tên mới", world.org["CB01"]: "Tên khác"}, **world.act(DAY))


@scene("organizations.reorganize.move")
def _(world):
    Desk(world, 2018)
    return lambda: reorganize.move({world.org["DB01-01"]: world.org["DB02"]}, **world.act(DAY))


@scene("organizations.appoint.appoint")
def _(world):
    rows = [appoint.NewOffice(user=world.user(), role="SECRETARY", organization=world.org[c]) for c in ("CB01", "CB02")]
    return lambda: appoint.appoint(rows, **world.act(DAY))


def _leader(world):
    """A leader, and the notice of an office that was given while he was."""
    leader = world.user("LEADER", "K")
    world.user("INSPECTION", "K")
    return leader


def _asked_for(world):
    """An office that one administrator wants for himself, and another administrator."""
    one, other = (User.objects.create_superuser(name) for name in ("quan-tri-1", "quan-tri-2"))
    row = appoint.NewOffice(user=one, role="INSPECTION", organization=world.org["K"])
    return row, one, other


@scene("organizations.confirming.propose")
def _(world):
    row, one, _ = _asked_for(world)
    return lambda: confirming.propose(row, by=one, on=DAY)


@scene("organizations.confirming.confirm")
def _(world):
    row, one, other = _asked_for(world)
    pending = confirming.propose(row, by=one, on=DAY)
    return lambda: confirming.confirm(pending, by=other, on=DAY)


@scene("organizations.confirming.decline")
def _(world):
    row, one, other = _asked_for(world)
    pending = confirming.propose(row, by=one, on=DAY)
    return lambda: confirming.decline(pending, by=other, on=DAY)


@scene("organizations.confirming.acknowledge")
def _(world):
    leader = _leader(world)
    notices = confirming.notices_for(leader)
    return lambda: confirming.acknowledge(notices, by=leader, on=DAY)


@scene("organizations.confirming.tell_of_password")
def _(world):
    user, one = world.user("INSPECTION", "K"), User.objects.create_superuser("quan-tri")
    user.set_password("mot-cau-dai-kho-doan")
    return lambda: confirming.tell_of_password(User, user=user, by=one)


@scene("organizations.appoint.dismiss")
def _(world):
    offices = list(world.user("SECRETARY", "CB01").appointments.standing())
    return lambda: appoint.dismiss(offices, **world.act(DAY))


@scene("organizations.accounts.opening.open_accounts")
def _(world):
    rows = [
        NewAccount(username=f"bithu.{code.lower()}", display_name=f"Bí thư {code}", role="SECRETARY", code=code)
        for code in ("CB01", "DB01-01")
    ]
    return lambda: opening.open_accounts(rows, by=world.by, on=DAY)


@scene("organizations.accounts.opening.renew_slips")
def _(world):
    held = [world.user(*office).appointments.get() for office in (("SECRETARY", "CB01"), ("INSPECTION", "K"))]
    return lambda: opening.renew_slips(held, by=world.by, on=DAY)


@scene("organizations.accounts.handing_over.hand_over")
def _(world):
    (held,), other = world.user("LEADER", "K").appointments.all(), world.user("SECRETARY", "CB01").appointments.get()
    deputize([Deputy(appointment=other, to=world.user(), starts=DAY, ends=TODAY)], **world.act(DAY))
    known = world.user()

    def do():
        ((new, _),) = making.unmade([making.Name("bithu.cb01.2", "Trần Mới")])
        rows = [(other, new), (held, known)]
        return hand_over([OfficeHandover(appointment=a, to=to, starts=LATER) for a, to in rows], **world.act(DAY))

    return do


@scene("organizations.accounts.handing_over.deputize")
def _(world):
    held, to = world.user("LEADER", "K").appointments.get(), world.user()
    rows = [Deputy(appointment=held, to=to, starts=DAY, ends=LATER)]
    return lambda: deputize(rows, **world.act(DAY))


@scene("organizations.sizes.approve")
def _(world):
    paper, _ = Document.objects.get_or_create(number="9-CV", date=DAY, issuer="Đảng ủy Khối")
    rows = [(world.org[code], SizeRule.objects.get(kind="CBCS", official=True)) for code in ("CB01", "CB02")]
    return lambda: sizes.approve(rows, **world.act(DAY, document=paper))


@scene("organizations.staff.counts.set_staff")
def _(world):
    enter(world, DB01=60, DB02=30)
    rows = [row(world, code, 2017, told) for code, told in (("DB01", (40, 20, 5)), ("DB02", None), ("CB01", "trên 7"))]
    return lambda: counts.set_staff(rows, **world.act(DAY))
