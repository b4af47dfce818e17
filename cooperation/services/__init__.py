"""The verbs of cooperation: the only files of this floor that write."""

from cooperation.services.erasing import forget_person
from cooperation.services.members import admit_member, end_membership, name_representative
from cooperation.services.notices import notify, notify_all, read_notifications, write_notices
from cooperation.services.offices import appoint, end_mandate
from cooperation.services.persons import (
    guest_named,
    issue_token,
    note_use,
    rename,
    revoke_token,
    set_language,
)
from cooperation.services.statutes import IllegalStatutes, adopt_statutes, discard_draft, draft_statutes

__all__ = [
    "IllegalStatutes",
    "admit_member",
    "adopt_statutes",
    "appoint",
    "discard_draft",
    "draft_statutes",
    "end_mandate",
    "end_membership",
    "forget_person",
    "guest_named",
    "issue_token",
    "name_representative",
    "note_use",
    "notify",
    "notify_all",
    "read_notifications",
    "rename",
    "revoke_token",
    "set_language",
    "write_notices",
]
