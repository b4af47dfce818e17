"""One picture: bars on a scale of tens, as SVG."""

import math
from collections.abc import Mapping
from xml.sax.saxutils import escape

WIDTH, LEFT, LINE, TOP = 760, 300, 34, 56
MOST = 1_000.0


def bars(title: str, values: Mapping[str, float | None]) -> str:
    """A bar for each value from 1 to 1,000; one that was not measured says so."""
    height = TOP + LINE * len(values) + 30
    said = "; ".join(f"{name}: {told(value)}" for name, value in values.items())
    rows = [row(index, name, value) for index, (name, value) in enumerate(values.items())]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" font-family="sans-serif" font-size="14">',
            f"<title>{escape(title)}</title><desc>{escape(said)}</desc>",
            f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
            f'<text x="16" y="30" font-size="17" font-weight="bold" fill="#1b1b1b">{escape(title)}</text>',
            *(tick(power, height) for power in range(4)),
            *rows,
            "</svg>\n",
        ]
    )


def place(value: float) -> float:
    """Where a value lies, in tens."""
    return (WIDTH - LEFT - 90) * math.log10(max(1.0, min(value, MOST))) / math.log10(MOST)


def told(value: float | None) -> str:
    """A value in words."""
    return "not measured" if value is None else f"{value:.1f} µs"


def tick(power: int, height: int) -> str:
    """A line of the scale."""
    x = LEFT + place(10.0**power)
    return (
        f'<path d="M{x:.0f} {TOP - 8}V{height - 24}" stroke="#ccc"/>'
        f'<text x="{x:.0f}" y="{height - 8}" text-anchor="middle" fill="#555">{10**power:,}</text>'
    )


def row(index: int, name: str, value: float | None) -> str:
    """A name, its bar, its value."""
    y, wide = TOP + LINE * index, place(value or 0)
    return (
        f'<text x="{LEFT - 10}" y="{y + 16}" text-anchor="end" fill="#1b1b1b">{escape(name)}</text>'
        f'<rect x="{LEFT}" y="{y + 2}" width="{wide:.0f}" height="20" fill="#1f6f50"/>'
        f'<text x="{LEFT + wide + 8:.0f}" y="{y + 17}" fill="#1b1b1b">{told(value)}</text>'
    )
