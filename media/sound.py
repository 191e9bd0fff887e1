"""Sound as numbers: one channel of float32 at 24,000 samples a second. Pure, but for reading and writing a file."""

from __future__ import annotations

import io
import math
from functools import cache
from pathlib import Path

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

Samples = NDArray[np.float32]

RATE = 24_000
LOUDNESS = -16.0  # LUFS, the loudness asked for speech on phones
ENCODED = 0.4  # LU that an encoder takes away with the highest sounds; given beforehand
PEAK = 10 ** (-3.0 / 20)  # -3 dBFS before encoding: Opus and MP3 overshoot, and -1 dBFS must hold afterwards
FRAME = RATE // 100
FORMATS = {  # suffix -> how soundfile writes it
    "ogg": {"format": "OGG", "subtype": "OPUS", "compression_level": 0.95},
    "mp3": {"format": "MP3", "subtype": "MPEG_LAYER_III", "compression_level": 0.9, "bitrate_mode": "AVERAGE"},
    # A clip is decoded and joined with others later, so it is kept at a quality that stands a second encoding. (From
    # 0.83 on libopus takes its speech mode, which costs nearly three times the work.)
    "clip": {"format": "OGG", "subtype": "OPUS", "compression_level": 0.82},
}


class SoundError(Exception):
    """These bytes are no sound that we can read."""


def silence(seconds: float) -> Samples:
    return np.zeros(max(0, round(seconds * RATE)), np.float32)


def seconds(samples: Samples) -> float:
    return len(samples) / RATE


def from_pcm(pcm: bytes, rate: int) -> Samples:
    """Signed 16-bit little-endian mono, as speech engines give it."""
    return to_rate(np.frombuffer(pcm, "<i2").astype(np.float32) / np.float32(32768), rate)


def to_rate(samples: Samples, rate: int) -> Samples:
    if rate == RATE or not len(samples):
        return samples
    return np.asarray(soxr.resample(samples, rate, RATE, quality="HQ"), np.float32)


def decode(data: bytes | Path) -> Samples:
    """Any file that libsndfile knows (MP3, OGG, WAV, FLAC), mixed to one channel. Raises SoundError."""
    return decode_with_comment(data)[0]


def decode_with_comment(data: bytes | Path) -> tuple[Samples, str]:
    """The same, and the comment kept in the file ("" if there is none)."""
    try:
        with soundfile.SoundFile(io.BytesIO(data) if isinstance(data, bytes) else str(data)) as file:
            samples, rate, comment = file.read(dtype="float32", always_2d=True), file.samplerate, str(file.comment)
    except (soundfile.SoundFileError, OSError, RuntimeError, ValueError) as problem:
        raise SoundError(f"this is no sound that can be read: {problem}") from problem
    return to_rate(np.ascontiguousarray(samples.mean(axis=1), np.float32), rate), comment


def length(path: Path) -> float:
    """Seconds of a sound file. Raises SoundError."""
    try:
        return float(soundfile.info(str(path)).duration)
    except (soundfile.SoundFileError, RuntimeError) as problem:
        raise SoundError(f"{path} is no sound that can be read: {problem}") from problem


def encode(samples: Samples, form: str, comment: str = "") -> bytes:
    """`form` is ogg (Opus, for messengers), mp3 (for web pages: old iPhones play no Opus) or clip (Opus, finer)."""
    file = io.BytesIO()
    with soundfile.SoundFile(file, "w", RATE, 1, **FORMATS[form]) as sound:
        if comment:
            sound.comment = comment
        sound.write(samples)
    return file.getvalue()


