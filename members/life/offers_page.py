"""The page of transfers on their way below an organization, with the forms that answer or take back an offer."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404

from ledger import clock
from ledger.text import as_id
from ledger.web.forms import DayField, LightActForm, attempt
from members.identity.homonyms import tell_apart
from members.models import TransferOffer
from organizations import lineage
from organizations.access import Keep, capacities_of, may_keep, visible_to
from organizations.offices import issuer

from . import offers

Answer = TransferOffer.Answer


@dataclass(frozen=True)
class OfferRow:
    """An offer as the page shows it. `opens`: the user may open the person; `here`: it waits for an answer from here."""

    offer: TransferOffer
    source: str
    target: str
    opens: bool
    waits: bool
    days: int
    here: bool
    errands: list


class AnswerForm(LightActForm):
    needs_reason = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ly_do"].required = self.needs_reason


class AcceptOfferForm(AnswerForm):
    title, button, verb, done = "Tiếp nhận", "Tiếp nhận", offers.accept, "Đã tiếp nhận đồng chí"
    tu_ngay = DayField(label="Sinh hoạt ở đây từ ngày")


class RefuseForm(AnswerForm):
    title, button, verb, done = (
        "Không tiếp nhận",
        "Không tiếp nhận",
        offers.refuse,
        "Đã trả lời không tiếp nhận đồng chí",
    )
    needs_reason = True
    tu_ngay = DayField(label="Trả lời ngày")


class WithdrawOfferForm(AnswerForm):
    title, button, verb, done = "Rút giới thiệu", "Rút giới thiệu", offers.withdraw, "Đã rút giới thiệu đồng chí"
    tu_ngay = DayField(label="Rút từ ngày")


ACCEPT = "tiep-nhan"
ANSWERS = {ACCEPT: AcceptOfferForm, "khong-nhan": RefuseForm, "rut": WithdrawOfferForm}
AT_TARGET = (ACCEPT, "khong-nhan")


class OffersPage:
    """`page`: the Frame. `query`, or in what was `sent`: `viec` (one of ANSWERS) and `phieu`, the id of an offer.

    404 for an offer that does not concern the organization, 403 for an answer that is not the user's.
    """

    def __init__(self, page, user, query, sent=None):
        self.page, self.user, self.form, self.offer = page, user, None, None
        asked = sent if sent is not None else query
        self.errand, number = asked.get("viec", ""), asked.get("phieu", "")
        if self.errand or sent is not None:
            self.offer = self._chosen(number)
            self.form = ANSWERS[self.errand](sent, initial={"co_quan": issuer(user)})

    def _chosen(self, number):
        if self.errand not in ANSWERS or as_id(number) is None:
            raise Http404("Không tìm thấy giới thiệu này. Hãy mở lại trang Chuyển sinh hoạt.")
        rows = TransferOffer.objects.filter(pk=int(number)).filter(self._concerns())
        offer = rows.select_related("member", "source", "target").first()
        if offer is None:
            raise Http404("Không tìm thấy giới thiệu này ở tổ chức này.")
        place = offer.target if self.errand in AT_TARGET else offer.source
        if not may_keep(Keep.TRANSFER, capacities_of(self.user, [place], clock.today())[place.pk]):
            raise PermissionDenied("Nơi nhận trả lời, nơi giới thiệu rút lại giới thiệu.")
        return offer

    @cached_property
    def below(self):
        """Ids of the organization and of all that stood below it on the day looked at."""
        return set(lineage.below([self.page.organization], self.page.day).values_list("organization", flat=True)) | {
            self.page.organization.pk
        }

    def _concerns(self):
        return Q(source__in=self.below) | Q(target__in=self.below)

    def take(self):
        """Whether what was sent was done; what was refused stands on the form."""
        return attempt(self.form, self._do)

    def _do(self):
        type(self.form).verb([self.offer], **self.form.act(self.user))

    @property
    def done(self):
        return f"{self.form.done} {self.offer.member}."

    def _offers(self):
        """Offers that waited on the day looked at, or were settled in its year before it; the oldest first."""
        day = self.page.day
        rows = TransferOffer.objects.standing().filter(self._concerns(), offered__lte=day)
        rows = rows.filter(Q(answered__isnull=True) | Q(answered__gte=date(day.year, 1, 1)))
        found = list(rows.select_related("member", "source", "target").order_by("offered", "pk"))
        tell_apart((offer.member for offer in (*found, *filter(None, [self.offer]))), self.user)
        return found

    def _rows(self):
        offers, today = self._offers(), clock.today()
        places = {place.pk: place for offer in offers for place in (offer.source, offer.target)}
        names = lineage.labels(places, self.page.day)
        capacities_at = capacities_of(self.user, places.values(), today) if self.page.day == today else {}
        keeps = {pk for pk, capacities in capacities_at.items() if may_keep(Keep.TRANSFER, capacities)}
        seen = set(visible_to(self.user, today).filter(pk__in=places).values_list("pk", flat=True))
        return [self._row(offer, names, keeps, seen) for offer in offers]

    def _row(self, offer, names, keeps, seen):
        waits = offer.answered is None or offer.answered > self.page.day
        been = {offer.source_id} | ({offer.target_id} if offer.answer == Answer.ACCEPTED else set())
        return OfferRow(
            offer=offer,
            source=names[offer.source_id],
            target=names[offer.target_id],
            opens=bool(been & seen),
            waits=waits,
            days=(self.page.day - offer.offered).days,
            here=offer.target_id in self.below,
            errands=[
                (key, form.button)
                for key, form in ANSWERS.items()
                if not offer.answer and (offer.target_id if key in AT_TARGET else offer.source_id) in keeps
            ],
        )

    def _ends(self):
        """(name of the source, name of the target) of the offer being answered, as of the day it was made, or None."""
        if self.offer is None:
            return None
        names = lineage.labels([self.offer.source_id, self.offer.target_id], self.offer.offered)
        return names[self.offer.source_id], names[self.offer.target_id]

    def context(self):
        rows = self._rows()
        return self.page.context() | {
            "incoming": [row for row in rows if row.waits and row.here],
            "outgoing": [row for row in rows if row.waits and not row.here],
            "settled": [row for row in rows if not row.waits][::-1],
            "form": self.form,
            "errand": self.errand,
            "offer": self.offer,
            "ends": self._ends(),
        }
