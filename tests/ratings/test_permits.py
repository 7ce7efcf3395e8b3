"""One table: in which state who may do what with a sheet; and the sentence for everyone else (domain §2.5)."""

import itertools
from types import SimpleNamespace

import pytest

from ledger.acts import Refused
from organizations.access import RATING_RIGHTS, Act, capacities
from ratings import permits
from ratings.models import OrganizationRating, State
from tests.world import TODAY

# Who they are: the letter in the tables, role and organization. Each meets each cell below as own or foreign.
USERS = {
    "n": (None, None),
    "s": ("SECRETARY", "DB01-01"),
    "t": ("SECRETARY", "DB01-02"),  # of the cell next door
    "c": ("COMMITTEE", "DB01"),
    "o": ("COMMITTEE", "DB02"),  # of another organization
    "g": ("SECRETARY", "CB01"),  # of a cell that decides its own members
    "d": ("ORGANIZATION", "K"),
    "i": ("INSPECTION", "K"),
    "l": ("LEADER", "K"),
    "a": "administrator",
}
# The columns are the states in their order; a cell of the table holds the letters of those who may, - is nobody.
SHEETS = {
    "DB01-01": """
        RATE      s   -   -   -   -   -
        SUBMIT    s   -   -   -   -   -
        ENDORSE   -   c   -   -   -   -
        DECIDE    -   -   c   -   -   -
        RETURN    -   c   c   -   -   -
        ACCEPT    -   -   -   d   -   -
        REOPEN    -   -   -   d   d   -
        CORRECT   -   -   -   -   -   d
    """,
    "DB02-02": """
        RATE      -   -   -   -   -   -
        SUBMIT    -   -   -   -   -   -
        ENDORSE   -   o   -   -   -   -
        DECIDE    -   -   o   -   -   -
        RETURN    -   o   o   -   -   -
        ACCEPT    -   -   -   d   -   -
        REOPEN    -   -   -   d   d   -
        CORRECT   -   -   -   -   -   d
    """,
    "CB01": """
        RATE      g   -   -   -   -   -
        SUBMIT    -   -   -   -   -   -
        ENDORSE   -   -   -   -   -   -
        DECIDE    g   g   g   -   -   -
        RETURN    -   g   g   -   -   -
        ACCEPT    -   -   -   d   -   -
        REOPEN    -   -   -   d   d   -
        CORRECT   -   -   -   -   -   d
    """,
}
# The columns: period open, open and decided, locked.
ORGANIZATIONS = {
    "DB01-01": """
        PROPOSE          s   -   -
        RATE_CELL        c   c   -
        RATE_GRASSROOTS  -   -   -
    """,
    "DB01": """
        PROPOSE          c   -   -
        RATE_CELL        -   -   -
        RATE_GRASSROOTS  l   l   -
    """,
    "CB01": """
        PROPOSE          g   -   -
        RATE_CELL        -   -   -
        RATE_GRASSROOTS  l   l   -
    """,
}
KINDS = {"DB01-01": "CBTT", "DB02-02": "CBTT", "CB01": "CBCS"}
STANDS = ("open", "decided", "locked")


def table(text, columns):
    """{(act, column): letters}"""
    found = {}
    for row in text.split("\n"):
        if row.strip():
            act, *letters = row.split()
            found |= {(Act[act], column): set(x) - {"-"} for column, x in zip(columns, letters, strict=True)}
    return found


@pytest.fixture
def users(world):
    made = {letter: world.user(*who) for letter, who in USERS.items() if who != "administrator"}
    made["a"] = world.user()
    made["a"].is_superuser = True
    made["a"].save()
    return made


def held(world, user, code):
    return capacities(user, world.org[code], TODAY)


def test_the_tables_have_a_row_for_every_act_and_a_column_for_every_state():
    for text in SHEETS.values():
        assert set(table(text, State)) == set(itertools.product(permits.SHEET_ACTS, State))
    of_organizations = {act for text in ORGANIZATIONS.values() for act, _ in table(text, STANDS)}
    assert {*permits.SHEET_ACTS, *of_organizations, Act.MANAGE, Act.REMIND} == set(Act)
    assert set(RATING_RIGHTS) == set(Act)


@pytest.mark.parametrize("code", SHEETS)
def test_who_may_do_what_with_a_sheet_and_when(world, users, code):
    wrong = []
    for (act, state), letters in table(SHEETS[code], State).items():
        sheet = SimpleNamespace(state=state)
        for letter, user in users.items():
            permit = permits.of_sheet(act, sheet, KINDS[code], held(world, user, code))
            if permit.allowed != (letter in letters) or permit.allowed != (permit.why == ""):
                wrong.append((letter, act.name, state, permit.why))
    assert not wrong


