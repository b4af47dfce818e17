"""What a poll says of itself in words: its rule in one sentence, shares and instants as people read them."""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from cooperation.rules import Breach, Majority
from cooperation.sentences import hundredths, say
from realtime.refused import Refused


def needed(majority: Majority) -> str:
    """The majority asked, the way one says it: « plus de la moitié », « au moins les deux tiers »."""
    said = {
        (Fraction(1, 2), True): _("plus de la moitié"),
        (Fraction(1, 2), False): _("au moins la moitié"),
        (Fraction(2, 3), True): _("plus des deux tiers"),
        (Fraction(2, 3), False): _("au moins les deux tiers"),
        (Fraction(3, 4), True): _("plus des trois quarts"),
        (Fraction(3, 4), False): _("au moins les trois quarts"),
    }
    known = said.get((majority.threshold, majority.is_strict))
    if known is not None:
        return known
    share = {"share": share_text(majority.threshold)}
    return _("plus de %(share)s") % share if majority.is_strict else _("au moins %(share)s") % share


def figure(share: Fraction) -> str:
    """A share of 1 as a percentage for a drawing: dot, two decimals, no sign."""
    whole, rest = divmod(hundredths(share), 100)
    return f"{whole}.{rest:02d}"


def number_text(share: Fraction, decimals: int = 2) -> str:
    """A share as people read it, without its sign: « 84,89 », or « 85 » with no decimals."""
    cents = hundredths(share)
    if decimals == 0:
        return str((cents + 50) // 100)
    whole, rest = divmod(cents, 100)
    return f"{whole}{formats.get_format('DECIMAL_SEPARATOR')}{rest:02d}"


def share_text(share: Fraction) -> str:
    """A share as people read it: « 83,03 % »; a whole number of percents is written whole."""
    decimals = 0 if hundredths(share) % 100 == 0 and (share * 100).denominator == 1 else 2
    return _("%(number)s %%") % {"number": number_text(share, decimals)}


def hour(at: datetime) -> str:
    """An hour as people write it: « 16 h 12 »; with the day when it is not today's."""
    local = timezone.localtime(at)
    time = formats.date_format(local, _("G \\h i"))
    if local.date() == timezone.localdate():
        return time
    day = formats.date_format(local, _("j F"))
    return _("%(time)s le %(day)s") % {"time": time, "day": day}


def refused_by_law(breaches: Sequence[Breach]) -> Refused:
    """The refusal of rules the law does not allow: the first breach names the validator, with its article."""
    first = breaches[0]
    return Refused(first.code, reason=say(first.sentence, _), article=_(first.article))


def second(at: datetime) -> str:
    """An instant to the second, as a receipt says it: « 16:04:07 »."""
    return f"{timezone.localtime(at):%H:%M:%S}"


def moment(at: datetime) -> str:
    """An instant to the second, with its day when it is not today's."""
    local = timezone.localtime(at)
    if local.date() == timezone.localdate():
        return second(at)
    day = formats.date_format(local, _("j F"))
    return _("%(time)s le %(day)s") % {"time": second(at), "day": day}
