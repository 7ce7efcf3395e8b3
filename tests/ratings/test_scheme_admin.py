"""The administrator's ways to a scheme: none of them changes what a locked year says; a new version is made instead."""

from datetime import date

import pytest
from django.contrib import admin
from django.urls import reverse

from ledger.models import Change, User
from ratings.models import Cap, Level, Period, Reason, Rule, Scheme

pytestmark = pytest.mark.django_db
PARTS = [Level, Reason, Cap, Rule]


@pytest.fixture
def desk(client, world):
    user = User.objects.create_superuser("quan-tri", is_staff=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def fixed(world):
    """The scheme of 2018, which the locked year 2018 reads."""
    scheme = Scheme.objects.get(code="2018")
    period(world, 2018, scheme, locked=True)
    return scheme


def period(world, year, scheme, *, locked=False):
    days = dict.fromkeys(["cutoff", "cell_due", "committee_due", "bloc_due"], date(year, 12, 31))
    change = Change.objects.create(verb="Mở kỳ", by=world.by, on=date(2018, 1, 1))
    lock = change if locked else None
    whose = {"bloc": world.org["K"], "year": year, "starts": date(year, 1, 1)}
    return Period.objects.create(scheme=scheme, added=change, locked=lock, **whose, **days)


def url(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def filled(desk, address):
    """What the form at `address` would send as it stands."""
    form = desk.get(address).context["adminform"].form
    return {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}


def everything():
    return {m: list(m.objects.order_by("pk").values()) for m in (Scheme, *PARTS)}


def part_of(scheme, model):
    return model.objects.filter(scheme=scheme).first()


@pytest.mark.parametrize("model", [Scheme, *PARTS], ids=lambda m: m.__name__)
def test_a_row_that_a_locked_year_reads_is_shown_and_not_edited(desk, fixed, model):
    row = fixed if model is Scheme else part_of(fixed, model)
    free = Scheme.objects.get(code="2019") if model is Scheme else part_of(Scheme.objects.get(code="2019"), model)
    sent = filled(desk, url(model, "change", free.pk)) | {"scheme": fixed.pk}
    before = everything()
    page = desk.get(url(model, "change", row.pk))
    assert page.status_code == 200
    assert b'name="_save"' not in page.content
    assert desk.post(url(model, "change", row.pk), sent).status_code == 403
    first = row.history.last()
    old = desk.get(url(model, "simple_history", row.pk, first.pk))
    assert "Quay lại bản này" not in old.content.decode()
    assert desk.post(url(model, "simple_history", row.pk, first.pk), sent).status_code == 403
    assert desk.post(url(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    many = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    desk.post(url(model, "changelist"), many)
    assert everything() == before


@pytest.mark.parametrize("model", PARTS, ids=lambda m: m.__name__)
def test_nothing_is_added_to_a_scheme_that_a_locked_year_reads(desk, fixed, model):
    free = Scheme.objects.get(code="2019")
    sent = filled(desk, url(model, "change", part_of(free, model).pk)) | {"scheme": fixed.pk}
    sent |= {Level: {"rank": 5, "code": "M5"}, Reason: {"code": "moi"}}.get(model, {})
    before = everything()
    response = desk.post(url(model, "add"), sent)
    assert response.status_code == 200
    assert "scheme" in response.context["adminform"].form.errors
    assert everything() == before


@pytest.mark.parametrize("model", PARTS, ids=lambda m: m.__name__)
def test_nothing_is_moved_into_a_scheme_that_a_locked_year_reads(desk, fixed, model):
    row = part_of(Scheme.objects.get(code="2019"), model)
    sent = filled(desk, url(model, "change", row.pk)) | {"scheme": fixed.pk}
    before = everything()
    response = desk.post(url(model, "change", row.pk), sent)
    assert "scheme" in response.context["adminform"].form.errors
    assert everything() == before


def test_an_earlier_text_of_a_free_row_that_was_of_a_locked_scheme_is_not_brought_back(desk, fixed):
    free = Scheme.objects.get(code="2019")
    level = Level.objects.create(scheme=free, code="M9", rank=9, organization_label="x", member_label="x")
    Level.objects.filter(pk=level.pk).update(scheme=fixed)
    first = level.history.get()
    assert desk.post(url(Level, "simple_history", level.pk, first.pk), {"scheme": free.pk}).status_code == 403


def test_no_list_is_edited_in_place_and_no_part_is_edited_within_another():
    for model in (Scheme, *PARTS):
        page = admin.site._registry[model]
        assert (page.list_editable, page.inlines) == ((), ()), model


def test_what_only_open_years_read_is_edited(desk, world, fixed):
    period(world, 2019, Scheme.objects.get(code="2019"))
    level = Level.objects.get(scheme__code="2019", rank=1)
    sent = filled(desk, url(Level, "change", level.pk)) | {"member_label": "Xuất sắc"}
    assert desk.post(url(Level, "change", level.pk), sent).status_code == 302
    level.refresh_from_db()
    assert level.member_label == "Xuất sắc"


def test_the_page_says_who_reads_which_version(desk, world, fixed):
    page = desk.get(url(Scheme, "change", fixed.pk)).content.decode()
    assert "đã khóa: năm 2018 của K" in page
    assert "Hãy lập bản mới của lược đồ rồi sửa ở bản mới" in page
    assert "Lập bản mới từ bản này" in page
    listed = desk.get(url(Scheme, "changelist")).content.decode()
    assert "đã khóa: năm 2018 của K" in listed and "chưa có kỳ nào" in listed


def test_a_new_version_is_made_and_edited(desk, world, fixed):
    response = desk.post(reverse("admin:ratings_scheme_new_version", args=[fixed.pk]), follow=True)
    copy = Scheme.objects.get(code="2018", version=2)
    page = response.content.decode()
    assert "Đã lập bản 2, chép nguyên từ bản cũ." in page
    assert b'name="_save"' in response.content
    assert "Lập bản mới từ bản này" not in page
    level = copy.levels.get(rank=1)
    sent = filled(desk, url(Level, "change", level.pk)) | {"member_label": "Xuất sắc"}
    assert desk.post(url(Level, "change", level.pk), sent).status_code == 302
    assert fixed.levels.get(rank=1).member_label == "Hoàn thành xuất sắc nhiệm vụ"
    old = desk.get(url(Scheme, "change", fixed.pk)).content.decode()
    assert "Mở bản 2" in old and "Lập bản mới từ bản này" not in old
    for model in PARTS:
        listed = desk.get(url(model, "changelist"), {"scheme__id__exact": copy.pk}).context["cl"]
        assert f'href="{url(model, "changelist")}?scheme__id__exact={copy.pk}"' in page
        assert {row.scheme for row in listed.result_list} == {copy}
    desk.post(url(Scheme, "change", copy.pk), filled(desk, url(Scheme, "change", copy.pk)) | {"code": "khac"})
    copy.refresh_from_db()
    assert copy.code == "2018"
    again = desk.post(reverse("admin:ratings_scheme_new_version", args=[fixed.pk]), follow=True)
    assert "vẫn sửa được. Hãy sửa ngay ở bản đó." in again.content.decode()
    assert desk.get(reverse("admin:ratings_scheme_new_version", args=[fixed.pk])).status_code == 405


def test_a_version_is_taken_up_by_an_open_year_after_a_look_at_what_differs(desk, world, fixed):
    year = period(world, 2019, fixed)
    desk.post(reverse("admin:ratings_scheme_new_version", args=[fixed.pk]))
    copy = Scheme.objects.get(code="2018", version=2)
    level = copy.levels.get(rank=2)
    level.member_label = "Tốt"
    level.save()
    address = reverse("admin:ratings_scheme_adopt", args=[copy.pk, year.pk])
    assert f'href="{address}"' in desk.get(url(Scheme, "change", copy.pk)).content.decode()
    page = desk.get(address).content.decode()
    assert "Áp dụng bản 2 cho năm 2019 của K" in page
    assert "Mức 2, tên mức của đảng viên: “Hoàn thành tốt nhiệm vụ” → “Tốt”." in page
    done = desk.post(address, follow=True).content.decode()
    assert "Năm 2019 của K nay đọc bản 2 của lược đồ." in done
    year.refresh_from_db()
    assert year.scheme == copy
    locked = Period.objects.get(year=2018)
    refused = desk.post(reverse("admin:ratings_scheme_adopt", args=[copy.pk, locked.pk]), follow=True).content.decode()
    assert "Năm 2018 đã khóa, giữ bản lược đồ của mình." in refused
    assert desk.get(reverse("admin:ratings_scheme_adopt", args=[copy.pk, 999999])).status_code == 404


def test_a_code_that_stands_is_no_new_scheme(desk, fixed):
    sent = filled(desk, url(Scheme, "change", Scheme.objects.get(code="2019").pk)) | {"code": "2018"}
    response = desk.post(url(Scheme, "add"), sent)
    assert "Mã lược đồ này đã có." in response.content.decode()


def test_a_rule_takes_a_reason_of_its_own_scheme(desk, fixed):
    rule = Rule.objects.filter(scheme__code="2019", reason__isnull=False).first()
    other = Reason.objects.get(scheme__code="2023", code=rule.reason.code)
    sent = filled(desk, url(Rule, "change", rule.pk)) | {"reason": other.pk}
    response = desk.post(url(Rule, "change", rule.pk), sent)
    assert "Lý do phải thuộc cùng một bản lược đồ với quy tắc." in response.content.decode()
