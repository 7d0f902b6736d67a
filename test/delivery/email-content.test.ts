import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NO_REWARD } from "../../src/campaigns/reward/shown-reward-store";
import { type LetterFacts, letterOf } from "../../src/delivery/email-content/email-content";
import { contrast } from "../../src/lib/color";
import { sanitized } from "../../src/lib/richtext";
import { languages } from "../../src/texts/languages";
import { everyLetter, factsOf, hostileFacts, kinds } from "../support/email-samples";
import { scripts } from "../support/payloads";
import { runs, seed } from "../support/seed";

type Element = { name: string; attributes: Record<string, string> };

/** Reads HTML with a parser, not a regular expression. */
async function elementsOf(html: string) {
  const elements: Element[] = [];
  let words = "";
  const rewriter = new HTMLRewriter()
    .on("*", {
      element: (element) =>
        void elements.push({ name: element.tagName, attributes: Object.fromEntries(element.attributes) }),
    })
    .on("body", {
      text({ text }) {
        words += text;
      },
    });
  await rewriter.transform(new Response(html)).text();
  return { elements, words };
}

const OURS = new Set("html head meta title style body div table tbody tr td h1 span img a br wbr".split(" "));
const THEIRS = new Set("a b br code em h3 h4 i li ol p s small span strong sub sup u ul".split(" "));
const ATTRIBUTES = new Set(
  "lang dir charset name content class style role width height cellpadding cellspacing border align bgcolor href target src alt".split(
    " ",
  ),
);

