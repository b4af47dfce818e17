"""The one place where a refusal becomes a sentence."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "not_found": _("Cette page ou cet objet n’existe pas, ou ne vous est pas ouvert."),
    "login_required": _("Connectez-vous pour continuer : ce que vous avez écrit est gardé."),
    "key_reused": _("Cet envoi porte la clé d’un autre envoi : rechargez la page et recommencez. Rien n’a été changé."),
}
