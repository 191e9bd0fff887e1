"""From bytes to the text of a lesson file. Whatever the bytes are, the answer is a text and what is wrong with it."""

from __future__ import annotations

from pathlib import Path

from lessons.diagnostic import Diagnostic

LARGEST = 60_000  # bytes; the longest lesson is a tenth of it


def read_file(path: Path, shown: str) -> tuple[str | None, list[Diagnostic]]:
    """The text of the file with line ends made `\\n`, or None where it is no text. `shown` is the path to name."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        why = error.strerror or str(error)
        return None, [Diagnostic(shown, 1, 1, "file-not-text", f"This file cannot be read: {why}.")]
    return decode(data, shown)


def decode(data: bytes, shown: str) -> tuple[str | None, list[Diagnostic]]:
    """The same for bytes at hand."""
    found: list[Diagnostic] = []

    def say(line: int, column: int, rule: str, message: str, note: bool = False) -> None:
        found.append(Diagnostic(shown, line, column, rule, message, note))

    if len(data) > LARGEST:
        say(1, 1, "file-too-large", f"A lesson is at most {LARGEST // 1000} kilobytes. Make two lessons of it.")
        return None, found
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        say(1, 1, "file-not-text", "This file is saved as UTF-16. Save it again and choose UTF-8.")
        return None, found
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
        say(
            1,
            1,
            "byte-order-mark",
            "An invisible mark stands before the first letter. `handrail lessons fmt` removes it.",
            True,
        )
    if b"\0" in data:
        line, column = _place(data, data.index(b"\0"))
        say(
            line,
            column,
            "file-not-text",
            "This is no text file (it holds a zero byte). Save the lesson as plain text, UTF-8.",
        )
        return None, found
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = _place(data, error.start)
        say(line, column, "file-not-text", "This letter is not written in UTF-8. Save the file again and choose UTF-8.")
        return None, found
    if "\r" in text:
        line = text[: text.index("\r")].count("\n") + 1
        say(line, 1, "windows-line-ends", "The lines end as on Windows. `handrail lessons fmt` mends it.", True)
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        say(1, 1, "file-empty", "This file is empty. `handrail lessons new ID` writes a lesson to begin with.")
        return None, found
    return text, found


def _place(data: bytes, offset: int) -> tuple[int, int]:
    before = data[:offset]
    begin = before.rfind(b"\n") + 1
    return before.count(b"\n") + 1, len(before[begin:].decode("utf-8", "replace")) + 1
