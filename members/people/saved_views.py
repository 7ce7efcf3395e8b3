"""Verbs of saved ways of looking at the list of members: kept, renamed, shared and removed by their owner alone.

No facts: their history is kept by django-simple-history.
"""

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import Http404

from ledger import clock
from ledger.acts import Refused
from ledger.models import User
from ledger.text import as_id
from ledger.web.sent import query_of
from members.models import SavedView
from organizations import lineage
from organizations.access import office_of
from organizations.models import Appointment

HERE_ONLY = ("page", "ngay", "chon", "tat_ca")  # a day belongs to a year, and a view opens on any
MOST = 30


def views_for(user: User) -> QuerySet[SavedView]:
    """What `user` sees above the list: their own, and those shared with a role they hold today by somebody of their bloc."""
    shared = SavedView.objects.filter(shared_with__in=office_of(user).roles, owner__in=_beside(user))
    return (SavedView.objects.filter(owner=user) | shared).select_related("owner")


def _beside(user: User) -> QuerySet[Appointment]:
    """Users with an office today in a bloc where `user` has one."""
    day = clock.today()
    blocs = set(lineage.blocs_of(office_of(user).organizations, day).values())
    offices = Appointment.objects.on(day).filter(organization__in=lineage.below(blocs, day))
    return offices.values("user")


def own_view(user: User, pk: str) -> SavedView:
    """The view `pk` of `user`; Http404 for one that is somebody else's, shared or not."""
    view = SavedView.objects.filter(owner=user, pk=pk).first() if as_id(pk) is not None else None
    if view is None:
        raise Http404("Không tìm thấy cách xem này trong số cách xem của đồng chí.")
    return view


def cleaned(query: str) -> str:
    """`query` (text) without what belongs to one visit, one day or one person's picking."""
    kept = query_of(query).copy()
    for name in HERE_ONLY:
        kept.pop(name, None)
    return kept.urlencode()


def save_view(name: str, query: str, *, by: User, shared_with: str = "") -> SavedView:
    """Keeps the query string under a name. Refused when the owner has a view of this name, or too many."""
    query = cleaned(query)
    if len(query) > SavedView._meta.get_field("query").max_length:
        raise Refused("Cách xem này có quá nhiều điều kiện để lưu. Hãy bỏ bớt bộ lọc.")
    if SavedView.objects.filter(owner=by).count() >= MOST:
        raise Refused(f"Đồng chí đã lưu {MOST} cách xem. Hãy bỏ bớt trước khi lưu thêm.")
    return _written(SavedView(name=name, query=query, owner=by, shared_with=shared_with), by)


def change_view(view: SavedView, *, by: User, name: str, shared_with: str) -> SavedView:
    """Renames and shares anew, or no more."""
    view.name, view.shared_with = name, shared_with
    return _written(view, by)


def remove_view(view: SavedView, *, by: User) -> None:
    view._history_user = by
    view.delete()


def _written(view: SavedView, by: User) -> SavedView:
    same = SavedView.objects.filter(owner=view.owner, name=view.name).exclude(pk=view.pk)
    view._history_user = by
    try:
        if same.exists():
            raise IntegrityError
        with transaction.atomic():
            view.save()
    except IntegrityError:
        raise Refused("Đồng chí đã có một cách xem mang tên này. Hãy đặt tên khác.") from None
    return view
