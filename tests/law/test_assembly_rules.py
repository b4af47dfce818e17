"""Rules of the meeting that stand alone: whether the board backs a text, and how early a notice leaves."""

from datetime import date

import pytest

from assemblies.proxy_rules import check_still_tabled
from assemblies.rules import last_day_to_convene, notice_asked
from config.refusals import SENTENCES
from cooperation.rules import Profile
from realtime.refused import Refused
from tests.law.written import statutes


def test_whether_the_board_backs_a_text_is_said_before_its_vote() -> None:
    check_still_tabled(resolution="tabled")
    for state, code in (("voting", "vote_is_open"), ("adopted", "resolution_decided")):
        with pytest.raises(Refused) as refused:
            check_still_tabled(resolution=state)
        assert refused.value.code == code
        assert code in SENTENCES


@pytest.mark.parametrize(
    ("profile", "written", "call", "days"),
    [
        (Profile.SCIC_SA, 5, 1, 15),
        (Profile.SCIC_SA, 21, 1, 21),
        (Profile.SCIC_SA, 5, 2, 10),
        (Profile.ASSOCIATION_1901, 7, 1, 7),
    ],
)
def test_the_notice_asked_is_the_longer_of_the_law_and_the_statutes(
    profile: Profile, written: int, call: int, days: int
) -> None:
    rules = statutes(profile=profile, notice_days_first=written, notice_days_second=written)
    assert notice_asked(rules, call) == days
    held = date(2026, 3, 31)
    assert (held - last_day_to_convene(rules, call=call, held_on=held)).days == days
