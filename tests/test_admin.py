"""The administration speaks Vietnamese, keeps its history and cannot go round a verb."""

import json
import re
from datetime import date
from decimal import Decimal

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from indicators.models import Indicator, Target, TargetGroup
from inspections.models import Conclusion, Inspection, InspectionSubject, OrganizationDiscipline, Result
from ledger.acts import UNCHANGED
from ledger.models import Change, DayLimits, Document, Installation, User
from members.models import (
    Amendment,
    AwardDay,
    BadgeAward,
    BadgeLevel,
    Candidate,
    CandidateRecord,
    CandidateStep,
    Discipline,
    EthnicGroup,
    Extension,
    Member,
    Merger,
    Post,
    Religion,
    Status,
    TransferOffer,
)
from organizations.access import office_of
from organizations.models import (
    Appointment,
    Approval,
    Organization,
    Origin,
    PendingAppointment,
    SizeRule,
    Succession,
)
from organizations.verbs import OfficeVerb
from ratings.models import Calendar, Cap, FrozenScheme, Level, Period, Reason, Rule, Scheme, Sheet, Step
from tests.world import START, TODAY

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
CATALOGUES = {
    User,
    Scheme,
    Level,
    Reason,
    Cap,
    Rule,
    Calendar,
    EthnicGroup,
    Religion,
    Result,
    BadgeLevel,
    AwardDay,
    SizeRule,
}
CHANGED_HERE = CATALOGUES | {Installation, DayLimits}
ADDED_HERE = CATALOGUES | {Appointment}
KEEPS_HISTORY = [Scheme, Level, Reason, Cap, Rule, Calendar, User, BadgeLevel, AwardDay, SizeRule, DayLimits]
PASSWORD = "mot-cau-dai-kho-doan"
ENGLISH = set(
    """
    account action active add added address administration algorithm all and any apply available between cancel change
    changed changes character characters choose chosen clear close comment contain contains content counts created
    current date default delete deleted digits disable disabled email empty enable enabled enter error errors exists
    field fields filter forgotten from hash hide historical history home invalid item items last ledger left letters light lost link
    login logout main memory model more must name navigation none object objects of only option password permission
    permissions please press ratings raw remove required reset results revert run salt save search select selected show
    sidebar site skip sorting staff status stored submit superuser theme this time today toggle user username
    users variety version view welcome will with year yes you your
    """.split()
)
SPOKEN = re.compile(r'\s(?:title|aria-label|placeholder|alt|value)="([^"]*)"')
UNSEEN = re.compile(r'(?s)<script.*?</script>|<!--.*?-->|<input[^>]*type="(?:hidden|radio|checkbox)"[^>]*>')


