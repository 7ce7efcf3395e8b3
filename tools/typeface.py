"""Takes the site's typeface out of its package into static/fonts, with its licence beside it.

    python tools/typeface.py

Inter (SIL Open Font License 1.1), variable in weight, in two files: Latin, and what Vietnamese has beyond it. Run it after
PACKAGE or DIGEST was changed; needs npm on the path, and the network.
"""

import hashlib
import subprocess
import sys
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory

STATIC = Path(__file__).resolve().parent.parent / "static"
PACKAGE = "@fontsource-variable/inter@5.3.0"
DIGEST = "sha256:d26710dd38e7217484a1d47ee76c024977ec550548876f26d06ed1844af09a14"
TAKEN = {
    "package/files/inter-latin-wght-normal.woff2": "inter-latin-wght-normal.woff2",
    "package/files/inter-vietnamese-wght-normal.woff2": "inter-vietnamese-wght-normal.woff2",
    "package/LICENSE": "OFL.txt",
}


def take(package, digest, taken, folder):
    """Writes files of an npm package into `folder`: `taken` {its member: name here}. Ends where it has not `digest`."""
    with TemporaryDirectory() as workshop:
        told = subprocess.run(
            ["npm", "pack", "--silent", package], cwd=workshop, check=True, capture_output=True, text=True
        )
        archive = Path(workshop) / told.stdout.split()[-1]
        found = f"sha256:{hashlib.sha256(archive.read_bytes()).hexdigest()}"
        if found != digest:
            sys.exit(f"{package} has {found}, not {digest}")
        folder.mkdir(exist_ok=True)
        with tarfile.open(archive) as members:
            for member, name in taken.items():
                (folder / name).write_bytes(members.extractfile(member).read())


if __name__ == "__main__":
    take(PACKAGE, DIGEST, TAKEN, STATIC / "fonts")
