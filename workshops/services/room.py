"""How every act enters the room: the workshop's row is locked, then the law is asked with what is true now."""

from cooperation.models import Person
from workshops import rules
from workshops.models import Participation, Proposal, Step, Workshop


def enter(act: str, *, by: Person, workshop_id: int) -> Workshop:
    """Lock the room and check that its law opens this act to this person now.

    Acts of one room happen one after the other, so a number is given once and a step closes for everybody at
    the same instant. Raises `Refused` (see `rules.check_may_act`).
    """
    workshop = lock(workshop_id)
    rules.check_may_act(
        act, role=role_of(by, workshop_id), state=workshop.state, kind=running_kind(workshop_id)
    )
    return workshop


def lock(workshop_id: int) -> Workshop:
    """The row of the room, ours until the end of the transaction."""
    return Workshop.objects.select_for_update(no_key=True).get(pk=workshop_id)


def role_of(person: Person, workshop_id: int) -> str | None:
    """The role of a person in a room, None for who is not in it."""
    found = Participation.objects.filter(workshop=workshop_id, person=person)
    return found.values_list("role", flat=True).first()


def running_kind(workshop_id: int) -> str | None:
    """The kind of the step that runs, None when none does."""
    running = Step.objects.filter(workshop=workshop_id, state=Step.State.RUNNING)
    return running.values_list("kind", flat=True).first()


def fresh(proposal: Proposal) -> Proposal:
    """The proposal as it is now that the room is locked."""
    return Proposal.objects.select_related("version", "author").get(pk=proposal.pk)
