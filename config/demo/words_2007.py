"""What was said in the three series of workshops of 2007: invented words on the seed's own questions."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Said:
    """A contribution: who (by place in the room), its title, its text, the remarks it drew (kind, text)."""

    by: int
    title: str
    text: str
    comments: tuple[tuple[int, str, str], ...] = ()
    supports: int = 0
    theme: int = 0


@dataclass(frozen=True)
class Room:
    """One workshop of a series: when, on what question, what was said, what was merged into what."""

    series: int
    day: str
    title: str
    question: str
    themes: tuple[str, ...]
    said: tuple[Said, ...]
    merges: tuple[tuple[tuple[int, ...], str, str], ...] = field(default=())


PLAN_TEXT = (
    "L’assemblée générale adopte le plan d’actions 2008-2010, sur ses quatre axes : entreprenariat social ; "
    "communiquer, faire connaître, promouvoir ; université coopérative ; gouvernance et co-construction "
    "participative.\n\nElle charge le conseil d’administration de lui en rendre compte chaque année."
)

SERIES = (
    (1, "Quel centre permanent ?", "Ce que l’on doit pouvoir y faire, et pour qui."),
    (2, "Avec quelles ressources ?", "Les lieux, l’argent, les métiers et les partenaires."),
    (
        3,
        "Sous quelle gouvernance ?",
        "Qui décide, comment les acteurs et les collectivités construisent ensemble.",
    ),
)

ROOMS = (
    Room(
        1,
        "2007-03-22",
        "Ce que l’on doit pouvoir faire ensemble",
        "Que doit-on pouvoir faire dans un centre permanent de l’économie sociale et solidaire ?",
        ("Le lieu", "Les métiers"),
        (
            Said(
                1,
                "Mettre en commun les machines-outils",
                "Trois ateliers du réseau louent chacun la même scie. Un atelier partagé coûterait moins cher et ferait se rencontrer les gens.",
                (
                    (
                        4,
                        "for",
                        "Chez nous la scie tourne deux matinées par semaine : le reste du temps, elle attend.",
                    ),
                    (6, "question", "Qui répond de la sécurité quand l’atelier est ouvert le soir ?"),
                ),
                14,
                0,
            ),
            Said(
                3,
                "Un lieu où l’on peut passer sans être adhérent",
                "Les gens du quartier n’osent pas entrer. Il faut une porte ouverte, un café, quelqu’un qui accueille.",
                ((2, "suggestion", "Tenir l’accueil à tour de rôle entre structures, une semaine chacune."),),
                17,
                0,
            ),
            Said(
                5,
                "Un guichet commun pour créer son activité",
                "Aujourd’hui, une personne qui a une idée voit six organismes. Une seule porte, puis l’orientation et l’appui.",
                (
                    (
                        7,
                        "for",
                        "À la permanence, une personne sur deux repart avec une adresse de plus et pas de réponse.",
                    ),
                    (
                        1,
                        "suggestion",
                        "Y joindre des journées de l’entrepreneuriat social, une fois par an, ouvertes à tous.",
                    ),
                ),
                12,
                1,
            ),
            Said(
                8,
                "Répéter, jouer, se montrer aux voisins",
                "Une salle simple, équipée, que les compagnies se partagent.",
                (),
                6,
                0,
            ),
        ),
        (
            (
                (0, 1),
                "Un lieu mutualisé de production et de coopération",
                "Un espace urbain dédié à l’économie sociale et solidaire : des ateliers et des machines partagés, un accueil ouvert à qui n’est pas adhérent, près des anciens chantiers.",
            ),
        ),
    ),
    Room(
        1,
        "2007-04-19",
        "Se faire connaître",
        "Comment faire connaître ce que font nos structures aux habitants du territoire ?",
        ("Dire", "Montrer"),
        (
            Said(
                2,
                "Un média de l’économie sociale et solidaire",
                "Un journal, un site, des voix : que l’on raconte nous-mêmes ce que nous faisons.",
                ((9, "question", "Qui écrit ? Si c’est l’équipe seule, il s’arrêtera au troisième numéro."),),
                11,
                0,
            ),
            Said(
                6,
                "Des portes ouvertes chez les acteurs du réemploi",
                "Une journée où l’on entre partout : recycleries, ateliers, ressourceries.",
                ((3, "for", "Les gens comprennent quand ils voient les mains travailler."),),
                13,
                1,
            ),
            Said(
                4,
                "Une table équitable sur l’Île de Nantes",
                "Un grand pique-nique où chacun apporte ce qu’il produit.",
                (),
                9,
                1,
            ),
        ),
    ),
    Room(
        2,
        "2007-06-07",
        "Apprendre les uns des autres",
        "Quelle université coopérative pour les territoires et les quartiers ?",
        ("Les journées", "Les échanges"),
        (
            Said(
                7,
                "Des journées d’étude dans les quartiers, pas seulement au centre",
                "On parle des quartiers sans y être. Tenir les journées d’étude là où les questions se posent.",
                (
                    (5, "for", "La salle de la régie est libre le mardi."),
                    (8, "against", "Attention au transport pour celles et ceux qui viennent de loin."),
                ),
                15,
                0,
            ),
            Said(
                1,
                "Échanger avec d’autres réseaux, en France et en Europe",
                "REVES et RTES nous invitent : y aller à plusieurs, et rapporter ce qu’on y apprend.",
                ((2, "suggestion", "Un compte rendu de deux pages à chaque retour, lu en atelier."),),
                8,
                1,
            ),
        ),
        (
            (
                (0, 1),
                "Une université coopérative",
                "Des journées d’étude sur les différents territoires et dans les quartiers, et des échanges de pratiques à l’échelle locale, nationale et internationale.",
            ),
        ),
    ),
    Room(
        2,
        "2007-09-13",
        "Des ressources partagées",
        "Avec quelles ressources faire vivre un centre permanent sans dépendre d’un seul financeur ?",
        ("L’argent", "Les métiers"),
        (
            Said(
                9,
                "Ne pas dépendre d’un seul financeur",
                "En juin 2006, l’événement a coûté 800 000 €, dont 450 000 € de Nantes Métropole. Viser moins de la moitié.",
                ((6, "question", "Que vend-on, et à qui, sans perdre notre raison d’être ?"),),
                16,
                0,
            ),
            Said(
                5,
                "Des animateurs de secteur employés par les structures",
                "Sept secteurs, sept personnes, quelques heures chacune, salariées par des adhérents.",
                ((7, "for", "Notre association peut en porter un, pour l’interface avec les quartiers."),),
                10,
                1,
            ),
        ),
    ),
    Room(
        3,
        "2007-10-11",
        "Qui décide ?",
        "Comment les acteurs historiques et les acteurs émergents décident-ils ensemble ?",
        ("Le conseil", "Les ateliers"),
        (
            Said(
                3,
                "Un conseil très représentatif, de trente-cinq membres",
                "Chaque secteur, chaque taille de structure, les quartiers aussi : trente-cinq sièges pour que personne ne manque.",
                (
                    (
                        1,
                        "for",
                        "À douze, ce sont toujours les mêmes. À trente-cinq, il faut des ateliers pour préparer.",
                    ),
                    (4, "question", "Et qui fait vivre tout cela entre deux conseils ?"),
                ),
                18,
                0,
            ),
            Said(
                8,
                "Un bureau de huit, où l’on n’est pas qu’entre gens du bâtiment",
                "La coopérative du bâtiment et l’union des SCOP, mais aussi l’insertion, la culture, la solidarité internationale, le quartier.",
                ((5, "for", "Huit, c’est assez petit pour se réunir chaque semaine."),),
                12,
                0,
            ),
            Said(
                2,
                "Garder les ateliers de co-construction après 2007",
                "Ne pas fermer la porte une fois le plan adopté : les ateliers restent le lieu où l’on propose.",
                (
                    (
                        7,
                        "suggestion",
                        "Deux séries par an, et l’on dit à chaque fois ce que sont devenues les propositions.",
                    ),
                ),
                14,
                1,
            ),
        ),
    ),
    Room(
        3,
        "2007-11-08",
        "Construire avec les collectivités",
        "Comment les collectivités construisent-elles avec nous, sans décider à notre place ?",
        ("Avec les élus", "La forme"),
        (
            Said(
                6,
                "Étudier une société coopérative d’intérêt collectif",
                "Une SCIC permettrait d’associer salariés, usagers et collectivités dans la même maison.",
                (
                    (9, "question", "Qui paie le loyer les deux premières années ?"),
                    (
                        1,
                        "suggestion",
                        "Commencer par une étude, avec l’union régionale des SCOP, avant de choisir.",
                    ),
                ),
                15,
                1,
            ),
            Said(
                4,
                "Des élus présents dans les ateliers, à égalité de parole",
                "Ni en tribune ni au fond : à la table, deux minutes chacun.",
                ((3, "for", "C’est ce qui a fait marcher le colloque de 2005."),),
                13,
                0,
            ),
        ),
        (
            (
                (0, 1),
                "Une gouvernance de co-construction, vers une SCIC",
                "Tous les acteurs impliqués par des ateliers réguliers, les collectivités à la table, et l’étude d’une société coopérative d’intérêt collectif.",
            ),
        ),
    ),
    Room(
        3,
        "2007-11-29",
        "Réunir ce qui a été dit en un plan",
        "Que proposons-nous à l’assemblée générale pour les trois années qui viennent ?",
        ("Le plan", "Les personnes"),
        (
            Said(
                5,
                "Premier axe : l’entreprenariat social",
                "Orienter et appuyer les projets et leurs créateurs, les mettre en réseau, dans un lieu mutualisé de production et de coopération.",
                (
                    (
                        7,
                        "for",
                        "C’est le guichet commun de mars, et le lieu où l’on passe sans être adhérent.",
                    ),
                    (1, "suggestion", "Écrire que le lieu reste près des anciens chantiers."),
                ),
                17,
                0,
            ),
            Said(
                2,
                "Deuxième axe : communiquer, faire connaître, promouvoir",
                "Des événements, des publications, un média de l’économie sociale et solidaire.",
                ((9, "question", "Qui écrit ? Si c’est l’équipe seule, il s’arrêtera au troisième numéro."),),
                12,
                0,
            ),
            Said(
                7,
                "Troisième axe : une université coopérative",
                "Des journées d’étude dans les territoires et les quartiers, des échanges jusqu’à l’international.",
                ((8, "for", "Les six journées de 2007 ont été pleines."),),
                14,
                0,
            ),
            Said(
                6,
                "Quatrième axe : gouverner en co-construisant",
                "Des ateliers réguliers, tous les acteurs impliqués, et la perspective d’une société coopérative d’intérêt collectif.",
                ((4, "for", "Que les collectivités soient à la table, pas en tribune."),),
                16,
                0,
            ),
            Said(
                3,
                "Un conseil de trente-cinq membres, très représentatif",
                "Trente-cinq sièges : chaque secteur, chaque taille de structure, les quartiers aussi, pour que personne ne manque.",
                ((1, "for", "À douze, ce sont toujours les mêmes. À trente-cinq, les ateliers préparent."),),
                18,
                1,
            ),
            Said(
                8,
                "Un bureau de huit, où tous les métiers se croisent",
                "La coopérative du bâtiment et l’union des SCOP, l’insertion, la culture, la solidarité internationale, le quartier.",
                ((5, "for", "Huit, c’est assez petit pour se réunir chaque semaine."),),
                13,
                1,
            ),
        ),
        (((0, 1, 2, 3), "Adopter le plan d’actions 2008-2010", PLAN_TEXT),),
    ),
)

STUDY_DAYS = (
    ("2007-03-06", "Habiter autrement : le lien social en plus"),
    ("2007-04-03", "Services et activités de proximité dans les quartiers"),
    ("2007-05-15", "La coopération internationale, en appui sur la richesse des migrants"),
    ("2007-06-19", "Insertion, emploi et fonction employeur"),
    ("2007-09-25", "Commande publique et consommation responsable"),
    ("2007-11-20", "Gouverner ensemble : associations, mutuelles, coopératives"),
)

BOARD_MEETINGS = (
    ("2007-02-13", "Lancer les ateliers de co-construction"),
    ("2007-05-29", "Lire la première série d’ateliers"),
    ("2007-09-04", "Préparer la série sur la gouvernance"),
    ("2007-12-11", "Réunir ce que les ateliers ont proposé"),
)

AXES = (
    (
        1,
        "Entreprenariat social",
        "Orientation et appui aux projets et créateurs, mise en réseau, journées de l’entreprenariat social.",
    ),
    (
        2,
        "Communiquer, faire connaître, promouvoir",
        "Événements (implication, co-organisation, organisation), publications, internet, média de l’ESS.",
    ),
    (
        3,
        "Université coopérative",
        "Journées d’études sur les différents territoires et les quartiers, échanges de pratiques et d’expériences, mise en valeur et recherche de réponses aux questions de société.",
    ),
    (
        4,
        "Gouvernance et co-construction participative",
        "Implication de tous les acteurs et ateliers de co-construction, perspective de création d’une SCIC.",
    ),
)
