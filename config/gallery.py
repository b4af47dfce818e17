"""Every piece of the look on one page, with sample data: to work on it, to picture it, to run axe on it. Never in production."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone

STEPS = [
    {"kind": "contribution", "label": "Accueillir", "state": "done"},
    {"kind": "contribution", "label": "Récolter", "state": "done"},
    {"kind": "proposition", "label": "Discuter", "state": "now"},
    {"kind": "vote", "label": "S’orienter", "state": "todo"},
    {"kind": "decision", "label": "Restituer", "state": "todo"},
]
CHAIN = [
    {"kind": "contribution", "label": "Contribution", "state": "done"},
    {"kind": "proposition", "label": "Proposition", "state": "done"},
    {"kind": "vote", "label": "Vote", "state": "now"},
    {"kind": "decision", "label": "Décision", "state": "todo"},
    {"kind": "action", "label": "Action", "state": "todo"},
]


def college(letter: str, name: str, placed: str, told: str, counts: str) -> dict[str, Any]:
    """One college of the sample vote: places and sizes in percent, then what people read."""
    x, weight, share, rest, start, part = placed.split()
    exact, weight_text, part_text = told.split("|")
    votes_for, against, abstentions, blanks = counts.split()
    return {
        "letter": letter, "name": name, "x": x, "weight": weight, "share": share, "rest": rest, "start": start, "part": part,
        "share_text": str(round(float(share))), "exact": exact, "weight_text": weight_text, "part_text": part_text,
        "for": votes_for, "against": against, "abstentions": abstentions, "blanks": blanks,
    }  # fmt: skip


COLLEGES = [
    college(
        "A", "Associations et coopératives", "0 40 84.89 15.11 0 33.96", "84,89|4/10|33,96", "118 21 9 3"
    ),
    college("B", "Structures émergentes", "40 20 77.36 22.64 33.96 15.47", "77,36|2/10|15,47", "41 12 4 0"),
    college("C", "Collectivités", "60 20 100 0 49.43 20", "100,00|2/10|20,00", "7 0 2 0"),
    college("D", "Salariés et animateurs", "80 10 82.35 17.65 69.43 8.24", "82,35|1/10|8,24", "14 3 1 0"),
    college("E", "Habitants et usagers", "90 10 53.66 46.34 77.66 5.37", "53,66|1/10|5,37", "22 19 3 1"),
]


def gauge(letter: str, name: str, present: int, total: int, needed: int) -> dict[str, Any]:
    """One college of the sample quorum."""
    missing = max(0, needed - present)
    share, mark = f"{100 * present / total:.1f}", f"{100 * needed / total:.1f}"
    return {
        "letter": letter, "name": name, "present": present, "total": total, "needed": needed, "missing": missing,
        "is_met": missing == 0, "share": share, "mark": mark,
    }  # fmt: skip


QUORUM = [
    gauge("A", "Associations, coopératives", 148, 236, 59),
    gauge("B", "Structures émergentes", 55, 98, 25),
    gauge("C", "Collectivités", 9, 12, 3),
    gauge("D", "Salariés, animateurs", 18, 25, 7),
    gauge("E", "Habitants et usagers", 24, 102, 26),
]
CURVE = {
    "points": [
        {"x": "4", "y": "15", "text": "85 %", "on": "2006", "source": "bilan de l’événement"},
        {"x": "24", "y": "19", "text": "81 %", "on": "2007", "source": "comptes"},
        {"x": "44", "y": "26", "text": "74 %", "on": "2008", "source": "comptes"},
        {"x": "54", "y": "31", "text": "69 %", "on": "Mars 2009", "source": "provisoire"},
    ],
    "ticks": [{"x": str(4 + 20 * n), "label": str(2006 + n)} for n in range(5)],
}


def samples() -> dict[str, Any]:
    """The data of the gallery, all invented."""
    return {
        "steps": STEPS,
        "chain": CHAIN,
        "colleges": COLLEGES,
        "quorum": QUORUM,
        "curve": CURVE,
        "open_votes": [
            {
                "title": "Résolution 4 : le plan d’actions",
                "closes_at": timezone.now() + timedelta(minutes=9),
                "url": "#",
            }
        ],
        "boards": BOARDS,
        "nav": "todo",
    }


def gallery(request: HttpRequest) -> HttpResponse:
    """The components, their states, their words."""
    return render(request, "gallery.html", samples())


def board(request: HttpRequest, name: str) -> HttpResponse:
    """One sample screen: the ballot, the room, the result, the assembly, the projector."""
    return render(request, f"gallery/{name}.html", samples())


BOARDS = (
    "bulletin",
    "recu",
    "salle",
    "participant",
    "resultat",
    "assemblee",
    "projecteur",
    "projecteur-resultat",
    "projecteur-quorum",
)
urlpatterns = [
    path("", gallery, name="gallery"),
    *(path(f"{name}/", board, {"name": name}, name=f"gallery-{name}") for name in BOARDS),
]
