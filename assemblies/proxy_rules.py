"""The law of giving a proxy for a meeting: who gives, who accepts, when it may be taken back; pure functions."""

from assemblies.rules import CLOSED, OPEN, PREPARED, TABLED, VOTING, refuse_breach
from cooperation.rules import StatutesRules, vote_again_breaches
from realtime.refused import Refused


def check_proxies_open(*, state: str) -> None:
    """Proxies are given from the notice to the end of the session. Raises `not_convened`, `assembly_closed`."""
    if state == PREPARED:
        raise Refused("not_convened")
    if state == CLOSED:
        raise Refused("assembly_closed")


def check_may_give(
    *,
    state: str,
    is_officer: bool,
    speaks_for: bool,
    is_paper: bool,
    is_member: bool,
    to_oneself: bool,
    to_a_guest: bool,
    is_given: bool,
) -> None:
    """A member gives its own proxy, one at a time; the desk enters what was signed on paper.

    Raises `Refused`: `not_convened`, `assembly_closed`, `not_an_officer`, `proxy_not_yours`, `not_a_member_today`,
    `proxy_to_oneself`, `guest_not_allowed`, `proxy_given_already`.
    """
    check_proxies_open(state=state)
    if is_paper and not is_officer:
        raise Refused("not_an_officer")
    if not is_paper and not speaks_for:
        raise Refused("proxy_not_yours")
    if not is_member:
        raise Refused("not_a_member_today")
    if to_oneself:
        raise Refused("proxy_to_oneself")
    if to_a_guest:
        raise Refused("guest_not_allowed")
    if is_given:
        raise Refused("proxy_given_already")


def check_is_holder(*, is_holder: bool, is_waiting: bool, assembly: str) -> None:
    """Only its holder answers a proxy, while it may be answered.

    Raises `Refused`: `not_the_holder`, `assembly_closed`, `proxy_settled`.
    """
    if not is_holder:
        raise Refused("not_the_holder")
    check_proxies_open(state=assembly)
    if not is_waiting:
        raise Refused("proxy_settled")


def check_withdrawable(rules: StatutesRules, *, assembly: str) -> None:
    """Once the session is open, a proxy is taken back only where the statutes say so. Raises `Refused("V13")`."""
    if assembly == OPEN:
        refuse_breach(
            vote_again_breaches(
                rules, has_voted_in_room=False, has_voted_remotely=False, has_given_proxy=True
            )
        )


def check_may_revoke(
    rules: StatutesRules,
    *,
    is_officer: bool,
    speaks_for: bool,
    is_running: bool,
    is_accepted: bool,
    assembly: str,
) -> None:
    """The giver takes a proxy back, or the desk for the giver; freely until the session opens (C. civ. art. 2004).

    Raises `Refused`: `proxy_not_yours`, `assembly_closed`, `proxy_settled`, `V13`.
    """
    if not (is_officer or speaks_for):
        raise Refused("proxy_not_yours")
    check_proxies_open(state=assembly)
    if not is_running:
        raise Refused("proxy_settled")
    if is_accepted:
        check_withdrawable(rules, assembly=assembly)


def check_still_tabled(*, resolution: str) -> None:
    """Whether the board backs a text is said before its vote. Raises `Refused`: `vote_is_open`, `resolution_decided`."""
    if resolution == VOTING:
        raise Refused("vote_is_open")
    if resolution != TABLED:
        raise Refused("resolution_decided")
