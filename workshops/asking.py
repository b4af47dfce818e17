"""The forms an indicative poll of a room may take: what each asks, when to use it, and what may be set."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from votes.methods.majority_judgment import FIVE_GRADES
from workshops.rules import ABOUT_ONE

GRADES = ("7", "5")


@dataclass(frozen=True)
class Form:
    """One form: its method, its name, one plain sentence on when to use it."""

    method: str
    title: str
    when: str

    @property
    def is_about_one(self) -> bool:
        """Whether it asks about one proposal, or about several."""
        return self.method in ABOUT_ONE


def forms() -> list[Form]:
    """The forms in the active language: those about several proposals, then those about one."""
    return [*by_option(), *by_order(), *about_one()]


def by_option() -> list[Form]:
    """Those that say something of each option."""
    return [
        Form(
            "approval",
            _("Cocher"),
            _("Pour trier vite une liste : chaque personne coche tout ce qui lui convient."),
        ),
        Form(
            "dots",
            _("Poser des gommettes"),
            _("Pour dégager des priorités : chaque personne répartit quelques gommettes."),
        ),
        Form(
            "score",
            _("Noter"),
            _("Pour comparer finement des options proches : la meilleure moyenne arrive en tête."),
        ),
        Form(
            "majority_judgment",
            _("Donner une mention"),
            _(
                "Pour choisir entre plusieurs options en jugeant chacune pour elle-même, d’« À rejeter » à « Excellent »."
            ),
        ),
    ]


def by_order() -> list[Form]:
    """Those that rank the options."""
    return [
        Form(
            "schulze",
            _("Classer, et comparer deux à deux"),
            _(
                "Pour trouver l’option que la salle préfère à chacune des autres : chaque personne les classe."
            ),
        ),
        Form(
            "irv",
            _("Classer, et écarter tour par tour"),
            _(
                "Pour arriver à une seule option sans revoter : les voix de celle qui sort passent au choix suivant."
            ),
        ),
    ]


def about_one() -> list[Form]:
    """Those about one proposal."""
    return [
        Form(
            "resolution",
            _("Pour, contre ou abstention"),
            _("Pour prendre la température sur une proposition."),
        ),
        Form(
            "gradients",
            _("Dire son degré d’accord"),
            _("Pour voir où en est le groupe avant de décider : huit degrés, du soutien au blocage."),
        ),
        Form(
            "consent",
            _("Chercher le consentement"),
            _("Pour avancer quand personne n’objecte : chaque objection dit sa raison, et on la traite."),
        ),
    ]


def setup_of(data: Mapping[str, Any]) -> dict[str, Any]:
    """What the method is told of what the form says; the others' fields are left aside."""
    if data["method"] == "dots":
        return {"dots": data["dots"], "cap": data["cap"] or data["dots"]}
    if data["method"] == "score":
        return {"highest": data["highest"], "missing": data["missing"]}
    if data["method"] == "majority_judgment" and data["grades"] == "5":
        return {"grades": list(FIVE_GRADES)}
    return {}
