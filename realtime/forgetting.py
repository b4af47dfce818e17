"""Taking back what was told and answered about a thing that leaves no trace."""

from collections.abc import Sequence

from django.db.models import Q

from realtime.models import Act, LoggedEvent, Topic


def forget(name: str, pk: int, topics: Sequence[str] = ()) -> None:
    """Delete the facts and the answers of acts in which `name` is this pk, and these topics with all they told.

    Other topics keep their numbers; who was following lacks one and begins again, as after a long absence.
    """
    LoggedEvent.objects.filter(Q(**{f"data__{name}": pk}) | Q(topic__name__in=topics)).delete()
    Act.objects.filter(**{f"answer__{name}": pk}).delete()
    Topic.objects.filter(name__in=topics).delete()
