"""The site's own settings, with a test database in a file, so that threads share it as processes do."""

import os
import tempfile
from pathlib import Path

from khoi_ccq.settings import *  # noqa: F403
from khoi_ccq.settings import DATABASES

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    name = Path(tempfile.gettempdir()) / f"khoi_ccq_test_{os.getpid()}.sqlite3"
    DATABASES["default"]["TEST"] = {"NAME": str(name)}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True  # else every test client reads all static files anew
