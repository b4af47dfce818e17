"""Names for the demo: the organisations of the seed, and invented ones drawn with a fixed seed."""

from itertools import product
from random import Random

# name, kind, city, structures it stands for, founded in
SEED_ORGANISATIONS = (
    ("Nantes Métropole", "public_body", "Nantes", 1, 2001),
    ("Conseil général", "public_body", "Nantes", 1, 1790),
    ("Conseil régional", "public_body", "Nantes", 1, 1972),
    ("Chambre régionale de l’économie sociale", "network", "Nantes", 400, 1980),
    ("Union régionale des SCOP", "network", "Nantes", 120, 1950),
    ("Maison des Hommes et des Techniques", "association", "Nantes", 1, 1994),
    ("Eco-rev", "association", "Nantes", 1, 2003),
    ("Ecopôle", "network", "Nantes", 60, 1991),
    ("Bâticréateur 44", "association", "Nantes", 1, 2000),
    ("NAPCE", "association", "Nantes", 1, 2001),
    ("CAP 44", "association", "Nantes", 1, 1985),
    ("Le Relais", "enterprise", "Nantes", 1, 1987),
)

SECTORS = (
    "Services aux personnes",
    "Environnement et consommation responsable",
    "Entreprendre autrement, emploi et insertion",
    "Diversité culturelle",
    "Loisirs, tourisme, sport",
    "Solidarité internationale",
    "Interface avec les quartiers",
)

# what it is, its kind, its sector's place
NATURES = (
    ("La Régie", "association", 6),
    ("La Ressourcerie", "association", 1),
    ("Le Jardin", "association", 1),
    ("L’Atelier", "cooperative", 2),
    ("Le Théâtre", "association", 3),
    ("La Coopérative", "cooperative", 2),
    ("La Mutuelle", "mutual", 0),
    ("Le Café", "association", 6),
    ("La Crèche", "association", 0),
    ("La Vélo-école", "association", 4),
    ("L’Épicerie", "cooperative", 1),
    ("La Compagnie", "association", 3),
    ("La Radio", "association", 3),
    ("Le Chantier", "enterprise", 2),
    ("La Maison", "association", 0),
    ("Le Comptoir", "cooperative", 5),
    ("Le Réseau", "network", 5),
    ("Le Club", "association", 4),
)

PLACES = (
    "du Grand-Saule",
    "des Cales",
    "du Ponton",
    "de la Grue",
    "des Deux-Rives",
    "du Canal",
    "de l’Estuaire",
    "des Tanneurs",
    "du Vieux-Quai",
    "de la Cordée",
    "des Hauts-Vents",
    "du Bas-Chantier",
    "de la Marée",
    "des Trois-Ponts",
)

CITIES = ("Nantes", "Rezé", "Saint-Herblain", "Orvault", "Bouguenais", "Vertou", "Couëron", "Carquefou")

GIVEN = (
    "Awa", "Yannick", "Solène", "Paulo", "Maëlle", "Théo", "Rozenn", "Ousmane", "Inès", "Gaël", "Fatou", "Loïc",
    "Samira", "Erwan", "Clémence", "Mehdi", "Nolwenn", "Jean-Luc", "Aïcha", "Ronan", "Lucie", "Kofi", "Anaïs", "Denis",
    "Marguerite", "Hamid", "Élodie", "Tugdual", "Leïla", "Pascal", "Bintou", "Mathilde", "Ivan", "Sylvie", "Tariq", "Gwenola",
)  # fmt: skip

FAMILY = (
    "Diarrassouba", "Le Bihan-Roux", "Pavageau", "Figueiras", "Guivarc’h", "Marchandeau", "Tréhuédic", "Traoré-Belin",
    "Oukaci", "Le Goaziou", "N’Dour", "Quéméneur", "Benhaddou", "Kerlidou", "Fauvelet", "Zerrouki", "Cadoret", "Morvandiau",
    "Sylla-Petit", "Guilloux-Marec", "Brossaudeau", "Mensah-Roy", "Couturaud", "Le Pennuisic", "Rabillardeau", "El Idrissi-Caro",
    "Thomazeau", "Penn-ar-Roz", "Chevallereau", "Mabilaisière",
)  # fmt: skip


def organisation_names(count: int) -> list[tuple[str, str, int]]:
    """Invented organisations: name, kind, place of the sector. The same ones at every load."""
    drawn = [
        (f"{nature} {place}", kind, sector) for (nature, kind, sector), place in product(NATURES, PLACES)
    ]
    Random(2002).shuffle(drawn)  # noqa: S311  (a fixed draw of names, not a secret)
    return drawn[:count]


def person_names(count: int) -> list[tuple[str, str]]:
    """Invented persons: given and family name, all different, the same ones at every load."""
    drawn = list(product(GIVEN, FAMILY))
    Random(2009).shuffle(drawn)  # noqa: S311  (a fixed draw of names, not a secret)
    return drawn[:count]
