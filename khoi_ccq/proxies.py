"""Who asks, when the site stands behind a proxy: its headers are believed from the proxies of TRUSTED_PROXIES alone.

For everybody else they are taken away before anything reads them, SECURE_PROXY_SSL_HEADER included.
"""

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from . import logs

UNIX_SOCKET = "unix"
SPOKEN_FOR = (
    *("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT"),
    *("HTTP_FORWARDED", "HTTP_X_REAL_IP"),
)
ONE_HOME = 64  # bits of an IPv6 address that are one customer's: the rest is theirs to choose


def networks(names):
    """`names` ("10.0.0.0/8", "::1", "unix") as networks, the socket by its name; ImproperlyConfigured for any other."""
    try:
        return [name if name == UNIX_SOCKET else ip_network(name, strict=False) for name in names]
    except ValueError as error:
        raise ImproperlyConfigured(
            f"TRUSTED_PROXIES: “{error.args[0].split()[0]}” không phải là địa chỉ hay dải địa chỉ. "
            "Ví dụ đúng: 127.0.0.1,10.0.0.0/8,unix."
        ) from error


def address_in(text):
    """The address that `text` names, its port and zone left out; None when it names none."""
    text = text.strip().strip('"')
    bare = text[1:].partition("]")[0] if text.startswith("[") else text
    bare = bare.partition(":")[0] if bare.count(":") == 1 else bare
    try:
        address = ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def client_of(peer, forwarded, trusted):
    """The address of who asked: the last one in `forwarded` ("client, proxy, …") that is no proxy of ours.

    `peer`: who opened the connection, "" for a socket of this machine. A link that cannot be read ends the chain.
    """
    client = peer
    for hop in [*reversed(forwarded.split(",") if forwarded else ()), None]:
        if hop is None or not is_trusted(client, trusted):
            break
        address = address_in(hop)
        if address is None:
            break
        client = str(address)
    return client


def is_trusted(peer, trusted):
    if not peer:
        return UNIX_SOCKET in trusted
    address = address_in(peer)
    return address is not None and any(address in net for net in trusted if net != UNIX_SOCKET)


class TrustedProxies:
    """Puts the real address into REMOTE_ADDR, or takes away what an untrusted peer claims."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.trusted = networks(settings.TRUSTED_PROXIES)
        self.warned = False

    def __call__(self, request):
        peer = request.META.get("REMOTE_ADDR", "")
        if is_trusted(peer, self.trusted):
            request.META["REMOTE_ADDR"] = client_of(peer, request.META.get("HTTP_X_FORWARDED_FOR", ""), self.trusted)
        else:
            self._warn_once(request.META)
            for name in SPOKEN_FOR:
                request.META.pop(name, None)
        return self.get_response(request)

    def _warn_once(self, meta):
        if "HTTP_X_FORWARDED_FOR" in meta and not self.trusted and not self.warned:
            self.warned = True
            logs.operations.warning(
                "Có máy chủ phía trước chuyển X-Forwarded-For nhưng TRUSTED_PROXIES chưa đặt: mọi người dùng có chung một "
                "địa chỉ. Hãy đặt TRUSTED_PROXIES (docs/operators.md)."
            )


def client_address(request):
    """What sign-ins from `request` are counted by; None when there is no address."""
    return counted_as(address_in(request.META.get("REMOTE_ADDR", "")))


def counted_as(address):
    """The address as text; of IPv6 the first of one customer's network; None for None."""
    if address is None or address.version == 4:
        return address and str(address)
    return str(ip_network((address, ONE_HOME), strict=False)[0])
