"""Proxies: given, accepted, set aside while the giver is there, counted, voted with, taken back."""

from fractions import Fraction
from uuid import UUID

import pytest

from assemblies.minutes import minutes_of
from assemblies.models import Assembly, Proxy, Resolution
from assemblies.quorum import quorum_now
from assemblies.services import (
    accept_proxy,
    call_again,
    check_in,
    check_out,
    close_assembly,
    decline_proxy,
    give_proxy,
    open_assembly,
    open_vote,
    revoke_proxy,
)
from cooperation.models import LegalEntity, Membership, Notification, Person
from cooperation.rules import Base
from realtime.refused import Refused, sentence_of
from tests.assemblies import scene
from tests.assemblies.proxying import accepted, given
from tests.assemblies.scene import CONVENED_AT, DOORS_AT, LATER, STARTS_AT
from votes.models import Elector, Poll
from votes.services import cast_ballot, close_poll, count_poll

pytestmark = pytest.mark.django_db


@pytest.fixture
def convened(association: LegalEntity, alice: Person) -> Assembly:
    return scene.convened(association, alice)


@pytest.fixture
def members(association: LegalEntity) -> list[Membership]:
    return scene.persons(association, 6)


def state(proxy: Proxy) -> str:
    proxy.refresh_from_db()
    return proxy.state


def test_a_proxy_is_offered_then_accepted_and_both_are_told(
    convened: Assembly, bobs: Membership, bob: Person, alice: Person
) -> None:
    proxy = given(convened, bobs, alice, wish="Pour la première")
    assert (proxy.state, proxy.given_for) == ("offered", convened.held_on)
    assert "Bob vous propose" in Notification.objects.get(person=alice, sentence__contains="pouvoir").sentence
    accept_proxy(by=alice, proxy=proxy, at=DOORS_AT)
    assert state(proxy) == "accepted"
    assert (
        "Alice porte le pouvoir" in Notification.objects.get(person=bob, sentence__contains="porte").sentence
    )


def test_only_the_member_gives_its_proxy(
    convened: Assembly, bobs: Membership, alice: Person, charlie: Person
) -> None:
    for who in (alice, charlie):
        with pytest.raises(Refused, match="proxy_not_yours"):
            give_proxy(by=who, assembly=convened, giver=bobs, holder=alice, at=CONVENED_AT)
    with pytest.raises(Refused, match="not_an_officer"):
        give_proxy(by=charlie, assembly=convened, giver=bobs, holder=alice, is_paper=True, at=CONVENED_AT)


def test_a_member_gives_one_proxy_at_a_time_to_somebody_else(
    convened: Assembly, bobs: Membership, bob: Person, alice: Person, members: list[Membership]
) -> None:
    with pytest.raises(Refused, match="proxy_to_oneself"):
        given(convened, bobs, bob)
    given(convened, bobs, alice)
    with pytest.raises(Refused, match="proxy_given_already"):
        given(convened, bobs, members[0].person)


def test_no_proxy_is_given_before_the_notice_nor_after_the_session(
    draft: Assembly, bobs: Membership, alice: Person
) -> None:
    with pytest.raises(Refused, match="not_convened"):
        given(draft, bobs, alice)
    Assembly.objects.filter(pk=draft.pk).update(
        state="closed", notice_sent_on=draft.held_on, opened_at=STARTS_AT, closed_at=LATER
    )
    with pytest.raises(Refused, match="assembly_closed"):
        given(draft, bobs, alice)


def test_a_stranger_holds_no_proxy_and_the_refusal_names_the_article(
    convened: Assembly, bobs: Membership, charlie: Person
) -> None:
    with pytest.raises(Refused, match="V12") as refused:
        given(convened, bobs, charlie)
    assert "Cette personne ne peut pas recevoir de pouvoir ici. (statuts de l’entité)" in sentence_of(
        refused.value
    )


