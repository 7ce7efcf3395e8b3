"""A form sent twice at the same moment, as a double click sends it: two requests, each on its own connection."""

import re
from threading import Barrier, Thread

from django.db import connection

from tests.hand import signed_in_as


def send_at_once(user, address, data, times=2):
    """[answer] of the equal POSTs, sent together; what broke is an exception in the answer's place."""
    clients = [signed_in_as(user) for _ in range(times)]
    ready, answers = Barrier(times, timeout=20), [None] * times

    def send(number):
        try:
            ready.wait()
            answers[number] = clients[number].post(address, data)
        except Exception as error:
            answers[number] = error
        finally:
            connection.close()

    threads = [Thread(target=send, args=[number]) for number in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def one_is_told(answers):
    """The words of the one that was refused; the others were done."""
    broken = [answer for answer in answers if isinstance(answer, Exception)]
    assert not broken, broken
    states = sorted(answer.status_code for answer in answers)
    assert states == [302, 400], [(answer.status_code, text_of(answer)[:2000]) for answer in answers]
    text = text_of(next(answer for answer in answers if answer.status_code == 400))
    return text.partition("Đến nội dung chính")[2]
