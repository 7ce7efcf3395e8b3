import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "khoi_ccq.settings")
application = get_wsgi_application()

# Here and not in the settings: commands that load, close or migrate take as long as they take.
from django.db.backends.signals import connection_created  # noqa: E402

from .database import limit_waiting, require_known_version  # noqa: E402

connection_created.connect(limit_waiting, dispatch_uid="khoi_ccq.limit_waiting")
require_known_version()
