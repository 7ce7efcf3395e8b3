"""The letters that remind of what is owed."""

from datetime import date
from io import StringIO
from smtplib import SMTPException

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command

from ledger import clock
from ledger.models import User
from tests.ratings.tasks.proposing import put_forward


@pytest.fixture
def post(settings):
    settings.SITE_ADDRESS = "https://khoi.example"
    return settings


def with_address(user, address):
    user.email = address
    user.save()
    return user


def remind(*words, on):
    out = StringIO()
    with clock.fixed(on):
        call_command("remind", *words, stdout=out)
    return out.getvalue()


SOON = date(2018, 12, 16)


def test_one_letter_an_account(year, post):
    user = with_address(year.world.user("COMMITTEE", "DB01"), "dang.uy@example.vn")
    user.display_name = "Trần Thị Ủy viên"
    user.save()
    with_address(year.world.user("SECRETARY", "DB01-01"), "bi.thu@example.vn")
    year.world.user("SECRETARY", "DB01-02")
    year.rate(An=2)
    assert remind(on=SOON) == "Đã gửi 1 thư nhắc việc.\n"
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (
        ["bi.thu@example.vn"],
        "[Khối CCQ] 1 việc xếp loại: việc gấp nhất còn 4 ngày",
    )
    mail.outbox.clear()
    assert remind(on=date(2018, 12, 30)) == "Đã gửi 2 thư nhắc việc.\n"
    to_cell, to_committee = sorted(mail.outbox, key=lambda letter: letter.to)
    assert to_committee.body.startswith("Kính gửi đồng chí Trần Thị Ủy viên,")
    assert "đồng chí còn 3 việc xếp loại" in to_committee.body
    assert "   https://khoi.example/xep-loai/DB01/2018/to-chuc/\n" in to_committee.body
    assert to_cell.body == (
        f"Kính gửi đồng chí {User.objects.get(email='bi.thu@example.vn').username},\n\n"
        "Tính đến ngày 30/12/2018, đồng chí còn 1 việc xếp loại sắp đến hạn hoặc đã quá hạn:\n\n"
        "1. Nhập xếp loại đảng viên và nộp phiếu: Tổ chức DB01-01 (năm 2018)\n"
        "   Hạn 20/12/2018, quá hạn 10 ngày.\n"
        "   1/2 đảng viên đã có mức hoặc lý do. Chi bộ chưa tự đề nghị mức của mình.\n"
        "   https://khoi.example/xep-loai/DB01-01/2018/\n\n"
        "Tất cả việc cần làm: https://khoi.example/viec-can-lam/\n\n"
        "Thư do hệ thống gửi, đồng chí không cần trả lời.\n\n"
    )


def test_nothing_is_sent_before_it_is_time_or_when_nothing_is_owed(year, post):
    user = with_address(year.world.user("SECRETARY", "DB01-01"), "bi.thu@example.vn")
    assert remind(on=date(2018, 12, 14)) == "Đã gửi 0 thư nhắc việc.\n"
    put_forward(year, "DB01-01")
    year.rate(An=2, Bình=2)
    year.submit("DB01-01")
    assert remind(on=SOON) == "Đã gửi 0 thư nhắc việc.\n"
    year.send_back("DB01-01", reason="Xem lại")
    user.is_active = False
    user.save()
    assert remind(on=SOON) == "Đã gửi 0 thư nhắc việc.\n"
    assert mail.outbox == []


def test_a_letter_names_no_member(year, post):
    with_address(year.world.user("SECRETARY", "DB01-01"), "bi.thu@example.vn")
    remind(on=SOON)
    assert not any(name in mail.outbox[0].body for name in ("Lê An", "Võ Bình"))


def test_without_a_server_nothing_is_sent_and_the_command_says_so(year, post):
    with_address(year.world.user("SECRETARY", "DB01-01"), "bi.thu@example.vn")
    post.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert remind(on=SOON) == "Chưa cấu hình thư điện tử (EMAIL_URL), không gửi thư nào.\n"
    told = remind("--dry-run", on=SOON).splitlines()
    assert told[0].split("\t")[1:] == ["bi.thu@example.vn", "1 việc, còn 4 ngày"]
    assert told[1] == "1 tài khoản cần nhắc."


def test_without_an_address_to_lead_back_to_nothing_is_sent(year, post):
    with_address(year.world.user("SECRETARY", "DB01-01"), "bi.thu@example.vn")
    post.SITE_ADDRESS = ""
    with pytest.raises(CommandError, match="Hãy đặt SITE_ADDRESS"):
        remind(on=SOON)
    assert mail.outbox == []


class Choosy(EmailBackend):
    def send_messages(self, messages):
        if messages[0].to == ["hong@example.vn"]:
            raise SMTPException("no such mailbox")
        return super().send_messages(messages)


def test_one_bad_address_stops_no_other(year, post):
    for cell, address in (("DB01-01", "hong@example.vn"), ("DB01-02", "tot@example.vn")):
        with_address(year.world.user("SECRETARY", cell), address)
    post.EMAIL_BACKEND = f"{__name__}.Choosy"
    with pytest.raises(CommandError) as caught:
        remind(on=SOON)
    assert str(caught.value) == "Không gửi được tới: hong@example.vn. Hãy kiểm tra địa chỉ và máy chủ thư."
    assert [letter.to for letter in mail.outbox] == [["tot@example.vn"]]
