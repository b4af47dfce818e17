// The sentences the script says: French here, the page's own language from the JSON block #live-words.

const WORDS = {
  fresh: "À jour",
  reconnecting: "Reconnexion…",
  offline: "Hors ligne, vos envois partiront au retour",
  news_one: "1 nouvelle proposition",
  news_many: "%(count)s nouvelles propositions",
  sending: "Envoi en cours…",
  received: "C’est reçu.",
  received_at: "Reçu à %(time)s, n° %(number)s.",
  trying: "Pas encore reçu. Nouvel essai en cours. Votre envoi ne peut pas compter deux fois.",
  retrying: "Pas encore reçu. Nouvel essai dans %(seconds)s s. Votre envoi ne peut pas compter deux fois.",
  signed_out: "Votre session a pris fin. Reconnectez-vous dans un autre onglet, puis renvoyez : votre saisie est gardée ici.",
  unprocessed: "Cet envoi n’a pas pu être traité ; rien n’a été enregistré. Votre saisie est gardée ici : réessayez dans un instant.",
  refused: "Vous n’avez plus accès au direct de cette partie. Ce qui est affiché ne se met plus à jour.",
  close: "Fermer",
};

const block = document.getElementById("live-words");
try {
  if (block) Object.assign(WORDS, JSON.parse(block.textContent));
} catch {
  // A broken block leaves the French sentences.
}

/** The page's language, for dates and hours. */
export const language = document.documentElement.lang || "fr";

/** The sentence of that name, its `%(name)s` places filled. */
export function word(name, values = {}) {
  return fill(WORDS[name] || "", values);
}

/** A sentence with its `%(name)s` places filled. */
export function fill(sentence, values) {
  return sentence.replace(/%\((\w+)\)s/g, (place, key) => (key in values ? String(values[key]) : place));
}
