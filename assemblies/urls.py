"""The addresses of assemblies: their pages, and a door for each act."""

from django.urls import path

from assemblies import api, contest_views, contests_api, proxies_api, proxy_views, rehearsals_api, views
from realtime.commands import Command
from realtime.doors import Page, form_door


def door(command: Command, page: Page) -> Page:
    """The plain form of an act; when it is refused the page it was sent from shows why."""
    return form_door(command, page)


app_name = "assemblies"
urlpatterns = [
    path("assemblees/", views.assembly_list, name="assembly-list"),
    path("assemblees/nouvelle/", door(api.ASSEMBLY_PREPARE, views.assembly_new), name="assembly-new"),
    path("assemblees/<int:assembly>/", views.assembly_page, name="assembly-page"),
    path("assemblees/<int:assembly>/preparer/", views.assembly_prepare, name="assembly-prepare"),
    path("assemblees/<int:assembly>/convocation/", views.assembly_notice, name="assembly-notice"),
    path("assemblees/<int:assembly>/accueil/", views.assembly_desk, name="assembly-desk"),
    path("assemblees/<int:assembly>/projecteur/", views.assembly_projector, name="assembly-projector"),
    path("assemblees/<int:assembly>/pv/", views.assembly_minutes, name="assembly-minutes"),
    path(
        "assemblees/<int:assembly>/preparer/modifier/",
        door(api.ASSEMBLY_CHANGE, views.assembly_prepare),
        name="assembly-change",
    ),
    path(
        "assemblees/<int:assembly>/preparer/convoquer/",
        door(api.ASSEMBLY_CONVENE, views.assembly_prepare),
        name="assembly-convene",
    ),
    path(
        "assemblees/<int:assembly>/preparer/points/",
        door(api.ITEM_ADD, views.assembly_prepare),
        name="item-add",
    ),
    path(
        "assemblees/<int:assembly>/preparer/points/<int:item>/",
        door(api.ITEM_CHANGE, views.assembly_prepare),
        name="item-change",
    ),
    path(
        "assemblees/<int:assembly>/preparer/points/<int:item>/deplacer/",
        door(api.ITEM_MOVE, views.assembly_prepare),
        name="item-move",
    ),
    path(
        "assemblees/<int:assembly>/preparer/points/<int:item>/retirer/",
        door(api.ITEM_REMOVE, views.assembly_prepare),
        name="item-remove",
    ),
    path(
        "assemblees/<int:assembly>/preparer/scrutins/",
        door(contests_api.CONTEST_ADD, contest_views.contest_new),
        name="contest-new",
    ),
    path(
        "assemblees/<int:assembly>/preparer/scrutins/<int:resolution>/",
        contest_views.contest_page,
        name="contest-page",
    ),
    path(
        "assemblees/<int:assembly>/preparer/scrutins/<int:resolution>/candidatures/",
        door(contests_api.CANDIDATE_ADD, contest_views.contest_page),
        name="candidate-add",
    ),
    path(
        "assemblees/<int:assembly>/preparer/scrutins/<int:resolution>/candidatures/<int:candidate>/retirer/",
        door(contests_api.CANDIDATE_WITHDRAW, contest_views.contest_page),
        name="candidate-withdraw",
    ),
    path(
        "assemblees/<int:assembly>/preparer/transmises/<int:forwarding>/",
        door(api.FORWARDING_TAKE_UP, views.assembly_prepare),
        name="forwarding-take-up",
    ),
    path(
        "assemblees/<int:assembly>/preparer/bureau/",
        door(api.OFFICER_APPOINT, views.assembly_prepare),
        name="officer-appoint",
    ),
    path(
        "assemblees/<int:assembly>/preparer/bureau/<int:officer>/retirer/",
        door(api.OFFICER_DISMISS, views.assembly_prepare),
        name="officer-dismiss",
    ),
    path(
        "assemblees/<int:assembly>/ouvrir/",
        door(api.ASSEMBLY_OPEN, views.assembly_page),
        name="assembly-open",
    ),
    path(
        "assemblees/<int:assembly>/lever/",
        door(api.ASSEMBLY_CLOSE, views.assembly_page),
        name="assembly-close",
    ),
    path(
        "assemblees/<int:assembly>/deuxieme-convocation/",
        door(api.ASSEMBLY_CALL_AGAIN, views.assembly_page),
        name="assembly-call-again",
    ),
    path(
        "assemblees/<int:assembly>/points/<int:item>/aborder/",
        door(api.ITEM_START, views.assembly_page),
        name="item-start",
    ),
    path(
        "assemblees/<int:assembly>/resolutions/<int:resolution>/ouvrir/",
        door(api.VOTE_OPEN, views.assembly_page),
        name="vote-open",
    ),
    path(
        "assemblees/<int:assembly>/resolutions/<int:resolution>/clore/",
        door(api.VOTE_CLOSE, views.assembly_page),
        name="vote-close",
    ),
    path(
        "assemblees/<int:assembly>/resolutions/<int:resolution>/proclamer/",
        door(api.VOTE_DECLARE, views.assembly_page),
        name="vote-declare",
    ),
    path(
        "assemblees/<int:assembly>/essai/ouvrir/",
        door(rehearsals_api.REHEARSAL_OPEN, views.assembly_page),
        name="rehearsal-open",
    ),
    path(
        "assemblees/<int:assembly>/essai/clore/",
        door(rehearsals_api.REHEARSAL_CLOSE, views.assembly_page),
        name="rehearsal-close",
    ),
    path(
        "assemblees/<int:assembly>/essai/effacer/",
        door(rehearsals_api.REHEARSAL_ERASE, views.assembly_page),
        name="rehearsal-erase",
    ),
    path(
        "assemblees/<int:assembly>/accueil/arrivees/",
        door(api.CHECK_IN, views.assembly_desk),
        name="attendance-check-in",
    ),
    path(
        "assemblees/<int:assembly>/accueil/departs/",
        door(api.CHECK_OUT, views.assembly_desk),
        name="attendance-check-out",
    ),
    path("assemblees/<int:assembly>/pouvoirs/", proxy_views.proxy_list, name="proxy-list"),
    path("assemblees/<int:assembly>/accueil/pouvoirs/", proxy_views.proxy_desk, name="assembly-proxies"),
    path(
        "assemblees/<int:assembly>/pouvoirs/donner/",
        door(proxies_api.PROXY_GIVE, proxy_views.proxy_list),
        name="proxy-give",
    ),
    path(
        "assemblees/<int:assembly>/accueil/pouvoirs/saisir/",
        door(proxies_api.PROXY_GIVE, proxy_views.proxy_desk),
        name="proxy-enter",
    ),
    path(
        "assemblees/<int:assembly>/pouvoirs/<int:proxy>/accepter/",
        door(proxies_api.PROXY_ACCEPT, proxy_views.proxy_list),
        name="proxy-accept",
    ),
    path(
        "assemblees/<int:assembly>/pouvoirs/<int:proxy>/decliner/",
        door(proxies_api.PROXY_DECLINE, proxy_views.proxy_list),
        name="proxy-decline",
    ),
    path(
        "assemblees/<int:assembly>/pouvoirs/<int:proxy>/retirer/",
        door(proxies_api.PROXY_REVOKE, proxy_views.proxy_list),
        name="proxy-revoke",
    ),
    path(
        "assemblees/<int:assembly>/accueil/pouvoirs/<int:proxy>/retirer/",
        door(proxies_api.PROXY_REVOKE, proxy_views.proxy_desk),
        name="proxy-strike",
    ),
    path(
        "assemblees/<int:assembly>/preparer/resolutions/<int:resolution>/conseil/",
        door(proxies_api.RESOLUTION_BACK, views.assembly_prepare),
        name="resolution-back",
    ),
    path(
        "assemblees/<int:assembly>/presence/arriver/",
        door(api.CHECK_IN, views.assembly_page),
        name="presence-arrive",
    ),
    path(
        "assemblees/<int:assembly>/presence/partir/",
        door(api.CHECK_OUT, views.assembly_page),
        name="presence-leave",
    ),
]
