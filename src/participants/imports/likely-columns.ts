import type { Role } from "./import-roles";

/** Words that a column's name must, and must not, contain for a role if it is in no list. */
type Words = { says: RegExp; not?: RegExp };

/** Other channels, whose consent is not about email. */
const OTHER_WAYS = /\b(sms|phone|mobile|text|whatsapp|push|post|call|telefon|url|link|source|campaign|rate|count)\b/;
const OTHERS = /\b(referr\w*|refer|inviter|friend|parent|promoter|phonetic|company|account|owner|emergency)\b/;

const LIKELY: Partial<Record<Role, Words>> = {
  refused: {
    says: /\b(do not (contact|email|e mail|mail|disturb)|dont (contact|email)|no (contact|emails?|marketing)|ne pas (contacter|ecrire)|no (contactar|escribir|molestar)|nao (contatar|contactar|perturbe)|nicht (kontaktieren|anschreiben)|keine (werbung|e ?mails?|mails?)|kontaktsperre|unsub\w*|opt(ed|s)? out|optout|bounced?|suppress(ed|ion|ions)|complain(ed|t|ts)|blocklist(ed)?|blacklist(ed)?|abgemeldet|abmeldung|abmeldedatum|desabonnement|desabonne|desinscrit|desinscription|desuscrito|baja|(deleted|removed|erased|banned|blocked) (at|on|date)|descadastrado|descadastramento)\b/,
    not: OTHER_WAYS,
  },
  consent: {
    says: /\b(consent|agree|i accept|i want|keep me (updated|posted|informed)|sign me up|stay in touch|receive (emails?|e mails?|news|updates|offers)|opt(ed|s)? in|optin|subscribed|accepts?|agreed|permission|gdpr|dsgvo|rgpd|lgpd|newsletter|einwilligung|zustimmung|einverstanden|erlaubnis|(e mail )?werbung|accord|accepte\w*|autoris\w+|acept[oa]\w*|autoriz\w+|aceit[oae]\w*|concord[oa]|consentement|consentimiento|consentimento|(subscription|subscriber|marketing|mailing|confirmation) status|email marketing( status)?|(is )?active|aktiv|actif|activo|ativo)\b/,
    not: OTHER_WAYS,
  },
  first_name: { says: /\b(first name|given name|forename|vorname|prenom|primeiro nome)\b/, not: OTHERS },
  last_name: {
    says: /\b(last name|family name|surname|nachname|familienname|nom de famille|apellidos?|sobrenome|cognome)\b/,
    not: OTHERS,
  },
  name: {
    says: /\b(full name|whole name|your name|person name|subscriber name|participant name|member name|attendee name|buyer name|nombre completo|nom complet|nome completo|dein name|ihr name|wie hei(ß|ss)t du|wie hei(ß|ss)en sie|votre nom|ton nom|tu nombre|su nombre|seu nome)\b/,
    not: OTHERS,
  },
  invited_by: {
    says: /\b(referr(er|ed|al|ing) (by|email|e mail|code|id)|referred|referrer|inviter|invited|recommended|promoter|sponsor|parent( affiliate| email| id| code)?|upline|geworben|empfohlen|eingeladen|parrain|parrainee?|invitee? par|recomendado|referido|invitado|indicado|convidado|indicou|convidou)\b/,
  },
  code: {
    says: /\b(ref|referral|refer|share|sharing|invite|invitation|unique|affiliate|tracking|viral) (code|link|url|token|id|key|slug)\b|^(token|slug|reflink)$/,
    not: /\b(by|referr(er|ed)|parent|inviter)\b/,
  },
  date: {
    says: /\b(created|creation|subscribed|subscription|joined|join|registered|registration|signed up|sign up|signup|submit|submitted|submission|applied|added|opt in|confirmed|entered|since|timestamp|zeitstempel|horodateur|erstellt|angemeldet|anmeldung|registrierung|hinzugefugt|inscrit|inscription|ajoute|marca temporal|inscripcion|registro|alta|carimbo|inscricao|cadastro|connected|order date|purchase date|date inscription|date ajout)\b/,
    not: /\b(last|updated|modified|changed|unsub\w*|birth\w*|expir\w*|cancel\w*|delet\w*|removed|out|bounced|referr\w*|invited)\b/,
  },
};

/** Whether the name of an unlisted column suggests this role. Its content must fit too. */
export function isLikely(name: string, role: Role): boolean {
  const words = LIKELY[role];
  return words?.says.test(name) === true && !words.not?.test(name);
}
