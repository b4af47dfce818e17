"""The acts on the register, the plan and its follow-up: what each needs, and how it is done."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from cooperation.models import LegalEntity, Organisation, belongs_to_network, people_of_network
from decisions import services
from decisions.models import Action, Axis, Decision, Indicator, Plan
from decisions.rights import is_on_board
from decisions.rules import check_may_keep
from realtime.commands import Caller, Command
from realtime.refused import Refused

Row = TypeVar("Row", bound=Model)


class FormSerializer(serializers.Serializer[Any]):
    """What a form sends, by any door: a field left empty and not required was not given."""

    def to_internal_value(self, data: Any) -> Any:
        """Drop the empty texts of fields that accept none."""
        empty = {name for name, field in self.fields.items() if field.allow_null}
        return super().to_internal_value(
            {name: data[name] for name in data if data[name] != "" or name not in empty}
        )


def found(rows: QuerySet[Row], pk: int | None) -> Row:
    """The row of this pk among those the caller may see. Raises `Refused("not_found")`."""
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Refused("not_found")
    return row


def named(rows: QuerySet[Row], pk: int | None) -> Row | None:
    """The row of this pk when one is named. Raises `Refused("not_found")`."""
    return None if pk is None else found(rows, pk)


def entity_kept(caller: Caller, pk: int) -> LegalEntity:
    """The entity whose board the caller sits on. Raises `Refused`: `not_found`, `not_on_board`."""
    today = timezone.localdate(caller.at)
    rows = (
        LegalEntity.objects.all() if belongs_to_network(caller.person, today) else LegalEntity.objects.none()
    )
    entity = found(rows, pk)
    check_may_keep(is_on_board=is_on_board(caller.person, entity.pk, today))
    return entity


class DecisionIn(FormSerializer):
    """A decision of the board or of a meeting held without the platform."""

    entity = serializers.IntegerField(min_value=1)
    body = serializers.IntegerField(min_value=1, required=False, allow_null=True, label=_("Instance"))
    title = serializers.CharField(max_length=200, label=_("Titre"))
    text = serializers.CharField(max_length=20_000, label=_("Texte"))
    decided_on = serializers.DateField(label=_("Date"))
    source_title = serializers.CharField(max_length=200, allow_blank=True, default="", label=_("Source"))


def decision_record(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Write a decision in the register of the caller's board."""
    entity = entity_kept(caller, data["entity"])
    body = named(entity.bodies.all(), data.get("body"))
    decision = services.record_decision(
        entity=entity,
        body=body,
        title=data["title"],
        text=data["text"],
        decided_on=data["decided_on"],
        source_title=data["source_title"],
        at=caller.at,
    )
    url = reverse("decisions:decision-page", args=[decision.pk])
    return {"decision": decision.pk, "reference": decision.reference, "url": url}


class SupersedeIn(FormSerializer):
    """A decision, and the later one that replaces it."""

    decision = serializers.IntegerField(min_value=1)
    by = serializers.IntegerField(min_value=1, label=_("Remplacée par"))


