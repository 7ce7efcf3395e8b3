"""An act that changes nothing is none, and one that was written before is found."""

import pytest
from django.urls import reverse

from indicators.verbs import FigureVerb
from inspections.verbs import LetterVerb
from ledger.acts import UNCHANGED, Refused, act
from ledger.models import Change
from ledger.numbers import day_in_words
from ledger.soundness import outcomes
from ledger.web import carry
from members.life.statuses import exempt
from members.models import Status
from tests.hand import Hand
from tests.pages.test_pages_site import standing
from tests.world import TODAY, refused

site = pytest.fixture(scope="module")(standing)


def test_an_act_that_changes_nothing_is_none(world):
    before = Change.objects.count()
    with pytest.raises(Refused) as caught, act("thử", **world.act()):
        Status.objects.filter(member=0).update(kind=1)
        Status.objects.filter(member=0).delete()
        Status.objects.bulk_create([])
    assert caught.value.messages == [UNCHANGED]
    assert Change.objects.count() == before
    with refused(UNCHANGED):
        exempt([], **world.act())


def test_targets_sent_twice(site):
    hand = Hand(site.user("ORGANIZATION", "K")).open(reverse("targets", args=["DB01", 2018]))
    (form,) = [form for form in hand.forms() if carry.FIELD in dict(form["fields"])]
    data = dict(form["fields"])
    field = next(name for name in data if name not in {carry.FIELD, "csrfmiddlewaretoken", "so", "ngay", "co_quan"})
    data |= {field: "2", "so": "9-NQ", "ngay": "01/12/2018", "co_quan": "Đảng ủy Khối"}
    path = reverse("targets", args=["DB01", 2018])
    assert hand.client.post(path, data).status_code == 302
    before = Change.objects.count()
    opened_anew = dict(next(f for f in hand.open(path).forms() if carry.FIELD in dict(f["fields"]))["fields"])
    assert opened_anew[field] == "2"
    for again in (data, opened_anew | {"so": "9-NQ", "ngay": "01/12/2018", "co_quan": "Đảng ủy Khối"}):
        answer = hand.client.post(path, again)
        assert (answer.status_code, "nên không có gì để ghi" in answer.content.decode()) == (400, True)
    assert Change.objects.count() == before


def empty(world, verb, **more):
    return Change.objects.create(verb=verb, by=world.by, on=TODAY, **more)


def test_an_empty_act_of_before_is_found(world):
    """Of those that write nothing but rows; whoever may read no letters learns of none from a verb."""
    before = [o for o in outcomes() if o.findings]
    rows = [
        empty(world, FigureVerb.SET_TARGETS),
        empty(world, "Được miễn công tác", undoable=True),
        *(empty(world, verb, undoable=True) for verb in LetterVerb),
    ]
    empty(world, FigureVerb.SET_GROUPS, detail="2018")  # leaves rows of a catalogue
    undone = empty(world, "Phân công", undoable=True)
    Change.objects.filter(pk=undone.pk).update(undone=empty(world, "Hủy việc: Phân công"))
    ((found,), names) = [o for o in outcomes() if o.findings], ["Việc “Giao chỉ tiêu”", "Việc “Được miễn công tác”"]
    names += ["Một việc Ủy ban Kiểm tra đã ghi"] * len(LetterVerb)
    assert (before, found.certain) == ([], False)
    assert [f.sentence for f in found.findings] == [
        f"{name} (số {row.pk}, ghi ngày {day_in_words(row.at)}): không ghi, không hủy dòng nào, có thể do biểu mẫu gửi hai lần. "
        "Không số liệu nào dựa vào đó; hãy xem điều định ghi đã có chưa, nếu chưa thì ghi lại."
        for name, row in zip(names, rows, strict=True)
    ]
