"""An interpreter of the site's own, beside a server and in its database: looks at what is stored, prepares a scene."""

import io
import json
import subprocess
import sys
import traceback
from contextlib import redirect_stdout

from tests.browser.server import ROOT


class Interpreter:
    """Started once: a command for each question would load the site each time."""

    def __init__(self, environment):
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "encoding": "utf-8"}
        command = [sys.executable, "-m", "tests.browser.interpreter"]
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, **pipes)

    def run(self, code):
        """What the lines `code` print."""
        self.process.stdin.write(json.dumps(code) + "\n")
        self.process.stdin.flush()
        told = json.loads(self.process.stdout.readline())
        assert not told["fault"], told["fault"]
        return told["printed"]

    def stop(self):
        self.process.communicate(timeout=10)


def _answer(questions, out):
    import django

    django.setup()
    from django.db import connections

    for question in questions:
        printed, fault = io.StringIO(), ""
        try:
            with redirect_stdout(printed):
                exec(json.loads(question), {})
        except Exception:
            fault = traceback.format_exc()
        connections.close_all()  # holds nothing between two questions
        print(json.dumps({"printed": printed.getvalue(), "fault": fault}), file=out, flush=True)


if __name__ == "__main__":
    _answer(sys.stdin, sys.stdout)
