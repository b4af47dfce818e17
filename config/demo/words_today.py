"""Invented words of the recent past and of today, on questions of the kind the network works on."""

from config.demo.words_2007 import Room, Said

PRIORITIES = Room(
    4,
    "",
    "Nos priorités pour trois ans",
    "Que voulons-nous avoir changé dans trois ans, et à quoi le verrons-nous ?",
    ("Ici", "Avec d’autres"),
    (
        Said(
            1,
            "Des ateliers d’outils ouverts le soir et le samedi",
            "Celles et ceux qui travaillent la journée ne peuvent jamais venir.",
            (
                (4, "for", "Le samedi matin, c’est quarante personnes de plus."),
                (2, "question", "Qui tient la clé ?"),
            ),
            15,
            0,
        ),
        Said(
            3,
            "Une permanence numérique dans chaque quartier",
            "Quelqu’un, une table, deux heures par semaine : pour que voter en ligne ne laisse personne dehors.",
            ((5, "suggestion", "La tenir dans les cafés associatifs, pas dans des bureaux."),),
            17,
            0,
        ),
        Said(
            6,
            "Acheter ensemble ce que chacun achète seul",
            "Assurances, énergie, papier : un groupement d’achats des structures du réseau.",
            ((7, "for", "Notre assurance a doublé en trois ans."),),
            12,
            1,
        ),
    ),
    (
        (
            (0, 1, 2),
            "Adopter la feuille de route des trois années à venir",
            "L’assemblée générale adopte la feuille de route : des ateliers d’outils ouverts le soir et le samedi, une permanence numérique dans chaque quartier, un groupement d’achats.\n\nLe conseil en rend compte chaque semestre.",
        ),
    ),
)

HALL = Room(
    5,
    "",
    "Partager la halle aux outils",
    "Comment partager la halle entre celles et ceux qui la font vivre ?",
    ("Les heures", "L’argent"),
    (
        Said(
            1,
            "Ouvrir la halle un soir par semaine aux habitants",
            "Un soir, accompagné, avec les machines simples.",
            (
                (3, "question", "Et l’assurance ?"),
                (0, "suggestion", "Une adhésion à la journée, à prix libre, l’assurance comprise."),
            ),
            11,
            0,
        ),
        Said(
            2,
            "Mettre de côté pour remplacer la grande scie",
            "Elle a trente ans. Une réserve, décidée ensemble, avant qu’elle ne s’arrête.",
            ((4, "for", "Le jour où elle s’arrête, nous nous arrêtons tous."),),
            13,
            1,
        ),
        Said(
            5,
            "Confier les comptes de la halle à un groupe tournant",
            "Trois personnes de trois collèges, renouvelées chaque année.",
            ((1, "for", "On comprend mieux ce que l’on a compté soi-même."),),
            9,
            1,
        ),
    ),
)

OPEN_ROOM = Room(
    6,
    "",
    "La fête du réseau, avec qui et pour qui ?",
    "Que voulons-nous montrer, goûter et apprendre ensemble à la prochaine fête du réseau ?",
    ("Montrer", "Accueillir"),
    (
        Said(
            1,
            "Un marché où chaque structure apporte ce qu’elle fait de ses mains",
            "On goûte, on touche, on repart avec une adresse.",
            (
                (3, "for", "La table équitable de 2009 avait rempli l’île."),
                (4, "question", "Et pour qui fabrique du service, pas des objets ?"),
            ),
            7,
            0,
        ),
        Said(
            2,
            "Des portes ouvertes de ressourceries le matin",
            "Visiter d’abord, fêter ensuite.",
            ((0, "suggestion", "Un parcours à vélo, avec la vélo-école."),),
            9,
            0,
        ),
        Said(
            5,
            "Une garderie tenue par deux crèches parentales",
            "Sans cela, la moitié des gens ne reste pas.",
            (),
            6,
            1,
        ),
        Said(
            7,
            "Tout annoncer aussi en langue des signes",
            "Et des sous-titres sur le projecteur.",
            ((6, "for", "Nous connaissons deux interprètes."),),
            8,
            1,
        ),
    ),
)

ROADMAP_AXES = (
    (1, "Ouvrir", "Des lieux et des heures pour celles et ceux qui ne viennent pas encore."),
    (2, "Relier", "Le numérique, les quartiers, les réseaux."),
    (3, "Mettre en commun", "Acheter, prêter, transmettre ensemble."),
    (4, "Gouverner ensemble", "Des ateliers, des assemblées, et ce que deviennent les propositions."),
)

# axis, title, days from today when due, progress, words of the last note
ROADMAP_ACTIONS = (
    (
        1,
        "Ouvrir l’atelier d’outils un samedi sur deux",
        -24,
        60,
        "Deux structures sur trois ont signé ; il manque l’assurance.",
    ),
    (
        2,
        "Lancer la permanence numérique dans trois quartiers",
        12,
        40,
        "Deux cafés ont dit oui, le troisième répond la semaine prochaine.",
    ),
    (2, "Traduire la plateforme avec les associations de migrants", 75, 10, "Première réunion tenue."),
    (3, "Comparer les contrats d’assurance de vingt structures", -3, 80, "Dix-sept contrats reçus."),
    (3, "Écrire le cahier des charges du groupement d’achats", 40, 20, "Un modèle circule."),
    (
        4,
        "Dire chaque semestre ce que sont devenues les propositions",
        -40,
        100,
        "Le premier compte rendu est en ligne.",
    ),
)
