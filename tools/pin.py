"""Writes the hashes of the pinned packages into requirements.txt and requirements-dev.txt.

    python tools/pin.py

The pins, their order and the comments stay as they are written by hand; beneath each pin stand the hashes of all that the
index has of that version, so that pip installs nothing else, on any Python and machine. Run it after a pin was changed or
added. Needs pip-compile on the path (pip-tools, in an environment of its own), and the network.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILES = ("requirements.txt", "requirements-dev.txt")
PIN = re.compile(r"([A-Za-z0-9._-]+)==([^\s;\\]+)")
HASH = re.compile(r"--hash=(sha256:[0-9a-f]{64})")
PLAIN = [
    *("--quiet", "--generate-hashes", "--allow-unsafe", "--strip-extras", "--no-header", "--no-annotate"),
    *("--no-emit-index-url", "--no-emit-find-links", "--no-config"),
]


def pin_of(line):
    """("django", "5.2.19") of a line that pins; None of any other. Names as the index compares them."""
    match = PIN.match(line)
    return (re.sub(r"[-_.]+", "-", match[1]).lower(), match[2]) if match else None


def hashes_in(text):
    """{(name, version): [hash]} of what a requirements file, or pip-compile, says."""
    hashes, pin = {}, None
    for line in text.splitlines():
        pin = pin_of(line) or pin
        for digest in HASH.findall(line):
            hashes.setdefault(pin, []).append(digest)
    return hashes


def bare(text):
    """The lines as they are written by hand: pins without their hashes, comments."""
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("--hash="))
    return [line.removesuffix("\\").rstrip() for line in lines]


def with_hashes(text, hashes):
    """`text` with the hashes of each pin beneath it; KeyError names a pin that has none."""
    if behind := [line for line in bare(text) if pin_of(line) and "#" in line]:
        raise SystemExit(f"A comment behind a pin would swallow its hashes; write it above: {behind[0]}")
    return "".join(f"{line}{_beneath(hashes[pin]) if (pin := pin_of(line)) else ''}\n" for line in bare(text))


def _beneath(digests):
    return "".join(f" \\\n    --hash={digest}" for digest in sorted(digests))


def compiled(folder):
    """What pip-compile finds for the pins of FILES in `folder`."""
    tool = shutil.which("pip-compile")
    if not tool:
        raise SystemExit("pip-compile is wanting: python3 -m venv pins && pins/bin/pip install pip-tools, then PATH.")
    index_alone = os.environ | {
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_FIND_LINKS": "",
    }  # what the index has, nothing local
    told = subprocess.run(
        [tool, *PLAIN, "--output-file=-", FILES[-1]],
        cwd=folder, env=index_alone, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if told.returncode:
        raise SystemExit(told.stderr)
    return told.stdout


def main(folder=ROOT):
    texts = {name: (folder / name).read_text(encoding="utf-8") for name in FILES}
    hashes = hashes_in(compiled(folder))
    wanted = {pin for text in texts.values() for pin in map(pin_of, bare(text)) if pin}
    if unpinned := hashes.keys() - wanted:
        raise SystemExit(f"Needed and not pinned here: {', '.join(f'{n}=={v}' for n, v in sorted(unpinned))}")
    for name, text in texts.items():
        (folder / name).write_text(with_hashes(text, hashes), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
