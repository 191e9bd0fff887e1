"""Every file says what the screen says; statements and badges are what their specifications ask for."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jsonschema import Draft4Validator, Draft201909Validator, FormatChecker

from bot.cli import main
from bot.report.badge import Achieved, BadgeError, bake, check, credential, did_of, signed, signing_key
from media.badge import badge_picture, certificate_of

from .programme import Person

SCHEMAS = Path(__file__).parent / "schemas"
FINISHED = [(40.0, "lesson_started", "send-photo", ""), (30.0, "lesson_finished", "send-photo", "end")]
VERA = Person("Vera =1+1", FINISHED)
MEI = Person(
    "梅", [(9.0, "step_done", "send-photo", "open"), (8.0, "person_asked", "send-photo", "clip")], language="zh"
)
SHY = Person("Shy", FINISHED, volunteers="")
Sites = Callable[..., Any]


@cache
def badge_schema() -> Draft201909Validator:
    """1EdTech's own; see schemas/README.md."""
    schema = json.loads((SCHEMAS / "open-badges-3.0" / "achievementcredential.json").read_text(encoding="utf-8"))
    Draft201909Validator.check_schema(schema)
    checker = FormatChecker(formats=())
    checker.checks("date-time", raises=ValueError)(lambda text: datetime.fromisoformat(text).tzinfo is not None)
    return Draft201909Validator(schema, format_checker=checker)


@cache
def statement_schema() -> Draft4Validator:
    """Published for the Experience API, with the patterns of its formats; see schemas/README.md."""
    folder = SCHEMAS / "xapi-1.0.3"
    parts = json.loads((folder / "schema.json").read_text(encoding="utf-8"))
    checker = FormatChecker(formats=())
    for name, pattern in json.loads((folder / "formats.json").read_text(encoding="utf-8")).items():
        checker.checks(name)(lambda text, of=re.compile(pattern): not isinstance(text, str) or bool(of.match(text)))
    whole = {"$schema": parts["$schema"], "id": "urn:xapi", "definitions": parts["properties"], "$ref": "#statement"}
    return Draft4Validator(whole, format_checker=checker)


def cells_of(xlsx: bytes) -> list[list[str]]:
    """The first sheet as text, read with nothing of the library that wrote it."""
    space = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
    with zipfile.ZipFile(io.BytesIO(xlsx)) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
        assert b"<f>" not in book.read("xl/worksheets/sheet1.xml"), "no formula"
    rows = []
    for row in sheet.iterfind(".//m:row", space):
        cells = {}
        for cell in row.iterfind("m:c", space):
            column = "".join(letter for letter in cell.attrib["r"] if letter.isalpha())
            text = cell.find("m:v", space)
            told = "".join(part.text or "" for part in cell.iterfind(".//m:t", space))
            cells[column] = told if text is None else text.text or ""
        rows.append(list(cells.values()))
    return rows


async def fetched(site: Sites, *people: Person, role: str = "coordinator", names: str = "") -> dict[str, bytes]:
    here = await site(*people)
    browser = await here.sign_in(role)
    found = {}
    for name in ("report.csv", "report.json", "report.html", "report.xlsx", "report.pdf", "xapi.json"):
        answer = await browser.get(f"/report/files/{name}{names}")
        assert answer.status_code == 200 and f'filename="{name}"' in answer.headers["content-disposition"]
        found[name] = answer.content
    assert (await browser.get("/report/files/passwords.txt")).status_code == 404
    return found


async def test_all_files_hold_the_same_rows(site: Sites) -> None:
    found = await fetched(site, VERA, MEI, SHY)
    table = list(csv.DictReader(io.StringIO(found["report.csv"].decode("utf-8-sig"))))
    objects = json.loads(found["report.json"])
    sheet = cells_of(found["report.xlsx"])
    assert [row["learner"] for row in table] == [one["learner"] for one in objects] == [row[1] for row in sheet[1:]]
    assert [row["status"] for row in table] == [one["status"] for one in objects] == [row[4] for row in sheet[1:]]
    assert len(table) == 3 and sheet[0] == list(objects[0])
    html = found["report.html"].decode()
    assert html.count("<tr>") == 4 and "One person needs a person today" in html
    assert found["report.pdf"].startswith(b"%PDF")


@pytest.mark.parametrize("names", ["", "?names=yes"])
async def test_names_only_where_asked_for_and_agreed(site: Sites, names: str) -> None:
    found = await fetched(site, VERA, MEI, SHY, names=names)
    for name, body in found.items():
        if name in ("report.csv", "report.json", "report.html"):
            assert ("Vera" in body.decode()) == bool(names), name
            assert "Shy" not in body.decode()
    assert "Vera" not in found["xapi.json"].decode(), "never in statements"
    assert any("Vera" in cell for row in cells_of(found["report.xlsx"]) for cell in row) == bool(names)


async def test_who_saved_what_is_noted(site: Sites) -> None:
    here = await site(VERA)
    browser = await here.sign_in("coordinator")
    await browser.get("/report/files/report.csv?names=yes")
    assert ("exported", "report.csv with names") in [(n.what, n.detail) for n in await here.people.looked()]


async def test_statements_are_xapi(site: Sites) -> None:
    found = await fetched(site, VERA, MEI, SHY)
    statements = json.loads(found["xapi.json"])
    for statement in statements:
        statement_schema().validate(statement)
    said = sorted((s["verb"]["display"]["en"], s.get("result", {}).get("completion")) for s in statements)
    assert said == [("completed", True)] * 2 + [("initialized", None)] * 3 + [("progressed", False)]
    assert len({s["id"] for s in statements}) == len(statements)
    assert not any(name in json.dumps(statements, ensure_ascii=False) for name in ("Vera", "梅", "Shy"))


