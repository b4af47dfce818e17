"""The acts people can do over the socket, by the form or by the REST API: name → serializer and service."""

import assemblies.api
import assemblies.contests_api
import assemblies.proxies_api
import assemblies.rehearsals_api
import cooperation.api
import cooperation.statutes_api
import decisions.acts
import votes.amendments_api
import votes.api
import votes.objections_api
import votes.tellers_api
import workshops.api
from realtime.commands import Command

COMMANDS: dict[str, Command] = {
    command.name: command
    for command in (
        *cooperation.api.COMMANDS,
        *cooperation.statutes_api.COMMANDS,
        *decisions.acts.COMMANDS,
        votes.api.BALLOT_CAST,
        votes.objections_api.OBJECTION_TREAT,
        *votes.tellers_api.COMMANDS,
        *votes.amendments_api.COMMANDS,
        *workshops.api.COMMANDS,
        *assemblies.api.COMMANDS,
        *assemblies.rehearsals_api.COMMANDS,
        *assemblies.contests_api.COMMANDS,
        *assemblies.proxies_api.COMMANDS,
    )
}
