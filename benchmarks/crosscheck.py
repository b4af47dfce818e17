"""Our counts beside independent talliers, on random ballots. Exit 1 when a difference is not explained.

    make crosscheck [PROFILES=300]

Belenios (`belenios-tool`, a Debian package) is asked where it is installed. Ballots come from a seed: a difference
that is found can be found again.
"""

import argparse
import json
import random
import shutil
import subprocess
import sys
import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import pyrankvote
from abcvoting import abcrules
from abcvoting.preferences import Profile as ApprovalProfile
from pref_voting.grade_methods import approval, majority_judgement, score_voting
from pref_voting.grade_profiles import GradeProfile
from pref_voting.iterative_methods import instant_runoff_put
from pref_voting.margin_based_methods import beat_path
from pref_voting.profiles import Profile
from pref_voting.profiles_with_ties import ProfileWithTies
from pref_voting.proportional_methods import stv_scottish

from benchmarks import ballots
from votes.counting.approval import ApprovalBallots, count_approval
from votes.counting.election import ElectionBallots, count_election
from votes.counting.election_rules import ElectionRules
from votes.counting.irv import count_irv
from votes.counting.majority_judgment import (
    MajorityJudgmentBallots,
    MajorityJudgmentResult,
    count_majority_judgment,
)
from votes.counting.rankings import RankedBallots
from votes.counting.schulze import count_schulze
from votes.counting.score import Missing, ScoreBallots, count_score
from votes.counting.scottish_stv import StvBallots, count_scottish_stv

Rankings = Counter[ballots.Ranking]
Outcome = tuple[frozenset[int], frozenset[int]]


@dataclass
class Row:
    """One comparison: how many profiles agreed, differed for a known reason, or differed."""

    name: str
    peer: str
    same: int = 0
    explained: Counter[str] = field(default_factory=Counter)
    differing: list[str] = field(default_factory=list)

    def judge(self, seed: int, ours: object, theirs: object, why: str = "") -> None:
        """Keep what came out of one profile."""
        if ours == theirs:
            self.same += 1
        elif why:
            self.explained[why] += 1
        else:
            self.differing.append(f"seed {seed}: {ours} / {theirs}")


def keyed(options: int) -> dict[str, str]:
    """Our options: keys that are numbers, names that are not."""
    return {str(option): f"option {option}" for option in range(options)}


def numbers(keys: Sequence[str]) -> frozenset[int]:
    """The options a result names."""
    return frozenset(int(key) for key in keys)


def ranked(profile: Rankings) -> list[RankedBallots]:
    """The ballots as our ranked counts take them."""
    return [
        RankedBallots(tuple(frozenset(map(str, group)) for group in ranking), count)
        for ranking, count in profile.items()
    ]


def with_ties(profile: Rankings, options: int) -> ProfileWithTies:
    """The ballots as pref_voting takes them; what is left out is last."""
    maps = [
        {option: place for place, group in enumerate(completed(ranking, options)) for option in group}
        for ranking in profile
    ]
    return ProfileWithTies(maps, rcounts=list(profile.values()), candidates=list(range(options)))


def completed(ranking: ballots.Ranking, options: int) -> ballots.Ranking:
    """The ranking with the options it leaves out, last and equal."""
    left = tuple(sorted(set(range(options)) - {option for group in ranking for option in group}))
    return (*ranking, left) if left else ranking


def sizes(seed: int) -> tuple[int, int]:
    """How many voters and options a seed has."""
    draw = random.Random(f"size {seed}")
    return draw.randint(3, 60), draw.randint(2, 7)


def schulze(seed: int) -> Iterator[tuple[str, object, object, str]]:
    """Winning votes, equal ranks, unranked last."""
    voters, options = sizes(seed)
    profile = ballots.rankings(seed, voters, options, equal=True, partial=True)
    ours = count_schulze(keyed(options), ranked(profile))
    theirs = with_ties(profile, options)
    yield (
        "pref_voting",
        numbers(ours.winners),
        frozenset(beat_path(theirs, strength_function=theirs.support)),
        "",
    )
    if shutil.which("belenios-tool"):
        sent = [ranks for ranking, count in profile.items() for ranks in [as_ranks(ranking, options)] * count]
        answer = belenios(["schulze", "--blank-allowed=false", f"--nchoices={options}"], sent)
        order, reason = (
            [sorted(numbers(group)) for group in ours.ranking],
            "equal wins: it takes the one with fewer votes against",
        )
        yield (
            "belenios-tool",
            order,
            answer["winners"],
            reason if fewer_against(answer["raw"]) == answer["winners"] else "",
        )


