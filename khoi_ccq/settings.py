"""Settings. Nothing need be set to try the site: SQLite, this machine only, demo clock allowed.

For real use set PRODUCTION=1 with SECRET_KEY, ALLOWED_HOSTS and DATABASE_URL (docs/operators.md).
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from khoi_ccq.production import DEMONSTRATION_KEY, is_on, refusals

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

PRODUCTION = is_on("PRODUCTION", env.str("PRODUCTION", default=""))
DEBUG = is_on("DEBUG", env.str("DEBUG", default=""))
SECRET_KEY = env.str("SECRET_KEY", default="" if PRODUCTION else DEMONSTRATION_KEY)
HERE = [] if PRODUCTION else ["localhost", "127.0.0.1", "[::1]", "testserver"]
ALLOWED_HOSTS = [host.strip() for host in env.list("ALLOWED_HOSTS", default=HERE) if host.strip()]
if PRODUCTION and (
    refused := refusals(
        debug=DEBUG,
        secret_key=SECRET_KEY,
        hosts=ALLOWED_HOSTS,
        database=bool(env.str("DATABASE_URL", default="").strip()),
    )
):
    raise ImproperlyConfigured("\n".join(refused))
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])  # whose X-Forwarded-… are believed (khoi_ccq/proxies.py)

INSTALLED_APPS = [
    "ledger",
    "organizations",
    "members",
    "inspections",
    "ratings",
    "indicators",
    "reorganizations",
    "imports",
    "demo",
    "khoi_ccq",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_tables2",
    "django_filters",
    "django_htmx",
    "simple_history",
    "axes",
]

MIDDLEWARE = [
    "khoi_ccq.logs.RequestOnTheLine",
    "khoi_ccq.proxies.TrustedProxies",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "khoi_ccq.caching.NoStore",
    "khoi_ccq.demonstration.RefusesDemonstration",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "ledger.web.middleware.CleanAtTheDoor",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "khoi_ccq.middleware.SignInCarriesTheForm",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "khoi_ccq.own_password.OwnPasswordFirst",
    "khoi_ccq.browsers.RemembersBrowser",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "ledger.web.middleware.OneDayPerRequest",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "khoi_ccq.urls"
WSGI_APPLICATION = "khoi_ccq.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["khoi_ccq.finders.Unindented", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "khoi_ccq.context.site",
            ],
            "builtins": ["ledger.templatetags.vn", "khoi_ccq.templatetags.site"],
        },
    }
]

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'data' / 'khoi_ccq.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    (BASE_DIR / "data").mkdir(exist_ok=True)
    # IMMEDIATE is a condition of correctness (ledger/checks.py): a deferred transaction loses writes at once.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # Of the largest, which write a thousand rows, the 128 that are usually kept ready take some 40 MB.
        "cached_statements": 32,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault(
        "connect_timeout", env.int("DATABASE_CONNECT_TIMEOUT", default=5)
    )
# Seconds, for the site alone (khoi_ccq/wsgi.py); 0: without end.
DATABASE_WAITS = {
    "lock_timeout": env.int("DATABASE_LOCK_TIMEOUT", default=15),
    "statement_timeout": env.int("DATABASE_STATEMENT_TIMEOUT", default=60),
    "idle_in_transaction_session_timeout": env.int("DATABASE_IDLE_TIMEOUT", default=120),
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "ledger.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["khoi_ccq.hashers.BoundedArgon2Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"khoi_ccq.password_rules.{name}"} for name in ("UnlikeTheUser", "LongEnough", "Uncommon", "NotNumeric")
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
AXES_HANDLER = "khoi_ccq.sign_in.SignInLimits"
AXES_CLIENT_IP_CALLABLE = "khoi_ccq.proxies.client_address"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
# Within AXES_COOLOFF_TIME, whatever the names or the addresses; afterwards one try each pause.
SIGN_IN_FAILURES_OF_AN_ADDRESS = 30
SIGN_IN_FAILURES_OF_A_NAME = 24
SIGN_IN_PAUSE_SECONDS = 10
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "mang_theo", "csrfmiddlewaretoken"]
AXES_LOCKOUT_PARAMETERS = "khoi_ccq.sign_in.counted_by"
AXES_LOCKOUT_TEMPLATE = "registration/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False  # a year would read 2.017 and ids would break in URLs; counts are formatted by name
FORMAT_MODULE_PATH = ["khoi_ccq.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "static_root" if PRODUCTION else None  # gathered there by collectstatic
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "khoi_ccq.static_storage.SiteStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = False

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "khoi_ccq.errors.csrf_failure"
# A sheet has seven fields a member, a reorganization one: more than a form of the largest organization is no form of ours.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = (
    10 * 1024 * 1024
)  # bytes; its notes may be long, and Vietnamese is sent at nine bytes a letter
if PRODUCTION:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = is_on("SECURE_SSL_REDIRECT", env.str("SECURE_SSL_REDIRECT", default="1"))
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")  # gone unless TRUSTED_PROXIES sent it
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31536000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]

EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # nothing is sent until EMAIL_URL says through whom
if env.str("EMAIL_URL", default=""):
    for name, value in env.email_url("EMAIL_URL").items():
        globals()[name] = value
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="khoi-ccq@localhost")
SITE_ADDRESS = env.str("SITE_ADDRESS", default="").rstrip("/")

DJANGO_TABLES2_TEMPLATE = "table.html"
DJANGO_TABLES2_PAGE_RANGE = 7
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request": {"()": "khoi_ccq.logs.NamesTheRequest"},
        "database": {"()": "khoi_ccq.database.OneLine"},
    },
    "formatters": {
        "line": {
            "()": "khoi_ccq.logs.WithoutRows",
            "format": "%(asctime)s %(levelname)s [%(during)s] %(name)s: %(message)s",
        }
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["request", "database"]}
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"axes": {"level": "ERROR"}},
}