def faded(samples: Samples, over: float = 0.005) -> Samples:
    """With both ends brought down to nothing, so that a cut into a breath makes no click."""
    n = min(round(over * RATE), len(samples) // 2)
    shape = np.ones(len(samples), np.float32)
    if n:
        shape[:n] = np.linspace(0, 1, n, dtype=np.float32)
        shape[-n:] = shape[:n][::-1]
    return samples * shape


def joined(parts: list[Samples], gap: float = 0.15) -> Samples:
    """Trimmed, one after the other with `gap` seconds between."""
    return np.concatenate([x for part in parts for x in (trim(part), silence(gap))][:-1])


def level(samples: Samples) -> NDArray[np.float64]:
    """Root mean square of each hundredth of a second."""
    whole = len(samples) // FRAME * FRAME
    return np.sqrt(np.square(samples[:whole].astype(np.float64)).reshape(-1, FRAME).mean(axis=1))


def loud_frames(samples: Samples) -> NDArray[np.bool_]:
    """Which hundredths of a second hold speech: within 40 dB of the loudest tenth."""
    levels = level(samples)
    if not len(levels):
        return np.zeros(0, bool)
    return levels > max(float(np.percentile(levels, 90)) * 0.01, 1e-4)


def trim(samples: Samples, margin: float = 0.04) -> Samples:
    """Without the silence before and after, but for `margin` seconds; empty if there is nothing but silence."""
    loud = np.flatnonzero(loud_frames(samples))
    if not len(loud):
        return silence(0)
    edge = round(margin * RATE)
    return samples[max(0, loud[0] * FRAME - edge) : (loud[-1] + 1) * FRAME + edge]


def inner_silences(samples: Samples, shortest: float = 0.12) -> list[tuple[int, int]]:
    """(first, after last) sample of each silence inside, at least `shortest` seconds long."""
    loud = np.flatnonzero(loud_frames(samples))
    gaps = np.flatnonzero(np.diff(loud) > shortest * RATE / FRAME)
    return [(int(loud[g] + 1) * FRAME, int(loud[g + 1]) * FRAME) for g in gaps]


# --- loudness: ITU-R BS.1770-4, measured block by block in the frequency domain -----------------------


@cache
def _k_weight(length: int) -> NDArray[np.float64]:
    """What the ear's weighting does to the power of each frequency of a block of `length` samples."""
    z = np.exp(-2j * np.pi * np.fft.rfftfreq(length))

    def gain(b: tuple[float, float, float], a: tuple[float, float, float]) -> NDArray[np.complex128]:
        return (b[0] + b[1] * z + b[2] * z**2) / (a[0] + a[1] * z + a[2] * z**2)

    k = math.tan(math.pi * 1681.974450955533 / RATE)  # the head: a shelf of +4 dB
    high, middle, q = (
        10 ** (3.999843853973347 / 20),
        10 ** (3.999843853973347 / 20 * 0.4996667741545416),
        0.7071752369554196,
    )
    norm = 1 + k / q + k * k
    shelf = gain(
        (
            (high + middle * k / q + k * k) / norm,
            2 * (k * k - high) / norm,
            (high - middle * k / q + k * k) / norm,
        ),
        (1, 2 * (k * k - 1) / norm, (1 - k / q + k * k) / norm),
    )
    k, q = math.tan(math.pi * 38.13547087602444 / RATE), 0.5003270373238773  # and a high-pass
    norm = 1 + k / q + k * k
    high_pass = gain((1, -2, 1), (1, 2 * (k * k - 1) / norm, (1 - k / q + k * k) / norm))
    return np.square(np.abs(shelf * high_pass))


def loudness(samples: Samples) -> float:
    """Integrated loudness in LUFS of one channel, gated as BS.1770-4 says; -inf for silence."""
    block = min(len(samples), round(0.4 * RATE))
    if block < FRAME:
        return -math.inf
    starts = range(0, len(samples) - block + 1, max(1, block // 4))
    blocks = np.stack([samples[s : s + block] for s in starts]).astype(np.float64)
    power = np.square(np.abs(np.fft.rfft(blocks, axis=1))) * _k_weight(block)
    power[:, 1 : (block + 1) // 2] *= 2  # the negative frequencies, which rfft leaves out
    means = power.sum(axis=1) / block**2
    means = means[means > 10 ** ((-70 + 0.691) / 10)]
    if not len(means):
        return -math.inf
    means = means[means > means.mean() * 0.1]
    return float(-0.691 + 10 * math.log10(means.mean()))


def even(samples: Samples, target: float = LOUDNESS) -> Samples:
    """The same speech at `target` LUFS, its peaks held under -3 dBFS without clipping."""
    for _ in range(5):  # holding peaks down takes a little loudness away; a few rounds give it back
        now = loudness(samples)
        if now == -math.inf or abs(now - target) < 0.1:
            break
        samples = hold_peaks(samples * np.float32(10 ** ((target - now) / 20)))
    return samples


def hold_peaks(samples: Samples, highest: float = PEAK, reach: int = RATE // 200) -> Samples:
    """A limiter that looks 5 ms ahead: gain goes down smoothly before a peak and comes back after it."""
    if not len(samples) or float(np.abs(samples).max()) <= highest:
        return samples
    wanted = np.minimum(1.0, highest / np.maximum(np.abs(samples), 1e-9))
    lowest = _lowest_near(wanted, reach)
    window = np.hanning(2 * reach + 3)[1:-1]
    smooth = np.convolve(np.pad(lowest, reach, mode="edge"), window / window.sum(), "valid")
    return np.asarray(samples * np.minimum(smooth, wanted), np.float32)


def _lowest_near(values: NDArray[np.floating], reach: int) -> NDArray[np.floating]:
    """The smallest value within `reach` of each place, by windows that double."""
    lowest, width = np.pad(values, reach, constant_values=1.0), 1
    while width < 2 * reach + 1:
        step = min(width, 2 * reach + 1 - width)
        lowest = np.minimum(lowest[:-step], lowest[step:])
        width += step
    return lowest
