"""What must stay true of every count by Scottish STV, and an independent count, paper by paper."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from votes.counting.derivation import as_json, from_json, say
from votes.counting.draw import draw_order
from votes.counting.scottish_stv import StvBallots, count_scottish_stv
from votes.counting.scottish_stv_result import UNIT, Settled

KEYS = "abcdefg"
SEED = "seize octets tirés en public"


@st.composite
def elections(draw):
    """Names by key, grouped ballots, seats."""
    size = draw(st.integers(1, len(KEYS)))
    names = {key: f"Nom {key}" for key in KEYS[:size]}
    ranking = st.permutations(list(names)).flatmap(
        lambda order: st.integers(0, size).map(lambda end: tuple(order[:end]))
    )
    groups = draw(st.lists(st.builds(StvBallots, ranking, st.integers(0, 9)), max_size=14))
    return names, groups, draw(st.integers(1, 5))


def count(names, groups, seats, seed=SEED):
    return count_scottish_stv(names, groups, seats=seats, seed=seed)


def paper_by_paper(names, groups, seats):
    """The same rules on single papers with fractions: who is elected, as a set of keys."""
    papers = [[list(g.ranking), Fraction(1)] for g in groups if g.ranking for _ in range(g.count)]
    quota, running, elected, past = len(papers) // (seats + 1) + 1, set(names), {}, []

    held = {key: [paper for paper in papers if paper[0][0] == key] for key in names}
    while True:
        totals = {key: sum((paper[1] for paper in held[key]), Fraction(0)) for key in names}
        totals |= {key: Fraction(quota) for key, state in elected.items() if state == "done"}
        past.append(totals)
        reached = {key for key in running if totals[key] >= quota}
        running -= reached
        elected |= {key: "owes" if totals[key] > quota else "done" for key in reached}
        if len(running) <= seats - len(elected):
            return set(elected) | running
        if len(elected) == seats:
            return set(elected)
        owing = {key for key, state in elected.items() if state == "owes"}
        chosen = pick(names, owing or running, past, 1 if owing else -1)
        moving, held[chosen] = held[chosen], []
        if owing:
            elected[chosen] = "done"
            factor = (totals[chosen] - quota) / totals[chosen]
            for paper in moving:
                paper[1] = Fraction(int(paper[1] * factor * 100_000), 100_000)
        else:
            running.discard(chosen)
            if len(running) <= seats - len(elected):
                return set(elected) | running
        hand_on(moving, held, running)


def hand_on(moving, held, running):
    """Each paper to its next candidate still in the running, if any."""
    for paper in moving:
        for to in [key for key in paper[0] if key in running][:1]:
            held[to].append(paper)


def pick(names, keys, past, sign):
    """The most (1) or the fewest (-1) votes now, then at each stage going back, then the draw."""
    left = set(keys)
    for totals in reversed(past):
        best = max(sign * totals[key] for key in left)
        left = {key for key in left if sign * totals[key] == best}
    by_name = {names[key]: key for key in left}
    return next(iter(left)) if len(left) == 1 else by_name[draw_order(SEED, len(past) + 1, by_name)[0]]


@given(elections())
def test_a_count_paper_by_paper_elects_the_same(election):
    assert set(count(*election).elected) == paper_by_paper(*election)


@given(elections())
def test_no_vote_appears_or_vanishes_at_any_stage(election):
    result = count(*election)
    for stage in result.rounds:
        assert sum(stage.totals.values()) + stage.exhausted + stage.lost == result.cast * UNIT
        assert min(*stage.totals.values(), stage.exhausted, stage.lost) >= 0


@given(elections())
def test_every_seat_is_filled_while_there_are_candidates(election):
    names, _groups, seats = election
    elected = count(*election).elected
    assert len(elected) == len(set(elected)) == min(seats, len(names))


@given(elections(), st.randoms())
def test_the_order_of_ballots_and_candidates_changes_nothing(election, random):
    names, groups, seats = election
    shuffled = [StvBallots(one.ranking, 1) for one in groups for _ in range(one.count)]
    random.shuffle(shuffled)
    turned = count(dict(reversed(names.items())), shuffled, seats)
    before = count(names, groups, seats)
    assert (turned.ranking, turned.rounds, turned.ties) == (before.ranking, before.rounds, before.ties)


@given(elections(), st.permutations(KEYS), st.sampled_from([SEED, None]))
def test_keys_weigh_nothing(election, others, seed):
    names, groups, seats = election
    new = dict(zip(KEYS, others, strict=True))
    renamed = [StvBallots(tuple(new[key] for key in one.ranking), one.count) for one in groups]
    before = count(names, groups, seats, seed)
    after = count({new[key]: name for key, name in names.items()}, renamed, seats, seed)
    assert [{new[key] for key in group} for group in before.ranking] == [
        set(group) for group in after.ranking
    ]


@given(elections(), st.permutations(KEYS))
def test_names_weigh_nothing_without_a_draw(election, others):
    names, groups, seats = election
    renamed = {key: f"Nom {others[KEYS.index(key)]}" for key in names}
    before, after = count(names, groups, seats, None), count(renamed, groups, seats, None)
    assert set(before.elected) == set(after.elected)
    assert set(before.undecided) == set(after.undecided)


@given(elections(), st.integers(0, 50))
def test_what_is_decided_without_a_seed_no_seed_changes(election, number):
    free, drawn = count(*election, None), count(*election, f"graine {number}")
    assert set(free.elected) <= set(drawn.elected) <= set(free.elected) | set(free.undecided)
    assert free.is_complete == (set(free.elected) == set(drawn.elected))


@given(elections())
def test_ties_are_drawn_only_when_no_stage_tells_them_apart(election):
    result = count(*election)
    for tie in (tie for tie in result.ties if tie.settled is Settled.DRAW):
        for stage in result.rounds[: tie.stage - 1]:
            assert len({stage.totals[key] for key in tie.drawn}) == 1


@given(elections(), st.sampled_from([SEED, None]))
def test_every_derivation_is_said_and_read_back(election, seed):
    result = count(*election, seed)
    assert from_json(as_json(result.derivation)) == result.derivation
    assert all(say(sentence) and "%(" not in say(sentence) for sentence in result.derivation)
