import { describe, expect, it } from "vitest";
import { importFile } from "../../../src/participants/imports/import-file";

const ADA = ["ada@a.example", "Ada Lovelace"];
const DAY = "2024-03-05T00:00";
const TIME = "2024-03-05T10:11";

/** Exports from other products, with made-up people, and the fields of the last row: email, name, own ID, referrer, date, left. */
const LAYOUTS: [product: string, file: string, row: string[]][] = [
  [
    "GrowSurf's API",
    `id,firstName,lastName,email,referralCount,referredBy,referralStatus,shareUrl,createdAt
gs1,Grace,Hopper,grace@a.example,1,,,https://a.example/?grsf=gs1,1709546400000
gs2,Ada,Lovelace,ada@a.example,0,gs1,CREDIT_AWARDED,https://a.example/?grsf=gs2,1709633460000`,
    [...ADA, "", "grace@a.example", TIME, ""],
  ],
  [
    "Viral Loops",
    `email,firstname,lastname,id,referrerId,referralCount
grace@a.example,Grace,Hopper,1a,,1
ada@a.example,Ada,Lovelace,2b,1a,0`,
    [...ADA, "", "grace@a.example", "", ""],
  ],
  [
    "ReferralHero",
    `email,domain,name,phone number,extra field,extra field 2,date,referrals,referrer
ada@a.example,a.example,Ada Lovelace,,,,05/03/2024 10:11,0,grace@a.example
ada@a.example,a.example,Ada Lovelace,,,,25/03/2024 10:11,0,grace@a.example`,
    [...ADA, "", "grace@a.example", "2024-03-25T10:11", ""],
  ],
  [
    "SparkLoop",
    `Email,Name,Registration Date (DD/MM/YYYY),IP Address,Referrer (code or email),Source
ada@a.example,Ada Lovelace,05/03/2024,192.0.2.1,grace@a.example,import`,
    [...ADA, "", "grace@a.example", DAY, ""],
  ],
  [
    "KickoffLabs",
    `email,first_name,last_name,social_id,social_url,referred_by,created_at
grace@a.example,Grace,Hopper,ab1,https://a.example/?kid=ab1,,2024-03-04 10:11:12 UTC
ada@a.example,Ada,Lovelace,ab2,https://a.example/?kid=ab2,ab1,2024-03-05 10:11:12 UTC`,
    [...ADA, "", "grace@a.example", TIME, ""],
  ],
  [
    "Prefinery",
    `email,first name,last name,status,referred by,applied at,invited at
ada@a.example,Ada,Lovelace,applied,grace@a.example,2024-03-05T10:11:13Z,`,
    [...ADA, "", "grace@a.example", TIME, ""],
  ],
  [
    "a Dutch list, whose person unsubscribed",
    `Voornaam;Achternaam;E-mailadres;Aanmelddatum;Aangebracht door;Uitgeschreven
Grace;Hopper;grace@a.example;25-03-2024;;nee
Ada;Lovelace;ada@a.example;05-03-2024;grace@a.example;ja`,
    [...ADA, "", "grace@a.example", DAY, "unsubscribed"],
  ],
  [
    "an Italian form",
    `Informazioni cronologiche,Indirizzo email,Nome e cognome,Consenso marketing
25/03/2024 10:22:01,grace@a.example,Grace Hopper,Sì
05/03/2024 10:11:01,ada@a.example,Ada Lovelace,No`,
    [...ADA, "", "", TIME, "no_consent"],
  ],
  [
    "a Polish list",
    `Imię;Nazwisko;Adres e-mail;Data rejestracji;Zgoda
Grace;Hopper;grace@a.example;25.03.2024;tak
Ada;Lovelace;ada@a.example;05.03.2024;nie`,
    [...ADA, "", "", DAY, "no_consent"],
  ],
  [
    "Mailchimp",
    `Email Address,First Name,Last Name,Address,MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,LEID,EUID,NOTES,TAGS
ada@a.example,Ada,Lovelace,,2,,,"2024-03-05 10:11:12",7,x,,`,
    [...ADA, "7", "", TIME, ""],
  ],
  [
    "HubSpot",
    `Record ID - Contact,First Name,Last Name,Email,Phone Number,Contact owner,Create Date (EDT),Unsubscribed from all email,Email hard bounce reason
101,Ada,Lovelace,ada@a.example,,Bob,2024-03-05 10:11,,Unknown user`,
    [...ADA, "101", "", TIME, "unsubscribed"],
  ],
  [
    "Klaviyo",
    `"Email","Klaviyo ID","First Name","Last Name","Email Marketing Consent","Email Suppressions","Date Added","Profile Created On"
"ada@a.example","01A","Ada","Lovelace","SUBSCRIBED","['HARD_BOUNCE']","2024-03-05 10:11:12+00:00","2024-03-01 10:11:12"`,
    [...ADA, "01A", "", TIME, "unsubscribed"],
  ],
  [
    "Shopify",
    `Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Default Address Company,Phone,Accepts SMS Marketing,Total Spent,Tags
'6940095564102,Ada,Lovelace,ada@a.example,yes,,'+15550100,no,0.00,`,
    [...ADA, "6940095564102", "", "", ""],
  ],
  [
    "Google Contacts of before 2024",
    `Name,Given Name,Additional Name,Family Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value,E-mail 2 - Value
Ada Lovelace,Ada,,Lovelace,* myContacts,* Home,ada@a.example,old@a.example`,
    [...ADA, "", "", "", ""],
  ],
  [
    "Outlook in German",
    `"Vorname","Weitere Vornamen","Nachname","Firma","E-Mail-Adresse","E-Mail-Typ"
"Ada","","Lovelace","","ada@a.example","SMTP"`,
    [...ADA, "", "", "", ""],
  ],
  [
    "WooCommerce",
    `Name,Username,Last Active,Date Registered,Email,Orders
Ada Lovelace,ada,2026-01-01 10:11:12,2024-03-05 10:11:12,ada@a.example,1`,
    [...ADA, "", "", TIME, ""],
  ],
  [
    "Kickstarter",
    `Backer Number,Backer UID,Backer Name,Email,Shipping Country,Reward Minimum,Pledge Amount,Pledged At,Rewards Sent?,Pledged Status,Notes
1,77,Ada Lovelace,ada@a.example,US,$10.00,"$1,234.00","2024/03/05, 10:11",,collected,`,
    [...ADA, "77", "", TIME, ""],
  ],
  [
    "ActiveCampaign",
    `ID,Email,First Name,Last Name,Phone,Date Created,IP Address,Status
1,ada@a.example,Ada,Lovelace,,2024-03-05 10:11:12,192.0.2.1,Unsubscribed`,
    [...ADA, "", "", TIME, "unsubscribed"],
  ],
  [
    "Brevo",
    `CONTACT ID;EMAIL;LASTNAME;FIRSTNAME;SMS;ADDED_TIME;MODIFIED_TIME;EMAIL_BLOCKLISTED
9;ada@a.example;Lovelace;Ada;;25-03-2024 10:11:12;26-03-2024 10:11:12;true`,
    [...ADA, "9", "", "2024-03-25T10:11", "unsubscribed"],
  ],
  [
    "MailerLite",
    `Subscriber,Sent,Opens,Clicks,Subscribed,Location,Name,Last name
ada@a.example,1,1,0,2024-03-05 10:11:12,US,Ada,Lovelace`,
    [...ADA, "", "", TIME, ""],
  ],
  [
    "a list with the last name first",
    "Name,First name,Last name,Email\nLovelace Ada,Ada,Lovelace,ada@a.example",
    ["ada@a.example", "Lovelace Ada", "", "", "", ""],
  ],
  [
    "a list with a first name that has the last name in it",
    "First name,Last name,Email\nLee Ann,Lee,ada@a.example",
    ["ada@a.example", "Lee Ann Lee", "", "", "", ""],
  ],
  [
    "Kit",
    `id,first_name,last_name,email,state,created_at,tags
1,Ada,Lovelace,ada@a.example,active,2024-03-05 10:11:12 UTC,`,
    [...ADA, "", "", TIME, ""],
  ],
  [
    "Beehiiv",
    `Email,Status,Created At,First Name,Last Name,Referral Code,Referral Count
ada@a.example,inactive,2024-03-05T10:11:12Z,Ada,Lovelace,xYz12,3`,
    [...ADA, "", "", TIME, "unsubscribed"],
  ],
  [
    "Substack",
    `email,active_subscription,expiry,plan,email_disabled,created_at,first_payment_at
ada@a.example,false,,other,true,2024-03-05T10:11:12.000Z,`,
    ["ada@a.example", "", "", "", TIME, "unsubscribed"],
  ],
  [
    "Salesforce",
    `"Contact ID","First Name","Last Name","Email","Email Opt Out","Email Bounced Date","Created Date"
"003A","Ada","Lovelace","ada@a.example","0","","3/5/2024"
"003B","Ada","Lovelace","ada@a.example","1","","3/25/2024"`,
    [...ADA, "003B", "", "2024-03-25T00:00", "unsubscribed"],
  ],
  [
    "Referral Factory",
    "First Name,Last Name,Email,Referrer Email Address\nAda,Lovelace,ada@a.example,grace@a.example",
    [...ADA, "", "grace@a.example", "", ""],
  ],
  [
    "Square",
    `Reference ID,First Name,Last Name,Email Address,Phone Number,Email Subscription Status,First Visit
,Ada,Lovelace,ada@a.example,,unsubscribed,2024-03-05`,
    [...ADA, "", "", "", "unsubscribed"],
  ],
  [
    "Constant Contact",
    `Email address,First name,Last name,Email status,Email permission status,Confirmed Opt-Out Date,Confirmed Opt-Out Source,Created At
ada@a.example,Ada,Lovelace,Active,Implied,,,2024-03-05 10:11:12
ada@a.example,Ada,Lovelace,Active,Implied,2026-01-01,,2024-03-05 10:11:12`,
    [...ADA, "", "", TIME, "unsubscribed"],
  ],
  [
    "CleverReach",
    "E-Mail-Adresse;Anrede;Vorname;Nachname;Datum der Registrierung;Aktiv\nada@a.example;Frau;Ada;Lovelace;25.03.2024;0",
    [...ADA, "", "", "2024-03-25T00:00", "no_consent"],
  ],
  [
    "a shop with consents for other channels, and a rate",
    `Email,Full Name (billing),Accepts SMS Marketing,Bounce rate,Last order at
ada@a.example,Ada Lovelace,no,0.5,2024-03-05`,
    [...ADA, "", "", "", ""],
  ],
  [
    "GetWaitlist",
    `UUID,Signup Email,Signup Date,Referral Link,Referral Token,Referred by Signup Token,Removed Date,First Name,Last Name
u1,grace@a.example,2024-03-04 10:11:12,https://w.example?ref_id=GR1,GR1,,,Grace,Hopper
u2,ada@a.example,2024-03-05 10:11:12,https://w.example?ref_id=AD1,AD1,GR1,,Ada,Lovelace`,
    [...ADA, "", "grace@a.example", TIME, ""],
  ],
  [
    "FirstPromoter",
    `id,email,first_name,last_name,ref_id,ref_link,parent_promoter_email,joined_on
1,grace@a.example,Grace,Hopper,gr1,https://a.example/?fpr=gr1,,2024-03-04
2,ada@a.example,Ada,Lovelace,ad1,https://a.example/?fpr=ad1,grace@a.example,2024-03-05`,
    [...ADA, "", "grace@a.example", DAY, ""],
  ],
  [
    "Google Forms",
    `Timestamp,Your email,What's your name?,Who invited you?,Where did you hear of us?
3/25/2024 10:11:12,grace@a.example,Grace Hopper,,Friends
3/5/2024 10:11:12,ada@a.example,Ada Lovelace,grace@a.example,Friends`,
    [...ADA, "", "grace@a.example", TIME, ""],
  ],
  [
    "Pipedrive",
    "Person - Name,Person - Email - Work,Person - Person created\nAda Lovelace,ada@a.example,2024-03-05 10:11:12",
    [...ADA, "", "", TIME, ""],
  ],
  [
    "Excel in French",
    "Courriel;Prénom;Nom;Date d'inscription;Parrain\nada@a.example;Ada;Lovelace;25/03/2024;grace@a.example",
    [...ADA, "", "grace@a.example", "2024-03-25T00:00", ""],
  ],
  [
    "Excel in Spanish",
    "Correo electrónico;Nombre;Apellidos;Fecha de alta;Invitado por\nada@a.example;Ada;Lovelace;25/03/2024;grace@a.example",
    [...ADA, "", "grace@a.example", "2024-03-25T00:00", ""],
  ],
  [
    "Excel in Portuguese",
    "E-mail;Nome;Sobrenome;Data de inscrição;Convidado por\nada@a.example;Ada;Lovelace;25/03/2024;grace@a.example",
    [...ADA, "", "grace@a.example", "2024-03-25T00:00", ""],
  ],
  [
    "Excel in German",
    "E-Mail;Vorname;Nachname;Angemeldet am;Eingeladen von\nada@a.example;Ada;Lovelace;05.03.2024 10:11;grace@a.example",
    [...ADA, "", "grace@a.example", TIME, ""],
  ],
];

describe("the layout of", () => {
  it.each(LAYOUTS)("%s is read", (_, text, row) => {
    const file = importFile(text);
    const [, email, name, id, code, inviter, date, metadata, left] = file.rows.at(-1) ?? [];
    expect([email, name, id, inviter, date?.slice(0, 16), left]).toEqual(row);
    expect([code, metadata]).toEqual(["", ""]);
    expect(file.rows).toHaveLength(text.split("\n").length - 1);
    expect(file.isOrderOpen).toBe(false);
  });
});
