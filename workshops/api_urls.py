"""The REST addresses of the workshops: reading, and the same acts as the pages."""

from django.urls import path

from realtime.rest import rest_door
from workshops.api import facilitation as guide
from workshops.api import proposals as speak
from workshops.api import reading
from workshops.api import rooms as room

READING = [
    path("workshops/", reading.Workshops.as_view()),
    path("workshops/<int:pk>/", reading.WorkshopDetail.as_view()),
    path("proposals/", reading.Proposals.as_view()),
    path("proposals/<int:pk>/", reading.ProposalDetail.as_view()),
    path("comments/", reading.Comments.as_view()),
]

ACTS = [
    ("workshops/prepare/", room.WORKSHOP_PREPARE),
    ("workshops/join/", room.CODE_ENTER),
    ("series/add/", room.SERIES_ADD),
    ("workshops/<int:workshop>/change/", room.WORKSHOP_CHANGE),
    ("workshops/<int:workshop>/open/", room.WORKSHOP_OPEN),
    ("workshops/<int:workshop>/close/", room.WORKSHOP_CLOSE),
    ("workshops/<int:workshop>/join/", room.WORKSHOP_JOIN),
    ("workshops/<int:workshop>/facilitators/", room.FACILITATOR_NAME),
    ("workshops/<int:workshop>/steps/add/", room.STEP_ADD),
    ("workshops/<int:workshop>/steps/next/", room.STEP_NEXT),
    ("workshops/<int:workshop>/steps/previous/", room.STEP_PREVIOUS),
    ("workshops/<int:workshop>/steps/finish/", room.STEP_FINISH),
    ("workshops/<int:workshop>/steps/extend/", room.STEP_EXTEND),
    ("steps/<int:step>/change/", room.STEP_CHANGE),
    ("steps/<int:step>/remove/", room.STEP_REMOVE),
    ("steps/<int:step>/start/", room.STEP_START),
    ("workshops/<int:workshop>/proposals/submit/", speak.PROPOSAL_SUBMIT),
    ("workshops/<int:workshop>/proposals/enter/", guide.CONTRIBUTION_ENTER),
    ("workshops/<int:workshop>/proposals/merge/", guide.PROPOSALS_MERGE),
    ("workshops/<int:workshop>/themes/add/", guide.THEME_ADD),
    ("workshops/<int:workshop>/polls/open/", guide.CONSULTATION_OPEN),
    ("workshops/<int:workshop>/projector/", guide.PROJECTOR_FOCUS),
    ("workshops/polls/<int:poll>/close/", guide.CONSULTATION_CLOSE),
    ("proposals/<int:proposal>/revise/", speak.PROPOSAL_REVISE),
    ("proposals/<int:proposal>/withdraw/", speak.PROPOSAL_WITHDRAW),
    ("proposals/<int:proposal>/comments/add/", speak.COMMENT_ADD),
    ("proposals/<int:proposal>/theme/", guide.PROPOSAL_THEME),
    ("proposals/<int:proposal>/hide/", guide.PROPOSAL_HIDE),
    ("proposals/<int:proposal>/show/", guide.PROPOSAL_SHOW),
    ("proposals/<int:proposal>/forward/", guide.PROPOSAL_FORWARD),
    ("proposals/<int:proposal>/set-aside/", guide.PROPOSAL_SET_ASIDE),
    ("proposals/<int:proposal>/keep/", guide.PROPOSAL_KEEP),
    ("proposals/<int:proposal>/reopen/", guide.PROPOSAL_REOPEN),
    ("versions/<int:version>/support/", speak.VERSION_SUPPORT),
    ("versions/<int:version>/support/withdraw/", speak.SUPPORT_WITHDRAW),
    ("versions/<int:version>/support/toggle/", speak.SUPPORT_TOGGLE),
    ("comments/<int:comment>/withdraw/", speak.COMMENT_WITHDRAW),
    ("comments/<int:comment>/hide/", guide.COMMENT_HIDE),
    ("comments/<int:comment>/show/", guide.COMMENT_SHOW),
]

urlpatterns = [*READING, *(path(address, rest_door(command)) for address, command in ACTS)]
