"""Proxies that name nobody: received and voted as the law or the statutes say, said in the result, recounted."""

from pathlib import Path

import pytest
from django.test import Client

from assemblies.models import Assembly, Proxy, Resolution
from assemblies.services import (
    back_resolution,
    close_vote,
    declare,
    give_proxy,
    open_assembly,
    open_vote,
)
from cooperation.models import LegalEntity, Membership, Person
from cooperation.rules import BlankProxies
from realtime.refused import Refused
from tests.assemblies import scene
from tests.assemblies.proxying import accepted, given
from tests.assemblies.scene import CONVENED_AT, LATER, STARTS_AT
from tests.votes.proofs import exported
from tests.votes.recounting import recounted
from tests.votes.test_proofs import why
from votes.models import Ballot, Poll

pytestmark = pytest.mark.django_db


@pytest.fixture
def members(association: LegalEntity) -> list[Membership]:
    return scene.persons(association, 6)


@pytest.fixture
def convened(association: LegalEntity, alice: Person) -> Assembly:
    """Statutes that give blank proxies to what the board backs, and count only those there or represented."""
    scene.give_statutes(association, blank_proxies=BlankProxies.CHAIR, allows_remote_voting=False)
    return scene.convened(association, alice)


def voted(assembly: Assembly, alice: Person, there: list[Membership], **how: str) -> Poll:
    """The vote on the only resolution, in the session of these members."""
    scene.arrive(assembly, alice, there)
    open_assembly(by=alice, assembly=assembly, at=STARTS_AT)
    resolution = scene.bring_to(assembly.resolutions.get(), alice)
    return open_vote(by=alice, resolution=resolution, at=LATER, **how)


def test_where_the_statutes_refuse_them_a_proxy_names_somebody(
    association: LegalEntity, alice: Person, bobs: Membership
) -> None:
    scene.give_statutes(association, blank_proxies=BlankProxies.REFUSED)
    with pytest.raises(Refused, match="V12"):
        given(scene.convened(association, alice), bobs, None)


@pytest.mark.parametrize(("backed", "said"), [(True, "for"), (False, "against")])
def test_at_the_opening_they_vote_for_what_the_board_backs_and_against_the_rest(
    convened: Assembly, alice: Person, bobs: Membership, members: list[Membership], *, backed: bool, said: str
) -> None:
    given(convened, bobs, None)
    back_resolution(by=alice, resolution=convened.resolutions.get(), is_backed=backed, at=CONVENED_AT)
    poll = voted(convened, alice, members[:2])
    (ballot,) = poll.ballots.all()
    assert (ballot.elector.membership, ballot.choices, ballot.channel) == (bobs, [said], Ballot.Channel.PROXY)
    assert (ballot.cast_by, ballot.elector.holder) == (alice, None)
    assert poll.electors.count() == 3


def test_in_a_secret_vote_they_count_for_the_quorum_and_say_nothing(
    convened: Assembly, alice: Person, bobs: Membership, members: list[Membership]
) -> None:
    given(convened, bobs, None)
    poll = voted(convened, alice, members[:2], secrecy="secret")
    assert (poll.electors.count(), poll.electors.filter(has_voted_at__isnull=False).count()) == (3, 0)
    assert poll.resolution.quorum.figures["represented"] == 1


def test_where_the_chair_votes_freely_the_chair_is_the_holder(
    association: LegalEntity, alice: Person, bobs: Membership, members: list[Membership]
) -> None:
    scene.give_statutes(association, blank_proxies=BlankProxies.FREE, allows_remote_voting=False)
    convened = scene.convened(association, alice)
    given(convened, bobs, None)
    poll = voted(convened, alice, members[:2])
    assert (poll.electors.get(membership=bobs).holder, poll.ballots.count()) == (alice, 0)


def test_only_who_prepares_says_what_the_board_backs_and_before_the_vote(
    convened: Assembly, alice: Person, bob: Person, charlie: Person, members: list[Membership]
) -> None:
    resolution = convened.resolutions.get()
    for who in (bob, charlie):
        with pytest.raises(Refused, match="not_on_board"):
            back_resolution(by=who, resolution=resolution, is_backed=False, at=CONVENED_AT)
    voted(convened, alice, members[:2])
    with pytest.raises(Refused, match="vote_is_open"):
        back_resolution(by=alice, resolution=resolution, is_backed=False, at=LATER)


def test_a_vote_with_proxies_is_exported_verified_and_recounted(
    convened: Assembly, alice: Person, bobs: Membership, members: list[Membership], tmp_path: Path
) -> None:
    given(convened, bobs, None)
    accepted(convened, members[2], members[0].person)
    poll = voted(convened, alice, members[:2])
    scene.vote(poll, {members[0].pk: "for", members[1].pk: "against"})
    export = exported(poll)
    assert export["result"]["outcome"]["channels"] == {"proxy": 1, "web": 2}
    assert [line.get("holder") for line in export["roll"]["lines"] if "holder" in line] == [
        members[0].person_id
    ]
    assert why(export) == ""
    script = recounted(tmp_path, export)
    assert script.returncode == 0, script.stdout + script.stderr


def test_an_export_whose_blank_proxy_says_otherwise_is_refused(
    convened: Assembly, alice: Person, bobs: Membership, members: list[Membership]
) -> None:
    given(convened, bobs, None)
    export = exported(voted(convened, alice, members[:2]))
    export["steps"][1]["entries"][0]["choices"] = ["against"]
    assert why(export)


def test_the_minutes_say_who_was_represented_and_how_blank_proxies_voted(
    convened: Assembly, alice: Person, bobs: Membership, members: list[Membership]
) -> None:
    given(convened, bobs, None)
    accepted(convened, members[2], members[0].person)
    poll = voted(convened, alice, members[:2])
    scene.vote(poll, {members[0].pk: "for", members[1].pk: "against"})
    resolution = Resolution.objects.get(poll=poll)
    close_vote(by=alice, resolution=resolution, at=LATER)
    declare(by=alice, resolution=resolution, at=LATER)
    client = Client()
    client.force_login(alice)
    page = client.get(f"/assemblees/{convened.pk}/pv/").content.decode().replace("\xa0", " ")
    for words in (
        "Membres représentés : 2.",
        "représentés par un pouvoir : 2.",
        "1 pouvoir sans nom a voté à l’ouverture",
        "par pouvoir sans nom : 1",
        "dont 1 pouvoir",
    ):
        assert words in page


def test_a_blank_proxy_on_paper_is_entered_by_the_desk(
    convened: Assembly, alice: Person, bobs: Membership
) -> None:
    proxy = give_proxy(by=alice, assembly=convened, giver=bobs, is_paper=True, at=CONVENED_AT)
    assert (proxy.is_blank, proxy.state) == (True, Proxy.State.ACCEPTED)
