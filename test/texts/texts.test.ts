import bidiFactory from "bidi-js";
import { describe, expect, it } from "vitest";
import { wordsOf } from "../../src/campaigns/widget/widget";
import { widgetDefaults } from "../../src/campaigns/widget/widget-schema";
import { en } from "../../src/texts/en/en";
import { members } from "../../src/texts/en/members";
import { type Language, languages } from "../../src/texts/languages";
import {
  count,
  dayIn,
  directionOf,
  fill,
  languageFor,
  momentIn,
  moneyIn,
  numberIn,
  textsOf,
} from "../../src/texts/text";

const spoken: [Language, Record<string, string>][] = (Object.keys(languages) as Language[]).map((tag) => [
  tag,
  languages[tag](),
]);
type Foreign = Exclude<Language, "en">;
const foreign = spoken.filter((one): one is [Foreign, Record<string, string>] => one[0] !== "en");
const named = (text: string) => [...text.matchAll(/\{[^{}]*\}/g)].map(([name]) => name).sort();
const wordsIn = (tag: Language) => Object.entries<string>(languages[tag]());

/** The counted texts, and the forms that a language has for whole numbers that fit a campaign. */
const counted = new Set(Object.keys(en).flatMap((name) => name.match(/^(.+)_other$/)?.[1] ?? []));
const formsIn = (tag: string) =>
  new Set(["other", ...Array.from({ length: 1000 }, (_, value) => new Intl.PluralRules(tag).select(value))]);
const nameOf = (name: string) => name.replace(/_(zero|one|two|few|many|other)$/, "");
const isCounted = (name: string) => counted.has(nameOf(name)) && nameOf(name) !== name;
/** A text's English version. A form that English lacks uses `other`. */
const englishOf = (name: string) =>
  (en as Record<string, string>)[name] ?? en[`${nameOf(name)}_other` as keyof typeof en];

/** Words that are the same in another language, by its tag. */
const SAME: Record<Foreign, string[]> = {
  ar: ["promise", "mail_person"],
  de: ["promise", "mail_person", "minutes"],
  "de-x-formal": ["promise", "mail_person", "minutes"],
  fr: ["mail_person", "minutes", "seconds", "stat_participants"],
  es: ["promise", "mail_person", "minutes", "a_token"],
  it: ["promise", "mail_person", "by_email"],
  ja: [],
  nl: ["promise", "mail_person", "minutes", "seconds", "a_token"],
  pl: ["promise", "mail_person", "minutes"],
  pt: ["promise", "mail_person", "minutes", "a_token"],
  "pt-PT": ["promise", "mail_person", "minutes", "a_token"],
};

