import { website } from "../../src/campaigns/brands/website";
import { findWidget } from "../../src/dashboard/campaigns/checked-page";
import { messageOf } from "../../src/delivery/email-content/own-message";
import { strangePlaces } from "../../src/delivery/email-content/placeholders";
import { CheckoutCode, checkoutKey } from "../../src/ledger/records/checkout-code";
import { landing } from "../../src/ledger/records/landing";
import { csvLines, unguarded } from "../../src/lib/csv";
import { Email, TimeIn, WebUrl } from "../../src/lib/fields";
import { encodingOf } from "../../src/lib/files/encoding";
import { columnName } from "../../src/lib/files/header";
import { readableName } from "../../src/lib/name";
import { plainText, sanitized } from "../../src/lib/richtext";
import { shownName } from "../../src/lib/shown-name";
import { codesOfText } from "../../src/participants/coupons/code-file";
import { codesIn } from "../../src/participants/imports/import-codes";
import { dateIn } from "../../src/participants/imports/import-dates";
import { importFile } from "../../src/participants/imports/import-file";
import { inOrder } from "../../src/participants/imports/import-order";
import { providers } from "../../src/participants/inputs/providers";
import { canonicalEmail } from "../../src/participants/mailbox";
import { openShareLink } from "../../src/participants/share-links/share-link";
import { isPerson } from "../../src/participants/share-links/visitor";
import { languageFor } from "../../src/texts/text";
import { addressesIn } from "../../src/widget/frame-address";
import { oldCodesIn } from "../../src/widget/old-link";

type Reader = { read: (text: string) => unknown; worst: string[] };

/** A chain in which everyone was invited by the row below. */
function reversedChain(text: string) {
  const ready = Array.from({ length: text.length }, (_, i) => ({
    line: i + 1,
    person: {
      email: `${i}@a.example`,
      name: null,
      external_id: null,
      date: null,
      metadata: null,
    },
    aliases: [],
    checkout: null,
    notes: [],
    inviter: i + 1 === text.length ? null : { email: `${i + 1}@a.example` },
  }));
  const { placed } = inOrder(ready, { known: new Map(), knownIds: new Map(), hasReferrals: true });
  if (placed.length !== text.length) throw new Error("A row is missing.");
}

const refusing = (read: (text: string) => unknown) => (text: string) => {
  try {
    read(text);
  } catch {
    // Refused after reading.
  }
};

const MARKUP = [
  "<a x=1 ",
  "x=1 ",
  "<",
  "<a ",
  "<a x='",
  '<a x="" ',
  "<b x ",
  "<!--",
  "<script",
  "<script>",
  "</script>",
  "&",
  "&lt;",
  "' ",
];