WRONG_STATEMENTS: dict[str, dict[str, Any]] = {
    "no time": {"timestamp": "yesterday"}, "no id": {"id": "1"}, "unknown": {"colour": "red"}, "no iri": {"verb": {"id": "completed"}},
    "no actor": {"actor": {"account": {"name": "x"}}}, "no duration": {"result": {"duration": "five minutes"}},
    "no language": {"verb": {"id": "http://x.test/v", "display": {"in English": "x"}}},
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG_STATEMENTS)
async def test_the_published_schema_would_notice(site: Sites, what: str) -> None:
    statement = json.loads((await fetched(site, VERA))["xapi.json"])[-1]
    assert statement_schema().is_valid(statement)
    assert not statement_schema().is_valid(statement | WRONG_STATEMENTS[what])


WRONG_BADGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "no subject": lambda badge: badge.pop("credentialSubject"),
    "no date": lambda badge: badge.update(validFrom="last week"),
    "no criteria": lambda badge: badge["credentialSubject"]["achievement"].pop("criteria"),
    "unknown kind of identity": lambda badge: badge["credentialSubject"]["identifier"][0].update(identityType="nickname"),
    "unknown kind of achievement": lambda badge: badge["credentialSubject"]["achievement"].update(achievementType="Prize"),
    "no target": lambda badge: badge["credentialSubject"]["achievement"]["alignment"][0].pop("targetUrl"),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG_BADGES)
def test_the_published_badge_schema_would_notice(what: str) -> None:
    badge = credential(VERAS, "did:key:z6Mk")
    assert badge_schema().is_valid(badge)
    WRONG_BADGES[what](badge)
    assert not badge_schema().is_valid(badge)


# Badges

VERAS = Achieved(
    "send-photo", "Send a photo", "You can send a photo.", "Vera", "Elm Street Library",
    datetime(2026, 11, 20, 9, 30, tzinfo=UTC), ("dlgf-2018:0.2", "digcomp-2.2:5.1"), "abc",
)  # fmt: skip


def test_a_badge_is_a_credential_and_checks_offline(tmp_path: Path) -> None:
    key = signing_key(tmp_path)
    assert signing_key(tmp_path).private_bytes_raw() == key.private_bytes_raw(), "the same key again"
    assert (tmp_path / "badge-key.pem").stat().st_mode & 0o077 == 0
    png = bake(badge_picture("Send a photo", "Elm Street Library"), signed(VERAS, key))
    found = check(png)
    assert (found.name, found.title, found.issuer, found.at) == (
        "Vera",
        "Send a photo",
        "Elm Street Library",
        "2026-11-20T09:30:00Z",
    )
    assert found.key == did_of(key.public_key())
    badge_schema().validate(credential(VERAS, found.key))
    badge_schema().validate(found.credential)


def test_a_changed_or_foreign_badge_is_refused(tmp_path: Path) -> None:
    jws = signed(VERAS, signing_key(tmp_path))
    head, body, signature = jws.split(".")
    other = signed(VERAS, Ed25519PrivateKey.generate())
    picture = badge_picture("x", "y")
    cases = {
        "changed after": f"{head}.{signed(Achieved('x', 'X', 'x', 'Eve', 'y', VERAS.at), signing_key(tmp_path)).split('.')[1]}.{signature}",
        "somebody else": f"{other.split('.')[0]}.{body}.{signature}",
        "cannot be read": "a.b.c",
    }
    for says, text in cases.items():
        with pytest.raises(BadgeError, match=says):
            check(bake(picture, text))
    with pytest.raises(BadgeError, match="no badge"):
        check(picture)
    with pytest.raises(BadgeError, match="no PNG"):
        check(b"GIF89a")


async def test_badge_and_certificate_for_one_who_wants_them(site: Sites, tmp_path: Path) -> None:
    here = await site(VERA, SHY, MEI, badge_picture=badge_picture, certificate=certificate_of)
    browser = await here.sign_in()
    page = f"/report/learners/{here.ids['Vera =1+1']}/send-photo"
    png = (await browser.get(f"{page}/badge.png")).content
    assert check(png).name == "Vera =1+1"
    pdf = await browser.get(f"{page}/certificate.pdf")
    assert pdf.status_code == 200 and pdf.content.startswith(b"%PDF")
    for who, lesson in (("Shy", "send-photo"), ("梅", "send-photo"), ("Vera =1+1", "bigger-text")):
        answer = await browser.get(f"/report/learners/{here.ids[who]}/{lesson}/badge.png")
        assert answer.status_code == 404, f"{who} has not agreed to be named, or has not finished"
    path = tmp_path / "badge.png"
    path.write_bytes(png)
    env = {"HANDRAIL_DATA": str(tmp_path)}
    said = CliRunner().invoke(main, ["badge", "check", str(path)], env=env)
    assert said.exit_code == 0 and "Unchanged" in said.output
    key = CliRunner().invoke(main, ["badge", "key"], env=env).output.strip()
    assert key in said.output
    assert CliRunner().invoke(main, ["badge", "check", str(path), "--key", key], env=env).exit_code == 0
    assert CliRunner().invoke(main, ["badge", "check", str(path), "--key", "did:key:zOther"], env=env).exit_code == 1


@pytest.mark.parametrize("form", ["html", "xlsx", "pdf", "xapi", "csv", "json", "text"])
async def test_the_same_files_from_the_terminal(site: Sites, form: str, tmp_path: Path) -> None:
    await site(VERA)
    out = tmp_path / f"report.{form}"
    result = CliRunner().invoke(
        main, ["report", "--format", form, "--output", str(out)], env={"HANDRAIL_DATA": str(tmp_path)}
    )
    assert result.exit_code == 0, result.output
    assert out.stat().st_size > 100
