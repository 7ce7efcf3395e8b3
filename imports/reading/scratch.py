"""A file that is read and never held: it lies on disk, without a name, and goes when nobody holds it any more."""

from collections.abc import Iterable
from io import BufferedReader, RawIOBase
from tempfile import TemporaryFile
from typing import Any, BinaryIO, Self
from weakref import finalize

PIECE = 2**20  # bytes taken at once
READ_AHEAD = 2**16


class Scratch:
    """`size`: in bytes, as far as it was written. Any number of readers, each with a place of its own."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        finalize(self, file.close)

    @classmethod
    def empty(cls) -> Self:
        return cls(TemporaryFile())

    @classmethod
    def holding(cls, chunks: Iterable[bytes]) -> Self:
        scratch = cls.empty()
        for chunk in chunks:
            scratch.add(chunk)
        return scratch

    @property
    def size(self) -> int:
        return self.file.seek(0, 2)

    def add(self, chunk: bytes) -> None:
        """At the end."""
        self.file.seek(0, 2)
        self.file.write(chunk)

    def open(self) -> BufferedReader:
        """A reader that begins at the beginning."""
        return BufferedReader(ScratchReader(self), READ_AHEAD)

    def pieces(self) -> Iterable[bytes]:
        """All of it, PIECE bytes at a time."""
        with self.open() as file:
            while piece := file.read(PIECE):
                yield piece


class ScratchReader(RawIOBase):
    def __init__(self, scratch: Scratch) -> None:
        self.scratch, self.at = scratch, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        self.at = offset + {0: 0, 1: self.at, 2: self.scratch.size}[whence]
        return self.at

    def readinto(self, buffer: Any) -> int:
        self.scratch.file.seek(self.at)  # anew each time: others may be reading beside
        read: int = self.scratch.file.readinto(buffer)  # type: ignore[attr-defined]
        self.at += read
        return read
