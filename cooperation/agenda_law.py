"""The law of the agenda: a second call keeps it (V10), and nothing else is voted (V11)."""

from __future__ import annotations

from collections.abc import Sequence

from cooperation.college_law import Breach, Profile


def _(message: str) -> str:
    """Mark a message for extraction without translating it here."""
    return message


ARTICLE_AGENDA = {
    Profile.SCIC_SA: _("Code de commerce, art. L225-105"),
    Profile.SCIC_SARL: _("Code de commerce, art. R223-20"),
}
ARTICLE_OWN = _("statuts de l’entité")


def agenda_breaches(profile: Profile, left: Sequence[str], second: Sequence[str]) -> list[Breach]:
    """V10: the agenda of a second call is, word for word and in order, what the first left undecided.

    Source: L225-105 al. 4; held in every form (docs/law.md).
    """
    article = ARTICLE_AGENDA.get(profile, ARTICLE_OWN)
    changed = [item for item in second if item not in left] + [item for item in left if item not in second]
    if changed:
        message = _("La deuxième convocation garde l’ordre du jour de la première : « %(item)s » en diffère.")
        return [Breach("V10", article, message, {"item": changed[0]})]
    if list(left) != list(second):
        message = _("La deuxième convocation garde l’ordre du jour de la première, dans le même ordre.")
        return [Breach("V10", article, message)]
    return []


def off_agenda_breaches(profile: Profile, *, is_on_agenda: bool, is_dismissal: bool = False) -> list[Breach]:
    """V11: only what the agenda holds is voted, except dismissing and replacing directors.

    Source: L225-105 al. 3; held in every form (docs/law.md).
    """
    if is_on_agenda or is_dismissal:
        return []
    message = _("L’assemblée ne vote que sur son ordre du jour, sauf pour révoquer et remplacer le conseil.")
    return [Breach("V11", ARTICLE_AGENDA.get(profile, ARTICLE_OWN), message)]
