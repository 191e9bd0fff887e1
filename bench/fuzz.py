"""A hundred thousand odd inputs: updates of Telegram and requests to the page, each answered and none an exception.

python -m bench.fuzz [--many 100000]

The same property tests as in `make test`, which try 5,000. An input is one update or one request; an example of a test
holds up to four, two on average.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time

TESTS = ("tests/telegram/test_updates_fuzz.py", "tests/web/test_page_fuzz.py")
AN_EXAMPLE = 2


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--many", type=int, default=100_000)
    many = parser.parse_args().many
    failed = 0
    for test in TESTS:
        began = time.monotonic()
        examples = many // len(TESTS) // AN_EXAMPLE
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-o", "addopts=", test],
            env={**os.environ, "HANDRAIL_FUZZ": str(examples)},
            check=False,
        )
        seconds = time.monotonic() - began
        print(f"{test}: {examples} examples, about {examples * AN_EXAMPLE} inputs, {seconds:.0f} s, "
              f"{'no exception' if done.returncode == 0 else 'FAILED'}")  # fmt: skip
        failed += done.returncode != 0
    return int(failed > 0)


if __name__ == "__main__":
    raise SystemExit(main())