def test_the_cap_of_the_statutes_is_asked_when_a_proxy_is_given_and_when_it_is_accepted(
    association: LegalEntity, convened: Assembly, alice: Person, members: list[Membership]
) -> None:
    scene.give_statutes(association, proxies_per_holder=2)
    offers = [given(convened, each, alice) for each in members[:3]]
    for offer in offers[:2]:
        accept_proxy(by=alice, proxy=offer, at=CONVENED_AT)
    with pytest.raises(Refused, match="V12"):
        accept_proxy(by=alice, proxy=offers[2], at=CONVENED_AT)
    with pytest.raises(Refused, match="V12"):
        given(convened, members[3], alice)


def test_where_the_statutes_ask_the_same_college_a_member_of_another_is_refused(alice: Person) -> None:
    entity, colleges = scene.scic({"A": 2, "B": 2, "C": 2, "D": 2}, proxies_same_college=True)
    scene.seat_on_board(alice, entity)
    convened = scene.convened(entity, alice)
    giver, same, other = colleges["A"][0], colleges["A"][1], colleges["B"][0]
    with pytest.raises(Refused, match="V12"):
        given(convened, giver, other.person)
    assert given(convened, giver, same.person).state == "offered"


def test_only_the_holder_answers(
    convened: Assembly, bobs: Membership, alice: Person, charlie: Person
) -> None:
    proxy = given(convened, bobs, alice)
    for act in (accept_proxy, decline_proxy):
        with pytest.raises(Refused, match="not_the_holder"):
            act(by=charlie, proxy=proxy, at=DOORS_AT)
    decline_proxy(by=alice, proxy=proxy, at=DOORS_AT)
    with pytest.raises(Refused, match="proxy_settled"):
        accept_proxy(by=alice, proxy=proxy, at=DOORS_AT)
    assert state(proxy) == "declined"


def test_the_giver_takes_it_back_until_the_session_opens(
    convened: Assembly, bobs: Membership, bob: Person, alice: Person, charlie: Person
) -> None:
    proxy = accepted(convened, bobs, alice)
    with pytest.raises(Refused, match="proxy_not_yours"):
        revoke_proxy(by=charlie, proxy=proxy, at=DOORS_AT)
    revoke_proxy(by=bob, proxy=proxy, at=DOORS_AT)
    assert state(proxy) == "revoked"
    assert given(convened, bobs, alice).state == "offered"


def test_in_session_a_proxy_is_taken_back_only_where_the_statutes_say_so(
    association: LegalEntity, assembly: Assembly, bobs: Membership, bob: Person, alice: Person
) -> None:
    proxy = accepted(assembly, bobs, alice, LATER)
    for act in (
        lambda: revoke_proxy(by=bob, proxy=proxy, at=LATER),
        lambda: check_in(by=alice, assembly=assembly, membership=bobs, at=LATER),
    ):
        with pytest.raises(Refused, match="V13") as refused:
            act()
        assert "pouvoir" in sentence_of(refused.value)
    scene.give_statutes(association, remote_vote_is_withdrawable=True)
    revoke_proxy(by=bob, proxy=proxy, at=LATER)
    assert state(proxy) == "revoked"


def test_a_proxy_waits_while_its_giver_is_there(convened: Assembly, bobs: Membership, alice: Person) -> None:
    proxy = accepted(convened, bobs, alice)
    check_in(by=alice, assembly=convened, membership=bobs, at=DOORS_AT)
    assert state(proxy) == "suspended"
    check_out(by=alice, assembly=convened, membership=bobs, at=DOORS_AT)
    assert state(proxy) == "accepted"


def test_who_leaves_early_gives_a_proxy_that_holds_from_then_on(
    assembly: Assembly, bobs: Membership, alice: Person
) -> None:
    check_in(by=alice, assembly=assembly, membership=bobs, at=LATER)
    proxy = accepted(assembly, bobs, alice, LATER)
    assert state(proxy) == "suspended"
    check_out(by=alice, assembly=assembly, membership=bobs, at=LATER)
    assert state(proxy) == "accepted"


def test_the_desk_enters_what_was_signed_on_paper(
    convened: Assembly, bobs: Membership, alice: Person, members: list[Membership]
) -> None:
    proxy = give_proxy(
        by=alice, assembly=convened, giver=bobs, holder=members[0].person, is_paper=True, at=DOORS_AT
    )
    assert (proxy.state, proxy.given_by, proxy.is_paper) == ("accepted", alice, True)


