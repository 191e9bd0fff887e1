"""`make rasa`: a real Rasa in an environment of its own, trained on the same sentences, served on this machine.

    python -m nlu.rasa.build install | data | train | serve | all     (from the project's own environment)

HANDRAIL_RASA_EPOCHS (10 where it is not set) is how often a training goes through all sentences, HANDRAIL_RASA_SHARE which
share of each intent it takes (1 where it is not set, all; a seeded choice, for a quick try).

Rasa 3.6 needs Python 3.10 and is never imported here: this file only starts its command line.
"""

from __future__ import annotations

import os
import random
import secrets
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import yaml

import lessons
from lessons.catalogue import Catalogue
from lessons.model import text_of
from nlu.examples import languages, read_examples, wishes_beside

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
ENVIRONMENT = ROOT / ".venv-rasa"
WORK = ROOT / ".make" / "rasa"
LOCK = ROOT / "requirements" / "rasa.txt"
TAUGHT = ("en", "zh")  # the languages that have a pipeline of their own
PORTS = {"en": 5005, "zh": 5006}
FEWEST = 40  # sentences of an intent that a share leaves
NO_PYTHON = (
    "Rasa 3.6 needs a Python 3.10 that runs, and none was found. Install one (python3.10 of your system, pyenv, or "
    "`pip install uv && uv python install 3.10`), then run `make rasa` again; or use nlu/rasa/compose.yml with Docker."
)


def find_python() -> str | None:
    """The path of a Python 3.10 that really starts: by name, through pyenv, or through uv."""
    for command, extra in _candidates():
        try:
            found = subprocess.run(
                [*command, "-c", "import sys; print(sys.executable if sys.version_info[:2] == (3, 10) else '')"],
                capture_output=True, text=True, timeout=60, env={**os.environ, **extra}, check=False,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired):
            continue
        if found.returncode == 0 and found.stdout.strip():
            return found.stdout.strip()
    return None


def _candidates() -> Iterator[tuple[Sequence[str], dict[str, str]]]:
    yield ["python3.10"], {}
    versions = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for folder in sorted(versions.glob("3.10*"), reverse=True):
        yield ["python3.10"], {"PYENV_VERSION": folder.name}
    if uv := _uv():
        yield [uv, "run", "--no-project", "--python", "3.10", "python"], {}


def _uv() -> str | None:
    """The one of this environment, or of the system."""
    beside = Path(sys.executable).parent / "uv"
    return str(beside) if beside.exists() else shutil.which("uv")


def install() -> Path:
    """The environment with the locked Rasa; made once. Returns its rasa command."""
    rasa = ENVIRONMENT / "bin" / "rasa"
    done = ENVIRONMENT / "installed"
    if done.exists() and done.stat().st_mtime >= LOCK.stat().st_mtime:
        return rasa
    python = find_python()
    if python is None:
        raise click.ClickException(NO_PYTHON)
    click.echo("Installing Rasa into .venv-rasa (once; some minutes, 2.7 GB) ...")
    uv = [_uv() or "uv"]
    _run([*uv, "venv", "--quiet", "--clear", "--python", python, str(ENVIRONMENT)])
    _run(
        [
            *uv,
            "pip",
            "install",
            "--quiet",
            "--require-hashes",
            "--python",
            str(ENVIRONMENT / "bin" / "python"),
            "-r",
            str(LOCK),
        ]
    )
    done.touch()
    return rasa


def write_data(language: str, work: Path = WORK) -> Path:
    """Our sentences and the lessons' own phrases as one folder for Rasa: nlu.yml, domain.yml, config.yml."""
    folder = work / language
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    intents, entities = _intents(language)
    share = float(os.environ.get("HANDRAIL_RASA_SHARE") or 1)
    intents = part_of(intents, min(share, 1.0)) if share > 0 else intents
    nlu = [
        {"intent": name, "examples": "".join(f"- {line}\n" for line in lines)}
        for name, lines in sorted(intents.items())
    ]
    _dump(folder / "data" / "nlu.yml", {"version": "3.1", "nlu": nlu})
    _dump(folder / "domain.yml", {"version": "3.1", "intents": sorted(intents), "entities": entities})
    config = yaml.safe_load((HERE / f"config.{language}.yml").read_text(encoding="utf-8"))
    epochs = os.environ.get("HANDRAIL_RASA_EPOCHS")
    for part in config["pipeline"]:
        if part["name"] == "DIETClassifier" and epochs:
            part["epochs"] = int(epochs)
    _dump(folder / "config.yml", config)
    shutil.copy(HERE / "character_tokenizer.py", folder)
    return folder


