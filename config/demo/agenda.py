"""The dates of the seed: what happened from 2001 to 2007, and the highlights announced for April to June 2009."""

from datetime import date

from config.demo.words_2007 import BOARD_MEETINGS, STUDY_DAYS
from cooperation.models import NetworkEvent, Organisation

Kind = NetworkEvent.Kind

# kind, first day, last day, precision, title, text, place, partners
STORY: tuple[tuple[str, str, str, str, str, str, str, tuple[str, ...]], ...] = (
    (Kind.MILESTONE, "2001-01-01", "", "year", "Programme municipal", "Une étude-diagnostic, un élu à l’économie sociale et solidaire, un technicien (politique de la ville).", "", ("Nantes Métropole",)),
    (Kind.EVENT, "2002-11-01", "2002-11-30", "month", "Une semaine de l’économie sociale et solidaire", "L’acte fondateur : 1 000 acteurs participants de 300 structures ; rencontres multi-secteurs : insertion, environnement, culture, international, services aux personnes. Les jeunes impliqués dans l’organisation.", "Maison des Hommes et des Techniques, créée par les anciens de la Navale", ("Chambre régionale de l’économie sociale", "Union régionale des SCOP")),
    (Kind.MILESTONE, "2003-07-01", "", "month", "Création d’un inter-réseau", "Collectif informel de 23 structures et têtes de réseaux.", "", ()),
    (Kind.STUDY_DAY, "2003-09-01", "2004-06-30", "month", "Dix journées d’études et de mobilisation", "700 participants : la co-construction d’une culture commune.", "", ()),
    (Kind.MILESTONE, "2004-07-01", "", "month", "Création de l’association Les Écossolies", "Objet : porter un événement grand public pour faire connaître l’économie sociale et solidaire. À Nantes Métropole, la mission est transférée à la direction du développement économique.", "", ("Nantes Métropole",)),
    (Kind.EVENT, "2005-06-01", "2005-06-30", "month", "Colloque Politique publique et économie sociale et solidaire", "900 participants, 65 élus de Nantes Métropole, du Département et de la Région.", "", ("Nantes Métropole", "Conseil général", "Conseil régional")),
    (Kind.EVENT, "2006-06-01", "2006-06-30", "month", "Événement grand public sur l’Île de Nantes", "570 structures impliquées, 30 000 participants. Tous les habitants reçoivent les journaux des trois collectivités. Budget : 800 000 €, dont 450 000 € de Nantes Métropole ; 85 % de financement public.", "Île de Nantes, près des anciens chantiers navals", ("Nantes Métropole", "Conseil général", "Conseil régional")),
    (Kind.WORKSHOPS, "2007-03-01", "2007-11-30", "month", "Co-construction d’un centre permanent de l’économie sociale et solidaire", "Trois séries d’ateliers, six journées d’études, quatre conseils d’administration ; plusieurs centaines de personnes associées.", "", ()),
    (Kind.MEETING, "2008-03-01", "2008-03-31", "month", "Assemblée générale des acteurs", "Validation du plan d’actions 2008-2010 ; élection d’un conseil d’administration de 35 membres très représentatifs et d’un bureau de 8.", "", ()),
    (Kind.EVENT, "2008-01-01", "", "year", "Premières journées de l’entrepreneuriat social", "En partenariat avec la chambre régionale.", "", ("Chambre régionale de l’économie sociale",)),
    (Kind.EVENT, "2009-04-04", "", "day", "Portes ouvertes des acteurs du réemploi", "Avec Eco-rev, Ecopôle et d’autres.", "", ("Eco-rev", "Ecopôle")),
    (Kind.STUDY_DAY, "2009-04-30", "", "day", "Journée Femmes-Bâtiment", "Avec Bâticréateur 44.", "Maison des Hommes et des Techniques", ("Bâticréateur 44",)),
    (Kind.EVENT, "2009-05-09", "", "day", "Table équitable", "Pique-nique festif, avec NAPCE et CAP 44.", "Île de Nantes", ("NAPCE", "CAP 44")),
    (Kind.STUDY_DAY, "2009-06-10", "2009-06-11", "day", "Emploi, insertion, entrepreneuriat : les réponses des acteurs de l’ESS face à la crise", "Journées d’étude avec l’union régionale des SCOP, Le Relais, les structures d’accompagnement.", "La Bernardière", ("Union régionale des SCOP", "Le Relais")),
)  # fmt: skip


def write_agenda() -> None:
    """Write the past of the network, in its own dates; the days and titles of the meetings of 2007 are the demo's."""
    partners = {organisation.name: organisation for organisation in Organisation.objects.all()}
    for kind, first, last, precision, title, text, place, names in STORY:
        event = NetworkEvent.objects.create(
            kind=kind,
            title=title,
            text=text,
            place=place,
            starts_on=date.fromisoformat(first),
            ends_on=date.fromisoformat(last) if last else None,
            precision=precision,
        )
        event.partners.set([partners[name] for name in names])
    meetings = (
        (Kind.STUDY_DAY, "Journée d’étude", "Une des six journées d’études de 2007", STUDY_DAYS),
        (Kind.MEETING, "Conseil d’administration", "Un des quatre conseils de 2007", BOARD_MEETINGS),
    )
    for kind, name, which, days in meetings:
        for day, title in days:
            NetworkEvent.objects.create(
                kind=kind,
                title=f"{name} : {title}",
                text=f"{which} ; titre et mois choisis pour la démonstration.",
                starts_on=date.fromisoformat(day),
                precision="month",
            )