def test_e12_fifteen_there_one_by_video_and_eight_proxies_are_the_quorum_of_120(alice: Person) -> None:
    entity, present = big_scic(alice, quorum_first="1/5")
    convened = scene.convened(entity, alice)
    givers = list(Membership.objects.filter(entity=entity).exclude(pk__in=[m.pk for m in present]))[:8]
    for giver, holder in zip(givers, present, strict=False):
        accepted(convened, giver, holder.person)
    scene.arrive(convened, alice, present[:15])
    check_in(by=present[15].person, assembly=convened, membership=present[15], channel="remote", at=DOORS_AT)
    verdict = quorum_now(convened, DOORS_AT)
    assert (verdict.met, int(verdict.reached), int(verdict.needed)) == (True, 24, 24)


def test_e12_with_a_cap_of_two_three_proxies_of_one_holder_are_refused(alice: Person) -> None:
    entity, present = big_scic(alice, quorum_first="1/5", proxies_per_holder=2)
    convened = scene.convened(entity, alice)
    givers = list(Membership.objects.filter(entity=entity).exclude(pk__in=[m.pk for m in present]))[:5]
    offers = [given(convened, giver, present[0].person) for giver in givers]
    for offer in offers[:2]:
        accept_proxy(by=present[0].person, proxy=offer, at=CONVENED_AT)
    for offer in offers[2:]:
        with pytest.raises(Refused, match="V12"):
            accept_proxy(by=present[0].person, proxy=offer, at=CONVENED_AT)
    scene.arrive(convened, alice, present[:15])
    assert int(quorum_now(convened, DOORS_AT).reached) == 17


def big_scic(alice: Person, **rules: object) -> tuple[LegalEntity, list[Membership]]:
    """An SA of 120 members, and sixteen of them."""
    rules["quorum_first"] = Fraction(str(rules["quorum_first"]))
    entity, colleges = scene.scic({"A": 30, "B": 30, "C": 30, "D": 30}, form="scic_sa", **rules)
    scene.seat_on_board(alice, entity)
    return entity, colleges["A"][:16]


def test_a_proxy_whose_holder_is_not_there_represents_nobody(
    convened: Assembly, bobs: Membership, alice: Person, members: list[Membership]
) -> None:
    accepted(convened, bobs, members[0].person)
    assert int(quorum_now(convened, DOORS_AT).reached) == 0
    scene.arrive(convened, alice, members[:1])
    assert int(quorum_now(convened, DOORS_AT).reached) == 2


def test_e16_where_statutes_count_members_present_no_proxy_is_taken_nor_counted(
    association: LegalEntity, convened: Assembly, bobs: Membership, alice: Person, members: list[Membership]
) -> None:
    accepted(convened, bobs, members[0].person)
    scene.arrive(convened, alice, members[:1])
    scene.give_statutes(association, base=Base.PRESENT)
    assert int(quorum_now(convened, DOORS_AT).reached) == 1
    with pytest.raises(Refused, match="V12"):
        given(convened, members[1], alice)


def test_e16_with_proxies_over_the_votes_cast_24_of_37_adopt(
    association: LegalEntity, alice: Person, bobs: Membership
) -> None:
    scene.give_statutes(association, allows_remote_voting=False)
    there, away = scene.persons(association, 30, first=300), scene.persons(association, 10, first=500)
    resolution = scene.convened(association, alice).resolutions.get()
    for giver, holder in zip(away, there, strict=False):
        accepted(resolution.assembly, giver, holder.person)
    poll = voted_at(resolution, alice, there)
    said = [*["for"] * 15, *["against"] * 12, *["abstain"] * 3]
    scene.vote(poll, {member.pk: choice for member, choice in zip(there, said, strict=True)})
    for place, giver in enumerate(away):
        line = Elector.objects.get(poll=poll, membership=giver)
        choice = "against" if place == 9 else "for"
        cast_ballot(elector=line, person=line.holder, choices=[choice], key=key(place), at=LATER)
    result = counted(poll)
    assert (result["adopted"], result["reached"], result["electors"]) == (True, "24/37", 40)