@pytest.mark.parametrize("code", ORGANIZATIONS)
def test_who_may_rate_an_organization_and_when(world, users, code):
    tiers = OrganizationRating.Tier
    wrong = []
    for (act, stands), letters in table(ORGANIZATIONS[code], STANDS).items():
        decided = 1 if stands != "open" else None
        row = OrganizationRating(tier=tiers.CELL if "-" in code else tiers.GRASSROOTS, decision_id=decided)
        period = SimpleNamespace(locked_id=1 if stands == "locked" else None)
        for letter, user in users.items():
            permit = permits.of_organization(act, row, period, held(world, user, code))
            if permit.allowed != (letter in letters):
                wrong.append((letter, act.name, stands, permit.why))
    assert not wrong


def test_all_permits_of_a_sheet_at_once(world, users):
    found = permits.sheet_permits(SimpleNamespace(state=State.ENDORSED), "CBTT", held(world, users["c"], "DB01-01"))
    assert {act for act, permit in found.items() if permit.allowed} == {Act.DECIDE, Act.RETURN}
    assert tuple(found) == permits.SHEET_ACTS


@pytest.mark.parametrize(
    ("letter", "code", "act", "state", "sentence"),
    [
        ("n", "DB01-01", "RATE", "draft", "Việc nhập xếp loại là của bí thư chi bộ."),
        ("t", "DB01-01", "SUBMIT", "draft", "Việc nộp phiếu là của bí thư chi bộ."),
        ("c", "DB01-01", "RATE", "draft", "Việc nhập xếp loại là của bí thư chi bộ."),
        ("s", "DB01-01", "ENDORSE", "submitted", "Việc thẩm định phiếu là của đảng ủy cơ sở."),
        ("o", "DB01-01", "RETURN", "submitted", "Việc trả lại phiếu là của đảng ủy cơ sở."),
        ("l", "DB01-01", "ACCEPT", "decided", "Việc tiếp nhận phiếu là của Ban Tổ chức Đảng ủy Khối."),
        ("a", "DB01-01", "CORRECT", "locked", "Việc điều chỉnh sau khi khóa kỳ là của Ban Tổ chức Đảng ủy Khối."),
        ("s", "DB01-01", "RATE", "submitted", "Phiếu đã nộp; việc nhập xếp loại cần phiếu nháp."),
        ("c", "DB01-01", "ENDORSE", "draft", "Phiếu nháp; việc thẩm định phiếu cần phiếu đã nộp."),
        (
            "c",
            "DB01-01",
            "RETURN",
            "decided",
            "Phiếu đã quyết định; việc trả lại phiếu cần phiếu đã nộp hoặc đã thẩm định.",
        ),
        (
            "g",
            "CB01",
            "DECIDE",
            "decided",
            "Phiếu đã quyết định; việc quyết định xếp loại đảng viên cần phiếu nháp hoặc đã nộp hoặc đã thẩm định.",
        ),
        (
            "g",
            "CB01",
            "SUBMIT",
            "draft",
            "Chi bộ cơ sở tự quyết định xếp loại đảng viên của mình, không qua bước này.",
        ),
        ("s", "DB01-01", "RATE", "locked", "Kỳ xếp loại đã khóa; chỉ còn ghi điều chỉnh bổ sung."),
        ("g", "CB01", "DECIDE", "locked", "Kỳ xếp loại đã khóa; chỉ còn ghi điều chỉnh bổ sung."),
        (
            "d",
            "DB01-01",
            "REOPEN",
            "endorsed",
            "Phiếu đã thẩm định; việc trả lại phiếu đã quyết định cần phiếu đã quyết định hoặc đã tiếp nhận.",
        ),
    ],
)
def test_the_sentence_says_whose_it_is_or_what_it_waits_for(world, users, letter, code, act, state, sentence):
    permit = permits.of_sheet(Act[act], SimpleNamespace(state=state), KINDS[code], held(world, users[letter], code))
    assert permit.why == sentence


# What a verb of a sheet does to each state, told by the same table: whoever comes by another door meets the same.


VERBS = {"SUBMIT": "submit", "ENDORSE": "endorse", "DECIDE": "decide", "ACCEPT": "accept"}
REACHED = {"draft": [], "submitted": ["submit"], "endorsed": ["submit", "endorse"]}
REACHED["decided"] = [*REACHED["endorsed"], "decide"]
REACHED["accepted"] = [*REACHED["decided"], "accept"]


@pytest.mark.parametrize("state", REACHED)
@pytest.mark.parametrize("act", VERBS)
def test_the_verbs_hold_to_the_states_of_the_table(desk, act, state):
    desk.rate(An=2, Bình=2)
    for step in REACHED[state]:
        getattr(desk, step)("DB01-01")
    may = bool(table(SHEETS["DB01-01"], State)[Act[act], State(state)])
    try:
        getattr(desk, VERBS[act])("DB01-01")
        did = True
    except Refused as refused:
        assert "việc này cần phiếu" in refused.messages[0]
        did = False
    assert did == may
