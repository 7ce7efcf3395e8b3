"""Nothing that the site answers is kept by a browser or a proxy: pages name people, and machines are shared.

Static files are answered before and keep their own header. What only a browser's memory holds: static/js/back.js.
"""

from django.middleware.csrf import rotate_token
from django.utils.cache import patch_cache_control


class NoStore:
    """`Cache-Control: no-store` on every answer but static files: pages, parts of pages, downloads, refusals."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        patch_cache_control(response, no_store=True, private=True)
        return response


def mark_signing_out(sender, request, **kwargs):
    """A page still held in a browser's memory sees that it belongs to a session that ended (static/js/back.js)."""
    rotate_token(request)
