"""Every address that takes a form that brings something new into being, sent twice at the same moment: one is made.

One without a row here fails.
"""

import pytest

from tests.access.rows import ROWS
from tests.field.sent_twice.ground import SentGround, added, at, standing, told_once
from tests.field.sent_twice.imports import file_written
from tests.field.sent_twice.inspections import (
    carried_out,
    carried_out_with_a_reason,
    concluded_with_a_reason,
    conclusion_written_anew,
    day_of_carrying_out_amended,
    handed_over,
    letter_accepted,
    letter_accepted_with_a_reason,
    letter_corrected,
    letter_forwarded,
    letter_received,
    letter_resolved_with_a_reason,
    organization_added,
    organization_disciplined,
    planned,
    result_written_anew,
)
from tests.field.sent_twice.organizations import (
    consented,
    figures_closed,
    group_added,
    groups_copied,
    indicator_changed,
    office_confirmed,
    office_declined,
    part_added,
    period_opened,
    quarter_opened,
    staff_entered,
    targets_set,
    targets_set_in_the_grid,
    year_opened,
)
from tests.field.sent_twice.people import (
    SELECTED,
    admitted,
    admitted_from_the_pipeline,
    arrived,
    awarded,
    came_back_on_the_old_record,
    candidate_amended,
    merged,
    offer_accepted,
    recognised,
    recommended,
    record_amended,
    stepped,
    stopped,
    taken_back,
    view_saved,
    view_saved_as_the_last,
)
from tests.field.twice import send_at_once
from tests.ratings.desk import Desk

pytestmark = pytest.mark.usefixtures("committed")
FORMS = {
    "enter": [admitted, arrived, came_back_on_the_old_record],
    "candidates": [recommended],
    "candidate": [stepped, admitted_from_the_pipeline, stopped, candidate_amended],
    "record": [record_amended],
    "merge_records": [merged],
    "take_back": [taken_back],
    "probation": [recognised],
    "people_selected": [*SELECTED.values()],
    "offers": [offer_accepted],
    "saved_views": [view_saved, view_saved_as_the_last],
    "badges": [awarded],
    "inspection_plan": [planned],
    "inspection": [
        carried_out,
        carried_out_with_a_reason,
        concluded_with_a_reason,
        conclusion_written_anew,
        day_of_carrying_out_amended,
        organization_added,
        organization_disciplined,
    ],
    "letter_new": [letter_received],
    "letter": [
        letter_accepted,
        letter_accepted_with_a_reason,
        letter_forwarded,
        letter_resolved_with_a_reason,
        result_written_anew,
        letter_corrected,
    ],
    "approve_size": [consented],
    "appointments": [office_confirmed, office_declined],
    "handover": [handed_over],
    "periods": [period_opened, quarter_opened],
    "first_steps": [year_opened],
    "targets": [targets_set],
    "staff": [staff_entered],
    "targets_grid": [targets_set_in_the_grid],
    "groups": [groups_copied],
    "group_new": [group_added],
    "group_part": [part_added],
    "group_indicator": [indicator_changed],
    "closing": [figures_closed],
    "import_run": [file_written],
}
ELSEWHERE = {
    "accounts": "answers with slips to print: tests/organizations/accounts/test_sent_twice.py",
    "office": "each act: tests/organizations/accounts/test_sent_twice.py",
    "imports": "the same file is the same run until it is written",
    "errand": "each act, below",
    "reorganize_act": "each form, below",
    "reorganize_undo": "takes back: its act alone can be undone, and once",
    "ratings": "writes over lines that stand, each with its version",
    "rating_paste": "writes over lines, each with its version",
    "rating_line": "writes over a line that stands, with its version",
    "rating_step": "moves sheets that stand, each with its version",
    "rating_organizations": "writes over rows that stand, each with its version",
    "rating_correction": "writes over lines that stand, as they were opened",
    "choose": "a choice of the browser, in a cookie",
    "login": "",
    "logout": "",
    "password_change": "",
}


def test_every_address_that_takes_a_form_has_a_row():
    taking = {row[0] for row in ROWS if row[1] == "POST" and set(row[4:]) != {"405"}}
    assert taking == set(FORMS) | set(ELSEWHERE)


@pytest.mark.parametrize("form", [form for forms in FORMS.values() for form in forms], ids=lambda form: form.__name__)
def test_a_form_sent_twice_makes_one(form):
    ground = SentGround()
    role, (address, data) = form(ground)
    more = told_once(ground.users[role], address, data)
    assert more.get("Change", 0) <= 1, more
    assert all(n <= 1 for name, n in more.items() if name in ("Member", "Candidate", "Letter")), more


def test_deadlines_sent_twice_are_set_once():
    """Who comes second is told so, or that nothing was changed."""
    ground = SentGround()
    Desk(ground.world)
    typed = {"han_khoi": "01/02/2018", "ly_do": "Theo công văn"}
    address, data = ground.open("organization", at("periods")).filled("han", **typed)
    before = standing()
    answers = send_at_once(ground.users["organization"], address, data)
    assert {answer.status_code for answer in answers} <= {302, 400}
    assert added(before) == {"Change": 1}
