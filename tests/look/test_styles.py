"""The stylesheets: colours named once, contrasts computed, files that stay small."""

import re
from itertools import product
from pathlib import Path

import pytest
from django.conf import settings

CSS = settings.BASE_DIR / "static/css"
SHEETS = sorted(CSS.glob("*.css"))
COLOUR = re.compile(r"#[0-9A-Fa-f]{3,8}\b|\brgba?\(")
TEXTS = ("ink", "ink-2", "petrol", "petrol-deep", "minium", "minium-deep", "ocre", "foret")
GROUNDS = ("paper", "sheet", "sunk")
ON = [
    ("on-petrol", "petrol"),
    ("on-petrol", "petrol-deep"),
    ("on-minium", "minium"),
    ("on-minium", "minium-deep"),
    ("on-foret", "foret"),
    ("ink", "petrol-wash"),
    ("petrol", "petrol-wash"),
    ("ink-2", "petrol-wash"),
    ("ink", "minium-wash"),
    ("minium-deep", "minium-wash"),
    ("ink", "ocre-wash"),
    ("ocre", "ocre-wash"),
    ("ink-2", "ocre-wash"),
    ("ink", "foret-wash"),
    ("foret", "foret-wash"),
    ("ink", "changed"),
    ("ink-2", "changed"),
]


def theme(name: str) -> dict[str, str]:
    """The colours of the light, the dark or the projector's theme."""
    text = (CSS / "tokens.css").read_text()
    light, rest = text.split("@media screen and (prefers-color-scheme: dark)")
    dark, projector = rest.split(".projecteur {", 1)
    blocks = {"light": light, "dark": dark, "projector": projector.split("}")[0]}
    found = dict(re.findall(r"--([\w-]+): (#[0-9A-F]{6})", blocks["light"]))
    return (
        found
        if name == "light"
        else {**found, **dict(re.findall(r"--([\w-]+): (#[0-9A-F]{6})", blocks[name]))}
    )


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    """The ratio of two colours, from 1 to 21."""
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", ["light", "dark", "projector"])
def test_every_text_is_readable_on_every_ground(name: str) -> None:
    colours = theme(name)
    for text, ground in [*product(TEXTS, GROUNDS), *ON]:
        assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)


@pytest.mark.parametrize("name", ["light", "dark", "projector"])
def test_the_edge_of_a_field_and_the_focus_ring_are_seen(name: str) -> None:
    colours = theme(name)
    for ground in GROUNDS:
        assert contrast(colours["line"], colours[ground]) >= 3
        assert contrast(colours["focus"], colours[ground]) >= 3


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_only_the_tokens_name_colours(path: Path) -> None:
    assert path.name == "tokens.css" or not COLOUR.search(path.read_text())


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_a_stylesheet_stays_readable(path: Path) -> None:
    assert len(path.read_text().splitlines()) < 400


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_a_stylesheet_uses_only_tokens_that_exist(path: Path) -> None:
    everything = "".join(sheet.read_text() for sheet in SHEETS)
    known = set(re.findall(r"(--[\w-]+):", everything))
    assert set(re.findall(r"var\((--[\w-]+)", path.read_text())) <= known


def test_braces_balance() -> None:
    for path in SHEETS:
        text = path.read_text()
        assert text.count("{") == text.count("}"), path.name
