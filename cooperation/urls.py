"""The addresses of cooperation: the person's own pages, and the network's."""

from django.contrib.auth.decorators import login_required
from django.urls import path

from cooperation.api import NOTIFICATIONS_READ, PERSON_RENAME, TOKEN_REVOKE
from cooperation.views import me, network, statutes
from realtime.doors import form_door

app_name = "cooperation"
urlpatterns = [
    path("moi/", me.profile, name="profile"),
    path("moi/nom/", login_required(form_door(PERSON_RENAME, me.profile)), name="person-rename"),
    path("moi/langue/", me.language_set, name="language-set"),
    path("moi/casquette/", me.hat_set, name="hat-set"),
    path("moi/notifications/", me.notification_list, name="notification-list"),
    path("moi/notifications/<int:pk>/", me.notification_open, name="notification-open"),
    path(
        "moi/notifications/lues/",
        login_required(form_door(NOTIFICATIONS_READ, me.notification_list)),
        name="notifications-read",
    ),
    path("moi/jetons/", me.token_add, name="token-add"),
    path(
        "moi/jetons/<int:token>/fermer/",
        login_required(form_door(TOKEN_REVOKE, me.profile)),
        name="token-revoke",
    ),
    path("moi/donnees.json", me.data_export, name="data-export"),
    path("moi/effacer/", me.person_erase, name="person-erase"),
    path("moi/efface/", me.person_erased, name="person-erased"),
    path("reseau/", network.network, name="network"),
    path("reseau/agenda/", network.event_list, name="event-list"),
    path("reseau/membres/", network.member_list, name="member-list"),
    path("reseau/membres.csv", network.member_export, name="member-export"),
    path("reseau/membres/<int:pk>/", network.member_page, name="member-page"),
    path("reseau/instances/", network.body_list, name="body-list"),
    path("reseau/statuts/<slug:slug>/", statutes.statutes_page, name="statutes-page"),
    path("reseau/statuts/<slug:slug>/nouvelle/", statutes.statutes_add, name="statutes-add"),
    path("reseau/statuts/<slug:slug>/chiffres/", statutes.figures_check, name="figures-check"),
    path("reseau/statuts/<slug:slug>/brouillon/", statutes.statutes_draft, name="statutes-draft"),
    path("reseau/statuts/<slug:slug>/brouillon/jeter/", statutes.statutes_discard, name="statutes-discard"),
]
