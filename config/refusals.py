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
}
