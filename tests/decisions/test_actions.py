"""What is done about a decision: who may say so, how far it is, when it is done or given up."""

from datetime import date

import pytest
from django.utils import timezone

from cooperation.models import Organisation, Person
from cooperation.services import name_representative
from decisions.models import Action, FollowUp, Plan
from decisions.services import add_action, drop_action, finish_action, note_progress, resume_action
from decisions.services.register import adopt_plan
from realtime.refused import Refused
from tests.decisions.conftest import DAY, put


def note(author: Person, action: Action, progress: int = 40, text: str = "Le lieu est trouvé.") -> FollowUp:
    return note_progress(author=author, action=action, text=text, progress=progress, at=timezone.now())


def fresh(action: Action) -> Action:
    return Action.objects.select_related("axis__plan").get(pk=action.pk)


def test_a_plan_is_adopted_with_its_numbered_axes(plan: Plan) -> None:
    assert [axis.number for axis in plan.axes.all()] == [1, 2, 3, 4]
    assert str(plan.axes.last()) == "4. Gouvernance et co-construction participative"


def test_a_plan_does_not_end_before_it_begins(plan: Plan) -> None:
    with pytest.raises(Refused, match="ends_before_it_begins"):
        adopt_plan(
            entity=plan.entity, title="x", since=DAY, until=date(2008, 1, 1), axes=[], at=timezone.now()
        )


def test_actions_are_numbered_on_their_axis_and_come_from_the_plans_decision(
    seated: Person, plan: Plan
) -> None:
    actions = [put(seated, plan), put(seated, plan), put(seated, plan, axis=plan.axes.last())]
    assert [action.reference for action in actions] == ["1.1", "1.2", "4.1"]
    assert {action.decision for action in actions} == {plan.decision}


def test_a_pilot_is_told_that_an_action_is_theirs(action: Action, bob: Person) -> None:
    notice = bob.notifications.get()
    assert notice.sentence == "Une action vous est confiée : 1.1 Ouvrir un atelier partagé."
    assert notice.url == f"/actions/{action.pk}/"


def test_who_pilots_what_they_add_is_not_told(seated: Person, plan: Plan) -> None:
    seated.notifications.all().delete()
    put(seated, plan, pilot=seated)
    assert not seated.notifications.exists()


def test_only_the_board_adds_actions(plan: Plan, bob: Person, seated: Person) -> None:
    with pytest.raises(Refused, match="not_on_board"):
        put(bob, plan)
    with pytest.raises(Refused, match="ends_before_it_begins"):
        add_action(
            by=seated,
            axis=plan.axes.first(),  # type: ignore[arg-type]
            title="x",
            starts_on=date(2009, 1, 1),
            due_on=date(2008, 1, 1),
            at=timezone.now(),
        )


def test_the_pilot_and_the_board_say_how_far_it_is(action: Action, bob: Person, seated: Person) -> None:
    note(bob, action, 40)
    note(seated, action, 60)
    assert fresh(action).progress == 60
    assert [row.progress for row in action.follow_ups.all()] == [60, 40]


def test_who_speaks_for_the_organisation_that_pilots_says_it_too(
    seated: Person, plan: Plan, charlie: Person
) -> None:
    copeau = Organisation.objects.create(name="Le Bon Copeau", kind="cooperative")
    name_representative(organisation=copeau, person=charlie, role="titular", since=DAY, at=timezone.now())
    action = put(seated, plan, pilot_organisation=copeau)
    note(charlie, action, 10)
    assert fresh(action).progress == 10


def test_nobody_else_says_it(action: Action, charlie: Person) -> None:
    with pytest.raises(Refused, match="not_the_pilot"):
        note(charlie, action)
    assert not FollowUp.objects.exists()


@pytest.mark.parametrize("progress", [-1, 101])
def test_progress_is_between_nothing_and_everything(action: Action, bob: Person, progress: int) -> None:
    with pytest.raises(Refused, match="progress_out_of_range"):
        note(bob, action, progress)


def test_at_a_hundred_the_action_is_done_and_no_more_is_noted(action: Action, bob: Person) -> None:
    note(bob, action, 100)
    assert fresh(action).state == Action.State.DONE
    with pytest.raises(Refused, match="action_closed"):
        note(bob, action, 50)


def test_finishing_says_so_in_the_follow_up(action: Action, bob: Person) -> None:
    finish_action(by=bob, action=action, at=timezone.now())
    assert (fresh(action).state, fresh(action).progress) == (Action.State.DONE, 100)
    assert action.follow_ups.get().text == "L’action est faite."


def test_giving_up_is_the_boards_and_needs_a_reason(action: Action, bob: Person, seated: Person) -> None:
    with pytest.raises(Refused, match="not_on_board"):
        drop_action(by=bob, action=action, why="Trop cher.", at=timezone.now())
    with pytest.raises(Refused, match="reason_missing"):
        drop_action(by=seated, action=action, why=" ", at=timezone.now())
    drop_action(by=seated, action=action, why="Trop cher.", at=timezone.now())
    assert fresh(action).state == Action.State.DROPPED
    assert action.follow_ups.get().text == "Trop cher."
    with pytest.raises(Refused, match="action_closed"):
        drop_action(by=seated, action=action, why="Encore.", at=timezone.now())


def test_the_board_runs_again_what_was_closed(action: Action, bob: Person, seated: Person) -> None:
    with pytest.raises(Refused, match="action_running"):
        resume_action(by=seated, action=action, why="Si.", at=timezone.now())
    finish_action(by=bob, action=action, at=timezone.now())
    with pytest.raises(Refused, match="not_on_board"):
        resume_action(by=bob, action=action, why="Si.", at=timezone.now())
    with pytest.raises(Refused, match="reason_missing"):
        resume_action(by=seated, action=action, why="", at=timezone.now())
    resume_action(by=seated, action=action, why="Il reste une salle.", at=timezone.now())
    assert fresh(action).state == Action.State.RUNNING


def test_late_is_running_past_the_due_date(seated: Person, plan: Plan) -> None:
    today = timezone.localdate()
    late, due = put(seated, plan, days=-2), put(seated, plan, days=10)
    put(seated, plan, days=200)
    assert list(Action.objects.late(today)) == [late]
    assert list(Action.objects.due_between(today, today.replace(year=today.year + 1))) == [
        due,
        *Action.objects.filter(number=3),
    ]
    assert late.is_late(today)
    assert not due.is_late(today)


def test_a_budget_reads_in_euros(seated: Person, plan: Plan) -> None:
    assert put(seated, plan, budget_cents=80_000_000).budget == "800\u202f000\u00a0€"
    assert put(seated, plan, budget_cents=1250).budget == "12,50\u00a0€"
    assert put(seated, plan).budget == ""
