"""Who is too few for a secret: the sentences that say so, before a secret vote opens, on its ballot, with its result."""

from collections.abc import Mapping

from django.db.models import Count
from django.utils.translation import ngettext

from votes.models import Elector, Poll
from votes.secrecy import thin_colleges


def warnings_of(poll: Poll) -> list[str]:
    """One sentence per college of fewer than five voters: those of the roll, then those who voted. One query."""
    if poll.secrecy != Poll.Secrecy.SECRET:
        return []
    lines = Elector.objects.standing().filter(poll=poll)
    if poll.state in (Poll.State.CLOSED, Poll.State.DECLARED):
        lines = lines.filter(has_voted_at__isnull=False)
    if not poll.has_colleges:
        return warnings({"": lines.count()})
    voters = lines.order_by("college").values_list("college").annotate(Count("pk"))
    return warnings(dict(voters))


def warnings(voters: Mapping[str, int]) -> list[str]:
    """The sentences for so many voters in each college; "" is everybody together."""
    return [warning(college, voters[college]) for college in thin_colleges(voters)]


def warning(college: str, count: int) -> str:
    """Why so few voters keep no secret."""
    words = {"college": college, "count": count}
    if college:
        return (
            ngettext(
                "Collège %(college)s : %(count)s votant. À moins de cinq, le secret ne tient pas : les chiffres du collège "
                "suffisent à deviner qui a voté quoi.",
                "Collège %(college)s : %(count)s votants. À moins de cinq, le secret ne tient pas : les chiffres du collège "
                "suffisent à deviner qui a voté quoi.",
                count,
            )
            % words
        )
    return (
        ngettext(
            "%(count)s votant. À moins de cinq, le secret ne tient pas : le résultat suffit à deviner qui a voté quoi.",
            "%(count)s votants. À moins de cinq, le secret ne tient pas : le résultat suffit à deviner qui a voté quoi.",
            count,
        )
        % words
    )
