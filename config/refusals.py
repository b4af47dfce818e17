"""The one place where a refusal becomes a sentence."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "not_found": _("Cette page ou cet objet n’existe pas, ou ne vous est pas ouvert."),
    "login_required": _("Connectez-vous pour continuer : ce que vous avez écrit est gardé."),
    "key_reused": _(
        "Cet envoi porte la clé d’un autre : rechargez la page et recommencez. Rien n’a été changé."
    ),
    "invalid": _("Quelque chose manque ou n’a pas la bonne forme : voyez les champs signalés."),
    "permission_denied": _("Cet acte ne vous est pas ouvert."),
    "bad_frame": _("Ce message n’a pas pu être lu : rechargez la page et recommencez."),
    "unknown_command": _("Cet acte n’existe pas ou n’existe plus : rechargez la page."),
    "unknown_topic": _("Ce sujet n’existe pas ou n’existe plus."),
    "not_allowed": _("Vous ne pouvez pas suivre ce sujet."),
    "internal_error": _("Une erreur est survenue ; rien n’a été enregistré. Recommencez dans un instant."),
    # cooperation: who we are
    "guest_not_allowed": _(
        "Une personne invitée n’a pas encore d’adresse : elle ne peut pas faire cet acte."
    ),
    "already_member": _("Ce membre est déjà inscrit au registre."),
    "member_is_one_party": _(
        "Un membre est une personne ou une organisation : l’une des deux, pas les deux."
    ),
    "college_missing": _("Les statuts pondèrent par collèges : dites le collège de ce membre."),
    "college_elsewhere": _("Ce collège est celui d’une autre structure."),
    "membership_ended": _("Cette adhésion a déjà pris fin."),
    "ends_before_it_begins": _("La date de fin est avant la date de début."),
    "already_represents": _("Cette personne représente déjà l’organisation, dans l’autre rôle."),
    "named_later": _("Quelqu’un est déjà nommé à ce rôle à une date plus tardive."),
    "already_in_office": _("Cette personne siège déjà dans cette instance."),
    "no_seat_left": _("Les %(seats)s sièges de cette instance sont pourvus."),
    "mandate_ended": _("Ce mandat a déjà pris fin."),
    "name_missing": _("Donnez un nom."),
    "unknown_language": _("La plateforme n’est pas écrite dans cette langue."),
    "too_many_tokens": _("Vous avez %(most)s jetons ouverts : fermez-en un avant d’en créer un autre."),
    "not_on_board": _("Cet acte revient au conseil : vous n’y siégez pas aujourd’hui."),
    "points_missing": _("Chaque collège pèse au moins un point."),
    "V01": _("%(reason)s Règle V01, %(article)s."),
    "V02": _("%(reason)s Règle V02, %(article)s."),
    "V03": _("%(reason)s Règle V03, %(article)s."),
    "V04": _("%(reason)s Règle V04, %(article)s."),
    "V08": _("%(reason)s Règle V08, %(article)s."),
    "V09": _("%(reason)s Règle V09, %(article)s."),
    # decisions: what we decided and what became of it
    "not_the_pilot": _("Cette action a un autre pilote : lui ou le conseil dit où elle en est."),
    "action_closed": _("Cette action est faite ou abandonnée : le conseil peut la reprendre."),
    "action_running": _("Cette action est déjà en cours."),
    "progress_out_of_range": _("L’avancement va de 0 à 100."),
    "reason_missing": _("Dites pourquoi : tout le monde lira cette raison."),
    "decision_elsewhere": _("Cette décision est au registre d’une autre structure."),
    "decision_superseded": _("Cette décision n’est plus en vigueur."),
    "decided_before": _("Une décision n’est remplacée que par une décision plus récente."),
}
