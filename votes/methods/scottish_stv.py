"""Scottish STV: candidates ranked, several seats, surpluses and exclusions, ties by a draw committed at the opening."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from realtime.refused import Refused
from votes.methods.base import Asked, Picture, options_of
from votes.methods.rankings import Ranked, common_of, joined, labels_by_value, ranks_said
from votes.methods.rounds import Bar, Line, RoundsPicture, Turn, Votes, in_order, widths
from votes.models import Poll
from votes.wording import figure

NAMED = 6
"""Up to this many elected the verdict names them; past it they are listed below."""


@dataclass(frozen=True, kw_only=True)
class StvPicture(RoundsPicture):
    """The stages and the quota; `names` of the elected where the verdict has no room; the draw, committed and revealed."""

    names: list[str]
    undecided: list[str]
    quota: str
    seed: str
    commitment: str
    was_drawn: bool


class ScottishStv(Ranked):
    """A rank is given to one candidate; `setup` says how many `seats` there are."""

    name = "scottish_stv"
    allows_ties = False
    draws_lots = True

    def check_setup(self, setup: Mapping[str, Any], options: int) -> dict[str, Any]:
        """`seats`: at least one, no more than the candidates. Raises `Refused("setup_unreadable")`."""
        seats = setup.get("seats")
        if set(setup) != {"seats"} or type(seats) is not int or not 1 <= seats <= options:
            raise Refused("setup_unreadable")
        return {"seats": seats}

    def check(self, asked: Asked, choices: Sequence[str], options: int) -> None:
        """As every ranking; raises `Refused("rank_given_twice")` besides."""
        super().check(asked, choices, options)
        given = list(ranks_said(choices).values())
        for rank in sorted(set(given)):
            if given.count(rank) > 1:
                raise Refused("rank_given_twice", rank=rank)

    def without_rank(self, labels: Sequence[str]) -> str:
        """A candidate without a rank receives nothing of a ballot, whatever the stage."""
        if len(labels) == 1:
            return _("Sans rang, ne reçoit rien de vous : %(option)s") % {"option": labels[0]}
        return _("Sans rang, ne reçoivent rien de vous : %(options)s") % {"options": ", ".join(labels)}

    def rule(self, poll: Poll) -> str:
        """The seats, and how they are won."""
        return ngettext(
            "Classez les candidatures par ordre de préférence pour %(seats)s siège : qui atteint le quota est élu, les voix "
            "en trop et celles des candidatures écartées passent au choix suivant. Sans rang, une candidature ne reçoit rien de vous.",
            "Classez les candidatures par ordre de préférence pour %(seats)s sièges : qui atteint le quota est élu, les voix "
            "en trop et celles des candidatures écartées passent au choix suivant. Sans rang, une candidature ne reçoit rien de vous.",
            poll.setup["seats"],
        ) % {"seats": poll.setup["seats"]}

    def picture(self, poll: Poll, outcome: Mapping[str, Any], common: Mapping[str, Any]) -> Picture:
        """The stages from the first preferences to the last seat."""
        words = labels_by_value(poll)
        elected = [words[value] for value in outcome["elected"]]
        most = most_of(outcome)
        return StvPicture(
            method=self.name,
            is_adopted=not outcome["undecided"],
            is_tied=bool(outcome["undecided"]),
            verdict=verdict_of(elected, outcome),
            heading=_("Le dépouillement, étape par étape"),
            turns=turns_of(outcome, words, most),
            lines=lines_of(poll, outcome),
            mark=figure(Fraction(outcome["quota"]) / most),
            seats=outcome["seats"],
            names=elected if len(elected) > NAMED else [],
            undecided=[words[value] for value in outcome["undecided"]],
            quota=outcome["quota"],
            seed=outcome["seed"] or "",
            commitment=poll.setup.get("commitment", ""),
            was_drawn=any(tie["settled"] == "draw" for tie in outcome["ties"]),
            **common_of(poll, outcome, common),
        )


def verdict_of(elected: Sequence[str], outcome: Mapping[str, Any]) -> str:
    """Who is elected; where a draw could not be made, that it waits."""
    if outcome["undecided"]:
        return _("Des sièges restent à tirer au sort")
    if len(elected) > NAMED:
        return _("%(count)s sièges obtenus") % {"count": len(elected)}
    message = ngettext("Siège obtenu : %(names)s", "Sièges obtenus : %(names)s", len(elected))
    return message % {"names": joined(elected)}


def votes_text(votes: Fraction) -> str:
    """A number of votes with what decimals it has, up to five."""
    whole, rest = divmod(votes * 100_000, 100_000)
    decimals = f"{int(rest):05d}".rstrip("0")
    return f"{whole}{formats.get_format('DECIMAL_SEPARATOR')}{decimals}" if decimals else str(whole)


def totals_of(stage: Mapping[str, Any]) -> dict[str, Fraction]:
    """The votes of each candidate at the end of a stage."""
    return {key: Fraction(votes) for key, votes in stage["totals"].items()}


def most_of(outcome: Mapping[str, Any]) -> Fraction:
    """The length of the longest bar: the most votes of any stage, or the quota."""
    totals = [votes for stage in outcome["rounds"] for votes in totals_of(stage).values()]
    return max([*totals, Fraction(outcome["quota"])])


def turns_of(outcome: Mapping[str, Any], words: Mapping[str, str], most: Fraction) -> list[Turn]:
    """The stages, each with what it added to the one before; who left earlier is not drawn any more."""
    before: Votes = {}
    gone: set[str] = set()
    seated: set[str] = set()
    found = []
    for stage in outcome["rounds"]:
        seated |= set(stage["elected"])
        totals = totals_of(stage)
        votes = in_order({key: each for key, each in totals.items() if key not in gone}, list(words))
        bars = [
            Bar(
                words[key],
                votes_text(votes[key]),
                kept,
                gained,
                *state_of(key, stage, seated),
                key in stage["elected"],
            )
            for key, kept, gained in widths(before, votes, most)
        ]
        found.append(Turn(stage["stage"], sentence_of(stage, words), bars, notes_of(stage)))
        gone |= set(stage["excluded"])
        before = totals
    return found


def state_of(key: str, stage: Mapping[str, Any], seated: set[str]) -> tuple[str, str]:
    """What becomes of a candidate in a stage, as a state and in a word."""
    if key in stage["elected"]:
        return "seated", _("siège obtenu")
    if key in seated:
        return "seated", _("a son siège")
    return ("out", _("écartée")) if key in stage["excluded"] else ("", "")


def sentence_of(stage: Mapping[str, Any], words: Mapping[str, str]) -> str:
    """What a stage does, in a sentence."""
    if stage["action"] == "first_preferences":
        return _("Premiers choix.")
    name = {"name": words[stage["candidate"]]}
    if stage["action"] == "surplus":
        return _("Voix de %(name)s au-delà du quota, transférées.") % name
    return _("Candidature de %(name)s écartée, voix transférées.") % name


def notes_of(stage: Mapping[str, Any]) -> list[str]:
    """The votes that count for nobody any more."""
    told = []
    if Fraction(stage["exhausted"]):
        told.append(_("Sans choix suivant : %(votes)s") % {"votes": votes_text(Fraction(stage["exhausted"]))})
    if Fraction(stage["lost"]):
        told.append(_("Perdues aux arrondis : %(votes)s") % {"votes": votes_text(Fraction(stage["lost"]))})
    return told


def lines_of(poll: Poll, outcome: Mapping[str, Any]) -> list[Line]:
    """The table: the elected in order of election, the others from the last to leave to the first."""
    options = {str(each.position): each for each in options_of(poll)}
    left = {value: stage["stage"] for stage in outcome["rounds"] for value in stage["excluded"]}
    others = [value for value in options if value not in outcome["elected"]]
    others.sort(key=lambda value: (-left.get(value, len(outcome["rounds"]) + 1), int(value)))
    return [
        Line(
            label=options[value].label,
            url=options[value].url,
            cells=[
                votes_text(Fraction(stage["totals"][value]))
                if stage["stage"] <= left.get(value, stage["stage"])
                else ""
                for stage in outcome["rounds"]
            ],
            fate=fate_of(value, outcome, left),
            is_first=value in outcome["elected"],
        )
        for value in [*outcome["elected"], *others]
    ]


def fate_of(value: str, outcome: Mapping[str, Any], left: Mapping[str, int]) -> str:
    """What became of a candidate, in a few words."""
    for stage in outcome["rounds"]:
        if value in stage["elected"]:
            return _("Siège obtenu à l’étape %(number)s") % {"number": stage["stage"]}
    if value in outcome["undecided"]:
        return _("À tirer au sort")
    return _("Écartée à l’étape %(number)s") % {"number": left[value]} if value in left else _("Sans siège")
