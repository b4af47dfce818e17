"""The addresses of the workshops: the list, the room and its acts, proposals, joining."""

from django.urls import path

from realtime.doors import form_door
from workshops.api import facilitation as guide
from workshops.api import proposals as speak
from workshops.api import rooms as room
from workshops.views import joining, preparing
from workshops.views import proposals as pages
from workshops.views import rooms as views

app_name = "workshops"

PREPARING = [
    path("ateliers/", preparing.workshop_list, name="workshop-list"),
    path(
        "ateliers/preparer/",
        form_door(room.WORKSHOP_PREPARE, preparing.workshop_prepare),
        name="workshop-prepare",
    ),
    path("ateliers/series/", form_door(room.SERIES_ADD, preparing.workshop_prepare), name="series-add"),
    path(
        "ateliers/<int:workshop>/preparer/",
        form_door(room.WORKSHOP_CHANGE, preparing.workshop_plan),
        name="workshop-plan",
    ),
    path(
        "ateliers/<int:workshop>/animation/",
        form_door(room.FACILITATOR_NAME, preparing.workshop_plan),
        name="facilitator-name",
    ),
    path(
        "ateliers/<int:workshop>/etapes/", form_door(room.STEP_ADD, preparing.workshop_plan), name="step-add"
    ),
    path(
        "ateliers/etapes/<int:step>/", form_door(room.STEP_CHANGE, preparing.step_place), name="step-change"
    ),
    path(
        "ateliers/etapes/<int:step>/retirer/",
        form_door(room.STEP_REMOVE, preparing.step_place),
        name="step-remove",
    ),
    path(
        "ateliers/etapes/<int:step>/commencer/",
        form_door(room.STEP_START, preparing.step_place),
        name="step-start",
    ),
]

ROOM = [
    path("ateliers/<int:workshop>/", views.workshop_room, name="workshop-room"),
    path("ateliers/<int:workshop>/projecteur/", views.workshop_projector, name="workshop-projector"),
    *(
        path(f"ateliers/<int:workshop>/{word}/", form_door(command, views.workshop_room), name=name)
        for word, command, name in (
            ("ouvrir", room.WORKSHOP_OPEN, "workshop-open"),
            ("clore", room.WORKSHOP_CLOSE, "workshop-close"),
            ("rejoindre", room.WORKSHOP_JOIN, "workshop-join"),
            ("etape-suivante", room.STEP_NEXT, "step-next"),
            ("etape-precedente", room.STEP_PREVIOUS, "step-previous"),
            ("fin-etape", room.STEP_FINISH, "step-finish"),
            ("prolonger", room.STEP_EXTEND, "step-extend"),
            ("proposer", speak.PROPOSAL_SUBMIT, "proposal-submit"),
            ("themes", guide.THEME_ADD, "theme-add"),
            ("projeter", guide.PROJECTOR_FOCUS, "projector-focus"),
        )
    ),
    path(
        "ateliers/<int:workshop>/regrouper/",
        form_door(guide.PROPOSALS_MERGE, views.proposals_merge),
        name="proposals-merge",
    ),
    path(
        "ateliers/<int:workshop>/sondage/",
        form_door(guide.CONSULTATION_OPEN, views.consultation_open),
        name="consultation-open",
    ),
    path(
        "ateliers/<int:workshop>/saisir/",
        form_door(guide.CONTRIBUTION_ENTER, views.contribution_enter),
        name="contribution-enter",
    ),
    path("ateliers/<int:workshop>/masquer/", views.proposals_hide, name="proposals-hide"),
    path(
        "ateliers/sondages/<int:poll>/clore/",
        form_door(guide.CONSULTATION_CLOSE, views.poll_place),
        name="consultation-close",
    ),
]

PROPOSALS = [
    path("ateliers/proposition/<int:proposal>/", pages.proposal_page, name="proposal-page"),
    *(
        path(
            f"ateliers/proposition/<int:proposal>/{word}/", form_door(command, pages.proposal_page), name=name
        )
        for word, command, name in (
            ("reecrire", speak.PROPOSAL_REVISE, "proposal-revise"),
            ("retirer", speak.PROPOSAL_WITHDRAW, "proposal-withdraw"),
            ("commenter", speak.COMMENT_ADD, "comment-add"),
            ("theme", guide.PROPOSAL_THEME, "proposal-theme"),
            ("montrer", guide.PROPOSAL_SHOW, "proposal-show"),
            ("transmettre", guide.PROPOSAL_FORWARD, "proposal-forward"),
            ("ecarter", guide.PROPOSAL_SET_ASIDE, "proposal-set-aside"),
            ("garder", guide.PROPOSAL_KEEP, "proposal-keep"),
            ("rouvrir", guide.PROPOSAL_REOPEN, "proposal-reopen"),
        )
    ),
    path(
        "ateliers/proposition/<int:proposal>/masquer/",
        form_door(guide.PROPOSAL_HIDE, views.proposal_hide),
        name="proposal-hide",
    ),
    *(
        path(f"ateliers/avis/<int:comment>/{word}/", form_door(command, pages.comment_place), name=name)
        for word, command, name in (
            ("retirer", speak.COMMENT_WITHDRAW, "comment-withdraw"),
            ("masquer", guide.COMMENT_HIDE, "comment-hide"),
            ("montrer", guide.COMMENT_SHOW, "comment-show"),
        )
    ),
    path(
        "ateliers/versions/<int:version>/soutenir/",
        form_door(speak.SUPPORT_TOGGLE, pages.version_place),
        name="support-toggle",
    ),
]

JOINING = [
    path("rejoindre/", joining.code_form, name="code-form"),
    path("rejoindre/<str:code>/", joining.code_page, name="code-page"),
]

urlpatterns = [*PREPARING, *ROOM, *PROPOSALS, *JOINING]
