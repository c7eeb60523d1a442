"""Text in a picture: where lines stand, and for each character what it is, how sure that is, and what else it may be.

PP-OCRv6 (rapidocr ≥ 3.10 carries the models in its wheel). rapidocr finds the lines; they are recognised here, for
its own decoder keeps neither the second choice nor a place for each character."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import cv2
import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from rapidocr.ch_ppocr_det.utils import DBPostProcess, DetPreProcess

from parsers.pictures.crops import HEIGHT, Image, edges, straight, tight

THREADS = 2
"""Of one process: there are two readers on a computer of two cores."""

LINES = 400
"""More lines than this are no form."""

DETECTED = 1_400
"""Pixels of the longer side in which lines are looked for."""

NARROWEST = 64
"""Pixels (at HEIGHT) of the shortest line that is recognised as it is."""

BESIDE = 32
"""Pixels of nothing behind a line: without any its last character is lost at times."""

COLUMN = 8
"""Pixels (at HEIGHT) that one step of the model's answer stands for."""

LIKELY = 0.003
"""A second choice less likely than this is none."""

_LATIN = (
    "ĀāĂăĄąĆćĈĉĊċČčĎďĐđĒēĔĕĖėĘęĚěĜĝĞğĠġĢģĤĥĦħĨĩĪīĬĭĮįİıĴĵĶķĹĺĻļĽľŁłŃńŅņŇňŌōŎŏŐőŒœŔŕŖŗŘř"
    "ŚśŜŝŞşŠšŢţŤťŨũŪūŬŭŮůŰűŲųŴŵŶŷŸŹźŻżŽžȘșȚțẞ"
)
_MARKS = "–—‘’“”…•€£☐☑☒✓✔✗✘√×"


@dataclass(frozen=True, slots=True)
class Char:
    """A character of a line. `at` is the middle of it, `left` and `right` are the edges of its ink, from 0 to 1 along
    the line; `others` are further choices, likeliest first, each with its probability."""

    text: str
    at: float
    left: float
    right: float
    sure: float
    others: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class TextLine:
    """`corners` are the top left, top right, bottom right and bottom left of the line in pixels: (4, 2)."""

    corners: NDArray[np.float32]
    chars: tuple[Char, ...]

    @property
    def text(self) -> str:
        return "".join(c.text for c in self.chars)

    @property
    def height(self) -> float:
        """Pixels."""
        return (
            float(np.linalg.norm(self.corners[0] - self.corners[3]) + np.linalg.norm(self.corners[1] - self.corners[2]))
            / 2
        )

    def places(self, along: Sequence[float], down: Sequence[float] = (0.5,)) -> NDArray[np.float64]:
        """The pixels at shares of the line's length and height: (n, 2)."""
        box = np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32)
        view = cv2.getPerspectiveTransform(box, self.corners)
        shares = np.stack(np.broadcast_arrays(np.array(along), np.array(down), 1.0))
        seen = view @ shares
        return np.asarray((seen[:2] / seen[2]).T, np.float64)


def lines(picture: Image) -> list[TextLine]:
    """The lines of a grey picture (height, width), from the top."""
    quads = detected(picture)
    return recognised(picture, quads)


def detected(picture: Image) -> list[NDArray[np.float32]]:
    """Quadrangles around lines of text, found in a smaller copy."""
    small = min(1.0, DETECTED / max(picture.shape))
    if small < 1:
        smaller = cv2.resize(picture, None, fx=small, fy=small, interpolation=cv2.INTER_AREA)
        return [quad / np.float32(small) for quad in detected(smaller)]  # type: ignore[arg-type]
    model = _detector()
    seen = model.before(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR))
    (answer,) = model.session.run(None, {model.session.get_inputs()[0].name: seen})
    boxes, _ = model.after(answer, picture.shape[:2])
    return [np.asarray(box, np.float32) for box in boxes[:LINES]]


