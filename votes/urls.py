"""The addresses of the votes."""

from django.urls import path

from realtime.doors import form_door
from votes.amendments_api import ROLL_ADD, ROLL_COUNTERSIGN, ROLL_DISMISS, ROLL_STRIKE
from votes.objections_api import OBJECTION_TREAT
from votes.tellers_api import BALLOT_ENTER, ENTRY_CONFIRM, ENTRY_SET_ASIDE
from votes.views import ballots, proofs, results, secret, tellers

app_name = "votes"
urlpatterns = [
    path("votes/", results.poll_list, name="poll-list"),
    path("votes/<int:poll>/", ballots.poll_page, name="poll-page"),
    path("votes/<int:poll>/relire/", ballots.ballot_review, name="ballot-review"),
    path("votes/<int:poll>/voter/", secret.ballot_door, name="ballot-cast"),
    path("votes/<int:poll>/recu/<int:ballot>/", ballots.ballot_receipt, name="ballot-receipt"),
    path("votes/<int:poll>/recu-secret/<int:elector>/", secret.secret_receipt, name="secret-receipt"),
    path("votes/<int:poll>/listes/", secret.secret_lists, name="secret-lists"),
    path("votes/<int:poll>/resultat/", results.poll_result, name="poll-result"),
    path(
        "votes/<int:poll>/objections/",
        form_door(OBJECTION_TREAT, results.objection_door_page),
        name="objection-treat",
    ),
    path("votes/<int:poll>/liste/", results.poll_roll, name="poll-roll"),
    path("votes/<int:poll>/chaine/", proofs.poll_heads, name="poll-heads"),
    path("votes/<int:poll>/export.json", proofs.poll_export, name="poll-export"),
    path("votes/recount.py", proofs.recount, name="recount"),
    path("votes/<int:poll>/liste/ajouter/", form_door(ROLL_ADD, results.poll_roll), name="roll-add"),
    path(
        "votes/<int:poll>/liste/<int:elector>/rayer/",
        form_door(ROLL_STRIKE, results.poll_roll),
        name="roll-strike",
    ),
    path(
        "votes/<int:poll>/liste/<int:amendment>/contresigner/",
        form_door(ROLL_COUNTERSIGN, results.poll_roll),
        name="roll-countersign",
    ),
    path(
        "votes/<int:poll>/liste/<int:amendment>/abandonner/",
        form_door(ROLL_DISMISS, results.poll_roll),
        name="roll-dismiss",
    ),
    path("votes/<int:poll>/saisie/", tellers.poll_tellers, name="poll-tellers"),
    path(
        "votes/<int:poll>/saisie/noter/", form_door(BALLOT_ENTER, tellers.poll_tellers), name="ballot-enter"
    ),
    path(
        "votes/<int:poll>/saisie/confirmer/",
        form_door(ENTRY_CONFIRM, tellers.poll_tellers),
        name="entry-confirm",
    ),
    path(
        "votes/<int:poll>/saisie/<int:entry>/ecarter/",
        form_door(ENTRY_SET_ASIDE, tellers.poll_tellers),
        name="entry-set-aside",
    ),
]