async function expectHarmless(html: string) {
  const { elements } = await elementsOf(html);
  for (const { name, attributes } of elements) {
    expect(OURS.has(name) || THEIRS.has(name), name).toBe(true);
    for (const [attribute, value] of Object.entries(attributes)) {
      expect(ATTRIBUTES.has(attribute), `${name} ${attribute}`).toBe(true);
      if (attribute === "href") expect(value).toMatch(/^(https?:\/\/|mailto:)/);
      if (attribute === "src") expect(value).toMatch(/^https?:\/\//);
      if (attribute === "style") expect(value).not.toMatch(/url|expression|evil/i);
    }
  }
  return elements;
}

const own = (message: string, more: Partial<LetterFacts> = {}) => letterOf(factsOf("reward", { message, ...more }));

/** The campaign's message in the email. */
const messageIn = (html: string) =>
  html.match(/<div style="overflow-wrap:anywhere;word-break:break-word">([\s\S]*?)<\/div>/)?.[1] ?? "";

const SPOKEN = [...Object.keys(languages), "he", "xx"];

describe.each(kinds)("the email %s, in every language", (kind) => {
  const all = everyLetter([kind], SPOKEN);

  it("is complete and harmless, whatever its input", async () => {
    for (const { name, facts, letter } of all) {
      const { subject, text, html } = letter;
      const elements = await expectHarmless(html);
      expect([name, elements.filter((element) => element.name === "h1").length]).toEqual([name, 1]);
      expect(subject).toMatch(/^[^\p{Cc}\u2028\u2029\u202e]+$/u);
      expect(text.trim().length).toBeGreaterThan(80);
      expect(`${subject}${text}`).not.toMatch(
        /undefined|\bnull\b|\[object|\{(name|campaign_name|sender_name|brand_name)\}/,
      );
      expect(elements[0]?.attributes).toMatchObject({ dir: /^(ar|he)$/.test(facts.language) ? "rtl" : "ltr" });
    }
  });

  it("has every URL in its text version", () => {
    for (const { facts, letter } of all.filter(({ name }) => name.endsWith("normal"))) {
      expect(letter.text).toContain(facts.link);
      if (facts.unsubscribe_url) expect(letter.text).toContain(facts.unsubscribe_url);
      if (facts.reward) expect(letter.text).toContain(facts.reward);
      if (kind === "entry") expect(letter.text).toContain(facts.referral_url);
      expect(letter.text).not.toMatch(/&[a-z]+;|<[a-z]/);
    }
  });

  it("breaks words that are longer than a line", async () => {
    const long = "Donaudampfschifffahrtsgesellschaft".repeat(2);
    const facts = factsOf(kind);
    const { html } = letterOf({
      ...facts,
      ...{ campaign_name: long, name: long, friend_name: long, sender_name: long, email: `${long}@example.com` },
      ...(facts.brand && { brand: { ...facts.brand, name: long } }),
      ...(facts.promised && { promised: { ...facts.promised, reward: { ...facts.promised.reward, title: long } } }),
    });
    const [visible] = html
      .split("<body")
      .slice(1)
      .map((body) => body.replace(/<div style="display:none[\s\S]*?<\/div>/, ""));
    let breaking = "";
    const rewriter = new HTMLRewriter().on('[style*="overflow-wrap:anywhere"]', {
      text({ text }) {
        breaking += text;
      },
    });
    await rewriter.transform(new Response(`<body${visible}`)).text();
    expect(breaking.split(long).length).toBe(visible?.split(long).length);
    expect(breaking).toContain(long);
  });

  it("is different in each language", () => {
    const texts = all.filter(({ name }) => /-(en|de|fr|es|pt)-normal/.test(name)).map(({ letter }) => letter.text);
    expect(new Set(texts).size).toBe(5);
  });
});

describe("values inserted into an email", () => {
  it("are escaped for their place, whatever they contain", async () => {
    for (const payload of scripts) {
      for (const kind of ["entry", "reward", "invitation"] as const) {
        const values = { name: payload, campaign_name: payload, reward: payload, sender_name: payload, email: payload };
        const places =
          "{{name}} {{email}} {{campaign_name}} {reward} <b>{{ reward }}</b> <a href='https://x.example/?q={{name}}'>x</a>";
        await expectHarmless(letterOf(factsOf(kind, values)).html);
        await expectHarmless(letterOf(factsOf(kind, { ...values, message: places, subject: places })).html);
        await expectHarmless(letterOf(factsOf(kind, { message: payload, subject: payload })).html);
        await expectHarmless(
          letterOf(factsOf(kind, { link: payload, referral_url: payload, unsubscribe_url: payload })).html,
        );
      }
    }
  });

  it("are not read again for placeholders", () => {
    const { subject, html, text } = letterOf(
      factsOf("entry", {
        campaign_name: "{{email}} {reward}",
        message: "<p>{{campaign_name}}</p>",
        subject: "{{campaign_name}}",
      }),
    );
    expect(subject).toBe("{{email}} {reward}");
    expect(messageIn(html)).toContain("{{email}} {reward}");
    expect(text).toContain("{{email}} {reward}");
  });

  it("work with one or two pairs of braces, with or without spaces; other words stay", () => {
    const { subject } = own("x", { subject: "{{name}}|{{ name }}|{name}|{ name\t}|{{nobody}}|{{constructor}}|{Name}" });
    expect(subject).toBe("Grace Hopper|Grace Hopper|Grace Hopper|Grace Hopper|{{nobody}}|{{constructor}}|{Name}");
  });

  it("end a sentence with a single period", () => {
    const letter = (language: string, campaign_name: string) =>
      letterOf(factsOf("reward", { language, campaign_name })).text;
    expect(letter("en", "Figs & Co.")).toContain("joined Figs & Co.\n");
    expect(letter("en", "Figs & Co")).toContain("joined Figs & Co.\n");
    expect(own("<p>From {{ campaign_name }}.</p>", { campaign_name: "Figs & Co." }).html).toContain(
      "Figs &amp; Co.</p>",
    );
  });

  it("cannot inject a header through the subject", () => {
    const name = "Grace\r\nBcc: all@example.org\u2028X: y\0";
    expect(own("x", { subject: "For {{name}}\r\nCc: b@example.org", name: null }).subject).not.toMatch(/[\r\n]/);
    expect(own("x", { subject: "For {{campaign_name}}", campaign_name: name }).subject).toBe(
      "For Grace Bcc: all@example.org X: y",
    );
  });

  it("work in a link, as a whole or as a part", async () => {
    const { html, text } = own(
      '<a href="{{ referral_url }}">here</a> <a href="https://x.example/?u={{referral_url}}&n={name}">share</a>',
      {
        referral_url: "https://go.example/t/a?b=1&c=2",
      },
    );
    const { elements } = await elementsOf(messageIn(html));
    const hrefs = elements.flatMap(({ attributes }) => attributes.href?.replaceAll("&amp;", "&") ?? []);
    expect(hrefs).toEqual([
      "https://go.example/t/a?b=1&c=2",
      "https://x.example/?u=https%3A%2F%2Fgo.example%2Ft%2Fa%3Fb%3D1%26c%3D2&n=Grace%20Hopper",
    ]);
    expect(text).toContain("here (https://go.example/t/a?b=1&c=2)");
  });

  it("turn nothing else into a link", async () => {
    const { html } = own('<a href="{{reward}}">x</a> <a href="{{name}}">y</a> {{reward}}', {
      reward: "javascript:alert(1)",
    });
    expect((await elementsOf(messageIn(html))).elements.filter(({ attributes }) => attributes.href)).toEqual([]);
  });

  it.each([
    ["en", "Hi there"],
    ["de", "Hi du"],
    ["fr", "Hi à vous"],
  ])("read well without a name, in %s", (language, greeting) => {
    for (const name of [null, "", "  ", "www.evil.example", "Win at evil.com now", "https://evil.example"]) {
      expect(own("Hi {{name}}!", { name, language }).text).toContain(`${greeting}!`);
    }
    expect(own("Hi {{name}}!", { name: "J.R. St.John O’Neill", language }).text).toContain("J.R. St.John O’Neill");
  });

  it("stay together in a sentence of the other direction, without marks in what people copy", () => {
    const message = "رمزك هو {{reward}} في {{campaign_name}}. رابطك: {{referral_url}}";
    const facts = { language: "ar", message, reward: "10-SAVE", campaign_name: "5 Coffees", name: "Ada L." };
    const { html, text } = own(message, { ...facts, referral_url: "https://go.example/t/abc/" });
    const isolated = messageIn(html)
      .match(/<span dir="auto">(.*?)<\/span>/g)
      ?.map((part) => part.replace(/<.*?>/g, ""));
    expect(isolated).toEqual(["10-SAVE", "5 Coffees", "https://go.example/t/abc/"]);
    expect(text).toContain("رمزك هو \u200f\u200e10-SAVE في \u200f\u200e5 Coffees. رابطك: https://go.example/t/abc/\n");
    expect(own("<b>{{name}}</b> {{reward}}").html).not.toContain('<span dir="auto">Grace');
    const arabic = letterOf(factsOf("friend_joined", { friend_name: "سارة م." }));
    expect(arabic.subject).toBe("\u200eسارة م.\u200f joined with your link");
  });

  it("name a person with a title in Japanese, but not an unknown one", () => {
    const subject = (sender_name: string | null) =>
      letterOf(factsOf("invitation", { language: "ja", sender_name })).subject;
    expect(subject("Ada L.")).toBe("Ada L.さんからAcme Coffeeへの招待が届いています");
    expect(subject(null)).toBe("お友だちからAcme Coffeeへの招待が届いています");
  });

  it("refuse names that are addresses, so that none is sent in our name", () => {
    const { subject, text, html } = letterOf(factsOf("invitation", { sender_name: "Free money: evil.com" }));
    expect(`${subject}${text}${html}`).not.toContain("evil.com");
    expect(subject).toBe("A friend invited you to Acme Coffee");
  });
});

describe("a campaign's own message", () => {
  it("keeps its paragraphs when it is plain text", () => {
    const { html, text } = own("Hi {{name}},\r\n\r\nline one\nline two 1 < 2 & 3");
    expect(messageIn(html)).toMatch(/^<p[^>]*>Hi Grace Hopper,<\/p><p[^>]*>line one<br>line two 1 &lt; 2 & 3<\/p>$/);
    expect(text).toMatch(/^Hi Grace Hopper,\n\nline one\nline two 1 < 2 & 3\n\n/);
  });

  it("becomes readable text if it is HTML", () => {
    const { text } = own(
      '<h3>News</h3><p>Hello&nbsp;<b>you</b>&#33;<br>next</p><ul><li>one<li>two <a href="https://x.example">link</a></ul><ol><li>a</li><li><p>b</p></li></ol><p><a href="https://y.example">https://y.example</a> <a href="mailto:a@b.example">a@b.example</a></p>',
    );
    expect(text.split("\n\n-- ")[0]).toContain(
      "News\n\nHello you!\nnext\n\n- one\n- two link (https://x.example)\n\n1. a\n2. b\n\nhttps://y.example a@b.example",
    );
  });

  it("stays within its place, whatever it leaves open or closes too much", async () => {
    for (const message of [
      "<a href='https://x.example'><ul><li><b><p>",
      "</p></p></div></td></table>x",
      "<ol><li><ul><li><small>a</ol>b",
      "<b>a\n\nb</i>",
    ]) {
      const html = messageIn(own(message).html);
      const marks = [...html.matchAll(/<(\/?)([a-z0-9]+)/g)].filter(([, , name]) => name !== "br");
      const open: string[] = [];
      for (const [, closing, name = ""] of marks) {
        if (closing) expect(open.pop()).toBe(name);
        else open.push(name);
      }
      expect(open).toEqual([]);
    }
  });

  it("is always closed and harmless, whatever it contains", async () => {
    const piece = fc.constantFrom(
      "<p>",
      "</p>",
      "<ul>",
      "<li>",
      "</ul>",
      "<a href='{{referral_url}}'>",
      "</a>",
      "<br>",
      "{{name}}",
      "{reward}",
      "\n\n",
      "<",
      ">",
      "&lt;",
      "x",
      "<script>",
      "</div>",
      '"',
      "{{",
      "<b",
      "</b>",
      "<b>",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), fc.string(), async (pieces, name) => {
        const { html } = own(pieces.join(""), { name, reward: name });
        const inside = messageIn(html);
        expect(sanitized(inside.replace(/ (class|style|dir)="[^"]*"/g, ""))).toBe(
          inside.replace(/ (class|style|dir)="[^"]*"/g, ""),
        );
        expect((inside.match(/<[a-z](?!r>)/g) ?? []).length).toBe((inside.match(/<\//g) ?? []).length);
        await expectHarmless(html);
      }),
      { seed, numRuns: runs(300) },
    );
  });

  it("is followed by the reward unless it names it", () => {
    expect(own("Well done!").text).toContain("Your reward\nCOFFEE-7GH2");
    expect(own("Your code is { reward }.").text.match(/COFFEE-7GH2/g)).toHaveLength(1);
  });

  it("with only whitespace counts as empty", () =>
    expect(own(" \n ", { subject: " " })).toEqual(letterOf(factsOf("reward"))));
});

describe("an email's design", () => {
  it("never calls the friends' link the reader's own page", () => {
    const referral_url = "https://go.example/t/abc";
    expect(letterOf(factsOf("reward", { link: referral_url, referral_url })).html).not.toContain("View my reward");
    expect(letterOf(factsOf("invitation", { link: referral_url, referral_url })).html).toContain("Accept invitation");
    expect(letterOf(factsOf("invitation", { link: null, referral_url })).text).toContain(referral_url);
  });

  it("has a readable button label, whatever the brand's color", async () => {
    for (const color of ["#ffffff", "#000000", "#facc15", "#777777", "#0f766e", "#ff0000"]) {
      const { html } = letterOf(
        factsOf("reward", { brand: { name: "A", url: "https://a.example", logo_url: null, color } }),
      );
      const [, ground = "", ink = ""] =
        html.match(/border-radius:8px;background:(#[0-9a-f]{6});color:(#[0-9a-f]{6})/) ?? [];
      expect(ground).toBe(color);
      expect(contrast(ground, ink)).toBeGreaterThanOrEqual(4.5);
    }
    expect(letterOf(hostileFacts("reward", { link: "https://a.example" })).html).toContain("background:#4f46e5");
  });

  it("shows the edge of a button and the progress bar with very pale or dark colors", () => {
    const progress = { current: 1, target: 2 };
    const promised = {
      goal: { type: "signup" as const, target: 2 },
      reward: { ...NO_REWARD, type: "coupon" as const, title: "a free bag", invited: false },
    };
    for (const color of ["#fef9c3", "#ffffff", "#020617"]) {
      const { html } = letterOf(
        factsOf("friend_joined", {
          ...{ link: "https://a.example/status", progress, promised },
          brand: { name: "A", url: "https://a.example", logo_url: null, color },
        }),
      );
      const edge = html.match(/padding:13px 24px;border:1px solid (#[0-9a-f]{6})/)?.[1] ?? color;
      expect([color, contrast(edge, color) >= 3]).toEqual([color, true]);
      const [, name = "", bar = "#ffffff"] = html.match(/<td class="(done[a-z ]*)"[^>]*bgcolor="(#[0-9a-f]{6})"/) ?? [];
      expect([color, contrast(bar, "#ffffff") >= 3, name === "done deep"]).toEqual([color, true, color === "#020617"]);
    }
  });

  it("shows the progress, and names the reward separately", () => {
    const promised = { ...factsOf("recap").promised } as NonNullable<LetterFacts["promised"]>;
    const facts = { promised, progress: { current: 2, target: 3 }, language: "de" };
    expect(letterOf(factsOf("recap", facts)).text).toContain(
      "Geworbene Freunde\n2 / 3\nDeine Belohnung: ein Gutschein\n",
    );
    expect(letterOf(factsOf("recap", facts)).html).toContain("Deine Belohnung: ein Gutschein");
  });

  it("shows a code in a font for codes, and a sentence without spaces like any other", () => {
    const panel = (reward: string) => letterOf(factsOf("reward", { reward })).html.match(/class="value"[^>]*ui-mono/);
    expect([panel("COFFEE-7GH2"), panel("次回のご来店でケーキを差し上げます。")]).toEqual([expect.anything(), null]);
  });

  it("breaks Japanese headings between phrases, and spaces no letters that join", () => {
    const heading = (language: string) =>
      letterOf(factsOf("entry", { language })).html.match(/<h1.*?<\/h1>/s)?.[0] ?? "";
    expect(heading("ja")).toContain("リンクを<wbr>シェアしましょう");
    expect(["en", "ar", "ja"].map((tag) => heading(tag).includes("letter-spacing"))).toEqual([true, false, false]);
  });

  it("names store credit, which is not money", () => {
    const { promised } = factsOf("entry");
    const reward = { ...promised?.reward, type: "credit", title: null, credit_value: 10 };
    const facts = { promised: { ...promised, reward } as NonNullable<LetterFacts["promised"]> };
    expect(letterOf(factsOf("entry", facts)).text).toContain("Get $10.00 in store credit as soon as");
  });

  it("shows the brand's logo with its name, or its name", async () => {
    const brand = {
      name: "Acme & Sons",
      url: "https://acme.example",
      logo_url: "https://acme.example/logo.png",
      color: "#0f766e",
    };
    const images = (await elementsOf(letterOf(factsOf("entry", { brand })).html)).elements.filter(
      ({ name }) => name === "img",
    );
    expect(images.map(({ attributes }) => [attributes.src, attributes.alt])).toEqual([
      [brand.logo_url, "Acme &amp; Sons"],
    ]);
    expect((await elementsOf(letterOf(factsOf("entry")).html)).words).toContain("Acme Coffee");
  });

  it("uses the campaign's own texts if there are any", () => {
    const texts = { mail_entry_subject: "Willkommen!", mail_unsubscribe: "Keine Mails mehr" };
    const { subject, html } = letterOf(factsOf("entry", { language: "de", texts }));
    expect(subject).toBe("Willkommen!");
    expect(html).toContain("Keine Mails mehr");
  });
});
