"""The verbs of assemblies: the only files of this floor that write."""

from assemblies.quorum import quorum_now
from assemblies.services.agenda import add_item, change_item, move_item, remove_item, take_up
from assemblies.services.attending import check_in, check_out
from assemblies.services.blanks import back_resolution
from assemblies.services.contests import add_candidate, add_contest, withdraw_candidate
from assemblies.services.meeting import call_again, close_assembly, move_to_item, open_assembly
from assemblies.services.preparing import (
    appoint_officer,
    change_assembly,
    convene_assembly,
    dismiss_officer,
    prepare_assembly,
)
from assemblies.services.proxies import accept_proxy, decline_proxy, forget_proxies, give_proxy, revoke_proxy
from assemblies.services.rehearsing import close_rehearsal, end_rehearsal, open_rehearsal
from assemblies.services.voting import close_vote, declare, open_vote

__all__ = [
    "accept_proxy",
    "add_candidate",
    "add_contest",
    "add_item",
    "appoint_officer",
    "back_resolution",
    "call_again",
    "change_assembly",
    "change_item",
    "check_in",
    "check_out",
    "close_assembly",
    "close_rehearsal",
    "close_vote",
    "convene_assembly",
    "declare",
    "decline_proxy",
    "dismiss_officer",
    "end_rehearsal",
    "forget_proxies",
    "give_proxy",
    "move_item",
    "move_to_item",
    "open_assembly",
    "open_rehearsal",
    "open_vote",
    "prepare_assembly",
    "quorum_now",
    "remove_item",
    "revoke_proxy",
    "take_up",
    "withdraw_candidate",
]
