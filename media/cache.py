"""A folder of made files, named by what they were made from: the same input is never made twice.

Safe for several processes at once: files appear whole or not at all, and `claim` lets one process make
a file while the others wait for it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import tempfile
import time
from collections.abc import Container, Iterator
from pathlib import Path

STRIPES = 256  # lock files; two keys seldom share one, and a lock file is never deleted under somebody's feet
ABANDONED = 3600.0  # seconds after which a half-written file belongs to a process that was killed
DAY = 86400.0


def key_of(*parts: object) -> str:
    """32 hexadecimal digits for any values that JSON can hold (others by their repr)."""
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=repr)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


class Cache:
    """`folder/<kind>/<first two of key>/<key><suffix>`. The folder is made when the first file is written."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)

    def path(self, kind: str, key: str, suffix: str) -> Path:
        return self.folder / kind / key[:2] / f"{key}{suffix}"

    def has(self, kind: str, key: str, suffix: str) -> bool:
        return is_made(self.path(kind, key, suffix))

    def write(self, path: Path, data: bytes) -> Path:
        """The whole file or none of it, even when the power goes; the last of two writers wins."""
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, path)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
            raise
        return path

    def used(self, path: Path) -> None:
        """Note that a file is still wanted, so that `prune` takes others first. At most one touch a day."""
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > DAY:
                os.utime(path)

    @contextlib.contextmanager
    def claim(self, path: Path) -> Iterator[bool]:
        """True: make the file now, nobody else does. False: somebody has made it meanwhile.

        Blocks while another thread or process makes it, so never call it on the event loop, and never claim
        a second file inside. A process that dies gives its claim back.
        """
        if is_made(path):
            yield False
            return
        locks = self.folder / "locks"
        locks.mkdir(parents=True, exist_ok=True)
        stripe = int(hashlib.sha256(str(path.relative_to(self.folder)).encode()).hexdigest(), 16) % STRIPES
        with open(locks / f"{stripe:02x}", "a+b") as file:
            _lock(file.fileno())
            try:
                yield not is_made(path)
            finally:
                _unlock(file.fileno())

    def prune(
        self, max_bytes: int, *, keep: Container[Path] = (), max_age_days: float | None = None, now: float | None = None
    ) -> tuple[int, int]:
        """Delete what was longest unused until at most `max_bytes` are left, and whatever is older than
        `max_age_days`. Files in `keep` stay and count. Returns (files deleted, bytes left)."""
        now = time.time() if now is None else now
        found = sorted(self._made_files(now))
        left, deleted = sum(size for _, size, _ in found), 0
        for used_at, size, path in found:
            too_old = max_age_days is not None and now - used_at > max_age_days * DAY
            if (left <= max_bytes and not too_old) or path in keep:
                continue
            with contextlib.suppress(OSError):
                path.unlink()
                left -= size
                deleted += 1
        return deleted, left

    def _made_files(self, now: float) -> Iterator[tuple[float, int, Path]]:
        for folder, _, names in os.walk(self.folder):
            if Path(folder) == self.folder / "locks":
                continue
            for name in names:
                path = Path(folder, name)
                with contextlib.suppress(OSError):
                    stat = path.stat()
                    if not name.startswith(".new-"):
                        yield stat.st_mtime, stat.st_size, path
                    elif now - stat.st_mtime > ABANDONED:
                        path.unlink()


def is_made(path: Path) -> bool:
    """Whether the file is there and is not empty."""
    try:
        return path.stat().st_size > 0
    except OSError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        while True:
            with contextlib.suppress(OSError):  # gives up after ten seconds; the other may need longer
                os.lseek(descriptor, 0, os.SEEK_SET)
                msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
                return

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
