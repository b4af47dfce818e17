"""An indicator as a picture: where each point, year and label stands, in hundredths of the frame."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from decisions.models import Indicator, Measure
from decisions.rules import target_reached

LEFT, RIGHT = Decimal(5), Decimal(92)


@dataclass(frozen=True)
class Point:
    """A measure on the picture; `x` and `y` are hundredths of the frame, ready for SVG (« 44.50 »)."""

    measure: Measure
    x: str
    y: str
    text: str


@dataclass(frozen=True)
class Tick:
    """A year under the picture."""

    label: int
    x: str


@dataclass(frozen=True)
class Curve:
    """Everything the picture shows, and the sentences that say it without the picture."""

    indicator: Indicator
    points: tuple[Point, ...]
    ticks: tuple[Tick, ...]
    target_y: str
    target_x: str
    reached: bool

    @property
    def first(self) -> Point | None:
        """The oldest measure."""
        return self.points[0] if self.points else None

    @property
    def last(self) -> Point | None:
        """The latest measure."""
        return self.points[-1] if self.points else None

    @property
    def forecast(self) -> bool:
        """Whether the way still to go is drawn: a target, its day ahead of the last measure, not reached yet."""
        last, day = self.last, self.indicator.target_on
        return bool(last and day and self.target_y and not self.reached and day > last.measure.on)

    @property
    def target(self) -> str:
        """The target with its unit, empty without one."""
        target = self.indicator.target
        return "" if target is None else with_unit(target, self.indicator.unit)

    @property
    def label(self) -> str:
        """The whole curve in one sentence."""
        told = ", ".join(
            _("%(value)s en %(day)s") % {"value": point.text, "day": date_format(point.measure.on, "F Y")}
            for point in self.points
        )
        words = {"name": self.indicator.name, "told": told, "target": self.target}
        if not self.target:
            return _("%(name)s : %(told)s.") % words
        if self.indicator.target_direction == Indicator.Direction.BELOW:
            return _("%(name)s : %(told)s ; cible : moins de %(target)s.") % words
        return _("%(name)s : %(told)s ; cible : au moins %(target)s.") % words


def place(value: Decimal) -> str:
    """A place on the frame, the way SVG reads it in every language."""
    return f"{value.quantize(Decimal('0.01'))}"


def with_unit(value: Decimal, unit: str) -> str:
    """A value people read: « 85 % », « 62,5 € »."""
    return f"{figure(value)}\u00a0{unit}"


def figure(value: Decimal) -> str:
    """A value without useless zeros, written as the language does: 85, 62,5."""
    return number_format(value.normalize(), decimal_pos=max(0, -int(value.normalize().as_tuple().exponent)))


def bounds(indicator: Indicator, values: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """The lowest and highest value of the frame: 0 to 100 for a percentage, a round frame otherwise."""
    if indicator.unit == "%" and all(0 <= value <= 100 for value in values):
        return Decimal(0), Decimal(100)
    low, high = min(values), max(values)
    step = Decimal(10) ** (max(abs(low), abs(high), Decimal(1)).adjusted())
    floor = min(Decimal(0), (low / step).to_integral_value(ROUND_FLOOR) * step)
    ceiling = (high / step).to_integral_value(ROUND_CEILING) * step
    return floor, ceiling if ceiling > floor else floor + step


def curve_of(indicator: Indicator, measures: Sequence[Measure]) -> Curve:
    """The picture of these measures, oldest first, and of the target."""
    days = [measure.on for measure in measures]
    values = [measure.value for measure in measures]
    if indicator.target is not None:
        values.append(indicator.target)
    if indicator.target_on is not None:
        days.append(indicator.target_on)
    if not values or not days:
        return Curve(indicator, (), (), "", "", False)
    first, last = date(min(days).year, 1, 1), date(max(days).year, 12, 31)
    low, high = bounds(indicator, values)

    def across(day: date) -> str:
        span = Decimal((last - first).days)
        return place(LEFT + (RIGHT - LEFT) * Decimal((day - first).days) / span)

    def down(value: Decimal) -> str:
        return place(100 - 100 * (value - low) / (high - low))

    target = indicator.target
    return Curve(
        indicator=indicator,
        points=tuple(
            Point(measure, across(measure.on), down(measure.value), with_unit(measure.value, indicator.unit))
            for measure in measures
        ),
        ticks=tuple(Tick(year, across(date(year, 1, 1))) for year in years(first, last)),
        target_y=down(target) if target is not None else "",
        target_x=across(indicator.target_on) if indicator.target_on else "",
        reached=bool(measures and is_reached(indicator, measures[-1])),
    )


def is_reached(indicator: Indicator, measure: Measure) -> bool:
    """Whether a measure is on the right side of the indicator's target."""
    is_ceiling = indicator.target_direction == Indicator.Direction.BELOW
    return target_reached(value=measure.value, target=indicator.target, is_ceiling=is_ceiling)


def years(first: date, last: date) -> list[int]:
    """The years to write under the picture: at most seven, evenly apart."""
    every = -(-(last.year - first.year + 1) // 7)
    return list(range(first.year, last.year + 1, every))