def voted_at(resolution: Resolution, alice: Person, there: list[Membership]) -> Poll:
    """The vote of this resolution, once the session is open and these members are there."""
    scene.arrive(resolution.assembly, alice, there)
    open_assembly(by=alice, assembly=resolution.assembly, at=STARTS_AT)
    return open_vote(by=alice, resolution=scene.bring_to(resolution, alice), at=LATER)


def key(number: int) -> UUID:
    return UUID(int=number + 1)


def counted(poll: Poll) -> dict[str, object]:
    close_poll(poll=poll, at=LATER)
    return count_poll(poll=poll, at=LATER).outcome


def test_a_roll_of_those_there_holds_those_represented_with_their_holder(
    association: LegalEntity, alice: Person, bobs: Membership, members: list[Membership]
) -> None:
    scene.give_statutes(association, allows_remote_voting=False)
    resolution = scene.convened(association, alice).resolutions.get()
    proxy = accepted(resolution.assembly, bobs, members[0].person)
    accepted(resolution.assembly, members[1], members[2].person)
    poll = voted_at(resolution, alice, members[:1])
    lines = {line.membership_id: line.holder_id for line in poll.electors.all()}
    assert lines == {members[0].pk: None, bobs.pk: members[0].person_id}
    proxy.refresh_from_db()
    assert proxy.used_at == LATER
    assert "représentés par un pouvoir : 1" in " ".join(resolution.quorum.sentences()).replace("\xa0", " ")


def test_with_remote_voting_the_giver_and_the_holder_are_one_mandate(
    convened: Assembly, bobs: Membership, bob: Person, alice: Person, members: list[Membership]
) -> None:
    accepted(convened, bobs, members[0].person)
    poll = voted_at(convened.resolutions.get(), alice, members[:1])
    line = poll.electors.get(membership=bobs)
    cast_ballot(elector=line, person=bob, choices=["for"], key=key(1), at=LATER)
    with pytest.raises(Refused, match="already_voted"):
        cast_ballot(elector=line, person=members[0].person, choices=["against"], key=key(2), at=LATER)


def test_a_proxy_by_which_a_holder_at_a_distance_voted_is_in_the_minutes(
    convened: Assembly, bobs: Membership, alice: Person, members: list[Membership]
) -> None:
    holder = members[0].person
    assert holder is not None
    accepted(convened, bobs, holder)
    poll = voted_at(convened.resolutions.get(), alice, members[1:2])
    assert minutes_of(convened).proxies == ()
    line = poll.electors.get(membership=bobs)
    cast_ballot(elector=line, person=holder, choices=["for"], key=key(1), at=LATER)
    assert [proxy.giver for proxy in minutes_of(convened).proxies] == [bobs]


def test_a_proxy_given_for_the_first_call_serves_the_second(
    association: LegalEntity, alice: Person, bobs: Membership, members: list[Membership]
) -> None:
    scene.give_statutes(association, quorum_first=Fraction(1, 2), notice_days_second=0)
    first = scene.in_session(association, alice)
    accepted(first, bobs, members[0].person, LATER)
    close_assembly(by=alice, assembly=first, at=LATER)
    second = call_again(by=alice, assembly=first, starts_at=STARTS_AT.replace(month=5), at=LATER)
    kept = Proxy.objects.get(assembly=second)
    assert (kept.state, kept.giver, kept.holder, kept.given_for) == (
        "accepted",
        bobs,
        members[0].person,
        first.held_on,
    )


def test_a_holder_who_is_no_longer_a_member_carries_nothing(
    convened: Assembly, bobs: Membership, alice: Person, members: list[Membership]
) -> None:
    accepted(convened, bobs, members[0].person)
    scene.arrive(convened, alice, members[:2])
    Membership.objects.filter(pk=members[0].pk).update(ended_on=STARTS_AT.date())
    assert int(quorum_now(convened, STARTS_AT).reached) == 1
