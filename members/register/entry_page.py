"""Entering somebody new: the form, the records that may already be theirs, and the verb (domain §4.3, §7.2)."""

from dataclasses import replace
from functools import cached_property

from django.http import Http404

from ledger import clock
from ledger.text import as_id
from ledger.web.forms import attempt
from members.models import Admission
from members.roll.probation_path import paths
from members.visibility import sight
from organizations import lineage
from organizations.access import Keep, capacities, may_keep, require_keep
from organizations.models import CELLS

from . import arrivals
from .entry_forms import AdmissionForm, ArrivalForm

ADMIT, ARRIVE = "ket-nap", "chuyen-den"
TITLES = {ADMIT: "Ghi kết nạp đảng viên", ARRIVE: "Ghi đảng viên chuyển đến từ đảng bộ khác"}
BUTTONS = {ADMIT: "Ghi kết nạp", ARRIVE: "Ghi chuyển đến"}


def may_enter(user, page):
    """Whether `user` may enter people at the organization of a Frame."""
    return may_keep(Keep.ROLL, capacities(user, page.organization, page.day))


class EntryPage:
    """`errand`: ADMIT or ARRIVE. `chosen`: id of the record to write on as the address names it, "" for somebody new.

    In what was sent, `ho_so` carries the record written on and `chon_ho_so` turns to one without writing.
    """

    def __init__(self, user, page, errand, chosen="", sent=None):
        if errand not in TITLES:
            raise Http404("Không có việc ghi mới như vậy. Hãy mở lại từ danh sách đảng viên.")
        require_keep(user, Keep.ROLL, page.organization, page.day)
        self.user, self.page, self.errand, self.sent = user, page, errand, sent
        self.turns = bool(sent and sent.get("chon_ho_so"))
        if sent is not None:
            chosen = sent.get("chon_ho_so") or sent.get("ho_so", "")
        self.member = self._record(chosen)

    def _record(self, chosen):
        if not chosen:
            return None
        if (pk := as_id(chosen)) is None:
            raise Http404("Không tìm thấy hồ sơ này. Hãy chọn lại từ danh sách.")
        return sight(self.user, pk).member

    @cached_property
    def form(self):
        more = {"cells": self.cells, "member": self.member}
        more |= {"data": None, "initial": self.sent.dict()} if self.turns else {"data": self.sent}
        if self.errand == ADMIT:
            return AdmissionForm(**more)
        known = self._admission()
        official = known is not None and paths([self.member])[self.member.pk].since(clock.today()) is None
        return ArrivalForm(known=known, official=official, **more)

    def _admission(self):
        if self.member is None:
            return None
        return Admission.objects.standing().filter(member=self.member).order_by("ceremony").last()

    @property
    def cells(self):
        """[(Organization, label)] of the cells below on the day looked at, by code."""
        day = self.page.day
        spells = lineage.places(day).filter(
            organization__in=lineage.below([self.page.organization], day), kind__in=CELLS
        )
        spells = list(spells.order_by("organization__code"))
        names = lineage.labels([s.organization_id for s in spells], day)
        return [(s.organization, names[s.organization_id]) for s in spells]

    def take(self):
        """The member written, or None: then the form says why, and shows who it may be."""
        if self.turns:
            return None
        return self.written[0] if attempt(self.form, self._write) else None

    def _write(self):
        form = self.form
        act = {"by": self.user, "on": form.day, "document": form.paper(), "reason": form.cleaned_data["ly_do"]}
        verb = arrivals.admit if self.errand == ADMIT else arrivals.enroll
        with form.asking():
            arrival = replace(form.arrival(), others=form.others, candidate=form.candidate)
            self.written = verb([arrival], **act)

    def context(self):
        return self.page.context() | {
            "page": self,
            "form": self.form,
            "title": TITLES[self.errand],
            "button": BUTTONS[self.errand],
        }