def decision_supersede(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Say that a later decision replaces one."""
    seen = Decision.objects.visible_to(caller.person, timezone.localdate(caller.at))
    decision, by = found(seen, data["decision"]), found(seen, data["by"])
    entity_kept(caller, decision.entity_id)
    services.supersede_decision(decision=decision, by=by, at=caller.at)
    return {"decision": decision.pk, "url": reverse("decisions:decision-page", args=[decision.pk])}


class PlanIn(FormSerializer):
    """A plan and its axes, one per line."""

    entity = serializers.IntegerField(min_value=1)
    title = serializers.CharField(max_length=160, label=_("Titre"))
    since = serializers.DateField(label=_("Du"))
    until = serializers.DateField(label=_("Au"))
    axes = serializers.CharField(max_length=4_000, label=_("Axes"))
    decision = serializers.IntegerField(min_value=1, required=False, allow_null=True)

    def validate_axes(self, value: str) -> str:
        """At least one axis, each short enough for its column."""
        lines = [line.strip() for line in value.splitlines() if line.strip()]
        if not lines or any(len(line) > 160 for line in lines):
            raise serializers.ValidationError(_("Un axe par ligne, de 160 signes au plus."))
        return "\n".join(lines)


def plan_adopt(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Begin a plan, adopted by a decision of the same entity if one is named."""
    entity = entity_kept(caller, data["entity"])
    decision = named(entity.decisions.all(), data.get("decision"))
    plan = services.adopt_plan(
        entity=entity,
        title=data["title"],
        since=data["since"],
        until=data["until"],
        axes=[(number, line, "") for number, line in enumerate(data["axes"].splitlines(), start=1)],
        decision=decision,
        at=caller.at,
    )
    return {"plan": plan.pk, "url": reverse("decisions:plan-page", args=[plan.pk])}


class ActionIn(FormSerializer):
    """Something somebody does on an axis."""

    axis = serializers.IntegerField(min_value=1)
    title = serializers.CharField(max_length=200, label=_("Ce qu’il y a à faire"))
    text = serializers.CharField(max_length=5_000, allow_blank=True, default="", label=_("Précisions"))
    due_on = serializers.DateField(label=_("Échéance"))
    starts_on = serializers.DateField(required=False, allow_null=True, label=_("Début"))
    pilot = serializers.IntegerField(min_value=1, required=False, allow_null=True, label=_("Pilote"))
    pilot_organisation = serializers.IntegerField(
        min_value=1, required=False, allow_null=True, label=_("Structure pilote")
    )
    decision = serializers.IntegerField(min_value=1, required=False, allow_null=True, label=_("Décision"))


def action_add(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Put an action on an axis of the caller's board's plan."""
    today = timezone.localdate(caller.at)
    plans = Plan.objects.visible_to(caller.person, today)
    axis = found(Axis.objects.filter(plan__in=plans).select_related("plan"), data["axis"])
    decisions = Decision.objects.filter(entity=axis.plan.entity_id)
    action = services.add_action(
        by=caller.person,
        axis=axis,
        title=data["title"],
        text=data["text"],
        due_on=data["due_on"],
        starts_on=data.get("starts_on"),
        pilot=named(people_of_network(today), data.get("pilot")),
        pilot_organisation=named(Organisation.objects.all(), data.get("pilot_organisation")),
        decision=named(decisions, data.get("decision")),
        at=caller.at,
    )
    return {"action": action.pk, "url": reverse("decisions:action-page", args=[action.pk])}


def action_seen(caller: Caller, data: Mapping[str, Any]) -> Action:
    """The action of an act, among those the caller may see."""
    seen = Action.objects.visible_to(caller.person, timezone.localdate(caller.at))
    return found(seen.select_related("axis__plan"), data["action"])


def answer(action: Action) -> dict[str, Any]:
    """What every act on an action says."""
    return {"action": action.pk, "url": reverse("decisions:action-page", args=[action.pk]) + "#suivi"}


class NoteIn(FormSerializer):
    """Where an action is."""

    action = serializers.IntegerField(min_value=1)
    text = serializers.CharField(max_length=5_000, label=_("Ce qui a avancé"))
    progress = serializers.IntegerField(min_value=0, max_value=100, label=_("Avancement"))


def action_note(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Say what moved and how far it is."""
    action = action_seen(caller, data)
    note = services.note_progress(
        author=caller.person, action=action, text=data["text"], progress=data["progress"], at=caller.at
    )
    return {**answer(action), "follow_up": note.pk}


class WordsIn(FormSerializer):
    """An action, and the words that go with what is done to it."""

    action = serializers.IntegerField(min_value=1)
    text = serializers.CharField(max_length=5_000, label=_("Pourquoi"))


class FinishIn(WordsIn):
    """An action that is done, with a last word or none."""

    text = serializers.CharField(max_length=5_000, allow_blank=True, default="", label=_("Dernier mot"))


def action_finish(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Say that it is done."""
    action = action_seen(caller, data)
    services.finish_action(by=caller.person, action=action, text=data["text"], at=caller.at)
    return answer(action)


def action_drop(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Give it up, with a reason."""
    action = action_seen(caller, data)
    services.drop_action(by=caller.person, action=action, why=data["text"], at=caller.at)
    return answer(action)


def action_resume(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Run it again, with a reason."""
    action = action_seen(caller, data)
    services.resume_action(by=caller.person, action=action, why=data["text"], at=caller.at)
    return answer(action)


class MeasureIn(FormSerializer):
    """The value of a day."""

    indicator = serializers.IntegerField(min_value=1)
    on = serializers.DateField(label=_("Date"))
    value = serializers.DecimalField(max_digits=14, decimal_places=2, label=_("Valeur"), localize=True)
    note = serializers.CharField(max_length=200, allow_blank=True, default="", label=_("Source"))


def measure_record(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Write the value of a day; a second one of the same day corrects the first."""
    seen = Indicator.objects.visible_to(caller.person, timezone.localdate(caller.at))
    indicator = found(seen, data["indicator"])
    measure = services.record_measure(
        by=caller.person,
        indicator=indicator,
        on=data["on"],
        value=data["value"],
        note=data["note"],
        at=caller.at,
    )
    return {"measure": measure.pk, "url": reverse("decisions:indicator-page", args=[indicator.pk])}


class IndicatorIn(FormSerializer):
    """Something to measure over time."""

    entity = serializers.IntegerField(min_value=1)
    name = serializers.CharField(max_length=160, label=_("Ce que l’on mesure"))
    unit = serializers.CharField(max_length=20, default="%", label=_("Unité"))
    target = serializers.DecimalField(
        max_digits=14, decimal_places=2, required=False, allow_null=True, localize=True, label=_("Cible")
    )
    target_direction = serializers.ChoiceField(Indicator.Direction.choices, default="below", label=_("Sens"))
    target_on = serializers.DateField(required=False, allow_null=True, label=_("Pour le"))
    origin = serializers.CharField(max_length=200, allow_blank=True, default="", label=_("Source"))


def indicator_add(caller: Caller, data: Mapping[str, Any]) -> dict[str, Any]:
    """Begin to follow something measurable."""
    entity = entity_kept(caller, data["entity"])
    indicator = services.add_indicator(
        by=caller.person,
        entity=entity,
        name=data["name"],
        unit=data["unit"],
        target=data.get("target"),
        target_direction=data["target_direction"],
        target_on=data.get("target_on"),
        source=data["origin"],
        at=caller.at,
    )
    return {"indicator": indicator.pk, "url": reverse("decisions:indicator-page", args=[indicator.pk])}


DECISION_RECORD = Command("decision.record", DecisionIn, decision_record)
DECISION_SUPERSEDE = Command("decision.supersede", SupersedeIn, decision_supersede)
PLAN_ADOPT = Command("plan.adopt", PlanIn, plan_adopt)
ACTION_ADD = Command("action.add", ActionIn, action_add)
ACTION_NOTE = Command("action.note", NoteIn, action_note)
ACTION_FINISH = Command("action.finish", FinishIn, action_finish)
ACTION_DROP = Command("action.drop", WordsIn, action_drop)
ACTION_RESUME = Command("action.resume", WordsIn, action_resume)
MEASURE_RECORD = Command("measure.record", MeasureIn, measure_record)
INDICATOR_ADD = Command("indicator.add", IndicatorIn, indicator_add)
COMMANDS = (
    DECISION_RECORD,
    DECISION_SUPERSEDE,
    PLAN_ADOPT,
    ACTION_ADD,
    ACTION_NOTE,
    ACTION_FINISH,
    ACTION_DROP,
    ACTION_RESUME,
    MEASURE_RECORD,
    INDICATOR_ADD,
)
