"""Accounts as they come into being, inside the act that gives them their first office."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.exceptions import ValidationError
from django.db.models import Field, Q, QuerySet
from django.db.models.functions import Lower
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from ledger import clock
from ledger.acts import Refused
from ledger.models import Change, User
from organizations.models import Appointment

from .slips import new_password

COLUMNS = [
    (label, User._meta.get_field(name), name)
    for label, name in (("Tên đăng nhập", "username"), ("Họ và tên hiển thị", "display_name"))
]

AS_GIVEN = [
    "username",
    "display_name",
    "password",
    "must_change_password",
    "password_given_on",
    "is_active",
    "date_joined",
]


class Name(NamedTuple):
    """What an account is called: as its holder signs in, as others read of him."""

    username: str
    display_name: str


def unmade(names: Iterable[Name]) -> list[tuple[User, str]]:
    """[(an account not yet in the database, the password it opens with once)]. Slow on purpose: done before an act begins."""
    made = []
    for name in names:
        user, password = User(username=name.username, display_name=name.display_name), new_password()
        user.give_password(password, clock.today())
        made.append((user, password))
    return made


def without_password(names: Iterable[Name]) -> list[User]:
    """Accounts not yet in the database that nothing opens until a slip is printed for each (`renew_slips`)."""
    users = []
    for name in names:
        user = User(username=name.username, display_name=name.display_name, must_change_password=True)
        user.set_unusable_password()
        users.append(user)
    return users


def turns(users: Iterable[User]) -> list[str]:
    """What an act that makes `users` waits for, before it locks any row (`wait_turn`)."""
    return [user.username.lower() for user in users]


def make(users: Sequence[User], change: Change) -> None:
    """Inside the act `change`, whose turn it is: writes `users`, as `unmade` or `without_password` gave them. Refused where names cannot be.

    An account of that name that was made and never used comes back as it is given now.
    """
    faults = judge_names([Name(user.username, user.display_name) for user in users])
    if any(faults):
        raise Refused([sentence for sentences in faults for sentence in sentences])
    laid_by = {name.lower(): pk for name, pk in laid_by_accounts().values_list("username", "pk")}
    for user in users:
        user.pk, user.date_joined = laid_by.get(user.username.lower()), change.at  # which act made it
    new, back = [u for u in users if u.pk is None], [u for u in users if u.pk is not None]
    bulk_create_with_history(new, User, default_user=change.by)
    if back:
        bulk_update_with_history(back, User, AS_GIVEN, default_user=change.by)


def laid_by_accounts() -> QuerySet[User]:
    """Accounts that were made, switched off before anybody used them and hold no office: their names are free again."""
    one_time = Q(password_given_on__isnull=False) | Q(
        must_change_password=True, password__startswith=UNUSABLE_PASSWORD_PREFIX
    )
    unused = User.objects.filter(one_time, last_login=None, is_active=False, is_superuser=False)
    return unused.exclude(pk__in=Appointment.objects.standing().values("user"))


def judge_names(names: Sequence[Name]) -> list[list[str]]:
    """For each of `names` the sentences that forbid an account of it. Number of queries: constant."""
    times = Counter(name.username.lower() for name in names)
    accounts = User.objects.annotate(low=Lower("username")).filter(low__in=list(times))
    known = dict(accounts.exclude(pk__in=laid_by_accounts()).values_list("low", "username"))
    return [[*_unfit(name), *_not_alone(name, known, times)] for name in names]


def _unfit(name: Name) -> Iterator[str]:
    for label, field, attribute in COLUMNS:
        for sentence in _refused_by(field, getattr(name, attribute)):
            yield sentence if sentence.startswith(label) else f"{label}: {sentence}"


def _refused_by(field: Field, text: str) -> list[str]:
    if not text.strip():
        return ["mục này không được để trống."]
    try:
        field.clean(text, None)
    except ValidationError as error:
        return list(error.messages)
    return []


def _not_alone(name: Name, known: dict[str, str], times: Counter[str]) -> Iterator[str]:
    low = name.username.lower()
    if low in known:
        yield f"Tên đăng nhập {known[low]} đã có người dùng. Hãy chọn tên khác."
    if times[low] > 1:
        yield f"Tên đăng nhập {name.username} có ở nhiều dòng. Mỗi tài khoản cần một tên riêng."


def switch_off_unused(change: Change, undoing: Change) -> None:
    """Inside the act that undoes `change`: the accounts it made that nobody has used and that hold no office any more."""
    made = User.objects.filter(date_joined=change.at, last_login=None, is_active=True)
    unused = list(made.exclude(pk__in=Appointment.objects.standing().values("user")).order_by("pk"))
    for user in unused:
        user.is_active = False
    if unused:
        bulk_update_with_history(unused, User, ["is_active"], default_user=undoing.by)