def url(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def text(response):
    """What a reader sees or hears of a page."""
    html = re.sub(r'<option[^>]*value="[^"]*"', "<option", UNSEEN.sub(" ", response.content.decode()))
    return " ".join([*SPOKEN.findall(html), re.sub(r"<[^>]*>", " ", html)])


UNNAMED = re.compile(r"\b\w+ object \(\d+\)")


def english(response):
    return ENGLISH & set(re.findall(r"[^\W\d_]+", UNNAMED.sub("", text(response)).lower()))


@pytest.fixture
def administrator(world):
    return User.objects.create_superuser("quan-tri", password=PASSWORD, is_staff=True)


@pytest.fixture
def desk(client, administrator):
    client.force_login(administrator, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def rows(world):
    """A row of every registered model."""
    world.user("COMMITTEE", "DB01")
    world.merge("CB02", "DB02", {"CB02": "DB02-01"}, date(2017, 7, 1))
    Document.objects.create(number="01-QĐ/ĐUK", date=START, issuer="Đảng ủy Khối")
    added = {"added": Change.objects.create(verb="Ghi", by=world.by, on=START)}
    member, cell, roof = world.people["An"], world.org["DB01-01"], world.org["DB01"]
    Origin.objects.create(organization=cell, source=roof, on=START, **added)
    PendingAppointment.objects.create(user=world.user(), role="SECRETARY", organization=cell, **added)
    Approval.objects.create(organization=roof, rule=SizeRule.objects.first(), starts=START, **added)
    Status.objects.create(member=member, kind=Status.Kind.SICK, starts=START, **added)
    Discipline.objects.create(member=member, kind=Discipline.Kind.WARNING, on=START, **added)
    Extension.objects.create(member=member, on=START, until=TODAY, **added)
    TransferOffer.objects.create(member=member, source=cell, target=world.org["CB01"], offered=START, **added)
    Post.objects.create(member=member, organization=cell, kind=Post.Kind.SECRETARY, starts=START, **added)
    candidate = Candidate.objects.create(**added)
    CandidateRecord.objects.create(candidate=candidate, full_name="Trần Mới", sex="F", birth_date=START, **added)
    CandidateStep.objects.create(candidate=candidate, organization=cell, stage=1, on=START, **added)
    BadgeAward.objects.create(member=member, level=BadgeLevel.objects.first(), on=START, **added)
    Amendment.objects.create(member=member, field="occupation", after="kế toán", **added)
    Merger.objects.create(member=member, dropped=world.people["Bình"], **added)
    check = Inspection.objects.create(year=2018, kind="INSPECTION", title="Nghị quyết", conductor=roof, **added)
    InspectionSubject.objects.create(inspection=check, organization=cell, **added)
    Conclusion.objects.create(inspection=check, organization=cell, on=START, text="Đạt", **added)
    OrganizationDiscipline.objects.create(
        organization=cell, kind=OrganizationDiscipline.Kind.WARNING, on=START, **added
    )
    days = dict.fromkeys(["cutoff", "cell_due", "committee_due", "bloc_due"], date(2018, 12, 31))
    scheme = Scheme.objects.get(code="2018")
    bloc = world.org["K"]
    period = Period.objects.create(bloc=bloc, year=2018, starts=date(2018, 1, 1), scheme=scheme, **days, **added)
    FrozenScheme.objects.create(period=period, text="{}", seal="0", **added)
    sheet = Sheet.objects.create(period=period, organization=cell, **added)
    Step.objects.create(sheet=sheet, before="draft", after="submitted", **added)
    group = TargetGroup.objects.create(bloc=bloc, year=2018, order=1, code="KN", name="Kết nạp")
    indicator = Indicator.objects.create(
        group=group, code="KN", name="Đảng viên mới", kind="COUNT", numerator="admitted", unit="người"
    )
    Target.objects.create(indicator=indicator, organization=roof, value=3, **added)


def answers(desk, model):
    """Each kind of page of the model with its response."""
    pk = model._base_manager.order_by("pk").first().pk
    for page, args in [("changelist", ()), ("add", ()), ("change", (pk,)), ("history", (pk,))]:
        yield page, desk.get(url(model, page, *args))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_page_answers_in_vietnamese(desk, rows, model):
    for page, response in answers(desk, model):
        refused = page == "add" and model not in ADDED_HERE
        assert response.status_code == (403 if refused else 200), page
        assert not english(response), page
        if page == "change" and model not in CHANGED_HERE:
            assert b'name="_save"' not in response.content


def test_every_row_has_a_name_of_its_own():
    assert not [model._meta.label for model in MODELS if model.__str__ is Model.__str__]


def test_pages_of_no_model_answer_in_vietnamese(desk):
    for name in ["index", "password_change", "password_change_done"]:
        response = desk.get(reverse(f"admin:{name}"), follow=True)
        assert response.status_code == 200, name
        assert not english(response), name
    for app in {model._meta.app_label for model in MODELS}:
        assert not english(desk.get(reverse("admin:app_list", args=[app]))), app


def test_scripts_of_the_administration_speak_vietnamese(desk):
    script = desk.get(reverse("admin:jsi18n")).content.decode()
    sentences = json.loads(re.search(r"const newcatalog = (\{.*?\});?\n", script, re.DOTALL)[1])
    assert sentences["Choose a Date"] == "Chọn ngày"
    assert sentences["Sunday"] == "Chủ nhật"
    assert sentences["Choose all %s"] == "Chọn tất cả %s"


def test_pages_meet_the_content_security_policy(desk, rows):
    scheme = Scheme.objects.first()
    scheme.save()
    for address in [
        reverse("admin:index"),
        url(Appointment, "add"),
        url(Scheme, "change", scheme.pk),
        url(Scheme, "history", scheme.pk),
        url(Scheme, "simple_history", scheme.pk, scheme.history.first().pk),
        url(User, "add"),
        url(Member, "changelist"),
        url(Change, "changelist"),
    ]:
        response = desk.get(address)
        html = response.content.decode()
        assert response.status_code == 200
        assert "default-src 'self'" in response["Content-Security-Policy"]
        assert not re.search(r"<style|\sstyle=|\son\w+=\"", html), address
        for tag in re.findall(r"<script[^>]*>", html):
            assert "src=" in tag or "application/json" in tag, address
        assert 'rel="icon" href="/static/img/star.svg"' in html


@pytest.mark.parametrize(
    ("role", "code"),
    [
        ("ORGANIZATION", "K"),
        ("INSPECTION", "K"),
        ("LEADER", "K"),
        ("COMMITTEE", "DB01"),
        ("SECRETARY", "DB01-01"),
        (None, None),
    ],
)
def test_only_administrators_come_in(client, world, role, code):
    user = world.user(role, code)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    for address in [reverse("admin:index"), url(User, "changelist"), url(Appointment, "add"), url(User, "add")]:
        response = client.get(address)
        assert response.status_code == 302
        assert response["Location"].startswith(reverse("admin:login"))
    page = client.get(response["Location"])
    assert "không được dùng trang này" in text(page)
    assert not english(page)
    before = User.objects.count()
    data = {"username": "ai-do", "password1": PASSWORD, "password2": PASSWORD}
    assert client.post(url(User, "add"), data).status_code == 302
    assert User.objects.count() == before


def appointing(desk, user, role, organization):
    data = {"user": user.pk, "role": role, "organization": organization.pk}
    return desk.post(url(Appointment, "add"), data)


def test_an_appointment_goes_through_the_verb(desk, administrator, world):
    user, cell = world.user(), world.org["DB01-01"]
    response = appointing(desk, user, "SECRETARY", cell)
    assert response.status_code == 302
    made = Appointment.objects.get(user=user)
    assert (made.role, made.organization, made.starts, made.is_open) == ("SECRETARY", cell, TODAY, True)
    change = Change.objects.first()
    assert (made.added, change.words, change.by, change.on) == (change, "Phân công", administrator, TODAY)
    assert office_of(User.objects.get(pk=user.pk)).roles == {"SECRETARY"}


@pytest.mark.parametrize(
    ("role", "code", "sentence"),
    [
        (
            "LEADER",
            "DB01",
            "Lãnh đạo Đảng ủy Khối chỉ phân công ở Đảng bộ Khối, hoặc Đảng bộ tỉnh cho mọi đảng bộ trực thuộc.",
        ),
        (
            "COMMITTEE",
            "DB01-01",
            "Cấp ủy cơ sở, bộ phận chỉ phân công ở đảng bộ cơ sở, chi bộ cơ sở hoặc đảng bộ bộ phận.",
        ),
        ("SECRETARY", "K", "Bí thư chi bộ chỉ phân công ở chi bộ."),
        ("SECRETARY", "CB02", "Tổ chức CB02 không tồn tại vào ngày này."),
    ],
)
def test_a_wrong_place_is_refused_with_its_sentence(desk, rows, world, role, code, sentence):
    changes = Change.objects.count()
    response = appointing(desk, world.user(), role, world.org[code])
    assert response.status_code == 200
    assert sentence in text(response)
    assert not english(response)
    assert Change.objects.count() == changes


def test_a_second_role_at_one_organization_is_refused(desk, world):
    user = world.user("SECRETARY", "CB01")
    response = appointing(desk, user, "COMMITTEE", world.org["CB01"])
    assert f"{user} đã có vai trò tại CB01. Hãy thôi vai trò cũ trước." in text(response)
    assert Appointment.objects.filter(user=user).count() == 1


def test_the_action_ends_an_appointment_the_same_day(desk, administrator, world):
    user = world.user("COMMITTEE", "DB01")
    office = Appointment.objects.get(user=user)
    data = {"action": "end", "_selected_action": [office.pk]}
    response = desk.post(url(Appointment, "changelist"), data, follow=True)
    assert "Đã thôi 1 phân công." in text(response)
    assert not english(response)
    change = Change.objects.first()
    assert (change.words, change.by, change.on) == ("Thôi phân công", administrator, TODAY)
    office.refresh_from_db()
    assert office.voided == change
    kept = Appointment.objects.get(user=user, voided__isnull=True)
    assert (kept.starts, kept.ends) == (START, TODAY)
    assert not office_of(User.objects.get(pk=user.pk)).appointments
    # The past is not ended twice.
    data["_selected_action"] = [kept.pk]
    assert UNCHANGED in text(desk.post(url(Appointment, "changelist"), data, follow=True))
    assert Change.objects.filter(verb=OfficeVerb.DISMISS).count() == 1


def test_an_open_spell_reads_until_now(desk, rows, world):
    for address in [
        url(Appointment, "changelist"),
        url(Status, "changelist"),
        url(Status, "change", Status.objects.get().pk),
        url(Organization, "change", world.org["DB01"].pk),
    ]:
        page = text(desk.get(address))
        assert re.search(r"\bnay\b", page), address
        assert "9999" not in page, address


FACTS = [model for model in MODELS if model not in ADDED_HERE | CHANGED_HERE]


@pytest.mark.parametrize("model", FACTS, ids=lambda model: model._meta.label)
def test_facts_are_refused_to_a_form(desk, rows, model):
    before = list(model._base_manager.order_by("pk").values())
    pk = before[0]["id"]
    assert desk.post(url(model, "add"), {"value": "99"}).status_code == 403
    assert desk.post(url(model, "change", pk), {"value": "99", "full_name": "Ai Đó"}).status_code == 403
    assert desk.post(url(model, "delete", pk), {"post": "yes"}).status_code == 403
    assert list(model._base_manager.order_by("pk").values()) == before


def test_an_appointment_is_neither_rewritten_nor_deleted(desk, world):
    office = Appointment.objects.get(user=world.user("COMMITTEE", "DB01"))
    data = {"user": world.by.pk, "role": "COMMITTEE", "organization": world.org["DB02"].pk}
    assert desk.post(url(Appointment, "change", office.pk), data).status_code == 403
    assert desk.post(url(Appointment, "delete", office.pk), {"post": "yes"}).status_code == 403
    office.refresh_from_db()
    assert (office.organization, office.voided) == (world.org["DB01"], None)


@pytest.mark.parametrize("model", sorted(ADDED_HERE, key=lambda m: m._meta.label), ids=lambda m: m._meta.label)
def test_nothing_is_ever_deleted(desk, rows, model):
    pk = model._base_manager.first().pk
    count = model._base_manager.count()
    assert desk.post(url(model, "delete", pk), {"post": "yes"}).status_code == 403
    page = desk.post(url(model, "changelist"), {"action": "delete_selected", "_selected_action": [pk], "post": "yes"})
    assert page.status_code in (200, 302)
    assert model._base_manager.count() == count
    assert "Xóa" not in text(desk.get(url(model, "change", pk)))


def test_an_account_is_made_administrator_and_switched_off(desk):
    data = {"username": "moi", "display_name": "Người mới", "password1": PASSWORD, "password2": PASSWORD}
    response = desk.post(url(User, "add"), data, follow=True)
    assert "Đã thêm tài khoản" in text(response)
    user = User.objects.get(username="moi")
    assert user.check_password(PASSWORD)
    assert (user.is_active, user.is_staff, user.is_superuser) == (True, False, False)

    data = {"username": "moi", "display_name": "Người mới", "email": "", "is_active": "on", "is_superuser": "on"}
    response = desk.post(url(User, "change", user.pk), data, follow=True)
    assert "Đã lưu tài khoản" in text(response)
    assert not english(response)
    user.refresh_from_db()
    assert (user.is_staff, user.is_superuser) == (True, True)

    desk.post(url(User, "change", user.pk), {"username": "moi", "display_name": "Người mới"})
    user.refresh_from_db()
    assert (user.is_active, user.is_staff, user.is_superuser) == (False, False, False)
    signing_in = Client().post(reverse("login"), {"username": "moi", "password": PASSWORD})
    assert signing_in.status_code == 200
    assert "_auth_user_id" not in signing_in.client.session
    assert not english(signing_in)

    history = desk.get(url(User, "history", user.pk))
    assert "Đang dùng" in text(history)
    assert "3 lần ghi" in text(history)
    assert not english(history)


def test_faults_in_an_account_are_told_in_vietnamese(desk, world):
    address = url(User, "add")
    cases = [
        ({"username": "van-phong"}, "Tên đăng nhập này đã có. Hãy chọn tên khác."),
        ({"username": ""}, "Mục này không được để trống."),
        ({"username": "hai chữ"}, "Tên đăng nhập chỉ gồm chữ"),
        ({"password2": "khac"}, "Hai lần nhập mật khẩu không giống nhau."),
        ({"password1": "ngan", "password2": "ngan"}, "Mật khẩu quá ngắn. Mật khẩu cần ít nhất 8 ký tự."),
        ({"password1": "password", "password2": "password"}, "Mật khẩu này quá dễ đoán."),
        ({"password1": "81640357", "password2": "81640357"}, "Mật khẩu này chỉ gồm chữ số."),
        ({"username": "mot-cau-dai-kho", "password2": PASSWORD}, "Mật khẩu quá giống tên đăng nhập."),
    ]
    for wrong, sentence in cases:
        data = {"username": "moi", "password1": PASSWORD, "password2": PASSWORD, **wrong}
        response = desk.post(address, data)
        assert response.status_code == 200, wrong
        assert sentence in text(response), wrong
        assert "Chưa lưu được. Hãy sửa các chỗ báo lỗi dưới đây." in text(response)
        assert not english(response), wrong
    assert not User.objects.filter(username="moi").exists()


def test_a_password_is_set_in_vietnamese(desk, world):
    user = world.user()
    address = reverse("admin:auth_user_password_change", args=[user.pk])
    for _ in range(2):
        page = desk.get(address)
        assert page.status_code == 200
        assert not english(page)
        data = {"usable_password": "true", "password1": PASSWORD, "password2": PASSWORD, "set-password": "x"}
        response = desk.post(address, data, follow=True)
        assert "Đã đổi mật khẩu." in text(response)
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert "Đã đặt mật khẩu." in text(response)
    assert user.password.split("$")[0] not in text(response)


@pytest.mark.parametrize("model", KEEPS_HISTORY, ids=lambda model: model._meta.label)
def test_each_edit_is_kept(desk, administrator, rows, model):
    row = model.objects.first()
    page = desk.get(url(model, "change", row.pk))
    form = page.context["adminform"].form
    field = {User: "display_name", Cap: "percent", Scheme: "name", Level: "member_label", Reason: "label"}
    field |= {Rule: "legal_basis", Calendar: "remind_days", BadgeLevel: "months_early", SizeRule: "basis"}
    field |= {DayLimits: "years_ahead"}
    field = field.get(model, "name")
    typed, value = {Cap: ("12,5", Decimal("12.50")), Calendar: ("9", 9), BadgeLevel: ("9", 9), DayLimits: ("9", 9)}.get(
        model, ("Tên đã đổi", "Tên đã đổi")
    )
    data = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    data = {**data, field: typed}
    response = desk.post(url(model, "change", row.pk), data)
    assert response.status_code == 302, response.context["errors"]
    row.refresh_from_db()
    assert getattr(row, field) == value
    kept = row.history.first()
    assert (kept.history_user, kept.history_type, getattr(kept, field)) == (administrator, "~", value)

    listed = desk.get(url(model, "history", row.pk))
    assert "Sửa" in text(listed)
    assert not english(listed)
    old_page = desk.get(url(model, "simple_history", row.pk, kept.pk))
    assert "Quay lại bản này" in text(old_page)
    assert not english(old_page)


def test_signing_in_is_no_edit_of_the_account(db):
    user = User.objects.create_user("thu", password=PASSWORD)
    assert Client().post(reverse("login"), {"username": "thu", "password": PASSWORD}).status_code == 302
    assert [line.history_type for line in user.history.all()] == ["+"]


def test_an_old_version_comes_back_as_one_more_edit(desk, administrator):
    scheme = Scheme.objects.first()
    name = scheme.name
    first = scheme.history.get()
    scheme.name = "Tên nhầm"
    scheme.save()
    address = url(Scheme, "simple_history", scheme.pk, first.pk)
    form = desk.get(address).context["adminform"].form
    data = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    response = desk.post(address, data, follow=True)
    assert "Đã lưu lược đồ xếp loại" in text(response)
    scheme.refresh_from_db()
    assert scheme.name == name
    assert scheme.history.count() == 3
    assert scheme.history.first().history_user == administrator


def test_catalogues_list_all_their_rows(desk):
    page = desk.get(url(EthnicGroup, "changelist"))
    assert page.context["cl"].result_count == 56
    assert {"Kinh", "Xơ-đăng", "Dân tộc khác"} <= {row.name for row in page.context["cl"].result_list}
    found = desk.get(url(EthnicGroup, "changelist"), {"q": "Ê-đê"})
    assert [row.name for row in found.context["cl"].result_list] == ["Ê-đê"]
    response = desk.post(url(EthnicGroup, "add"), {"code": "01", "name": "Trùng mã"})
    assert "đã có dân tộc trùng mã." in text(response).lower()


def test_people_are_found_without_diacritics(desk, world):
    world.enroll("Đặng Hòa", "DB01-01")
    for typed in ["dang", "Đặng", "ĐẶNG hoa"]:
        page = desk.get(url(Member, "changelist"), {"q": typed})
        assert [member.full_name for member in page.context["cl"].result_list] == ["Đặng Hòa"], typed


def test_letters_are_not_for_the_administrator():
    assert not [model for model in MODELS if "letter" in model._meta.model_name]


def test_a_succession_is_shown(desk, rows):
    assert "CB02" in text(desk.get(url(Succession, "change", Succession.objects.get().pk)))


@pytest.mark.parametrize(
    ("typed", "moves"),
    [("16/01/2019", True), ("14/12/2018", True), ("13/12/2018", False), ("31/12/2022", False), ("", False)],
)
def test_the_day_of_a_demonstration_only_goes_on(desk, world, typed, moves):
    row = Installation.objects.get()
    response = desk.post(url(Installation, "change", row.pk), {"demo_day": typed})
    assert (response.status_code == 302) == moves
    if typed and not moves:
        assert "Ngày phải từ 14/12/2018 đến 18/01/2020" in text(response)
    row.refresh_from_db()
    assert row.demo_day == (date(2019, 1, 16) if typed == "16/01/2019" else TODAY)


def test_only_a_demonstration_has_a_day_to_move(desk, world):
    row = Installation.objects.get()
    row.demo_day = None
    row.save()
    assert desk.get(url(Installation, "change", row.pk)).status_code == 403
    assert "Ngày của bản trình diễn" not in text(desk.get(reverse("admin:index")))