def recognised(picture: Image, quads: Sequence[NDArray[np.float32]]) -> list[TextLine]:
    """What stands in each of the quadrangles; one that holds no text gives a line without characters."""
    found: list[TextLine] = []
    for quad in (tight(picture, q) for q in quads):
        found.append(TextLine(quad, tuple(_read(straight(picture, quad)))))
    return found


@dataclass(frozen=True, slots=True)
class _Detector:
    session: ort.InferenceSession
    before: DetPreProcess
    after: DBPostProcess


@cache
def _detector() -> _Detector:
    ready = DetPreProcess(limit_side_len=736, limit_type="min")
    return _Detector(
        _session("PP-OCRv6_det_small.onnx"), ready, DBPostProcess(box_thresh=0.5, unclip_ratio=1.6, use_dilation=True)
    )


@dataclass(frozen=True, slots=True)
class _Recogniser:
    session: ort.InferenceSession
    kept: NDArray[np.int64]
    """Places of the characters that English forms hold; the others are never the answer."""
    characters: tuple[str, ...]


@cache
def _recogniser() -> _Recogniser:
    session = _session("PP-OCRv6_rec_small.onnx")
    known = ["", *session.get_modelmeta().custom_metadata_map["character"].splitlines(), " "]
    kept = [n for n, c in enumerate(known) if n == 0 or _is_ours(c)]
    return _Recogniser(session, np.array(kept), tuple(known[n] for n in kept))


def _session(model: str) -> ort.InferenceSession:
    """One session a process and a model: its threads wait without burning the other reader's time."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = THREADS
    options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 4
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # On white paper most of a layer's numbers are all but nothing, and a processor takes long over those.
    options.add_session_config_entry("session.set_denormal_as_zero", "1")  # Of the calling thread, too.
    with as_file(files("rapidocr") / "models" / model) as path:
        return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _is_ours(character: str) -> bool:
    code = ord(character) if len(character) == 1 else 0
    return 0x20 <= code < 0x7F or 0xA1 <= code <= 0xFF or (code > 0 and character in _LATIN + _MARKS)


def _read(crop: Image) -> Iterator[Char]:
    """One line at a time: that takes a third less than several of them side by side, filled up to the longest."""
    model, wide = _recogniser(), max(NARROWEST, crop.shape[1] + BESIDE)
    line = np.zeros((1, 3, HEIGHT, wide), np.float32)
    line[0, :, :, : crop.shape[1]] = crop.astype(np.float32) / 127.5 - 1.0
    (answer,) = model.session.run(None, {model.session.get_inputs()[0].name: line})
    steps = answer[0][:, model.kept][: -(-crop.shape[1] // COLUMN) + 1]
    return _chars(steps, crop, wide / answer.shape[1], model.characters)


def _chars(steps: NDArray[np.float32], crop: Image, column: float, characters: Sequence[str]) -> Iterator[Char]:
    """Best path through the steps (CTC): what comes again without a blank between is one character."""
    best = steps.argmax(axis=1)
    width, start = crop.shape[1], 0
    found: list[tuple[float, NDArray[np.float32], int]] = []
    while start < len(best):
        end = start + 1
        while end < len(best) and best[end] == best[start]:
            end += 1
        if best[start]:
            run = steps[start:end]
            found.append(
                (min(width - 1.0, (start + end) / 2 * column), run[int(run[:, best[start]].argmax())], int(best[start]))
            )
        start = end
    places = edges(crop, [at for at, _, n in found if characters[n] != " "])
    for at, peak, number in found:
        left, right = next(places) if characters[number] != " " else (at, at)
        others = _others(peak, number, characters)
        yield Char(characters[number], at / width, left / width, right / width, float(peak[number]), others)


def _others(peak: NDArray[np.float32], best: int, characters: Sequence[str]) -> tuple[tuple[str, float], ...]:
    order = np.argsort(peak)[::-1][:4]
    return tuple((characters[n], float(peak[n])) for n in order if n != best and peak[n] > LIKELY)
