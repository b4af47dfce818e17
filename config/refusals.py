"""The one place where a refusal becomes a sentence."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "not_found": _("Cette page ou cet objet n’existe pas, ou ne vous est pas ouvert."),
    "login_required": _("Connectez-vous pour continuer."),
    "key_reused": _(
        "Cet envoi porte la clé d’un autre : rechargez la page et recommencez. Rien n’a été changé."
    ),
    "invalid": _("Quelque chose manque ou n’a pas la bonne forme : voyez les champs signalés."),
    "permission_denied": _("Cet acte ne vous est pas ouvert."),
    "bad_frame": _("Ce message n’a pas pu être lu : rechargez la page et recommencez."),
    "key_unusable": _("Cet envoi n’a pas de clé : rechargez la page et recommencez. Rien n’a été changé."),
    "unknown_command": _("Cet acte n’existe pas ou n’existe plus : rechargez la page."),
    "unknown_topic": _("Ce sujet n’existe pas ou n’existe plus."),
    "not_allowed": _("Vous ne pouvez pas suivre ce sujet."),
    "internal_error": _("Une erreur est survenue ; rien n’a été enregistré. Recommencez dans un instant."),
    "busy": _("Beaucoup d’envois arrivent en même temps : celui-ci n’est pas enregistré. Renvoyez-le."),
    "database_away": _(
        "La base de données ne répond pas : renvoyez dans un instant, rien ne sera compté deux fois."
    ),
    "storage_full": _(
        "Le disque du serveur est plein : rien n’a été enregistré. Prévenez la personne qui l’administre."
    ),
    # cooperation: who we are
    "guest_not_allowed": _(
        "Une personne invitée n’a pas encore d’adresse : elle ne peut pas faire cet acte."
    ),
    "already_member": _("Ce membre est déjà inscrit au registre."),
    "member_is_one_party": _(
        "Un membre est une personne ou une organisation : l’une des deux, pas les deux."
    ),
    "college_missing": _("Les statuts pondèrent par collèges : dites le collège de ce membre."),
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
    "too_many_tokens": _("Vous avez %(most)s jetons ouverts : fermez-en un avant d’en créer un autre."),
    "on_an_open_roll": _(
        "Votre nom est sur la liste électorale de « %(question)s », où l’on vote encore : rien n’a été effacé. "
        "Recommencez une fois ce vote clos, ou demandez à qui l’a ouvert de le clore."
    ),
    "already_erased": _("Cette personne est déjà effacée."),
    "erasure_unconfirmed": _("Cochez la case pour confirmer : rien n’a été effacé."),
    "not_you": _("Ce qui est dit à une personne n’est lu que par elle."),
    "not_in_network": _("Cette page est réservée aux membres du réseau."),
    "not_on_board": _("Cet acte revient au conseil : vous n’y siégez pas aujourd’hui."),
    "points_missing": _("Chaque collège pèse au moins un point."),
    "statutes_out_of_order": _(
        "Une version plus tardive existe déjà : celle-ci ne peut pas commencer avant elle."
    ),
    "V01": _("Le droit refuse ce réglage. %(reasons)s"),
    "V02": _("Le droit refuse ces poids. %(reasons)s"),
    "V03": _("Le droit refuse ce total. %(reasons)s"),
    "V04": _("Le droit refuse ce critère. %(reasons)s"),
    "V07": _("Le droit refuse ce nombre ou cette durée. %(reasons)s"),
    "V08": _("Le droit refuse ce seuil. %(reasons)s"),
    "V09": _("Le droit refuse ce délai. %(reasons)s"),
    "V10": _("La deuxième convocation garde l’ordre du jour de la première. %(reasons)s"),
    "V11": _("Cette résolution n’est pas à l’ordre du jour. %(reasons)s"),
    "V12": _("Les pouvoirs ont leurs règles. %(reasons)s"),
    "V13": _("Un membre, un bulletin. %(reasons)s"),
    "V14": _("Le droit refuse cet intervalle de révision. %(reasons)s"),
    "V15": _("Le droit refuse cette part de réserve. %(reasons)s"),
    "proxy_not_yours": _(
        "Ce pouvoir se donne et se retire par le membre lui-même, ou par qui le représente."
    ),
    "proxy_to_oneself": _("Cette personne représente déjà ce membre : un pouvoir va à quelqu’un d’autre."),
    "proxy_given_already": _("Ce membre a déjà donné un pouvoir pour cette assemblée : retirez-le d’abord."),
    "proxy_settled": _("Ce pouvoir a déjà reçu sa réponse, ou il a pris fin."),
    "holder_missing": _("Choisissez qui porte le pouvoir."),
    "not_the_holder": _("Ce pouvoir ne vous est pas proposé."),
    # decisions: what we decided and what became of it
    "not_the_pilot": _("Cette action a un autre pilote : lui ou le conseil dit où elle en est."),
    "action_closed": _("Cette action est faite ou abandonnée : le conseil peut la reprendre."),
    "action_running": _("Cette action est déjà en cours."),
    "progress_out_of_range": _("L’avancement va de 0 à 100."),
    "reason_missing": _("Dites pourquoi : tout le monde lira cette raison."),
    "decision_elsewhere": _("Cette décision est au registre d’une autre structure."),
    "decision_superseded": _("Cette décision n’est plus en vigueur."),
    "decided_before": _("Une décision n’est remplacée que par une décision plus récente."),
    # assemblies: where it becomes binding
    "not_an_officer": _("Cet acte revient au bureau de l’assemblée : vous n’en faites pas partie."),
    "body_missing": _("Le registre des instances ne connaît pas l’assemblée générale de cette structure."),
    "body_elsewhere": _("Ce n’est pas l’assemblée générale de cette structure."),
    "date_is_past": _("Cette date est passée : choisissez-en une à venir."),
    "agenda_closed": _(
        "La convocation est partie : l’ordre du jour ne change plus, on ne vote que sur ce qu’il annonce. "
        "Règle V11, Code de commerce, art. L225-105."
    ),
    "same_agenda": _(
        "Une deuxième convocation garde l’ordre du jour de la première. "
        "Règle V10, Code de commerce, art. L225-105."
    ),
    "notice_sent": _("La convocation est partie : la date et le lieu ne changent plus."),
    "notice_too_short": _("%(reason)s Règle V09, %(article)s."),
    "place_missing": _("Dites où l’on se retrouve : un lieu, ou un lien à distance."),
    "agenda_empty": _("L’ordre du jour est vide : inscrivez au moins un point."),
    "statutes_missing": _(
        "Cette structure n’a pas encore de statuts en vigueur : le conseil les saisit d’abord."
    ),
    "wrong_kind_of_assembly": _(
        "Une assemblée ordinaire prend des résolutions ordinaires, une extraordinaire des extraordinaires, "
        "une mixte les deux."
    ),
    "resolution_without_text": _("Écrivez le texte exact qui sera mis au vote."),
    "limits_unreadable": _("Cette ligne ne dit pas combien de sièges : « %(line)s »."),
    "weighed_by_college": _(
        "Vos statuts pèsent les voix par collège. Ici, seul un vote pour ou contre se pèse : proposez chaque candidature "
        "ou chaque option en résolution."
    ),
    "candidate_unnamed": _("Choisissez la personne qui se présente, ou nommez l’option."),
    "candidate_twice": _("Ce nom est déjà sur le bulletin."),
    "unknown_group": _(
        "Ce groupe n’a pas de sièges dans cette élection : choisissez l’un des groupes proposés."
    ),
    "already_taken_up": _("Cette proposition est déjà inscrite à un ordre du jour."),
    "taken_up_stays": _("Ce texte vient d’un atelier, qui sait qu’il est inscrit : il reste mot pour mot."),
    "not_convened": _("Cette assemblée n’est pas encore convoquée."),
    "not_the_day": _("L’assemblée est convoquée pour le %(day)s : revenez ce jour-là."),
    "already_open": _("La séance est déjà ouverte."),
    "assembly_closed": _("La séance est levée."),
    "assembly_not_open": _("La séance n’est pas ouverte."),
    "assembly_not_closed": _("La séance n’est pas encore levée."),
    "chair_missing": _("Nommez d’abord qui préside la séance."),
    "vote_is_open": _("Un vote est en cours : proclamez d’abord son résultat."),
    "item_not_current": _("Ce point n’est pas celui dont l’assemblée discute."),
    "resolution_decided": _("L’assemblée s’est déjà prononcée sur cette résolution."),
    "quorum_not_met": _("Le vote ne peut pas s’ouvrir. %(reason)s"),
    "no_vote_open": _("Cette résolution n’est pas au vote."),
    "not_a_member_today": _("Ce n’est pas un membre à jour de cette structure aujourd’hui."),
    "not_a_representative": _(
        "Cette personne ne représente pas ce membre aujourd’hui : le registre nomme sa titulaire ou sa suppléante."
    ),
    "already_present": _("Ce membre est déjà compté présent."),
    "not_present": _("Ce membre n’est pas compté présent."),
    "remote_not_allowed": _(
        "Les statuts ne permettent pas de participer à distance : présentez-vous à l’accueil."
    ),
    "desk_only": _("Dans la salle, c’est l’accueil qui note votre arrivée."),
    "already_called_again": _("Cette assemblée a déjà sa deuxième convocation."),
    "quorum_was_met": _("Le quorum était atteint : il n’y a pas lieu de convoquer à nouveau."),
    # votes: how we decide
    "secret_must_bind": _(
        "Un sondage indicatif est nominatif : le vote secret est réservé aux votes qui engagent."
    ),
    "secret_stays": _("Un bulletin secret ne se change pas : il faudrait pouvoir le retrouver."),
    "secret_one_voice": _(
        "Une ligne de la liste électorale compte pour plusieurs voix : un bulletin secret de plusieurs voix dirait de qui il est."
    ),
    "code_missing": _(
        "Ce vote est secret : le bulletin est arrivé sans son code de suivi. Rechargez la page."
    ),
    "code_taken": _(
        "Ce code de suivi est déjà pris : rechargez la page pour en avoir un autre. Rien n’a été changé."
    ),
    "code_unasked": _("Ce vote est nominatif : un bulletin n’y porte pas de code de suivi."),
    "empty_roll": _("Personne n’est sur la liste électorale : ce vote n’aurait pas de votant."),
    "elector_twice": _("Un même mandat figure deux fois sur la liste électorale : gardez une seule ligne."),
    "unknown_college": _("Une ligne de la liste électorale n’est dans aucun des collèges de ce vote."),
    "guest_cannot_bind": _("Une personne invitée ne prend pas part à un vote qui engage."),
    "weight_not_whole": _("Une ligne de la liste électorale compte pour un nombre entier de voix."),
    "options_missing": _("Proposez au moins une option à approuver."),
    "closes_before_opening": _("L’heure de fermeture est déjà passée."),
    "setup_unreadable": _("Le réglage de ce vote n’est pas complet : rien n’a été ouvert."),
    "rules_unreadable": _("La règle de ce vote n’est pas complète : rien n’a été ouvert."),
    "not_an_elector": _("Cette ligne de la liste électorale n’est pas la vôtre."),
    "key_missing": _("Ce bulletin est arrivé sans sa clé : rechargez la page et recommencez."),
    "which_hat": _("Vous pouvez voter pour plusieurs membres : dites pour qui est ce bulletin."),
    "poll_closed": _("Ce vote est clos : votre bulletin est arrivé après l’heure, il n’est pas compté."),
    "signing_key_missing": _(
        "La clé qui signe ce vote (%(fingerprint)s…) n’est plus sur ce serveur : rien n’a été reçu. "
        "Prévenez qui l’administre."
    ),
    "poll_still_open": _("Ce vote est encore ouvert : il se compte après sa clôture."),
    "already_voted": _("Un bulletin a déjà été reçu pour cette ligne : il est compté, le vôtre non."),
    "not_a_teller": _(
        "Cet acte revient aux scrutateurs et scrutatrices de l’assemblée : vous n’en êtes pas."
    ),
    "secret_not_by_line": _(
        "Ce vote est secret : un bulletin saisi ligne par ligne dirait qui a voté quoi. Rien n’a été noté."
    ),
    "line_struck": _("Cette ligne a été rayée de la liste électorale : elle ne vote pas."),
    "line_voted": _(
        "Cette ligne a déjà voté : bulletin n° %(number)s, reçu %(channel)s à %(when)s, par %(who)s. Un membre, un bulletin."
    ),
    "entry_waits": _("Une saisie de cette ligne attend déjà d’être confirmée : confirmez-la, ou écartez-la."),
    "entry_settled": _("Cette saisie est déjà confirmée ou écartée."),
    "second_teller_needed": _(
        "Vous avez saisi ce bulletin : une autre personne du scrutin doit le relire et le confirmer."
    ),
    "entries_wait": _(
        "Saisies qui attendent d’être confirmées : %(count)s. Confirmez-les ou écartez-les avant de clore."
    ),
    "rehearsal_is_on": _("Un vote d’essai est en cours : clôturez-le et effacez-le d’abord."),
    "no_rehearsal": _("Aucun vote d’essai n’est en cours."),
    "not_a_rehearsal": _("Ce vote n’est pas un essai : il reste, avec tout ce qui l’établit."),
    "not_a_newcomer": _(
        "Ne s’ajoute à une liste scellée que la ligne d’un membre à jour à l’ouverture du vote, arrivé depuis et noté présent."
    ),
    "not_on_this_roll": _("Cette ligne n’est pas sur la liste de ce vote."),
    "line_has_voted": _("Cette ligne a voté : elle ne se raye plus."),
    "amendment_waits": _("Une modification de cette ligne attend déjà une seconde signature."),
    "amendment_settled": _("Cette modification est déjà signée ou abandonnée."),
    "second_officer_needed": _(
        "Vous avez proposé cette modification : une autre personne du bureau doit la contresigner."
    ),
    "choice_missing": _("Ce bulletin ne dit rien : choisissez une réponse."),
    "unknown_choice": _("Cette réponse n’est pas proposée par ce vote."),
    "one_choice_only": _("Choisissez une seule réponse."),
    "blank_stands_alone": _("Un vote blanc n’accompagne aucune autre réponse."),
    "too_many_dots": _("Vous avez posé %(placed)s gommettes : il y en a %(most)s à poser au plus."),
    "too_many_on_one": _("Posez au plus %(most)s gommettes sur une même option."),
    "one_proposal_only": _("Cette forme porte sur une seule proposition : choisissez-en une."),
    "objection_needs_reason": _("Une objection dit sa raison : écrivez-la en une phrase ou deux."),
    "not_a_consent": _("Ce vote n’est pas un consentement : il n’a pas d’objection à traiter."),
    "objection_unknown": _("Personne n’a fait cette objection dans ce vote."),
    "not_leading": _("Cet acte revient à qui anime l’atelier ou tient le bureau de l’assemblée."),
    "rank_given_twice": _(
        "Le rang %(rank)s est donné deux fois : donnez à chaque candidature un rang différent."
    ),
    "options_alike": _(
        "Deux candidatures portent le même nom : distinguez-les, un tirage au sort se ferait sur les noms."
    ),
    "too_many_choices": _("Choisissez %(most)s réponses au plus."),
    "too_many_names": _("Vous avez choisi %(named)s noms : %(most)s au plus sur un bulletin."),
    "not_on_roll": _("Vous n’êtes pas sur la liste électorale de ce vote."),
    "poll_not_open": _("Ce vote n’est pas encore ouvert."),
    "not_poll_officer": _("Cet acte revient aux personnes qui ont la charge de ce vote."),
    "binding_result_not_live": _("Un vote qui engage ne montre que la participation avant sa clôture."),
    "choice_twice": _("Une même réponse figure deux fois sur ce bulletin."),
    "result_not_yet": _("Le résultat n’est pas encore public."),
    # workshops: where proposals are built
    "not_a_participant": _("Vous n’êtes pas encore dans cet atelier : rejoignez-le pour y prendre part."),
    "observer_watches": _(
        "Vous suivez cet atelier en observation : vous pouvez tout lire, sans y prendre part."
    ),
    "not_the_facilitator": _("Cet acte revient à l’animation de l’atelier."),
    "not_the_author": _("Seule la personne qui a écrit ce texte peut le changer ou le retirer."),
    "workshop_planned": _("L’atelier n’est pas encore ouvert : revenez à l’heure dite."),
    "workshop_open": _("L’atelier est déjà ouvert."),
    "workshop_closed": _("L’atelier est terminé : on peut tout relire, on n’y écrit plus."),
    "step_closed": _("L’étape en cours n’ouvre pas cet acte. Ce que vous avez écrit est gardé ici."),
    "may_not_prepare": _("Un atelier est appelé par le conseil, le bureau ou l’équipe de la structure."),
    "series_elsewhere": _("Cette série d’ateliers est celle d’une autre structure."),
    "guests_where_invited": _("Un atelier sur invitation n’accueille pas de personnes sans compte."),
    "members_only": _("Cet atelier est réservé aux membres : demandez le code à qui l’anime."),
    "no_guests": _("Cet atelier demande un compte : connectez-vous, puis saisissez le code à nouveau."),
    "code_unknown": _(
        "Aucun atelier ouvert ne répond à ce code : vérifiez les six signes affichés dans la salle."
    ),
    "too_many_attempts": _(
        "Trop d’essais avec de mauvais codes : attendez dix minutes, ou demandez de l’aide."
    ),
    "title_missing": _("Écrivez votre proposition en une phrase."),
    "question_missing": _("Écrivez la question que l’on pose."),
    "text_missing": _("Votre texte est vide : écrivez au moins un mot."),
    "text_too_long": _(
        "Votre texte compte %(length)s signes, la limite est de %(limit)s. Rien n’est perdu : raccourcissez-le."
    ),
    "nothing_changed": _("Le texte est le même que celui de la version en cours : rien n’a été enregistré."),
    "minutes_out_of_range": _("Une durée va de 1 à %(longest)s minutes."),
    "no_step_runs": _("Aucune étape n’est en cours."),
    "no_step_left": _("C’était la dernière étape : vous pouvez clore l’atelier."),
    "no_step_before": _("C’est la première étape : il n’y a rien avant elle."),
    "step_already_run": _("Cette étape a déjà commencé : on ne change que celles à venir."),
    "theme_elsewhere": _("Ce thème est celui d’un autre atelier."),
    "proposals_elsewhere": _("Une de ces propositions n’est pas de cet atelier."),
    "focus_elsewhere": _("Le projecteur ne montre que ce qui est de cet atelier."),
    "merge_needs_two": _("Choisissez au moins deux propositions à réunir."),
    "proposal_not_open": _("Cette proposition n’est plus ouverte : elle a déjà reçu une suite."),
    "proposal_not_settled": _("Cette proposition n’est ni gardée ni écartée : il n’y a pas à la rouvrir."),
    "proposal_gone": _("Ce texte est retiré ou masqué : on n’y répond plus."),
    "version_outdated": _(
        "Ce texte a changé entre-temps : relisez la nouvelle version avant de la soutenir."
    ),
    "comment_elsewhere": _("L’avis auquel vous répondez est sous une autre proposition."),
    "already_forwarded": _("Ce texte est déjà transmis à cette instance."),
    "poll_needs_one": _("Cette forme porte sur une seule proposition : choisissez-en une."),
    "poll_needs_two": _("Choisissez au moins deux propositions à comparer."),
}

STATUSES = {
    "code_unknown": 404,
    "too_many_attempts": 429,
    "not_a_participant": 403,
    "observer_watches": 403,
    "not_the_facilitator": 403,
    "not_the_author": 403,
    "not_leading": 403,
    "may_not_prepare": 403,
    "members_only": 403,
    "no_guests": 403,
    "text_too_long": 422,
    "text_missing": 422,
    "title_missing": 422,
    "question_missing": 422,
    "reason_missing": 422,
    "name_missing": 422,
    "not_an_officer": 403,
    "not_a_teller": 403,
    "remote_not_allowed": 403,
    "desk_only": 403,
    "resolution_without_text": 422,
}
