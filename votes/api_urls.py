"""The REST addresses of the votes."""

from django.urls import path

from realtime.rest import rest_door
from votes import proofs_api, reading
from votes.amendments_api import ROLL_ADD, ROLL_COUNTERSIGN, ROLL_DISMISS, ROLL_STRIKE
from votes.api import BALLOT_CAST
from votes.objections_api import OBJECTION_TREAT
from votes.tellers_api import BALLOT_ENTER, ENTRY_CONFIRM, ENTRY_SET_ASIDE

app_name = "votes-api"
urlpatterns = [
    path("polls/", reading.PollList.as_view(), name="poll-list"),
    path("polls/<int:poll>/", reading.PollDetail.as_view(), name="poll-page"),
    path("polls/<int:poll>/ballot/", reading.OwnBallots.as_view(), name="ballot-own"),
    path("polls/<int:poll>/cast/", rest_door(BALLOT_CAST), name="ballot-cast"),
    path("polls/<int:poll>/entries/", rest_door(BALLOT_ENTER), name="ballot-enter"),
    path("polls/<int:poll>/entries/confirm/", rest_door(ENTRY_CONFIRM), name="entry-confirm"),
    path("polls/<int:poll>/roll/add/", rest_door(ROLL_ADD), name="roll-add"),
    path("polls/<int:poll>/roll/strike/", rest_door(ROLL_STRIKE), name="roll-strike"),
    path("amendments/<int:amendment>/countersign/", rest_door(ROLL_COUNTERSIGN), name="roll-countersign"),
    path("amendments/<int:amendment>/dismiss/", rest_door(ROLL_DISMISS), name="roll-dismiss"),
    path("entries/<int:entry>/set-aside/", rest_door(ENTRY_SET_ASIDE), name="entry-set-aside"),
    path("polls/<int:poll>/lists/", reading.SecretLists.as_view(), name="secret-lists"),
    path("polls/<int:poll>/objections/", rest_door(OBJECTION_TREAT), name="objection-treat"),
    path("polls/<int:poll>/result/", reading.PollResult.as_view(), name="poll-result"),
    path("polls/<int:poll>/heads/", proofs_api.PollHeads.as_view(), name="poll-heads"),
    path("polls/<int:poll>/export/", proofs_api.PollExport.as_view(), name="poll-export"),
]
