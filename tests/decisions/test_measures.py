"""Indicators: dated values, a target, and the curve that shows them."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from cooperation.models import Person
from decisions.curves import curve_of, figure
from decisions.models import Indicator, Measure
from decisions.rules import progress_of, target_reached
from decisions.services import add_indicator, record_measure
from realtime.refused import Refused


def measure(by: Person, indicator: Indicator, year: int, value: str) -> Measure:
    return record_measure(
        by=by, indicator=indicator, on=date(year, 12, 31), value=Decimal(value), at=timezone.now()
    )


def drawn(indicator: Indicator) -> object:
    return curve_of(indicator, list(indicator.measures.order_by("on")))


def test_the_second_measure_of_a_day_corrects_the_first(seated: Person, indicator: Indicator) -> None:
    measure(seated, indicator, 2007, "82")
    measure(seated, indicator, 2007, "81")
    assert indicator.measures.get().value == 81


def test_only_the_board_measures(indicator: Indicator, bob: Person) -> None:
    with pytest.raises(Refused, match="not_on_board"):
        measure(bob, indicator, 2007, "81")
    with pytest.raises(Refused, match="not_on_board"):
        add_indicator(by=bob, entity=indicator.entity, name="x", at=timezone.now())


def test_the_curve_says_every_value_and_the_target_in_words(seated: Person, indicator: Indicator) -> None:
    measure(seated, indicator, 2006, "85")
    measure(seated, indicator, 2007, "81.5")
    curve = drawn(indicator)
    assert curve.label == (  # type: ignore[attr-defined]
        "Part de financement public\u00a0: 85\u00a0% en décembre 2006, 81,5\u00a0% en décembre 2007\u202f; "
        "cible\u00a0: moins de 50\u00a0%."
    )
    assert [point.y for point in curve.points] == ["15.00", "18.50"]  # type: ignore[attr-defined]
    assert (curve.target_y, curve.forecast, curve.reached) == ("50.00", True, False)  # type: ignore[attr-defined]


def test_a_reached_target_is_said_and_no_way_is_left_to_draw(seated: Person, indicator: Indicator) -> None:
    measure(seated, indicator, 2009, "49.9")
    curve = drawn(indicator)
    assert (curve.reached, curve.forecast) == (True, False)  # type: ignore[attr-defined]


def test_an_indicator_without_measure_or_target_draws_nothing(indicator: Indicator) -> None:
    assert drawn(indicator).points == ()  # type: ignore[attr-defined]
    indicator.target = indicator.target_on = None
    assert drawn(indicator).label == "Part de financement public\u00a0: ."  # type: ignore[attr-defined]


def test_other_units_get_a_frame_of_round_numbers(seated: Person, indicator: Indicator) -> None:
    indicator.unit, indicator.target = "€", Decimal(450_000)
    measure(seated, indicator, 2006, "800000")
    curve = drawn(indicator)
    assert (curve.points[0].y, curve.target_y) == ("0.00", "43.75")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("value", "is_ceiling", "reached"),
    [(49, True, True), (50, True, False), (50, False, True), (49, False, False)],
)
def test_below_a_ceiling_is_strict_and_a_floor_is_reached_at_it(
    value: int, is_ceiling: bool, reached: bool
) -> None:
    assert target_reached(value=Decimal(value), target=Decimal(50), is_ceiling=is_ceiling) is reached


def test_without_a_target_nothing_is_reached() -> None:
    assert not target_reached(value=Decimal(1), target=None, is_ceiling=True)


@pytest.mark.parametrize(("several", "together"), [([], 0), ([100, 0], 50), ([1, 0], 1), ([33, 33, 34], 33)])
def test_progress_together_is_rounded_half_up(several: list[int], together: int) -> None:
    assert progress_of(several) == together


def test_a_figure_has_no_useless_zero() -> None:
    assert [figure(Decimal(value)) for value in ("85.00", "62.50", "800000.00", "0")] == [
        "85",
        "62,5",
        "800000",
        "0",
    ]
