"""What the people of the network follow on the board's pages: decisions, actions, measures as they come."""

from collections.abc import Callable, Sequence
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone

from cooperation.models import LegalEntity, people_of_network
from decisions import board
from decisions.curves import curve_of
from decisions.models import Action, Axis, FollowUp, Indicator
from realtime.models import LoggedEvent


class BoardTopic:
    """`board:<entity pk>`: for the people of the network, who may see the board's page."""

    refusal = "not_in_network"

    def may_follow_many(self, pk: int, people: Sequence[int | None]) -> set[int | None]:
        """Those of these people who belong to the network today."""
        known = [person for person in people if person is not None]
        if not LegalEntity.objects.filter(pk=pk).exists():
            return set()
        rows = people_of_network(timezone.localdate()).filter(pk__among=known)
        return set(rows.values_list("pk", flat=True))

    def render(self, pk: int, events: Sequence[LoggedEvent], language: str) -> list[str]:
        """The regions each fact changed, from the present state; each region is drawn once for all facts."""
        drawing = Drawing(pk)
        return [drawing.of(event) for event in events]

    def now(self, pk: int) -> dict[str, Any] | None:
        """Nothing here lacks a history."""
        return None


class Drawing:
    """The regions of an entity's board pages as they are now, each drawn at most once."""

    def __init__(self, entity: int) -> None:
        self.entity = LegalEntity.objects.filter(pk=entity).first()
        self.today = timezone.localdate()
        self.drawn: dict[str, str] = {}
        self.read: dict[str, Any] | None = None

    def of(self, event: LoggedEvent) -> str:
        """What one fact changes, as fragments one after the other."""
        if self.entity is None:
            return ""
        noun = event.type.partition(".")[0]
        draw: dict[str, Callable[[dict[str, Any]], list[str]]] = {
            "decision": lambda data: [self.region("_decisions.html")],
            "plan": lambda data: [self.region("_plan.html"), self.region("_lead.html")],
            "action": self.action,
            "measure": lambda data: [self.indicator(data["indicator"])],
        }
        return "".join(draw[noun](event.data)) if noun in draw else ""

    def shown(self) -> dict[str, Any]:
        """The board's values, read once."""
        if self.read is None and self.entity is not None:
            self.read = board.shown(self.entity, self.today)
        return self.read or {}

    def region(self, template: str) -> str:
        """One region of the board page."""
        if template not in self.drawn:
            self.drawn[template] = render_to_string(f"decisions/{template}", self.shown())
        return self.drawn[template]

    def action(self, data: dict[str, Any]) -> list[str]:
        """Everything that shows an action: the board's regions, the plan's axis, the action's own page."""
        regions = [
            self.region(name) for name in ("_lead.html", "_follow.html", "_done.html", "_decisions.html")
        ]
        own = [self.axis(data["axis"]), self.state(data["action"])]
        note = self.note(data["follow_up"]) if "follow_up" in data else ""
        return [*regions, *own, note]

    def axis(self, pk: int) -> str:
        """One axis, as a line of the board and as a part of its plan."""
        key = f"axis:{pk}"
        if key not in self.drawn:
            axis = Axis.objects.filter(pk=pk).select_related("plan").first()
            lines = board.plan_lines(axis.plan, self.today) if axis else []
            line = next((line for line in lines if line.axis.pk == pk), None)
            values: dict[str, Any] = {"line": line, "today": self.today}
            if axis and line:
                values |= {"plan": axis.plan, "work": board.work_of_all(lines, self.today)}
            names = ("_axis.html", "_axis_actions.html", "_plan_lead.html") if line else ()
            self.drawn[key] = "".join(render_to_string(f"decisions/{name}", values) for name in names)
        return self.drawn[key]

    def state(self, pk: int) -> str:
        """How far one action is, as its own page says it."""
        key = f"action:{pk}"
        if key not in self.drawn:
            action = board.with_parties(Action.objects.filter(pk=pk)).first()
            values = {"action": action, "today": self.today}
            self.drawn[key] = render_to_string("decisions/_action_state.html", values) if action else ""
        return self.drawn[key]

    def note(self, pk: int) -> str:
        """One note of an action's follow-up."""
        note = FollowUp.objects.filter(pk=pk).select_related("author").first()
        return render_to_string("decisions/_note.html", {"note": note, "is_live": True}) if note else ""

    def indicator(self, pk: int) -> str:
        """One indicator: its curve and its table."""
        key = f"indicator:{pk}"
        if key not in self.drawn:
            row = Indicator.objects.filter(pk=pk).first()
            values = {"curve": curve_of(row, list(row.measures.order_by("on")))} if row else {}
            self.drawn[key] = render_to_string("decisions/_curve.html", values) if row else ""
        return self.drawn[key]


topic = BoardTopic()
