"""Polls, their sealed rolls, the ballots and the counted results."""

from votes.models.ballots import Ballot, Result
from votes.models.polls import Option, Poll
from votes.models.roll import Elector

__all__ = ["Ballot", "Elector", "Option", "Poll", "Result"]
