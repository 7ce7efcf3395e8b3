"""What is refused when the site runs for real (PRODUCTION=1): each with a sentence on what to set."""

from django.core.exceptions import ImproperlyConfigured

DEMONSTRATION_KEY = "chi-dung-de-thu-tren-may-nay-khong-dung-khi-chay-that-0123456789"
SHORTEST_KEY = 50
FEWEST_SIGNS = 5
ON, OFF = ("1", "true", "yes", "on"), ("", "0", "false", "no", "off")


def is_on(name, text):
    """What the switch `name` says; ImproperlyConfigured for a word that is neither: taken for off it would open the site."""
    if text.strip().lower() not in ON + OFF:
        raise ImproperlyConfigured(f"{name}={text} không hiểu được. Hãy đặt 1 (bật) hoặc 0 (tắt).")
    return text.strip().lower() in ON


def refusals(*, debug, secret_key, hosts, database):
    """Sentences; none when the site may run. `database`: whether DATABASE_URL is set."""
    sentences = []
    if debug:
        sentences.append("không chạy cùng DEBUG=1, vì trang lỗi khi đó lộ dữ liệu. Hãy bỏ DEBUG.")
    if not secret_key:
        sentences.append("cần SECRET_KEY: một chuỗi ngẫu nhiên từ 50 ký tự.")
    elif not _is_good(secret_key):
        sentences.append(
            "không nhận SECRET_KEY này: ngắn, dễ đoán hoặc của bản trình diễn. Cần chuỗi ngẫu nhiên từ 50 ký tự."
        )
    if not hosts or "*" in hosts:
        sentences.append("cần ALLOWED_HOSTS: tên miền của trang, không dùng dấu *.")
    if not database:
        sentences.append(
            "cần DATABASE_URL. Bỏ trống thì sẽ mở tệp của bản trình diễn. Ví dụ: postgres://tên:mật-khẩu@máy/khoi "
            "hoặc sqlite:////var/lib/khoi-ccq/khoi.sqlite3."
        )
    return [f"PRODUCTION=1 {sentence}" for sentence in sentences]


def _is_good(key):
    long = len(key) >= SHORTEST_KEY and len(set(key)) >= FEWEST_SIGNS
    return long and key != DEMONSTRATION_KEY and not key.startswith("django-insecure-")
