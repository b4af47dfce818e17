"""Who we are: persons, organisations, legal entities, memberships, colleges, mandates, statutes."""

from cooperation.models.bodies import GoverningBody, Mandate
from cooperation.models.drafts import StatutesDraft
from cooperation.models.entities import Category, College, LegalEntity, LegalForm, NetworkEvent, Sector
from cooperation.models.members import Membership, Organisation, Representation
from cooperation.models.network import Reader, belongs_to_network, people_of_network
from cooperation.models.persons import ApiToken, Notification, Person
from cooperation.models.statutes import CollegeWeight, Statutes

__all__ = [
    "ApiToken",
    "Category",
    "College",
    "CollegeWeight",
    "GoverningBody",
    "LegalEntity",
    "LegalForm",
    "Mandate",
    "Membership",
    "NetworkEvent",
    "Notification",
    "Organisation",
    "Person",
    "Reader",
    "Representation",
    "Sector",
    "Statutes",
    "StatutesDraft",
    "belongs_to_network",
    "people_of_network",
]
