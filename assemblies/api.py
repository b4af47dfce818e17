"""The acts of assemblies: one command each, behind the socket, the forms and the REST doors."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from assemblies import inputs, services
from assemblies.contest_rules import is_settled
from assemblies.models import AgendaItem, Assembly, Attendance, Officer, Resolution
from cooperation.models import GoverningBody, LegalEntity, Mandate, Membership, Person
from realtime.commands import Caller, Command
from realtime.refused import Refused
from workshops.models import Forwarding

Data = Mapping[str, Any]
Answer = dict[str, Any]


def seen(caller: Caller, pk: int) -> Assembly:
    """The assembly among those the caller may read. Raises `Refused("not_found")`."""
    visible = Assembly.objects.visible_to(caller.person, timezone.localdate(caller.at))
    found = visible.select_related("entity", "body").filter(pk=pk).first()
    if found is None:
        raise Refused("not_found")
    return found


def seen_item(caller: Caller, pk: int) -> AgendaItem:
    """The point of an agenda the caller may read. Raises `Refused("not_found")`."""
    visible = Assembly.objects.visible_to(caller.person, timezone.localdate(caller.at))
    found = AgendaItem.objects.select_related("assembly").filter(pk=pk, assembly__in=visible).first()
    if found is None:
        raise Refused("not_found")
    return found


def seen_resolution(caller: Caller, pk: int) -> Resolution:
    """The resolution the caller may read. Raises `Refused("not_found")`."""
    visible = Resolution.objects.visible_to(caller.person, timezone.localdate(caller.at))
    found = visible.select_related("assembly", "item").filter(pk=pk).first()
    if found is None:
        raise Refused("not_found")
    return found


def page(name: str, assembly: Assembly | int) -> str:
    """A page of an assembly."""
    pk = assembly if isinstance(assembly, int) else assembly.pk
    return reverse(f"assemblies:assembly-{name}", args=[pk])


def answer(name: str, assembly: Assembly | int, **more: Any) -> Answer:
    """What an act of an assembly answers: its page, and what is worth knowing."""
    pk = assembly if isinstance(assembly, int) else assembly.pk
    return {"assembly": pk, **more, "url": page(name, pk)}


def assembly_prepare(caller: Caller, data: Data) -> Answer:
    """Begin to prepare an assembly of an entity in whose board the caller sits."""
    boards = Mandate.objects.as_of(timezone.localdate(caller.at)).filter(
        person=caller.person, body__kind__in=GoverningBody.BOARDS
    )
    entity = LegalEntity.objects.filter(pk=data["entity"], pk__in=boards.values("body__entity_id")).first()
    if entity is None:
        raise Refused("not_found")
    body = entity.bodies.filter(kind=GoverningBody.Kind.ASSEMBLY).first()
    if body is None:
        raise Refused("body_missing")
    details = {name: data[name] for name in ("kind", "title", "starts_at", "place", "remote_link")}
    made = services.prepare_assembly(by=caller.person, entity=entity, body=body, at=caller.at, **details)
    return answer("prepare", made)


def assembly_change(caller: Caller, data: Data) -> Answer:
    """Change when and where."""
    details = {name: data[name] for name in ("title", "starts_at", "place", "remote_link")}
    row = seen(caller, data["assembly"])
    return answer(
        "prepare", services.change_assembly(by=caller.person, assembly=row, at=caller.at, **details)
    )


def assembly_convene(caller: Caller, data: Data) -> Answer:
    """Send the notice."""
    row = services.convene_assembly(by=caller.person, assembly=seen(caller, data["assembly"]), at=caller.at)
    return answer("notice", row, notice_sent_on=row.notice_sent_on)


def assembly_open(caller: Caller, data: Data) -> Answer:
    """Open the session."""
    row = seen(caller, data["assembly"])
    return answer("page", services.open_assembly(by=caller.person, assembly=row, at=caller.at))


def assembly_close(caller: Caller, data: Data) -> Answer:
    """End the session."""
    row = seen(caller, data["assembly"])
    return answer("page", services.close_assembly(by=caller.person, assembly=row, at=caller.at))


def assembly_call_again(caller: Caller, data: Data) -> Answer:
    """Prepare the second call."""
    details = {name: data[name] for name in ("starts_at", "place", "remote_link")}
    row = seen(caller, data["assembly"])
    return answer("prepare", services.call_again(by=caller.person, assembly=row, at=caller.at, **details))


def officer_appoint(caller: Caller, data: Data) -> Answer:
    """Name an officer of the meeting."""
    row = seen(caller, data["assembly"])
    person = Person.objects.filter(pk=data["person"], is_active=True).first()
    if person is None:
        raise Refused("not_found")
    made = services.appoint_officer(
        by=caller.person, assembly=row, person=person, role=data["role"], at=caller.at
    )
    return answer("prepare", row, officer=made.pk)


def officer_dismiss(caller: Caller, data: Data) -> Answer:
    """Take an office back."""
    officer = Officer.objects.select_related("assembly").filter(pk=data["officer"]).first()
    if officer is None:
        raise Refused("not_found")
    row = seen(caller, officer.assembly_id)
    services.dismiss_officer(by=caller.person, officer=officer, at=caller.at)
    return answer("prepare", row)


def item_add(caller: Caller, data: Data) -> Answer:
    """Put a point on the agenda."""
    row = seen(caller, data["assembly"])
    details = {name: data[name] for name in ("title", "text", "minutes", "kind")}
    made = services.add_item(by=caller.person, assembly=row, at=caller.at, **details)
    return answer("prepare", row, item=made.pk)


def item_change(caller: Caller, data: Data) -> Answer:
    """Rewrite a point."""
    item = seen_item(caller, data["item"])
    details = {name: data[name] for name in ("title", "text", "minutes")}
    services.change_item(by=caller.person, item=item, at=caller.at, **details)
    return answer("prepare", item.assembly_id, item=item.pk)


def item_move(caller: Caller, data: Data) -> Answer:
    """Move a point up or down."""
    item = seen_item(caller, data["item"])
    services.move_item(by=caller.person, item=item, up=data["direction"] == "up", at=caller.at)
    return answer("prepare", item.assembly_id, item=item.pk)


def item_remove(caller: Caller, data: Data) -> Answer:
    """Take a point off the agenda."""
    item = seen_item(caller, data["item"])
    services.remove_item(by=caller.person, item=item, at=caller.at)
    return answer("prepare", item.assembly_id)


def item_start(caller: Caller, data: Data) -> Answer:
    """Bring the hall to a point."""
    item = seen_item(caller, data["item"])
    services.move_to_item(by=caller.person, item=item, at=caller.at)
    return answer("page", item.assembly_id, item=item.pk)


def forwarding_take_up(caller: Caller, data: Data) -> Answer:
    """Put a forwarded version on the agenda."""
    row = seen(caller, data["assembly"])
    found = Forwarding.objects.select_related("body").filter(
        pk=data["forwarding"], body__entity=row.entity_id
    )
    forwarding = found.first()
    if forwarding is None:
        raise Refused("not_found")
    details = {name: data[name] for name in ("kind", "minutes")}
    made = services.take_up(by=caller.person, assembly=row, forwarding=forwarding, at=caller.at, **details)
    return answer("prepare", row, resolution=made.pk)


def check_in(caller: Caller, data: Data) -> Answer:
    """Write that a member arrived."""
    row, membership = seen(caller, data["assembly"]), member(caller, data)
    person = Person.objects.filter(pk=data["person"]).first() if data["person"] else None
    line = services.check_in(
        by=caller.person,
        assembly=row,
        membership=membership,
        person=person,
        channel=data["channel"],
        at=caller.at,
    )
    return attended(line, row, data)


def check_out(caller: Caller, data: Data) -> Answer:
    """Write that a member left."""
    row, membership = seen(caller, data["assembly"]), member(caller, data)
    line = services.check_out(by=caller.person, assembly=row, membership=membership, at=caller.at)
    return attended(line, row, data)


def member(caller: Caller, data: Data) -> Membership:
    """The membership of the entity that meets. Raises `Refused("not_found")`."""
    entity = seen(caller, data["assembly"]).entity_id
    found = Membership.objects.with_party().filter(pk=data["membership"], entity=entity).first()
    if found is None:
        raise Refused("not_found")
    return found


def attended(line: Attendance, assembly: Assembly, data: Data) -> Answer:
    """The movement written, and the page it was written from: the desk with its search, or the hall."""
    more = {"membership": line.membership_id, "movement": line.movement, "at": line.at}
    if not data["desk"]:
        return answer("page", assembly, **more)
    query = f"?{urlencode({'q': data['q']})}" if data["q"] else ""
    return {**answer("desk", assembly, **more), "url": page("desk", assembly) + query}


def vote_open(caller: Caller, data: Data) -> Answer:
    """Put the resolution to the vote, for some minutes or until it is closed."""
    resolution = seen_resolution(caller, data["resolution"])
    closes_at = caller.at + timedelta(minutes=data["minutes"]) if data["minutes"] else None
    how = {"closes_at": closes_at, "secrecy": data["secrecy"], "allows_change": data["allows_change"]}
    poll = services.open_vote(by=caller.person, resolution=resolution, at=caller.at, **how)
    return answer("page", resolution.assembly_id, poll=poll.pk)


def vote_close(caller: Caller, data: Data) -> Answer:
    """Take no ballot any more."""
    resolution = seen_resolution(caller, data["resolution"])
    poll = services.close_vote(by=caller.person, resolution=resolution, at=caller.at)
    return answer("page", resolution.assembly_id, poll=poll.pk)


def vote_declare(caller: Caller, data: Data) -> Answer:
    """Declare the result."""
    resolution = seen_resolution(caller, data["resolution"])
    result = services.declare(by=caller.person, resolution=resolution, at=caller.at)
    contest = resolution.choice
    adopted = is_settled(result.outcome, is_election=contest.is_election if contest else None)
    return answer("page", resolution.assembly_id, poll=result.poll_id, adopted=adopted)


ASSEMBLY_PREPARE = Command("assembly.prepare", inputs.AssemblyPrepareIn, assembly_prepare)
ASSEMBLY_CHANGE = Command("assembly.change", inputs.AssemblyChangeIn, assembly_change)
ASSEMBLY_CONVENE = Command("assembly.convene", inputs.AssemblyIn, assembly_convene)
ASSEMBLY_OPEN = Command("assembly.open", inputs.AssemblyIn, assembly_open)
ASSEMBLY_CLOSE = Command("assembly.close", inputs.AssemblyIn, assembly_close)
ASSEMBLY_CALL_AGAIN = Command("assembly.call_again", inputs.CallAgainIn, assembly_call_again)
OFFICER_APPOINT = Command("officer.appoint", inputs.OfficerAppointIn, officer_appoint)
OFFICER_DISMISS = Command("officer.dismiss", inputs.OfficerIn, officer_dismiss)
ITEM_ADD = Command("item.add", inputs.ItemAddIn, item_add)
ITEM_CHANGE = Command("item.change", inputs.ItemChangeIn, item_change)
ITEM_MOVE = Command("item.move", inputs.ItemMoveIn, item_move)
ITEM_REMOVE = Command("item.remove", inputs.ItemIn, item_remove)
ITEM_START = Command("item.start", inputs.ItemIn, item_start)
FORWARDING_TAKE_UP = Command("forwarding.take_up", inputs.TakeUpIn, forwarding_take_up)
CHECK_IN = Command("attendance.check_in", inputs.CheckInIn, check_in)
CHECK_OUT = Command("attendance.check_out", inputs.CheckOutIn, check_out)
VOTE_OPEN = Command("vote.open", inputs.VoteOpenIn, vote_open)
VOTE_CLOSE = Command("vote.close", inputs.ResolutionIn, vote_close)
VOTE_DECLARE = Command("vote.declare", inputs.ResolutionIn, vote_declare)

COMMANDS = (
    ASSEMBLY_PREPARE,
    ASSEMBLY_CHANGE,
    ASSEMBLY_CONVENE,
    ASSEMBLY_OPEN,
    ASSEMBLY_CLOSE,
    ASSEMBLY_CALL_AGAIN,
    OFFICER_APPOINT,
    OFFICER_DISMISS,
    ITEM_ADD,
    ITEM_CHANGE,
    ITEM_MOVE,
    ITEM_REMOVE,
    ITEM_START,
    FORWARDING_TAKE_UP,
    CHECK_IN,
    CHECK_OUT,
    VOTE_OPEN,
    VOTE_CLOSE,
    VOTE_DECLARE,
)
