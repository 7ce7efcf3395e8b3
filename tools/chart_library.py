"""Takes plotly.js out of its package into static/plotly, with its licence beside it.

    python tools/chart_library.py

The bundle of lines and bars alone (MIT), 330 kB as it is sent: a quarter of the whole, and without the part for maps,
whose style the policy of the site refuses. Run it after PACKAGE or DIGEST was changed; needs npm on the path, and the
network.
"""

from typeface import STATIC, take

PACKAGE = "plotly.js-basic-dist-min@4.1.1"
DIGEST = "sha256:ea907f854b6cec4f6a2fa71540ec019a21ed2c61e6a109ddd5c072103a96eed0"
TAKEN = {"package/plotly-basic.min.js": "plotly-basic.min.js", "package/LICENSE": "LICENSE.txt"}

if __name__ == "__main__":
    take(PACKAGE, DIGEST, TAKEN, STATIC / "plotly")
