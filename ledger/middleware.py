from . import clock


class OneDayPerRequest:
    """Asks for the day once a request: a page that begins before midnight ends on the same day."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path.startswith(("/static/", "/healthz")):
            return self.get_response(request)
        with clock.fixed():
            return self.get_response(request)
