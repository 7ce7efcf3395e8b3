"""How passwords are hashed: dear for who guesses, bounded for this machine."""

import os
from concurrent.futures import ThreadPoolExecutor

from django.contrib.auth.hashers import Argon2PasswordHasher


class _OneThread:
    """Does one thing at a time, always in the same thread; what was forked starts one of its own."""

    def __init__(self):
        self._start()
        os.register_at_fork(after_in_child=self._start)

    def _start(self):
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="hashing")

    def do(self, what, *args):
        return self._pool.submit(what, *args).result()


_hashing = _OneThread()


class BoundedArgon2Hasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes, one lane (OWASP Password Storage Cheat Sheet), one at a time in a process.

    Django's own parameters take 100 MiB each, and as many at once as there are threads signing in. A lock would not do:
    the C library keeps what each thread has used and freed, so that sixteen threads in turn keep sixteen times as much.
    A hash made with other parameters is still read, and made anew at the next sign-in.
    """

    time_cost = 2
    memory_cost = 19 * 1024  # KiB
    parallelism = 1

    def encode(self, password, salt):
        return _hashing.do(super().encode, password, salt)

    def verify(self, password, encoded):
        return _hashing.do(super().verify, password, encoded)
