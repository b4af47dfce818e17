"""Consent: what became of each objection, and whether one is left standing."""

import json

import pytest

from votes.counting.consent import ConsentBallots, Stance, Treatment, count_consent, group_consent
from votes.counting.derivation import say
from votes.counting.requests import Malformed, answer

PROPOSAL = {"1": "Ouvrir le samedi"}
YES = ConsentBallots(Stance.CONSENT, 5)


def objection(treatment, count=1, reason="Trop tôt"):
    return ConsentBallots(Stance.OBJECTION, count, reason, treatment)


def counted(*ballots, **more):
    return count_consent(PROPOSAL, ballots, **more)


@pytest.mark.parametrize(
    ("treatment", "consented"),
    [
        (Treatment.RAISED, False),
        (Treatment.INTEGRATED, True),
        (Treatment.WITHDRAWN, True),
        (Treatment.MAINTAINED, False),
    ],
)
def test_a_proposal_is_consented_when_no_objection_is_left_standing(treatment, consented):
    assert counted(YES, objection(treatment)).consented is consented


def test_reservations_and_standing_aside_prevent_nothing():
    reserved = ConsentBallots(Stance.RESERVATION, 9, "À revoir dans un an")
    result = counted(YES, reserved, ConsentBallots(Stance.ABSTAIN, 20))
    assert (result.consented, result.cast) == (True, 14)
    assert result.reservations == (("À revoir dans un an", 9),)


@pytest.mark.parametrize("ballots", [[], [ConsentBallots(Stance.ABSTAIN, 3)], [ConsentBallots(None, 3)]])
def test_silence_is_no_consent(ballots):
    result = counted(*ballots)
    assert not result.consented
    assert "Personne n’a consenti ni objecté" in say(result.derivation[-1])


def test_blank_and_spoilt_ballots_are_apart():
    result = counted(YES, ConsentBallots(None, 2), spoilt=1)
    assert (result.cast, result.blank, result.spoilt) == (5, 2, 1)


def test_the_same_objection_is_told_once_with_its_voices():
    result = counted(objection(Treatment.INTEGRATED, 2), objection(Treatment.INTEGRATED, 3))
    assert result.objections == (("Trop tôt", Treatment.INTEGRATED, 5),)


def test_the_sentences_say_how_many_objections_and_what_became_of_each():
    ballots = [objection(treatment, reason=f"Raison {treatment}") for treatment in Treatment]
    assert [say(sentence) for sentence in counted(YES, *ballots).derivation][1:] == [
        (
            "Consentements : 5. Réserves : 0. Objections : 4. Personnes en retrait : 0. Bulletins blancs : 0. "
            "Bulletins nuls : 0."
        ),
        "Objection « Raison integrated » (voix : 1) : intégrée à la proposition.",
        "Objection « Raison maintained » (voix : 1) : maintenue.",
        "Objection « Raison raised » (voix : 1) : encore à traiter.",
        "Objection « Raison withdrawn » (voix : 1) : retirée.",
        "Objections : 4, dont intégrées 1, retirées 1, maintenues 1, encore à traiter 1.",
        "Objections qui demeurent : 2. La proposition n’est pas consentie.",
    ]


def test_a_reservation_is_told_with_its_reason():
    said = [
        say(sentence)
        for sentence in counted(YES, ConsentBallots(Stance.RESERVATION, 2, "Le bruit")).derivation
    ]
    assert said[2:] == [
        "Réserve « Le bruit » (voix : 2).",
        "Aucune objection ne demeure : la proposition est consentie.",
    ]


@pytest.mark.parametrize(
    ("stance", "more"),
    [
        (Stance.OBJECTION, {}),
        (Stance.OBJECTION, {"reason": " "}),
        (Stance.CONSENT, {"treatment": Treatment.INTEGRATED}),
        (Stance.CONSENT, {"count": -1}),
        (None, {"reason": "Trop tôt"}),
    ],
)
def test_a_contradictory_ballot_is_refused(stance, more):
    with pytest.raises(ValueError, match=r"reason|objection|negative"):
        ConsentBallots(stance, **more)


@pytest.mark.parametrize(("options", "spoilt"), [({}, 0), ({"1": "A", "2": "B"}, 0), (PROPOSAL, -1)])
def test_exactly_one_proposal_is_decided(options, spoilt):
    with pytest.raises(ValueError, match=r"one proposal|negative"):
        count_consent(options, [YES], spoilt=spoilt)


def test_single_ballots_are_grouped_by_what_they_say():
    said = (Stance.OBJECTION, "Trop tôt", Treatment.RAISED)
    assert group_consent([said, (None, "", Treatment.RAISED), said]) == (
        objection(Treatment.RAISED, 2),
        ConsentBallots(None),
    )


REQUEST = {
    "method": "consent",
    "options": ["A"],
    "ballots": [
        {"stance": "consent", "count": 4},
        {"stance": "objection", "reason": "too soon", "treatment": "integrated"},
        {"stance": "reservation", "reason": "noise"},
        {"stance": None},
    ],
}


def test_a_file_of_consent_is_answered():
    found = answer(json.dumps(REQUEST))
    assert (found["consented"], found["standing"], found["cast"], found["blank"]) == (True, 0, 6, 1)
    assert found["objections"] == [{"reason": "too soon", "treatment": "integrated", "count": 1}]


@pytest.mark.parametrize(
    "ballot",
    [
        {"stance": "veto"},
        {"stance": "objection", "reason": "x"},
        {"stance": "objection", "treatment": "raised"},
        {"stance": "objection", "reason": "x", "treatment": "ignored"},
        {"stance": "consent", "treatment": "withdrawn"},
        {"stance": None, "reason": "x"},
        {"count": 2},
    ],
)
def test_a_malformed_file_of_consent_is_refused_in_one_line(ballot):
    with pytest.raises(Malformed, match=r"^.+$"):
        answer(json.dumps({**REQUEST, "ballots": [ballot]}))
