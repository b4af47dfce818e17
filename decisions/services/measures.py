"""Indicators and their dated measures."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from cooperation.models import LegalEntity, Person
from decisions.events import MeasureRecorded
from decisions.models import Axis, Indicator, Measure
from decisions.rights import is_on_board
from decisions.rules import check_may_keep
from decisions.services.register import board_topic
from realtime.publish import publish


@transaction.atomic
def add_indicator(
    *,
    by: Person,
    entity: LegalEntity,
    name: str,
    at: datetime,
    unit: str = "%",
    target: Decimal | None = None,
    target_direction: str = Indicator.Direction.BELOW,
    target_on: date | None = None,
    source: str = "",
    axis: Axis | None = None,
) -> Indicator:
    """Begin to follow something measurable, on an axis of the plan if it measures one.

    Raises `Refused("not_on_board")`.
    """
    check_may_keep(is_on_board=is_on_board(by, entity.pk, timezone.localdate(at)))
    return Indicator.objects.create(
        entity=entity,
        name=name,
        unit=unit,
        target=target,
        target_direction=target_direction,
        target_on=target_on,
        source=source,
        axis=axis,
    )


@transaction.atomic
def record_measure(
    *,
    by: Person,
    indicator: Indicator,
    on: date,
    value: Decimal,
    at: datetime,
    note: str = "",
    is_fiction: bool = False,
) -> Measure:
    """Write the value of a day; a second measure of the same day corrects the first.

    Raises `Refused("not_on_board")`.
    """
    check_may_keep(is_on_board=is_on_board(by, indicator.entity_id, timezone.localdate(at)))
    measure, _ = Measure.objects.update_or_create(
        indicator=indicator, on=on, defaults={"value": value, "note": note, "is_fiction": is_fiction}
    )
    publish([(MeasureRecorded(measure.pk, indicator.pk), board_topic(indicator.entity_id))])
    return measure
