"""The organizations of the demonstration and the accounts that act for them."""

from datetime import date

from django.contrib.auth.hashers import make_password

from ledger.models import User
from ledger.text import secret
from organizations import reorganize
from organizations.appoint import NewOffice, appoint
from organizations.confirming import acknowledge, notices_for
from organizations.models import CELLS, Kind, OrganizationSpell, Role
from organizations.reorganize import Founding

from . import words
from .plan import TODAY

CELLS_OF_COMMITTEES = (9,) + (8,) * 3 + (7,) * 5 + (6,) * 14 + (5, 4)


def tree(play):
    """The bloc as it stood before 2016: {code: Organization}."""
    rows = [Founding(code="K", name="Đảng bộ Khối các cơ quan tỉnh", kind=Kind.KHOI)]
    for i, (name, cells) in enumerate(zip(words.COMMITTEES, CELLS_OF_COMMITTEES, strict=True), start=1):
        code = f"DB{i:02}"
        rows.append(Founding(code=code, name=f"Đảng bộ {name}", kind=Kind.DBCS, parent="K", position=i))
        for j, department in enumerate(words.DEPARTMENTS[:cells], start=1):
            rows.append(
                Founding(code=f"{code}-{j:02}", name=f"Chi bộ {department}", kind=Kind.CBTT, parent=code, position=j)
            )
    for i, name in enumerate(words.GRASSROOTS_CELLS, start=1):
        rows.append(Founding(code=f"CB{i:02}", name=f"Chi bộ {name}", kind=Kind.CBCS, parent="K", position=25 + i))
    paper = play.paper("12-QĐ/TU", date(1992, 4, 1), "Thành lập Đảng bộ Khối", issuer="Tỉnh ủy")
    return reorganize.found(rows, by=play.by, on=date(1992, 4, 20), document=paper)


def _users(names, password):
    users = [User(username=n, display_name=d, password=password) for n, d in names.items()]
    return {u.username: u for u in User.objects.bulk_create(users)}


def offices(play):
    """Accounts of the departments, the committees and the cells, all with the one password."""
    names = {
        "bantochuc": "Ban Tổ chức Đảng ủy Khối",
        "kiemtra": "Ủy ban Kiểm tra Đảng ủy Khối",
        "lanhdao": "Lãnh đạo Đảng ủy Khối",
    }
    spells = {s.organization.code: s for s in OrganizationSpell.objects.on(TODAY).select_related("organization")}
    committees = {f"danguy.{c}": s for c, s in spells.items() if s.kind == Kind.DBCS}
    secretaries = {f"bithu.{c}": s for c, s in spells.items() if s.kind in CELLS}
    names |= {n: f"Đảng ủy · {s.name}" for n, s in committees.items()}
    names |= {n: f"Bí thư · {s.name}" for n, s in secretaries.items()}
    users = _users(names, make_password(secret(play.password)))
    bloc = play.org["K"]
    rows = [
        NewOffice(user=users["bantochuc"], role=Role.ORGANIZATION, organization=bloc),
        NewOffice(user=users["kiemtra"], role=Role.INSPECTION, organization=bloc),
        NewOffice(user=users["lanhdao"], role=Role.LEADER, organization=bloc),
    ]
    for offices, role in ((committees, Role.COMMITTEE), (secretaries, Role.SECRETARY)):
        rows += [NewOffice(user=users[n], role=role, organization=s.organization) for n, s in offices.items()]
    appoint(rows, by=play.by, on=date(2018, 1, 2))
    leader = users["lanhdao"]
    acknowledge(notices_for(leader), by=leader, on=date(2018, 1, 2))