/** Every reader of untrusted text, with parts of its worst input. */
export const readers: Record<string, Reader> = {
  "the sanitizer": { read: sanitized, worst: MARKUP },
  "texts without their HTML": { read: plainText, worst: MARKUP },
  "a campaign's own email": {
    read: (text) => messageOf(text, { name: "Ada" }),
    worst: [...MARKUP, "{{name}}", "{ ", "\n", " \n", " ", "<br>", "<p>", "<li>"],
  },
  "unknown placeholders": { read: (text) => strangePlaces(text, ["name"]), worst: ["{", "{ ", " ", "{{a}", "{a "] },
  "the page that is checked for the widget": {
    read: (text) => findWidget(text, { origin: "https://a.example", campaignId: 1 }),
    worst: [
      ...MARKUP,
      "<script src=",
      "<script src=/widget.js>",
      "<referrals-widget campaign=",
      "<referrals-widget campaign=1>",
      ' src="',
      " src ",
      '"http://',
      '"https://a.example/widget.js',
    ],
  },
  "names that are shown": { read: shownName, worst: ["a", "a.", "a.bb", ".", "\u200b", " a", "\ufdfa", "www."] },
  "names as they are kept": {
    read: readableName,
    worst: ["a", "\u200d", "a\u200d", "\u0301", "\u{1f3f4}\u{e0061}", "\u2800", " "],
  },
  "friends' email addresses": {
    read: addressesIn,
    worst: ['"', "a@", "<", "a <", ",", " ", "mailto:", "?", ")", "a.bb", "\n"],
  },
  "rows of an import": {
    read: refusing(importFile),
    worst: ['"', '"a"b', '" ', "a,", '"",', "email\r", "é\t", '"\r', 'a@b.example,"\n', "a@b.example,x\n", "1/2/"],
  },
  "an import's order": { read: reversedChain, worst: ["a"] },
  "coupon files": {
    read: refusing(codesOfText),
    worst: ['"', '"a"b', '" ', "a,", '"\r', "\r", 'a,"\n', "a;b\n", "code\n"],
  },
  "the encoding of a file": {
    read: (text) => encodingOf(new TextEncoder().encode(text)),
    worst: ["é", "é ", "a", "\ud83d\ude00"],
  },
  "dates of an import": { read: (text) => dateIn(text, "day"), worst: ["1", "1/", "a ", " ", "1 a"] },
  "names of columns": { read: columnName, worst: ["a", "aB", "é", " ", "-", "\ufdfa"] },
  "cells of a download": { read: (text) => unguarded(csvLines([[text]])), worst: [";", "'", "; ", ";'=", "\t", "="] },
  "email addresses": { read: (text) => Email.safeParse(text), worst: ["a", "a.", "a@", "@", "-", " ", "+"] },
  "an email address with a domain": { read: (text) => Email.safeParse(`a@${text}`), worst: ["a", "a.", "a-", "."] },
  mailboxes: { read: canonicalEmail, worst: ["+", "a+", ".", "@", "+\n"] },
  "checkout codes": {
    read: (text) => [CheckoutCode.safeParse(text), checkoutKey(text)],
    worst: ["a", "\u0301", "\u200b", "-", " ", "MTox", "ß"],
  },
  times: { read: (text) => TimeIn.safeParse(text), worst: ["T", "1", "2026-01-01T", "+00:0", "Z"] },
  URLs: { read: (text) => WebUrl.safeParse(`https://${text}`), worst: ["a", "a.", "/", "%", "@", "\u3002"] },
  "websites of brands": { read: refusing(website), worst: ["a", "a.", "/", "a-", "\u3002"] },
  "a browser's languages": { read: (text) => languageFor("auto", text), worst: ["de,", "x;q=0,", ";", "-", " ", "q="] },
  "codes from other products": { read: codesIn, worst: ["a", "a.", "a/", "https://", "?ref=", "/t/", ","] },
  "a page's query": { read: oldCodesIn, worst: ["&ref=a", "&", "ref=", "%", "+"] },
  "share links": { read: openShareLink, worst: ["&", "&amp;", "?", "%3f", "&a=", "%", "a=b"] },
  "landing pages": {
    read: (text) =>
      landing(
        "",
        {
          campaign_id: 1,
          landing_url: `https://a.example/${text}`,
          publish: "private",
          slug: "",
          url: "",
          link_host: null,
        },
        { code: "x" },
      ),
    worst: ["&", "?", "#", "é", "&ref", "%", "&a=", "/", "\ud83d\ude00"],
  },
  "a payment provider's signature": {
    read: (text) =>
      providers.stripe.isSigned("s", new Headers({ "stripe-signature": text }), new Uint8Array(), new Date()),
    worst: ["v1=", ",", "t=1,", "=", "v1=a,"],
  },
  "a payment provider's event": {
    read: refusing((text) =>
      providers.shopify.read(new Headers({ "x-shopify-topic": "orders/paid" }), {
        id: 1,
        currency: "USD",
        landing_site: text,
        note_attributes: [{ name: text, value: text }],
      }),
    ),
    worst: ["&", "?", "/", "%", "&ref=", "@", "a.", " "],
  },
  "a browser's name": {
    read: (text) =>
      isPerson({ method: "GET", userAgent: `Mozilla/5.0 ${text}`, address: "", country: null, header: () => text }),
    worst: ["a", "a ", "(", "bo", "http", "-", "1.", "Mozilla/5.0 (a) ", "(compatible;"],
  },
};
