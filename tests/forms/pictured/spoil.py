"""What scanners, fax machines and telephones make of a sheet of paper."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Grey = NDArray[np.uint8]


def scan(sheet: Image.Image, dpi: int, seed: int) -> Image.Image:
    """Grey, a little askew, with noise, dust and a scanner's unevenness."""
    dice = np.random.default_rng(seed)
    height, width = round(842 * dpi / 72), round(595 * dpi / 72)
    page = cv2.resize(np.asarray(sheet), (width, height), interpolation=cv2.INTER_AREA)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), dice.uniform(-2.0, 2.0), dice.uniform(0.985, 1.01))
    turn[:, 2] += dice.uniform(-6, 6, 2) * dpi / 100
    page = cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
    light = 1 - 0.06 * np.linspace(0, 1, width)[None, :] * dice.uniform(0, 1)
    grey = cv2.GaussianBlur(page, (0, 0), 0.45 * dpi / 150).astype(np.float32) * light
    grey = grey * dice.uniform(0.88, 1.0) + dice.uniform(0, 18) + dice.normal(0, dice.uniform(2, 6), grey.shape)
    for _ in range(int(dice.integers(0, 25))):
        x, y = int(dice.integers(width)), int(dice.integers(height))
        cv2.circle(grey, (x, y), int(dice.integers(0, max(1, dpi // 100) + 1)), float(dice.uniform(40, 160)), -1)
    return Image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))


def fax(sheet: Image.Image, seed: int) -> Image.Image:
    """One bit, 204 by 196 dots an inch (ITU-T T.4, fine), a lost line here and there."""
    dice = np.random.default_rng(seed)
    page = np.asarray(scan(sheet, 200, seed).resize((1728, 2292)))
    bits = np.where(page.astype(np.float32) + dice.normal(0, 10, page.shape) > dice.uniform(140, 175), 255, 0).astype(
        np.uint8
    )
    flips = dice.random(bits.shape) < 0.0006
    bits[flips] = 255 - bits[flips]
    for _ in range(int(dice.integers(0, 3))):
        y = int(dice.integers(bits.shape[0] - 1))
        bits[y] = bits[y - 1] if dice.random() < 0.5 else 0
    return Image.fromarray(bits).convert("1")


def photo(sheet: Image.Image, seed: int) -> Image.Image:
    """A sheet on a table, from a hand that is not quite above it: perspective, curl, a shadow, the lamp's colour."""
    dice = np.random.default_rng(seed)
    page = np.asarray(sheet.resize((1654, 2339), Image.Resampling.LANCZOS))
    page = _curled(page, dice.uniform(0, 5), dice.uniform(0, 3))
    width, height = 1800, 2400
    inset = dice.uniform(60, 200, (4, 2))
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]]) + inset * [
        [1, 1],
        [-1, 1],
        [-1, -1],
        [1, -1],
    ]
    frame = np.array([[0, 0], [1654, 0], [1654, 2339], [0, 2339]], np.float32)
    view = cv2.getPerspectiveTransform(frame, corners.astype(np.float32))
    table = cv2.GaussianBlur(dice.normal(70, 14, (height, width)).astype(np.float32), (0, 0), 7)
    seen = cv2.warpPerspective(page, view, (width, height), flags=cv2.INTER_AREA, borderValue=0)
    mask = cv2.warpPerspective(np.full_like(page, 255), view, (width, height)) > 127
    grey = np.where(mask, seen * dice.uniform(0.8, 0.95), table).astype(np.float32)
    grey *= _shadow(width, height, dice)
    grey = cv2.GaussianBlur(grey, (0, 0), dice.uniform(0.5, 0.9)) + dice.normal(0, 3, grey.shape)
    tint = np.array([dice.uniform(0.94, 1.05), 1.0, dice.uniform(0.82, 1.0)])
    return Image.fromarray(np.clip(grey[..., None] * tint, 0, 255).astype(np.uint8))


def _curled(page: Grey, bend: float, wave: float) -> Grey:
    rows, columns = page.shape
    x, y = np.meshgrid(np.arange(columns, dtype=np.float32), np.arange(rows, dtype=np.float32))
    shift = bend * np.sin(np.pi * x / columns) + wave * np.sin(2 * np.pi * x / columns) * y / rows
    return cv2.remap(page, x, y + shift.astype(np.float32), cv2.INTER_LINEAR, borderValue=255)  # type: ignore[return-value]


def _shadow(width: int, height: int, dice: np.random.Generator) -> NDArray[np.float32]:
    lamp = np.linspace(dice.uniform(0.75, 1), dice.uniform(0.75, 1), width)[None, :] * np.ones((height, 1))
    dark = np.ones((height, width), np.float32)
    corner = np.array(
        [[width, height], [width, int(dice.uniform(0.4, 0.8) * height)], [int(dice.uniform(0.3, 0.7) * width), height]]
    )
    cv2.fillPoly(dark, [corner], float(dice.uniform(0.5, 0.75)))
    return (lamp * cv2.GaussianBlur(dark, (0, 0), 60)).astype(np.float32)


def pdf(pages: Sequence[Image.Image], dpi: int) -> bytes:
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=list(pages[1:]), resolution=dpi)
    return out.getvalue()


def tiff(pages: Sequence[Image.Image]) -> bytes:
    out = io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=list(pages[1:]), compression="group4", dpi=(204, 196))
    return out.getvalue()


def jpeg(page: Image.Image, quality: int = 80) -> bytes:
    out = io.BytesIO()
    page.save(out, "JPEG", quality=quality)
    return out.getvalue()


HEIF_ENC = "heif-enc"
"""libheif's encoder, Debian's package libheif-examples: pi-heif, which reads HEIC here, writes none."""


class NoEncoder(RuntimeError):
    """Without the tool no HEIC can be made."""


def heic(page: Image.Image, quality: int = 55) -> bytes:
    """As a telephone keeps it: HEVC in HEIF. Raises NoEncoder."""
    tool = shutil.which(HEIF_ENC)
    if tool is None:
        raise NoEncoder(f"{HEIF_ENC} is missing, so no HEIC can be made (Debian: apt-get install libheif-examples)")
    with tempfile.TemporaryDirectory() as folder:
        png, made = Path(folder, "page.png"), Path(folder, "page.heic")
        page.save(png, "PNG")
        subprocess.run(
            [tool, "-q", str(quality), "-p", "preset=ultrafast", "-o", made, png],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return made.read_bytes()
