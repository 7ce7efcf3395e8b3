from django.core.management.base import CommandError

from ledger.management.arguments import CleanedCommand
from ledger.soundness import outcomes


def _word(outcome):
    if not outcome.sound:
        return "SAI "
    return "XEM " if outcome.findings else "đúng"


class Command(CleanedCommand):
    help = "Kiểm tra mọi quy tắc của dữ liệu; mã thoát khác 0 khi có điều sai."

    def handle(self, **options):
        wrong = 0
        for outcome in outcomes():
            self.stdout.write(f"{_word(outcome)}  {outcome.title}")
            for finding in outcome.findings:
                self.stdout.write(f"      - {finding.sentence}" + (f" ({finding.url})" if finding.url else ""))
            wrong += outcome.wrong
        if wrong:
            raise CommandError(f"Có {wrong} điều sai, nêu ở trên.")
        self.stdout.write("Mọi quy tắc đều đúng.")
