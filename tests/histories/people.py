"""What happens to people."""

from datetime import date, timedelta

from django.db.models import Count

from ledger.spells import FOREVER
from members.badges import awards, party_age
from members.badges.awards import Award
from members.life import offers, probation, statuses
from members.life import sanctions as discipline
from members.life.posts import end_posts, post
from members.merging import mergers
from members.models import (
    BadgeAward,
    BadgeLevel,
    Discipline,
    Exit,
    Member,
    Membership,
    Officialization,
    Post,
    Status,
    TransferOffer,
)
from members.register.arrivals import admit, enroll
from members.register.departures import leave
from members.register.moves import transfer
from organizations import lineage

from .ground import HistoryGround

LEAVING = (Exit.DIED, Exit.DEPARTED, Exit.EXPELLED, Exit.STRUCK, Exit.RESIGNED)


class People(HistoryGround):
    # Who comes, who goes

    def admit(self):
        day = self.on()
        row = self.world.newcomer(f"Lý Mới {self.number()}", "K", day, youth=self.draw.random() < 0.5)
        admit([self.placed(row, day)], **self.act(day))

    def arrive(self):
        day = self.on()
        row = self.world.arrival(f"Lý Đến {self.number()}", "K", day, entry="ARRIVED")
        enroll([self.placed(row, day)], **self.act(day))

    def recognise(self):
        day = self.on()
        done = Officialization.objects.standing().values("member")
        waiting = Membership.objects.on(day).exclude(member__in=done).select_related("member")
        probation.make_official({self.one(waiting).member: day}, **self.act(day))

    def transfer(self):
        day = self.on()
        transfer([(self.member(), self.cell(day), day)], **self.act(day))

    def leave(self):
        day = self.on()
        leave([(self.member(), day, self.pick(LEAVING))], **self.act(day))

    def come_back(self):
        gone = Membership.objects.standing().filter(exit=Exit.DEPARTED).select_related("member")
        day = self.on()
        row = self.world.arrival("", "K", day, member=self.one(gone).member, entry="ARRIVED")
        enroll([self.placed(row, day)], **self.act(day))

    # What holds for them

    def set_status(self):
        day = self.on()
        kind = self.pick(Status.Kind.values[:3])
        until = self.pick([FOREVER, day + timedelta(days=self.draw.randint(20, 400))])
        statuses.set_status([self.member()], kind, until=until, **self.act(day))

    def visit(self):
        day = self.on()
        until = day + timedelta(days=self.draw.randint(90, 360))
        statuses.set_status([self.member()], Status.Kind.TEMPORARY, until=until, host=self.cell(day), **self.act(day))

    def lift(self):
        row = self.one(Status.objects.on(self.day).select_related("member"))
        statuses.lift_status([row.member], row.kind, **self.act())

    def discipline(self):
        day = self.on()
        discipline.discipline([(self.member(), self.pick(Discipline.Kind.values), day)], **self.act(day))

    def give_post(self):
        day, member = self.on(), self.member()
        spell = self.one(Membership.objects.on(day).filter(member=member).select_related("organization"))
        above = self.pick(lineage.path(spell.organization, day)).organization
        post([(member, above, self.pick(Post.Kind.values))], **self.act(day))

    def end_post(self):
        day = self.on()
        end_posts([self.one(Post.objects.on(day).select_related("member", "organization"))], **self.act(day))

    # Transfers with two sides

    def offer(self):
        day = self.on()
        offers.offer({self.member(): self.cell(day)}, **self.act(day))

    def answer(self):
        waiting = TransferOffer.objects.standing().filter(answer=TransferOffer.Answer.WAITING)
        row, day = self.one(waiting.select_related("member", "source", "target")), self.on()
        if self.draw.random() < 0.6:
            offers.accept([row], **self.act(day))
        else:
            self.pick([offers.refuse, offers.withdraw])([row], reason="chưa đủ hồ sơ", **self.act(day))

    # Badges

    def arrive_old(self):
        """Somebody with thirty years or more in the Party before long."""
        day, ceremony = self.on(), date(self.draw.randint(1965, 1993), 5, 19)
        row = self.world.arrival(
            f"Lý Lão {self.number()}",
            "K",
            day,
            born=date(1940, 6, 15),
            decided=ceremony,
            ceremony=ceremony,
            official=ceremony + timedelta(days=365),
            entry="ARRIVED",
        )
        enroll([self.placed(row, day)], **self.act(day))

    def award(self):
        day = self.on()
        old = Member.objects.standing().filter(admissions__ceremony__year__lt=1994).distinct()
        member, kind = self.one(old), self.pick(BadgeAward.Kind.values)
        months = party_age.services({member.pk})[member.pk].months(day)
        level = awards.highest(awards.levels_in_use(), months, kind) or self.one(BadgeLevel.objects.all())
        row = Award(member=member, level=level, on=day, kind=kind, reason="như tờ trình")
        awards.award([row], **self.act(day))

    # One person written twice

    def write_twice(self):
        day, twin = self.on(), self.member()
        row = self.world.arrival(twin.full_name, "K", day, born=twin.birth_date, entry="ARRIVED")
        enroll([self.placed(row, day)], **self.act(day))

    def merge_records(self):
        members = Member.objects.standing()
        twice = members.values("full_name").annotate(n=Count("pk")).filter(n__gt=1).values("full_name")
        kept = self.one(members.filter(full_name__in=twice))
        dropped = self.one(members.filter(full_name=kept.full_name).exclude(pk=kept.pk))
        mergers.merge(kept, dropped, reason="một người ghi hai lần", **self.act())
