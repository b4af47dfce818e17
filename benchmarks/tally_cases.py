"""What `benchmarks/tally.py` times: each function prepares its ballots and returns the count to be timed."""

import random
from collections import Counter
from collections.abc import Callable
from fractions import Fraction
from functools import cache

from benchmarks import ballots
from cooperation.rules import EmptyCollege, Majority, Pooling, Weight
from votes.counting.approval import count_approval, group_approvals
from votes.counting.ballots import group_ballots
from votes.counting.majority_judgment import MajorityJudgmentBallots, count_majority_judgment
from votes.counting.rankings import RankedBallots
from votes.counting.resolution import count_resolution
from votes.counting.resolution_rules import ResolutionRules
from votes.counting.schulze import count_schulze
from votes.counting.scottish_stv import StvBallots, count_scottish_stv

Prepared = Callable[[], object]
MILLION, OPTIONS = 1_000_000, 10
KEYS = {str(option): f"option {option}" for option in range(OPTIONS)}
CANDIDATES, SEATS, VOTERS = 80, 35, 1000
COLLEGES, HEADS = "ABCDE", 100_000


@cache
def many(kind: str) -> Counter[tuple[int, ...]]:
    """A million ballots in groups: drawn as 20,000, each worth fifty."""
    draw = {"approvals": ballots.approvals, "grades": lambda *size: ballots.grades(*size, 7)}[kind]
    return Counter({said: 50 * count for said, count in draw(1, MILLION // 50, OPTIONS).items()})


@cache
def ranked() -> Counter[ballots.Ranking]:
    """A million rankings of ten options, some equal, some left out."""
    drawn = ballots.rankings(1, MILLION // 50, OPTIONS, equal=True, partial=True)
    return Counter({ranking: 50 * count for ranking, count in drawn.items()})


@cache
def papers() -> Counter[ballots.Ranking]:
    """A thousand papers that rank some of eighty candidates."""
    return ballots.rankings(2, VOTERS, CANDIDATES, partial=True)


def single_ballots() -> list[tuple[int, ...]]:
    """A million approvals, one by one."""
    drawn = list(many("approvals").elements())
    random.Random(4).shuffle(drawn)
    return drawn


def ours_approval() -> Prepared:
    """Our approval, from single ballots."""
    cast = [tuple(map(str, said)) for said in single_ballots()]
    return lambda: count_approval(KEYS, group_approvals(cast)).as_json()


def abcvoting_approval() -> Prepared:
    """The same as a committee of one."""
    from abcvoting import abcrules  # noqa: PLC0415
    from abcvoting.preferences import Profile  # noqa: PLC0415

    cast = single_ballots()

    def count() -> object:
        profile = Profile(OPTIONS)
        profile.add_voters(cast)
        return abcrules.compute("av", profile, committeesize=1, resolute=False)

    return count


def graded(maps: list[dict[int, int]], levels: int, kind: str) -> object:
    """A profile of grades of pref_voting."""
    from pref_voting.grade_profiles import GradeProfile  # noqa: PLC0415

    return GradeProfile(maps, list(range(levels)), gcounts=list(many(kind).values()))


def ours_judgment() -> Prepared:
    """Our majority judgment, seven grades."""
    groups = [
        MajorityJudgmentBallots({str(option): grade for option, grade in enumerate(given)}, count)
        for given, count in many("grades").items()
    ]
    return lambda: count_majority_judgment(KEYS, groups).as_json()


def pref_voting_judgment() -> Prepared:
    """The same, to its winners."""
    from pref_voting.grade_methods import majority_judgement  # noqa: PLC0415

    profile = graded([dict(enumerate(given)) for given in many("grades")], 7, "grades")
    return lambda: majority_judgement(profile)


def ours_schulze() -> Prepared:
    """Our Schulze."""
    groups = [
        RankedBallots(tuple(frozenset(map(str, group)) for group in ranking), count)
        for ranking, count in ranked().items()
    ]
    return lambda: count_schulze(KEYS, groups).as_json()


def pref_voting_schulze() -> Prepared:
    """The same from the same grouped rankings, by winning votes."""
    from pref_voting.margin_based_methods import beat_path  # noqa: PLC0415
    from pref_voting.profiles_with_ties import ProfileWithTies  # noqa: PLC0415

    maps = [
        {option: place for place, group in enumerate(ranking) for option in group} for ranking in ranked()
    ]
    counts = list(ranked().values())

    def count() -> object:
        # The duels are part of the count; this library makes them with the profile.
        profile = ProfileWithTies(maps, rcounts=counts, candidates=list(range(OPTIONS)))
        profile.use_extended_strict_preference()
        return beat_path(profile, strength_function=profile.support)

    return count


def ours_stv() -> Prepared:
    """Our Scottish STV, with a seed for its draws."""
    names = {str(option): f"candidate {option}" for option in range(CANDIDATES)}
    groups = [
        StvBallots(tuple(str(option) for group in ranking for option in group), count)
        for ranking, count in papers().items()
    ]
    return lambda: count_scottish_stv(names, groups, seats=SEATS, seed="a public seed").as_json()


def pref_voting_stv() -> Prepared:
    """The same Order."""
    from pref_voting.profiles_with_ties import ProfileWithTies  # noqa: PLC0415
    from pref_voting.proportional_methods import stv_scottish  # noqa: PLC0415

    maps = [{option: place for place, (option,) in enumerate(ranking)} for ranking in papers()]
    profile = ProfileWithTies(maps, rcounts=list(papers().values()), candidates=list(range(CANDIDATES)))
    return lambda: stv_scottish(profile, num_seats=SEATS, rng=random.Random(1))


def cast_by_college() -> list[tuple[str, str]]:
    """A hundred thousand single ballots: college, choice."""
    draw = random.Random(3)
    choices = ("for", "against", "abstain", "blank")
    return [(draw.choice(COLLEGES), draw.choices(choices, (50, 40, 7, 3))[0]) for _ballot in range(HEADS)]


def ours_resolution() -> Prepared:
    """A resolution by five colleges, from single ballots to the sentences."""
    weights = tuple(Weight(college, Fraction(1, 5)) for college in COLLEGES)
    rules = ResolutionRules(
        pooling=Pooling.PROPORTIONAL,
        majority=Majority(Fraction(1, 2), is_strict=True),
        empty_college=EmptyCollege.LOST,
        weights=weights,
    )
    cast, members = cast_by_college(), dict.fromkeys(COLLEGES, HEADS)
    return lambda: count_resolution(rules, group_ballots(members, cast)).as_json()


def bare_resolution() -> Prepared:
    """No library weighs colleges: the least Python that adds up the same shares, without a rule or a sentence."""
    cast = cast_by_college()

    def count() -> object:
        found = Counter(cast)
        return sum(
            Fraction(found[college, "for"], found[college, "for"] + found[college, "against"]) / len(COLLEGES)
            for college in COLLEGES
        )

    return count