describe("participants' texts", () => {
  it.each(spoken)("are complete in %s, with each plural form of its grammar", (tag, texts) => {
    const names = Object.keys(en).filter((name) => !isCounted(name));
    const grammar = [...formsIn(tag)];
    const forms = [...counted].flatMap((name) => grammar.map((form) => `${name}_${form}`));
    expect(Object.keys(texts).sort()).toEqual([...names, ...forms].sort());
    expect(Object.entries(texts).filter(([, text]) => !text || text.trim() !== text)).toEqual([]);
  });

  it.each(foreign)("have the same placeholders in %s", (_tag, texts) => {
    for (const [name, text] of Object.entries(texts)) {
      // One and two may be words: "a friend", "صديقان".
      const isWord = /_(zero|one|two)$/.test(name) && isCounted(name);
      const without = (names: string[]) => names.filter((place) => !isWord || place !== "{count}");
      expect([name, without(named(text))]).toEqual([name, without(named(englishOf(name)))]);
    }
  });

  it.each(foreign)("contain no English in %s", (tag, texts) => {
    const same = Object.entries(texts).filter(([name, text]) => englishOf(name) === text);
    expect(same.map(([name]) => name).sort()).toEqual(SAME[tag].sort());
  });

  it.each(spoken)("have typographic quotes and no markup in %s", (_tag, texts) => {
    for (const [name, text] of Object.entries(texts))
      expect([name, text]).toEqual([name, text.replace(/['"<>&`]|\.\.\./g, "")]);
  });

  it("keep a punctuation mark with its word in French, with a narrow no-break space", () => {
    for (const text of Object.values(languages.fr())) expect(text).not.toMatch(/[^\u202f][:;!?»]|«[^\u202f]/);
  });

  it("open every question and exclamation in Spanish", () => {
    const marks = (text: string) => ["¿", "?", "¡", "!"].map((mark) => text.split(mark).length);
    for (const text of Object.values(languages.es())) {
      const [asks, asked, cries, cried] = marks(text);
      expect([text, asks, cries]).toEqual([text, asked, cried]);
    }
  });

  it("use each language's form of address: du or Sie, vous, tú, você, je, ty", () => {
    /** The forms of address that the texts do not use. Null: not checked. */
    const slips: Record<Foreign, string | null> = {
      ar: null,
      de: "Sie|Ihr|Ihre[mnrs]?|Ihnen",
      "de-x-formal": "[Dd]u|[Dd]eine?[mnrs]?|[Dd]ich|[Dd]ir|[Ee]uch|[Ee]ure?[mnrs]?",
      it: "Lei|Suo|Sua|Suoi|Sue|[Vv]oi|[Vv]ostr[oaie]|La invitiamo",
      ja: "あなた",
      nl: "[Uu]w?|[Jj]ullie",
      pl: "[Pp]an[ai]?|[Pp]ański\\p{L}*|\\p{L}+ł[ea][mś]",
      fr: "[Tt]u|[Tt]on|[Tt]a|[Tt]es|[Tt]oi",
      es: "[Uu]sted(es)?|Sus?|[Vv]os(otros)?|[Vv]uestr[oa]s?|[Oo]s",
      pt: "[Tt]u|[Tt]eus?|[Tt]uas?|[Ss]enhora?|[Vv]ós|[Vv]oss[oa]s?",
      "pt-PT": null,
    };
    for (const [tag, texts] of foreign) {
      if (slips[tag] === null) continue;
      const slip = new RegExp(`(?<!\\p{L})(${slips[tag]})(?!\\p{L})`, "u");
      for (const [name, text] of Object.entries(texts)) {
        // A participant's message to a friend: a shop says "Sie" to customers, but friends say "du".
        if (tag === "de-x-formal" && name === "share_message") continue;
        expect([tag, name, text.match(slip)?.[0]]).toEqual([tag, name, undefined]);
      }
    }
  });

  it("quote a campaign's name: quoted, it merges with no word before it", () => {
    for (const [tag, texts] of foreign)
      for (const [name, text] of Object.entries(texts))
        for (const [whole] of text.matchAll(/.{0,2}\{campaign_name\}.{0,2}/gsu))
          expect([tag, name, whole]).toEqual([
            tag,
            name,
            expect.stringMatching(/[„«“‘「]\u202f?\{campaign_name\}\u200e?\u202f?[“”»’」]/u),
          ]);
  });

  it("have no word in French that would lose its vowel before a name", () => {
    const place = /(?<!\p{L})(?:que|de|le|la|si|jusque) \{(?:name|email|\w+_name|brand)\}/u;
    for (const [name, text] of wordsIn("fr")) expect([name, text.match(place)?.[0]]).toEqual([name, undefined]);
  });

  it("have no article in Italian that would lose its vowel before a date: l’8 dicembre", () => {
    const place = /(?<!giorno )\{(?:day|start|end|drawn|removed)\}/u;
    for (const [name, text] of wordsIn("it")) {
      const isAlone = name === "proof_removed";
      expect([name, isAlone ? undefined : text.match(place)?.[0]]).toEqual([name, undefined]);
    }
  });

  it("have no participle in French, Italian, or Portuguese that would name the reader's gender", () => {
    const gendered = {
      fr: /vous (?:êtes|ne vous êtes pas) \p{L}+(?:é|it|is)(?!\p{L})|vous (?:a|ont) \p{L}+(?:é|it|nt)(?!\p{L})/iu,
      it: /(?<!\p{L})(?:sei|ti sei|sei stato) \p{L}+[ia]to(?!\p{L})|(?:^|[.!?] )benvenut[oa](?!\p{L})/iu,
      pt: /(?<!\p{L})(?:obrigad[oa]|bem-vind[oa])(?!\p{L})/iu,
      "pt-PT": /(?<!\p{L})(?:obrigad[oa]|bem-vind[oa])(?!\p{L})/iu,
    } as const;
    for (const [tag, participle] of Object.entries(gendered))
      for (const [name, text] of wordsIn(tag as Language))
        expect([tag, name, text.match(participle)?.[0]]).toEqual([tag, name, undefined]);
  });

  it("begin a sentence with a person's name, in whose place a phrase with a capital letter may stand", () => {
    for (const tag of ["en", "de", "de-x-formal", "es", "fr", "it", "nl", "pl", "pt", "pt-PT"] as const)
      for (const [name, text] of Object.entries(textsOf(tag)))
        for (const [, before = ""] of text.matchAll(/(.*?)\{(?:friend|sender)_name\}/gsu))
          expect([tag, name, before]).toEqual([tag, name, expect.stringMatching(/^$|[.!?] $/u)]);
  });

  it("insert owners' words where no case or gender applies, in languages that have them", () => {
    const place = /(.{0,2})\{(reward|campaign_name|brand|brand_name)\}(.{0,2})/gsu;
    for (const tag of ["de", "de-x-formal", "pl", "ar"] as const)
      for (const [name, text] of wordsIn(tag))
        for (const [whole, before = "", word = "", after = ""] of text.matchAll(place)) {
          // A brand that is the subject of a sentence is as its owner wrote it. Arabic brands have no endings.
          if (word.startsWith("brand") && (tag === "ar" || name === "mail_invitation_message")) continue;
          const isAlone = /(^|: |\()$/.test(before) || (/[„«]$/.test(before) && /^[“”»]/.test(after));
          expect([tag, name, whole, isAlone]).toEqual([tag, name, whole, true]);
        }
  });

  it("are Brazilian in Portuguese", () => {
    const european =
      /(?<!com)partilh|regist(?!r)|ecrã|telemóvel|cupão|palavra-passe|subscri|introduz|(?<!\p{L})(equipa|consigo|para si|o seu|a sua)(?!\p{L})/iu;
    for (const [name, text] of wordsIn("pt")) expect([name, text.match(european)?.[0]]).toEqual([name, undefined]);
  });

  it("are European for readers in Portugal", () => {
    const brazilian =
      /voc[êe]|compartilh|cadastr|(?<!\p{L})(senha|equipe|cupom|ganhador|celular|tela)(?!\p{L})|clicando/u;
    // A possessive has an article in front: "o seu link".
    const bare =
      /(?<!(?<!\p{L})(?:[oa]s?|[dn][oa]s?|aos?|às?|pel[oa]s?|ser|para) )(?<!\p{L})(?:seus?|suas?)(?!\p{L})/iu;
    for (const [name, text] of wordsIn("pt-PT"))
      expect([name, text.match(brazilian)?.[0] ?? text.match(bare)?.[0]]).toEqual([name, undefined]);
  });

  it("are English for an unsupported language, and the campaign's own if it has some", () => {
    const english = { ...en, ...members };
    expect(textsOf("ko")).toEqual(english);
    expect(textsOf("pt-BR").language).toBe("Português");
    expect(["pt-pt", "pt-MZ"].map((tag) => textsOf(tag).language)).toEqual(Array(2).fill("Português (Portugal)"));
    expect(textsOf("ko", { join: "내 링크 받기", constructor: "x", none: "x" })).toEqual({
      ...english,
      join: "내 링크 받기",
    });
    expect(textsOf("de", { join: "<b>Los</b> &amp; ab<script>x</script>" }).join).toBe("Los & ab");
    expect(textsOf("constructor")).toEqual(english);
  });

  it("keep words of the other direction together, and start at their own side", () => {
    const bidi = bidiFactory();
    const seen = (text: string, direction?: "ltr" | "rtl") => {
      const levels = bidi.getEmbeddingLevels(text, direction);
      const shown = bidi.getReorderedString(text, levels).replace(/[\u200e\u200f\u2068\u2069]/g, "");
      return { shown, isRight: levels.paragraphs[0]?.level === 1 };
    };
    const latin = ["Ada L.", "7-Eleven Co.", "5 Coffees C++", "1.grace@example.com", "(Beta) Club!"];
    const arabic = ["سارة م.", "مقهى (الفجر)", "قهوة!"];
    for (const [tag] of spoken) {
      const isRight = directionOf(tag) === "rtl";
      for (const [, text] of wordsIn(tag).filter(([, text]) => /\p{L}/u.test(text.replace(/\{[a-z_]+\}/g, ""))))
        for (const word of isRight ? latin : arabic) {
          if (named(text).length === 0) continue;
          const filled = fill(text, Object.fromEntries(named(text).map((place) => [place.slice(1, -1), word])));
          const own = seen(word, isRight ? "ltr" : "rtl").shown;
          expect([tag, filled, seen(filled).shown]).toEqual([tag, filled, expect.stringContaining(own)]);
          expect([tag, filled, seen(filled).isRight]).toEqual([tag, filled, isRight]);
        }
    }
    expect(seen(fill(textsOf("ar").promise, { when: "عند انضمام صديق", gift: "2.5 ABC" })).shown).toContain("2.5 ABC");
  });

  it("insert values once, and keep unknown braces", () => {
    expect(fill("{a} {b} {toString}", { a: "{b}", b: 2 })).toBe("{b} 2 {toString}");
  });

  it("end with one period, also after a word that ends in one", () => {
    expect(fill(textsOf("ar").invited_by, { name: "Ada L." })).toMatch(/ \u200fAda L\.\u200e$/);
    expect(fill(textsOf("ar").reward_paid, { amount: moneyIn("ar", 5, "SAR") })).toMatch(/ر\.س\.\u200f$/);
    expect([fill("{a}. {a}", { a: "Inc." }), fill("{b}.", { a: "Inc." })]).toEqual(["Inc. Inc.", "{b}."]);
  });
});

describe("the language of a visitor", () => {
  it.each([
    ["de", "fr", "de"],
    ["ar", "fr", "ar"],
    ["auto", "fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5", "fr"],
    ["auto", "en;q=0.2, ES-mx;q=0.9", "es"],
    ["auto", "sv, ko;q=0.8, pt-BR;q=0.1", "pt"],
    ["auto", "ja, ko;q=0.8", "ja"],
    ["auto", "ar-EG, en;q=0.8", "ar"],
    ["auto", "de-AT, en;q=0.8", "de"],
    ["de-formal", "fr", "de-x-formal"],
    ["de-DE-formal", "fr", "de-x-formal"],
    ["de-x-formal", "fr", "de-x-formal"],
    ["auto", "pt-PT,pt;q=0.9,en;q=0.8", "pt-PT"],
    ["auto", "pt-BR,pt;q=0.9", "pt"],
    ["auto", "pt", "pt"],
    ["auto", "pt-AO", "pt-PT"],
    ["auto", "de;q=0, ko", "en"],
    ["auto", "*", "en"],
    ["auto", "constructor, __proto__", "en"],
    ["auto", ';;;=,,,"', "en"],
    ["auto", "", "en"],
    ["auto", undefined, "en"],
  ])("is, for the setting %s and a browser that sends %s, %s", (setting, header, language) => {
    expect(languageFor(setting, header)).toBe(language);
  });

  it.each([
    ["en", "ltr"],
    ["ar", "rtl"],
    ["he-IL", "rtl"],
    ["fa", "rtl"],
    ["ur-PK", "rtl"],
    ["az-Arab", "rtl"],
    ["ar-Latn", "ltr"],
    ["zz-aa-bb-cc-dd", "ltr"],
  ])("%s is read as %s", (tag, direction) => expect(directionOf(tag)).toBe(direction));
});

describe("numbers and days", () => {
  it("are formatted for the language", () => {
    expect(numberIn("en", 1234567)).toBe("1,234,567");
    expect(numberIn("de", 1234567)).toBe("1.234.567");
    expect(dayIn("de", new Date("2026-11-22T23:30:00Z"))).toBe("22. November 2026");
    // The digits that our Arabic texts have, wherever the reader is.
    for (const tag of ["ar", "ar-EG"])
      expect([numberIn(tag, 1234.5), dayIn(tag, new Date("2026-11-22")).slice(0, 2)]).toEqual(["1,234.5", "22"]);
    for (const [tag, currency, money] of [
      ["ja", "JPY", "￥1,235"],
      ["pl", "PLN", "1234,50\u00a0zł"],
      ["ar-EG", "SAR", "\u200f1,234.50\u00a0ر.س.\u200f"],
      ["ar", "KWD", "\u200f1,234.500\u00a0د.ك.\u200f"],
      // Without a mark, the sign would move to the other side of its letters.
      ["ar", "USD", "\u200f1,234.50\u00a0US$\u200e"],
    ] as const)
      expect(moneyIn(tag, currency === "JPY" ? 1235 : 1234.5, currency)).toBe(money);
    expect(dayIn("en-US", new Date("2026-11-22T23:30:00Z"))).toBe("November 22, 2026");
  });

  it("write the first of a month as the language does", () => {
    const first = new Date("2026-12-01T13:23:00Z");
    expect(["fr", "fr-CA", "pt", "pt-BR", "pt-PT", "de", "it"].map((tag) => dayIn(tag, first))).toEqual([
      "1er décembre 2026",
      "1er décembre 2026",
      "1º de dezembro de 2026",
      "1º de dezembro de 2026",
      "1 de dezembro de 2026",
      "1. Dezember 2026",
      "1 dicembre 2026",
    ]);
    expect(momentIn("fr", first)).toBe("1er décembre 2026 à 13:23 UTC");
    expect(momentIn("fr", new Date("2026-12-11T01:01:00Z"))).toBe("11 décembre 2026 à 01:01 UTC");
  });

  it("use the plural of the language", () => {
    const people = (tag: string, ...values: number[]) =>
      values.map((value) => count(textsOf(tag), tag, "people", value));
    expect(people("en", 0, 1, 1000)).toEqual([
      "0 people have joined",
      "1 person has joined",
      "1,000 people have joined",
    ]);
    expect(people("fr", 0, 1, 2)).toEqual(["0 personne participe", "1 personne participe", "2 personnes participent"]);
    expect(people("de", 1_000_000)).toEqual(["1.000.000 Leute machen mit"]);
    expect(people("es", 1_000_000)).toEqual(["1.000.000 personas participan"]);
    expect(people("pl", 1, 3, 5, 12, 22)).toEqual([
      "1 osoba bierze udział",
      "3 osoby biorą udział",
      "5 osób bierze udział",
      "12 osób bierze udział",
      "22 osoby biorą udział",
    ]);
    expect(people("ar", 0, 1, 2, 3, 11, 100)).toEqual([
      "لم ينضم أحد بعد",
      "انضم شخص واحد",
      "انضم شخصان",
      "انضم 3 أشخاص",
      "انضم 11 شخصًا",
      "انضم 100 شخص",
    ]);
    expect(people("ja", 1, 2)).toEqual(["1人が参加しています", "2人が参加しています"]);
    expect(people("de-x-formal", 1)).toEqual(["1 Person macht mit"]);
  });

  it("use a plural that only the campaign's own language has", () => {
    const own = { people_few: "{count} человека", people_other: "{count} человек" };
    expect([2, 5].map((value) => count(textsOf("ru", own), "ru", "people", value))).toEqual([
      "2 человека",
      "5 человек",
    ]);
  });

  it("survive an unknown language tag", () => {
    expect(numberIn("zz-aa-bb-cc-dd", 1234)).toBe("1,234");
    expect(count(textsOf("en-a"), "en-a", "people", 1)).toBe("1 person has joined");
  });
});

describe("a widget's texts", () => {
  it("are the English defaults of its settings for owners who never set them", () => {
    const words = wordsOf({}, textsOf("en"));
    expect(widgetDefaults).toMatchObject(words);
  });

  it("are in the visitor's language if they were never set, or written back unchanged", () => {
    const texts = textsOf("de");
    const expected = { header_title: texts.header_title, field_label_1: texts.name, button_text: "Los" };
    expect(wordsOf({ button_text: "Los" }, texts)).toMatchObject(expected);
    expect(wordsOf({ ...widgetDefaults, button_text: "Los" }, texts)).toMatchObject(expected);
    expect(wordsOf({ header_title: "" }, texts).header_title).toBe("");
  });
});
