"""Reminders by e-mail: one letter an account, listing what it owes that is due soon or late.

Letters carry no member's name: a mailbox is no place for who is not rated yet.
"""

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.urls import reverse

from ledger import clock
from ledger.models import User
from organizations.models import Appointment

from .tasks import tasks_of

NOWHERE = "django.core.mail.backends.dummy.EmailBackend"


def is_configured():
    return settings.EMAIL_BACKEND != NOWHERE


def due_soon():
    """[(User, [Task])] of the accounts with an address and an office that owe something due soon or late."""
    offices = Appointment.objects.on(clock.today()).values("user")
    users = User.objects.filter(is_active=True, pk__in=offices).exclude(email="").order_by("username")
    pressing = [(user, [t for t in tasks_of(user).owed if t.deadline.is_near]) for user in users]
    return [(user, tasks) for user, tasks in pressing if tasks]


def letter(user, tasks):
    """The EmailMessage that lists `tasks`, the most pressing first."""
    context = {"user": user, "tasks": tasks, "today": clock.today(), "site": settings.SITE_ADDRESS}
    context["all"] = settings.SITE_ADDRESS + reverse("tasks")
    subject = f"[Khối CCQ] {len(tasks)} việc xếp loại: việc gấp nhất {tasks[0].deadline.words}"
    return EmailMessage(subject, render_to_string("ratings/tasks/reminder.txt", context), to=[user.email])


def send(letters):
    """Sends each letter by itself, so that one bad address stops no other; returns the addresses that failed."""
    failed = []
    connection = get_connection()
    for message in letters:
        message.connection = connection
        try:
            message.send()
        except (SMTPException, OSError):
            failed += message.to
    return failed
