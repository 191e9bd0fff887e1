"""The cache: whole files, made once, by however many processes."""

from __future__ import annotations

import multiprocessing
import os
import time
from pathlib import Path

import pytest

from media.cache import Cache, key_of


def test_keys_tell_apart_and_stay_the_same() -> None:
    assert key_of("a", 1, None) == key_of("a", 1, None)
    assert len({key_of("a", "b"), key_of("ab"), key_of("a", "b", ""), key_of(["a", "b"]), key_of("b", "a")}) == 5
    assert key_of("照片") != key_of("相片")


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "not-yet-there")
    path = cache.path("clips", key_of("x"), ".ogg")
    assert not cache.has("clips", key_of("x"), ".ogg")
    cache.write(path, b"one")
    cache.write(path, b"two")
    assert path.read_bytes() == b"two"
    assert cache.has("clips", key_of("x"), ".ogg")
    assert [p.name for p in path.parent.iterdir()] == [path.name], "no half file stays behind"


def test_an_empty_file_counts_as_not_made(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    path = cache.path("clips", key_of("x"), ".ogg")
    path.parent.mkdir(parents=True)
    path.touch()
    assert not cache.has("clips", key_of("x"), ".ogg")
    with cache.claim(path) as ours:
        assert ours


def _make_all(folder: Path, log: Path, gate: object) -> None:
    cache = Cache(folder)
    gate.wait()  # type: ignore[attr-defined]
    for number in range(20):
        path = cache.path("clips", key_of(number), ".ogg")
        with cache.claim(path) as ours:
            if ours:
                with log.open("a") as file:
                    file.write(f"{number}\n")
                time.sleep(0.002)
                cache.write(path, b"made")


def test_two_processes_never_make_the_same_file_twice(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    gate = context.Barrier(3)
    workers = [context.Process(target=_make_all, args=(tmp_path / "cache", tmp_path / "log", gate)) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
        assert worker.exitcode == 0
    made = (tmp_path / "log").read_text().split()
    assert sorted(made, key=int) == [str(n) for n in range(20)]


def _die_holding(folder: Path) -> None:
    cache = Cache(folder)
    with cache.claim(cache.path("clips", key_of("x"), ".ogg")):
        os._exit(9)


def test_a_process_that_dies_gives_its_claim_back(tmp_path: Path) -> None:
    worker = multiprocessing.get_context("spawn").Process(target=_die_holding, args=(tmp_path,))
    worker.start()
    worker.join(60)
    assert worker.exitcode == 9
    cache = Cache(tmp_path)
    with cache.claim(cache.path("clips", key_of("x"), ".ogg")) as ours:
        assert ours


def test_a_maker_that_fails_leaves_the_way_free(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    path = cache.path("clips", key_of("x"), ".ogg")
    with pytest.raises(RuntimeError), cache.claim(path):
        raise RuntimeError("the engine failed")
    with cache.claim(path) as ours:
        assert ours


def _aged(cache: Cache, name: str, size: int, days: float, now: float) -> Path:
    path = cache.write(cache.path("clips", key_of(name), ".ogg"), b"x" * size)
    os.utime(path, (now - days * 86400,) * 2)
    return path


def test_pruning_takes_the_longest_unused_first_and_spares_what_is_to_be_kept(tmp_path: Path) -> None:
    cache, now = Cache(tmp_path), time.time()
    old, kept, middle, new = (_aged(cache, n, 100, d, now) for n, d in (("a", 9), ("b", 8), ("c", 5), ("d", 1)))
    assert cache.prune(250, keep={kept}, now=now) == (2, 200)
    assert [p.exists() for p in (old, kept, middle, new)] == [False, True, False, True]


def test_pruning_by_age_and_by_use(tmp_path: Path) -> None:
    cache, now = Cache(tmp_path), time.time()
    unused, used = (_aged(cache, n, 100, 40, now) for n in ("a", "b"))
    cache.used(used)
    assert cache.prune(10_000, max_age_days=30, now=now) == (1, 100)
    assert not unused.exists() and used.exists()


def test_pruning_clears_away_what_a_killed_process_left_half_written(tmp_path: Path) -> None:
    cache, now = Cache(tmp_path), time.time()
    path = _aged(cache, "a", 10, 0, now)
    left, fresh = path.with_name(".new-left"), path.with_name(".new-fresh")
    for file in (left, fresh):
        file.write_bytes(b"half")
    os.utime(left, (now - 7200,) * 2)
    cache.prune(10_000, now=now)
    assert not left.exists() and fresh.exists() and path.exists()
