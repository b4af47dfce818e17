"""The form of the next statutes: its settings in sections, each with what it holds, its choices and what is wrong."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from cooperation.models import College, LegalEntity, Statutes, StatutesDraft
from cooperation.statutes_api import StatutesIn
from realtime.doors import Failure


@dataclass(frozen=True)
class Setting:
    """One field: `kind` is choice, share, number, days, flag, date or text; `needs` colleges or a cooperative, or nothing."""

    name: str
    kind: str
    label: Any
    help: Any = ""
    needs: str = ""


@dataclass(frozen=True)
class Entry:
    """A setting as the form shows it."""

    setting: Setting
    value: Any
    choices: Mapping[str, Any]
    errors: list[str]


@dataclass(frozen=True)
class PointsEntry:
    """The points of one college."""

    college: College
    value: Any
    errors: list[str]


@dataclass(frozen=True)
class Section:
    """A part of the form; `points` in the part that weighs the colleges."""

    title: Any
    entries: list[Entry]
    points: list[PointsEntry] = field(default_factory=list)
    points_errors: list[str] = field(default_factory=list)


SECTIONS: tuple[tuple[Any, tuple[Setting, ...]], ...] = (
    (
        _("Quand, et par qui"),
        (
            Setting("in_force_from", "date", _("En vigueur à partir du")),
            Setting(
                "decided_by",
                "text",
                _("Décidés par"),
                _("Par exemple : assemblée générale extraordinaire du 15 mars 2008."),
            ),
        ),
    ),
    (
        _("Les voix"),
        (
            Setting("pooling", "choice", _("Comment les voix s’ajoutent")),
            Setting("base", "choice", _("Ce que l’on compte")),
            Setting("denominator", "choice", _("À quoi se compare le total")),
        ),
    ),
    (
        _("Les collèges"),
        (
            Setting("weight_basis", "choice", _("Les poids suivent"), needs="colleges"),
            Setting("empty_college", "choice", _("Un collège sans membre"), needs="colleges"),
            Setting("silent_college", "choice", _("Un collège où personne n’a voté"), needs="colleges"),
            Setting("tie", "choice", _("Un collège partagé à égalité"), needs="colleges"),
        ),
    ),
    (
        _("Les majorités"),
        (
            Setting("ordinary", "share", _("Décision ordinaire"), _("Une part exacte : 1/2, 2/3, 3/4.")),
            Setting(
                "ordinary_is_strict",
                "flag",
                _("Décision ordinaire : il faut dépasser cette part, pas seulement l’atteindre"),
            ),
            Setting("extraordinary", "share", _("Décision extraordinaire"), _("Une part exacte : 2/3, 3/4.")),
            Setting(
                "extraordinary_is_strict",
                "flag",
                _("Décision extraordinaire : il faut dépasser cette part, pas seulement l’atteindre"),
            ),
        ),
    ),
    (
        _("Le quorum"),
        (
            Setting(
                "quorum_first",
                "share",
                _("Première convocation"),
                _("Une part des membres : 1/5 ; 0 quand il n’y en a pas."),
            ),
            Setting("quorum_second", "share", _("Deuxième convocation")),
            Setting("quorum_is_weighted", "flag", _("Il se compte en poids des collèges"), needs="colleges"),
            Setting("quorum_per_college", "flag", _("Chaque collège doit l’atteindre"), needs="colleges"),
        ),
    ),
    (
        _("La convocation et le vote à distance"),
        (
            Setting("notice_days_first", "days", _("Jours avant la première réunion")),
            Setting("notice_days_second", "days", _("Jours avant la deuxième")),
            Setting("allows_remote_voting", "flag", _("Les statuts permettent de voter à distance")),
            Setting(
                "remote_vote_is_withdrawable",
                "flag",
                _("Qui a voté à distance ou donné un pouvoir peut le retirer en venant"),
            ),
        ),
    ),
    (
        _("Les pouvoirs"),
        (
            Setting(
                "proxies_per_holder",
                "number",
                _("Pouvoirs qu’une même personne peut porter"),
                _("Laissez vide si les statuts ne le limitent pas ; 0 s’ils n’en admettent aucun."),
            ),
            Setting("proxy_holders", "choice", _("À qui on donne pouvoir")),
            Setting("blank_proxies", "choice", _("Un pouvoir sans nom")),
            Setting(
                "proxies_same_college", "flag", _("Un pouvoir reste dans le même collège"), needs="colleges"
            ),
        ),
    ),
    (
        _("Les élections et le conseil"),
        (
            Setting("secret_elections", "flag", _("Les élections de personnes se font à bulletin secret")),
            Setting(
                "board_least",
                "number",
                _("Le plus petit conseil"),
                _("Laissez vide ce que les statuts n’écrivent pas."),
            ),
            Setting("board_most", "number", _("Le plus grand conseil")),
            Setting("board_years", "number", _("Durée d’un mandat, en années")),
            Setting(
                "board_casting_vote", "flag", _("Au conseil, à égalité, la voix de la présidence l’emporte")
            ),
        ),
    ),
    (
        _("La coopérative"),
        (
            Setting(
                "reserve_share",
                "share",
                _("Part de l’excédent mise en réserve"),
                _("Au moins 23/40, soit 57,5 % ; 1 pour la totalité."),
                needs="cooperative",
            ),
            Setting(
                "revision_years",
                "number",
                _("Années entre deux révisions coopératives"),
                _("Laissez vide pour les cinq ans de la loi."),
                needs="cooperative",
            ),
        ),
    ),
)
DEFAULTS: dict[str, Any] = {
    "pooling": "none",
    "base": "expressed",
    "ordinary": "1/2",
    "ordinary_is_strict": True,
    "extraordinary": "2/3",
    "extraordinary_is_strict": False,
    "quorum_first": "0",
    "quorum_second": "0",
    "notice_days_first": 15,
    "notice_days_second": 15,
    "reserve_share": "23/40",
}


def sections_of(
    entity: LegalEntity, written: Statutes | StatutesDraft | None, failure: Failure | None
) -> list[Section]:
    """The form, starting from what is written; after a refusal, from what was typed, with what is wrong beside it."""
    typed = {} if failure is None else failure.typed
    errors = {} if failure is None else failure.errors
    colleges = list(entity.colleges.all())
    offered = {"": True, "colleges": bool(colleges), "cooperative": entity.legal_form.startswith("scic")}
    values = held(written)
    choices = {
        name: field.choices for name, field in StatutesIn().fields.items() if hasattr(field, "choices")
    }

    def entry(setting: Setting) -> Entry:
        value = values.get(setting.name)
        if failure is not None:
            value = setting.name in typed if setting.kind == "flag" else typed.get(setting.name, value)
        return Entry(setting, value, choices.get(setting.name, {}), errors.get(setting.name, []))

    found = [
        Section(title, [entry(setting) for setting in settings if offered[setting.needs]])
        for title, settings in SECTIONS
    ]
    weighing = next(
        place for place, (_title, settings) in enumerate(SECTIONS) if settings[0].name == "weight_basis"
    )
    points = list(points_of(colleges, points_held(written), typed, errors))
    found[weighing] = Section(
        found[weighing].title, found[weighing].entries, points, errors.get("points", [])
    )
    return [section for section in found if section.entries]


def held(written: Statutes | StatutesDraft | None) -> dict[str, Any]:
    """The fields of the form, from rules already written; those of a first version otherwise."""
    if written is None:
        return dict(DEFAULTS)
    plain = written.as_rules().to_json()
    for name in ("ordinary", "extraordinary"):
        majority: Any = plain.pop(name)
        plain |= {name: majority["threshold"], f"{name}_is_strict": majority["strict"]}
    if isinstance(written, StatutesDraft):
        day = written.in_force_from
        plain |= {"in_force_from": day.isoformat() if day else "", "decided_by": written.decided_by}
    return plain


def points_held(written: Statutes | StatutesDraft | None) -> dict[int, int]:
    """The points of each college, by its pk."""
    if isinstance(written, StatutesDraft):
        return {int(pk): points for pk, points in written.points.items()}
    return {row.college_id: row.points for row in written.weights.all()} if written else {}


def points_of(
    colleges: list[College],
    points: Mapping[int, int],
    typed: Mapping[str, Any],
    errors: Mapping[str, list[str]],
) -> Iterator[PointsEntry]:
    """The points of each college, as typed or as written."""
    for college in colleges:
        name = f"points.{college.pk}"
        yield PointsEntry(college, typed.get(name, points.get(college.pk, 0)), errors.get(name, []))


def wrong_elsewhere(sections: list[Section], failure: Failure | None) -> list[str]:
    """What is wrong and stands next to no field of this form."""
    if failure is None:
        return []
    shown = {entry.setting.name for section in sections for entry in section.entries} | {"points"}
    left = [
        sentence
        for name, sentences in failure.errors.items()
        if name not in shown and not name.startswith("points.")
        for sentence in sentences
    ]
    return left if failure.errors else [failure.message]