def part_of(intents: dict[str, list[str]], share: float) -> dict[str, list[str]]:
    """This share of the lines of each intent, never below FEWEST of it, the same ones every time; 1: all.

    Each intent keeps its weight: with as many lines for each, the wishes for a lesson, of all intents the most varied, were missed.
    """
    random_ = random.Random(7)
    kept = {name: max(round(len(lines) * share), min(FEWEST, len(lines))) for name, lines in intents.items()}
    return {name: sorted(random_.sample(lines, kept[name])) for name, lines in sorted(intents.items())}


def _intents(language: str) -> tuple[dict[str, list[str]], list[str]]:
    """Intent -> lines in Rasa's notation, and the entities' names."""
    examples, _ = read_examples(language)
    found: defaultdict[str, list[str]] = defaultdict(list)
    for example in examples:
        text = example.text
        for entity in sorted(example.entities, key=lambda e: -e.start):
            words = text[entity.start : entity.end]
            mark = (
                f"[{words}]({entity.name})"
                if words == entity.value
                else f'[{words}]{{"entity": "{entity.name}", "value": "{entity.value}"}}'
            )
            text = text[: entity.start] + mark + text[entity.end :]
        found[example.intent].append(text)
    catalogue = Catalogue.load(Path(lessons.__file__).parent)
    lines = [line for x in catalogue.lessons(language) for line in (*x.asks, x.title, text_of(x.goal))]
    found["find_lesson"] += [e.text for e in wishes_beside(examples, lines, language)]
    return dict(found), sorted({e.name for example in examples for e in example.entities})


def train(language: str, work: Path = WORK) -> Path:
    """Checks and trains; the model's path. Raises subprocess.CalledProcessError with Rasa's own words above."""
    rasa, folder = install(), write_data(language, work)
    files = ["--domain", "domain.yml", "--data", "data"]
    _run([str(rasa), "data", "validate", "--config", "config.yml", *files], folder)
    model = folder / "models" / f"{language}.tar.gz"
    arguments = [
        "--nlu",
        "data",
        "--domain",
        "domain.yml",
        "--config",
        "config.yml",
        "--out",
        "models",
        "--fixed-model-name",
        language,
    ]
    _run([str(rasa), "train", "nlu", *arguments], folder)
    return model


def serve(language: str, token: str, port: int, work: Path = WORK) -> subprocess.Popen[bytes]:
    """Rasa's server with the trained model, on this machine only."""
    folder = work / language
    command = [
        str(install()),
        "run",
        "--enable-api",
        "--interface",
        "127.0.0.1",
        "--port",
        str(port),
        "--auth-token",
        token,
    ]
    return subprocess.Popen([*command, "--model", f"models/{language}.tar.gz"], cwd=folder, env=_environment(folder))


def _run(command: Sequence[str], folder: Path = ROOT) -> None:
    subprocess.run(command, cwd=folder, env=_environment(folder), check=True)


def _environment(folder: Path) -> dict[str, str]:
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}
    return {**os.environ, **quiet, "PYTHONPATH": str(folder), "PYTHONWARNINGS": "ignore"}


def _dump(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)

    class Readable(yaml.SafeDumper):
        """Long texts as blocks, as Rasa's own files have them."""

    Readable.add_representer(
        str,
        lambda dumper, text: dumper.represent_scalar(
            "tag:yaml.org,2002:str", text, style="|" if "\n" in text else None
        ),
    )
    path.write_text(
        yaml.dump(value, Dumper=Readable, allow_unicode=True, sort_keys=False, width=1000), encoding="utf-8"
    )


@click.command()
@click.argument("what", type=click.Choice(["install", "data", "train", "serve", "all"]))
@click.option("--language", multiple=True, type=click.Choice(TAUGHT), help="Only this language; may be given again.")
def main(what: str, language: tuple[str, ...]) -> None:
    """Build, train and serve Rasa."""
    chosen = [code for code in language or TAUGHT if code in languages()]
    try:
        if what == "install":
            install()
        for code in chosen:
            if what == "data":
                write_data(code)
            elif what in ("train", "all"):
                train(code)
        if what in ("serve", "all"):
            _serve_all(chosen)
    except subprocess.CalledProcessError as error:
        raise click.ClickException(f"Rasa stopped ({error.returncode}); its own words stand above.") from None


def _serve_all(chosen: Sequence[str]) -> None:
    token = os.environ.get("HANDRAIL_RASA_TOKEN") or secrets.token_urlsafe(16)
    servers = [serve(code, token, PORTS[code]) for code in chosen]
    addresses = ",".join(f"{code}=http://127.0.0.1:{PORTS[code]}" for code in chosen)
    click.echo(
        f"\nRasa is starting. Handrail uses it with:\n  HANDRAIL_NLU=rasa HANDRAIL_RASA_URL={addresses} HANDRAIL_RASA_TOKEN={token} make run\n"
    )
    try:
        for server in servers:
            server.wait()
    except KeyboardInterrupt:
        pass
    finally:
        for server in servers:
            server.terminate()


if __name__ == "__main__":
    main()
