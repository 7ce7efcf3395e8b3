"""A real server on the demonstration, in a database of its own."""

import os
import select
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PASSWORD = "thu-nghiem-2018"


def environment_of(database):
    """What a server or a command is told to work in `database`."""
    environment = os.environ | {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "khoi_ccq.settings"}
    environment.pop("DEMO_PASSWORD", None)
    return environment


def load(database):
    """Loads the demonstration into `database`, by the commands that load it for anybody."""
    for command in (["migrate", "--verbosity", "0"], ["load_demo"]):
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=environment_of(database),
            check=True,
            capture_output=True,
        )


class Server:
    """The site answering at `address`; it can be stopped and started again at the same place."""

    def __init__(self, environment):
        self.environment = environment
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.here = f"127.0.0.1:{free.getsockname()[1]}"
        self.address = f"http://{self.here}"
        self.start()

    def start(self):
        command = [sys.executable, "-m", "gunicorn", "--bind", self.here, "--workers", "1", "--threads", "4"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = subprocess.Popen([*command, "khoi_ccq.wsgi"], cwd=ROOT, env=self.environment, **quiet)
        _answers(f"{self.address}/healthz", self.process)

    def stop(self):
        self.process.terminate()
        self.process.wait(10)


def _answers(url, server):
    for _ in range(600):
        if server.poll() is not None:
            raise RuntimeError("the server did not start")
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except OSError:  # not there yet, or slow with its first answer
            a_moment()
    raise RuntimeError("the server did not answer")


def a_moment():
    """A tenth of a second without work: the server needs the core more than this loop does."""
    select.select([], [], [], 0.1)
