/**
 * Column names for comparison: see `columnName`. In English, German, French, Spanish, and Portuguese, plus the most
 * common ones in other languages and other products.
 */
const named = (...lines: string[]) => lines.join(" ").split(", ");

/** The roles of an import's columns. */
export const roles = {
  email: {
    label: "Email",
    about: "the email address. This is the only required column; if there are several, the first filled-in one counts",
    names: named(
      "email, e mail, mail, email address, e mail address, mail address, user email, customer email,",
      "email 1 value, e mail 1 value, email 1, e mail 1, primary email, email 2 value, e mail 2 value, email 2, e mail 2,",
      "secondary email, alternate email, other email, personal email, work email, home email, correo, correo electronico, adresse e mail, adresse email, courriel,",
      "e mail adresse, email adresse, endereco de email, endereco de e mail,",
      "indirizzo email, indirizzo e mail, e mailadres, emailadres, adres e mail, adres email, e postadress, epost, e post, e mail adresse",
    ),
  },
  name: {
    label: "Full name",
    about: "the name, or a first and a last name",
    names: named(
      "name, full name, fullname, display name, customer name, contact name, backer name, nombre completo,",
      "nom complet, nome completo, vollstandiger name, vor und nachname,",
      "nome e cognome, volledige naam, naam, imie i nazwisko, fullstandigt namn, namn, navn, 氏名, 姓名",
    ),
  },
  first_name: {
    label: "First name",
    about: "joined with the last name",
    names: named(
      "first name, firstname, given name, fname, first, vorname, prenom, nombre, primeiro nome, nome,",
      "voornaam, imie, fornamn, fornavn",
    ),
  },
  last_name: {
    label: "Last name",
    about: "joined with the first name",
    names: named(
      "last name, lastname, family name, surname, lname, last, nachname, familienname, nom, nom de famille,",
      "apellido, apellidos, sobrenome,",
      "cognome, achternaam, nazwisko, efternamn, efternavn, etternavn",
    ),
  },
  external_id: {
    label: "Your own ID",
    about: "your own ID for the participant",
    names: named(
      "external id, externalid, customer id, user id, record id, record id contact, contact id, klaviyo id, leid, backer uid,",
      "kundennummer",
    ),
  },
  id: {
    label: "ID in this file",
    about: "an ID that other rows use to refer to their referrer",
    names: named("id, participant id, user login, lead id, subscriber id"),
  },
  code: {
    label: "Their old referral code",
    about:
      "their code or link in another product, which keeps working, and which other rows may use to refer to their referrer",
    names: named(
      "own code, old code, referral code, referralcode, share code, unique code, affiliate code, invite code, social id, growsurf id,",
      "vanity keys, vanity key, alias, aliases, referral link, share url, share link, social url, unique link, unique referral link,",
      "invite link, invite url, viral link, rh reflink, empfehlungslink, lien de parrainage, enlace de referido, link de indicacao",
    ),
  },
  checkout_code: {
    label: "Checkout code",
    about: "a personal word that friends enter at checkout; it must be unique",
    names: named(
      "checkout code, coupon code, coupon codes, coupon, discount code, promo code, promotion code, voucher code, vanity code,",
      "vanity word, personal code, rabattcode, gutscheincode, aktionscode, code promo, code de reduction, bon de reduction,",
      "codigo de descuento, codigo promocional, cupon, codigo de desconto, cupom, cupom de desconto",
    ),
  },
  referral_code: {
    label: "Referrer's code",
    about: "the referrer's referral code",
    names: named("referral code, code, ref, referrer code, referred by code"),
  },
  invited_by: {
    label: "Referrer",
    about: "the referrer's email, code, or ID, if they are in this campaign or file",
    names: named(
      "invited by, invited by email, referrer, referrer email, referrer e mail, referrer email address,",
      "referred by, referred by email, referrer id, referred by id, referring email, referrer name or email,",
      "referrer code or email, geworben von, empfohlen von, eingeladen von, parrain, parraine par, invite par,",
      "recomendado por, referido por, invitado por, indicado por, convidado por,",
      "invitato da, segnalato da, uitgenodigd door, aangebracht door, zaproszony przez, polecony przez, inbjuden av, inviteret af",
    ),
  },
  date: {
    label: "Signup date",
    about: "when they signed up, like 2026-01-31 or 2026-01-31T12:00:00Z",
    names: named(
      "date, date signedup, date signed up, signed up, signed up at, signup date, sign up date, signup time,",
      "registration date, registered, registered at, user registered, created, created at, createdat,",
      "create date, created date, date created, created on, profile created on, date registered, sign up, added time,",
      "date added, date joined, joined, joined at, applied at,",
      "added at, optin time, opt in time, subscribed at, subscription date, confirm time, pledged at, datum,",
      "anmeldedatum, angemeldet am, registriert am, erstellt am, date d inscription, cree le, fecha, fecha de registro,",
      "fecha de alta, data, data de cadastro, data de inscricao, criado em,",
      "informazioni cronologiche, data di iscrizione, data iscrizione, data di registrazione, aanmelddatum, inschrijfdatum, datum van aanmelding, tijdstempel, data rejestracji, data zapisu, registreringsdatum, 登録日, 注册时间",
    ),
  },
  consent: {
    label: "May be emailed",
    about: "people with “no” here are skipped, or imported without emails, as you choose",
    names: named(
      "consent, email consent, email marketing consent, accepts marketing, accepts email marketing,",
      "marketing consent, marketing opt in, opt in, optin, opted in, subscribed, is subscribed, newsletter,",
      "gdpr consent, einwilligung, newsletter abonniert, consentement, consentimiento, acepta marketing,",
      "consentimento, aceita marketing,",
      "consenso, consenso marketing, toestemming, aangemeld voor nieuwsbrief, zgoda, zgoda marketingowa, samtycke, samtykke",
    ),
  },
  refused: {
    label: "Unsubscribed or bounced",
    about: "people with anything but “no” here are skipped, or imported without emails, as you choose",
    names: named(
      "unsubscribed, unsubscribed at, unsub time, unsubscribe date, clean time, cleaned, bounced,",
      "bounced at, bounce, opted out, opt out, optout, complained, suppressed, do not email,",
      "unsubscribed from all email, email opt out, email suppressions, email disabled, email bounced date,",
      "email bounced reason, bounce reason, email hard bounce reason, hard bounce reason, blocklisted,",
      "email blocklisted, blacklisted, email blacklisted, abgemeldet, abgemeldet am, desabonne, dado de baja,",
      "descadastrado,",
      "disiscritto, cancellato dalla newsletter, uitgeschreven, afgemeld, wypisany, avregistrerad, afmeldt, avmeldt",
    ),
  },
  status: {
    label: "Status",
    about: "unsubscribed or bounced: as above; blocked or erased: skipped",
    names: named(
      "status, email status, subscription status, subscriber status, marketing status, member status, state",
    ),
  },
  metadata: {
    label: "Metadata",
    about: "your own data, as JSON",
    names: named("metadata"),
  },
} satisfies Record<string, { label: string; about: string; names: string[] }>;
export type Role = keyof typeof roles;
export const roleNames = Object.keys(roles) as [Role, ...Role[]];

/** A suffix of column names: the time zone or format of the dates. */
const FORM = / (?:utc|gmt|[ecmp][ds]t|cest|cet|bst|dd mm yyyy|mm dd yyyy|yyyy mm dd)(?: hh mm(?: ss)?)?$/;

export const isNameOf = (name: string, role: Role) => roles[role].names.includes(name.replace(FORM, ""));

const isKnown = (name: string) => roleNames.some((role) => isNameOf(name, role));

/** Whether these are column names: one for emails, or two known ones. */
export const isImportHeader = (names: string[]) =>
  names.some((name) => isNameOf(name, "email")) || names.filter(isKnown).length > 1;
