"""Polls, their sealed rolls, the ballots and the counted results."""

from votes.models.amendments import RollAmendment
from votes.models.ballots import Ballot, Result
from votes.models.draws import Draw
from votes.models.entries import Entry, Step
from votes.models.objections import ObjectionNote
from votes.models.polls import Option, Poll
from votes.models.roll import Elector
from votes.models.seats import Seat
from votes.models.secret import CountedBallot, CountedCode, EmptiedBox, SecretBallot
from votes.models.tellers import TellerEntry

__all__ = [
    "Ballot",
    "CountedBallot",
    "CountedCode",
    "Draw",
    "Elector",
    "EmptiedBox",
    "Entry",
    "ObjectionNote",
    "Option",
    "Poll",
    "Result",
    "RollAmendment",
    "Seat",
    "SecretBallot",
    "Step",
    "TellerEntry",
]