def fewer_against(duels: list[list[int]]) -> list[list[int]]:
    """The order when a win is stronger than another of as many votes because fewer are against it."""
    everyone = range(len(duels))
    paths = [
        [(duels[a][b], -duels[b][a]) if duels[a][b] > duels[b][a] else (0, 0) for b in everyone]
        for a in everyone
    ]
    for via in everyone:
        for a in everyone:
            for b in everyone:
                if a != b and via not in (a, b):
                    paths[a][b] = max(paths[a][b], min(paths[a][via], paths[via][b]))
    order, left = [], set(everyone)
    while left:
        first = sorted(a for a in left if all(paths[a][b] >= paths[b][a] for b in left - {a}))
        order.append(first)
        left -= set(first)
    return order


def as_ranks(ranking: ballots.Ranking, options: int) -> list[int]:
    """One rank per option, 1 the best, as Belenios takes them."""
    places = {option: place for place, group in enumerate(completed(ranking, options), 1) for option in group}
    return [places[option] for option in range(options)]


def belenios(words: list[str], sent: object) -> dict[str, list[object]]:
    """What belenios-tool answers."""
    done = subprocess.run(
        ["belenios-tool", "method", *words],
        input=json.dumps(sent),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def instant_runoff(seed: int) -> Iterator[tuple[str, object, object, str]]:
    """Every way a tie may fall is followed, as in « parallel universes »; pyrankvote draws its ties."""
    voters, options = sizes(seed)
    profile = ballots.rankings(seed, voters, options)
    ours = count_irv(keyed(options), ranked(profile))
    orders = [tuple(option for group in ranking for option in group) for ranking in profile]
    yield (
        "pref_voting",
        numbers(ours.winners),
        frozenset(instant_runoff_put(Profile(orders, list(profile.values())))),
        "",
    )
    people = [pyrankvote.Candidate(str(option)) for option in range(options)]
    cast = [
        pyrankvote.Ballot([people[option] for option in order])
        for order, count in zip(orders, profile.values(), strict=True)
        for _ballot in range(count)
    ]
    random.seed(seed)
    drawn = {int(winner.name) for winner in pyrankvote.instant_runoff_voting(people, cast).get_winners()}
    ties = (
        "it draws a tie that we follow every way"
        if len(ours.winners) > 1 and drawn <= numbers(ours.winners)
        else ""
    )
    yield "pyrankvote", numbers(ours.winners), frozenset(drawn), ties


def scottish(seed: int) -> Iterator[tuple[str, object, object, str]]:
    """The same Order of 2007; it draws at random where we ask for a seed, and counts with binary floats."""
    voters, options = sizes(seed)
    seats = random.Random(f"seats {seed}").randint(1, max(1, options - 1))
    profile = ballots.rankings(seed, voters, options, partial=True)
    cast = [
        StvBallots(tuple(str(option) for group in ranking for option in group), count)
        for ranking, count in profile.items()
    ]
    ours = count_scottish_stv(keyed(options), cast, seats=seats)
    maps = [{option: place for place, (option,) in enumerate(ranking)} for ranking in profile]
    theirs = ProfileWithTies(maps, rcounts=list(profile.values()), candidates=list(range(options)))
    elected = frozenset(stv_scottish(theirs, num_seats=seats, rng=random.Random(seed)))
    drawn = "it draws a tie that we leave to a public draw" if ours.undecided or ours.ties else ""
    yield "pref_voting", numbers(ours.elected), elected, drawn


def judgment(seed: int) -> Iterator[tuple[str, object, object, str]]:
    """The majority judgment of Balinski and Laraki: the winners, and with Belenios the whole order."""
    voters, options = sizes(seed)
    profile = ballots.grades(seed, voters, options, 5)
    cast = [
        MajorityJudgmentBallots({str(option): grade for option, grade in enumerate(given)}, count)
        for given, count in profile.items()
    ]
    ours = count_majority_judgment(keyed(options), cast, grades=tuple("abcde"))
    graded = GradeProfile(
        [dict(enumerate(given)) for given in profile], list(range(5)), gcounts=list(profile.values())
    )
    first = frozenset(majority_judgement(graded))
    stops = "it stops at the majority gauge, we go on taking grades away" if first == by_gauge(ours) else ""
    yield "pref_voting", numbers(ours.winners), first, stops
    if shutil.which("belenios-tool"):
        sent = [
            [5 - grade for grade in given] for given, count in profile.items() for _ballot in range(count)
        ]
        words = ["majority-judgment", "--blank-allowed=false", f"--nchoices={options}", "--ngrades=5"]
        order = [sorted(numbers(group)) for group in ours.ranking]
        theirs = [sorted(group) for group in belenios(words, sent)["winners"]]
        reason = "even numbers of voters: it takes the better of the two middle grades"
        yield "belenios-tool", order, theirs, reason if better_middle(profile, options) == theirs else ""


def by_gauge(ours: MajorityJudgmentResult) -> frozenset[int]:
    """The winners when nothing follows the majority gauge: the median, then more above it than below, or fewer below."""
    rank = {
        int(key): (gauge.grade, gauge.above if gauge.above > gauge.below else -gauge.below)
        for key, gauge in ours.gauges.items()
    }
    return frozenset(option for option, reached in rank.items() if reached == max(rank.values()))


def better_middle(profile: Counter[tuple[int, ...]], options: int) -> list[list[int]]:
    """The order when the upper of two middle grades is taken away first."""
    values: dict[tuple[int, ...], list[int]] = {}
    for option in range(options):
        left = sorted(given[option] for given in profile.elements())
        value = tuple(left.pop(len(left) // 2) for _grade in range(len(left)))
        values.setdefault(value, []).append(option)
    return [values[value] for value in sorted(values, reverse=True)]


def scores(seed: int) -> Iterator[tuple[str, object, object, str]]:
    """The highest total; everybody scores every option."""
    voters, options = sizes(seed)
    profile = ballots.grades(seed, voters, options, 11)
    cast = [
        ScoreBallots({str(option): score for option, score in enumerate(given)}, count)
        for given, count in profile.items()
    ]
    ours = count_score(keyed(options), cast, lowest=0, highest=10, missing=Missing.LOWEST)
    graded = GradeProfile(
        [dict(enumerate(given)) for given in profile], list(range(11)), gcounts=list(profile.values())
    )
    yield "pref_voting", numbers(ours.winners), frozenset(score_voting(graded)), ""


def approved(seed: int) -> Iterator[tuple[str, object, object, str]]:
    """The most approved, and the boards that the same ballots elect to several seats."""
    voters, options = sizes(seed)
    profile = ballots.approvals(seed, voters, options)
    cast = [ApprovalBallots(frozenset(map(str, said)), count) for said, count in profile.items()]
    ours = count_approval(keyed(options), cast)
    marks = [{option: int(option in said) for option in range(options)} for said in profile]
    graded = GradeProfile(marks, [0, 1], gcounts=list(profile.values()))
    yield "pref_voting", numbers(ours.winners), frozenset(approval(graded)), ""
    seats = random.Random(f"seats {seed}").randint(1, options)
    marked = [ElectionBallots(frozenset(map(str, said)), count) for said, count in profile.items()]
    board = count_election(keyed(options), marked, rules=ElectionRules(seats=seats, marks=options))
    theirs = ApprovalProfile(options)
    for said, count in profile.items():
        theirs.add_voters([said] * count)
    boards = [
        frozenset(found) for found in abcrules.compute("av", theirs, committeesize=seats, resolute=False)
    ]
    certain = frozenset.intersection(*boards)
    unsure = frozenset.union(*boards) - certain
    tied = numbers([key for tie in board.ties for key in tie.candidates])
    unvoted = frozenset(option for option in range(options) if not any(option in said for said in profile))
    reason = "nobody voted for one of them: no vote, no seat" if unvoted & (certain | unsure) else ""
    yield "abcvoting", (numbers(board.winners), tied), (certain, unsure), reason


COMPARED: dict[str, Callable[[int], Iterator[tuple[str, object, object, str]]]] = {
    "Schulze": schulze,
    "instant-runoff": instant_runoff,
    "Scottish STV": scottish,
    "majority judgment": judgment,
    "score": scores,
    "approval, several seats": approved,
}


def compare(profiles: int) -> list[Row]:
    """Every method on as many random profiles."""
    rows: dict[tuple[str, str], Row] = {}
    for name, method in COMPARED.items():
        for seed in range(profiles):
            for peer, ours, theirs, why in method(seed):
                row = rows.setdefault((name, peer), Row(name, peer))
                row.judge(seed, ours, theirs, why)
    return list(rows.values())


def main() -> int:
    """Print the table; 1 when something is not explained."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profiles", type=int, default=300)
    warnings.simplefilter("ignore")
    rows = compare(parser.parse_args().profiles)
    if not shutil.which("belenios-tool"):
        print("belenios-tool is not installed: not asked")
    for row in rows:
        print(
            f"{row.name:24} {row.peer:14} same {row.same:5}  explained {sum(row.explained.values()):4}  different {len(row.differing)}"
        )
        for why, count in row.explained.items():
            print(f"    {count} × {why}")
        for line in row.differing[:5]:
            print(f"    {line}")
    return int(any(row.differing for row in rows))


if __name__ == "__main__":
    sys.exit(main())
