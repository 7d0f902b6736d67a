import { beforeAll, describe, expect, it } from "vitest";
import { widgetDefaults } from "../../src/campaigns/widget/widget-schema";
import { contrast, TEXT } from "../../src/lib/color";
import { fontStack } from "../../src/lib/font";
import { de as inGerman } from "../../src/texts/de/de";
import { languages } from "../../src/texts/languages";
import { themeOf } from "../../src/visitors/hosted/theme";
import { newCampaign, plainCode, someone, type TestCampaign } from "../support/campaign";
import { call } from "../support/client";
import { scripts } from "../support/payloads";
import { browserOf } from "../support/session";
import { workOf } from "../support/work";

const BROWSER = { Accept: "text/html,application/xhtml+xml", "Accept-Language": "en" };
const CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";

const see = (path: string, headers: Record<string, string> = {}) =>
  call("GET", path, undefined, { headers: { ...BROWSER, ...headers } });
const pathOf = ({ brand, id }: TestCampaign) => `/p/${brand.slug}/campaign/${id}`;
const submit = (path: string, fields: Record<string, string>) =>
  call("POST", path, new URLSearchParams(fields).toString(), {
    headers: { ...BROWSER, "Content-Type": "application/x-www-form-urlencoded" },
  });

type Found = { elements: Record<string, string>[]; scripts: string[]; handlers: string[]; text: string };

/** The tokens of a page, by a browser's tokenizer. */
async function parsed(html: string, selector: string): Promise<Found> {
  const found: Found = { elements: [], scripts: [], handlers: [], text: "" };
  await new HTMLRewriter()
    .on(selector, {
      element: ({ attributes, tagName }) => void found.elements.push({ tagName, ...Object.fromEntries(attributes) }),
      text: ({ text }) => {
        found.text += text;
      },
    })
    .on("*", {
      element: ({ tagName, attributes }) => {
        for (const [name = "", value = ""] of attributes) {
          if (/^on|^style$|^srcdoc$/.test(name)) found.handlers.push(`${tagName} ${name}=${value}`);
          if (/^(href|src|action)$/.test(name) && !/^(https?:\/\/|mailto:|\/|#|$)/.test(value))
            found.handlers.push(`${tagName} ${name}=${value}`);
        }
      },
    })
    .on("script", { element: (script) => void found.scripts.push(script.getAttribute("src") ?? "inline") })
    .transform(new Response(html, { headers: { "Content-Type": "text/html" } }))
    .text();
  return found;
}

const meta = async (html: string, name: string) =>
  (await parsed(html, `meta[property="${name}"],meta[name="${name}"]`)).elements[0]?.content;
const field = async (html: string, name: string) => (await parsed(html, `input[name="${name}"]`)).elements[0]?.value;

describe("invited friends", () => {
  const invited = async (name: string, fields: Record<string, unknown> = {}) => {
    const campaign = await newCampaign({ publish: "public", reward_invited: true, ...fields });
    const { data } = await campaign.owner.post("/api/v1/signups", { campaign_id: campaign.id, email: someone(), name });
    const said = async (ref: string, language = "en") => {
      const { text } = await see(`${pathOf(campaign)}?ref=${ref}`, { "Accept-Language": language });
      return {
        shown: (await parsed(text, ".invitation, .invitation *")).text.trim(),
        title: await meta(text, "og:title"),
        description: await meta(text, "description"),
        scripts: (await parsed(text, "b")).scripts,
        text,
      };
    };
    return { campaign, participant: data, said };
  };
  const BY = "Rita M. invites you.";

  it("see who invites them and what they get, on the page and in its preview", async () => {
    const { campaign, participant, said } = await invited("Rita van der Meer");
    const plain = await said("");
    const page = await said(participant.referral_code);
    expect(page).toMatchObject({
      shown: `${BY} Join to get a coupon.`,
      title: `${BY} ${plain.title}`,
      description: `Join to get a coupon. ${plain.description}`,
    });
    expect(plain.shown).toBe("");
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/widget`, { language: "auto" });
    expect((await said(participant.referral_code, "de")).shown).toBe(
      "Rita M. lädt dich ein. Dein Geschenk, wenn du mitmachst: ein Gutschein.",
    );
  });

  it("see the amount of store credit", async () => {
    const { campaign, participant, said } = await invited("Rita van der Meer", { reward_type: 6 });
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/reward`, { credit_value: 10 });
    expect((await said(participant.referral_code)).shown).toBe("Rita M. gives you $10.00 in store credit.");
  });

  it.each([
    ["en", "USD", "Rita M. gives you $12.50."],
    ["de", "EUR", "Rita M. hat ein Geschenk für dich: 12,50\u00a0€."],
    ["es", "USD", "Rita M. te regala 12,50\u00a0US$."],
    ["fr", "EUR", "Rita M. vous offre 12,50\u00a0€."],
    ["pt", "BRL", "Rita M. tem um presente para você: R$\u00a012,50."],
    ["en", "KWD", "Rita M. gives you KWD\u00a012.500."],
  ])("see the amount of cash: %s, %s", async (language, currency, sentence) => {
    const { campaign, participant, said } = await invited("Rita van der Meer", { reward_type: 5, currency });
    expect((await said(participant.referral_code)).shown).toBe("Rita M. invites you. Join to get cash.");
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/reward`, { cash_value: 12.5 });
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/widget`, { language });
    const plain = await said("");
    const { shown, title, description, text } = await said(participant.referral_code);
    expect({ shown, title, description }).toEqual({
      shown: sentence,
      title: `${sentence} ${plain.title}`,
      description: plain.description,
    });
    expect(text).toContain(`<title>${sentence} ${plain.title}</title>`);
    expect(plain.shown).toBe("");
  });

  it("are promised only what they get", async () => {
    const { campaign, participant, said } = await invited("Rita van der Meer", {
      reward_invited: false,
      reward_type: 5,
    });
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/reward`, { cash_value: 10 });
    expect((await said(participant.referral_code)).shown).toBe(BY);
  });

  it.each(["Win at evil.example", "https://evil.example", "+49 151 23456789", "rita@evil.example"])(
    "read no advertisement: %s",
    async (name) => {
      const { participant, said } = await invited(name);
      const { shown, text } = await said(participant.referral_code);
      expect(shown).toBe("");
      expect(text).not.toContain("evil.example");
    },
  );

  it("see a name without HTML", async () => {
    const { participant, said } = await invited("<b>&\"'</b>$&");
    const { title, text } = await said(participant.referral_code);
    expect(title).toContain("invites you.");
    expect(text).toContain("<b>&lt;b&gt;&amp;");
  });

  it("see the plain page with a fake, unsigned, or foreign code, or a blocked or erased inviter's", async () => {
    const { campaign, participant, said } = await invited("Rita van der Meer");
    const other = await invited("Olga Other");
    const unsigned = plainCode(campaign.id, 6, participant.id);
    for (const ref of ["x", unsigned, `${participant.referral_code.slice(0, -2)}AA`, other.participant.referral_code])
      expect((await said(ref)).shown).toBe("");
    const path = `/api/v1/participants/${participant.id}`;
    expect((await campaign.owner.patch(path, { status: "blocked" })).status).toBe(200);
    expect((await said(participant.referral_code)).shown).toBe("");
    const erased = (await campaign.signUp(someone(), { name: "Erna Erased" })).data;
    expect((await campaign.owner.delete(`/api/v1/participants/${erased.id}`)).status).toBe(200);
    const plain = await said("");
    for (const code of [participant.referral_code, erased.referral_code])
      expect(await said(code)).toMatchObject({ shown: "", title: plain.title, description: plain.description });
  });

  it("still see it beside a form with errors", async () => {
    const { campaign, participant } = await invited("Rita van der Meer");
    const { status, text } = await submit(pathOf(campaign), { email: "no", ref: participant.referral_code });
    expect(status).toBe(400);
    expect((await parsed(text, ".invitation, .invitation *")).text.trim()).toBe(`${BY} Join to get a coupon.`);
  });
});

describe("visibility", () => {
  it("of public campaigns: they have a page, and their brand lists them newest first", async () => {
    const first = await newCampaign({ publish: "public", name: "First" });
    const second = (
      await first.owner.post("/api/v1/campaigns", { brand_id: first.brand.id, name: "Second", publish: "public" })
    ).data;
    await first.owner.post("/api/v1/campaigns", { brand_id: first.brand.id, name: "Hidden" });
    const brand = await see(`/p/${first.brand.slug}`);
    expect(brand.status).toBe(200);
    const { elements } = await parsed(brand.text, ".card a");
    expect(elements.map(({ href }) => href)).toEqual([`/p/${first.brand.slug}/campaign/${second.id}`, pathOf(first)]);
    expect(brand.text).not.toContain("Hidden");
    expect((await see(pathOf(first))).status).toBe(200);
  });

  it("campaigns that nobody can join are not listed on their brand's page", async () => {
    const campaign = await newCampaign({ publish: "public" });
    const go = async () => (await parsed((await see(`/p/${campaign.brand.slug}`)).text, ".card, .card *")).text;
    expect(await go()).toContain("Join now");
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}`, { status: "ended" });
    expect(await go()).not.toContain("Join now");
    expect(await go()).toContain("This campaign has ended");
  });

  it("all private pages are the same 404", async () => {
    const hidden = await newCampaign();
    const shown = await newCampaign({ publish: "public" });
    const answers = await Promise.all(
      [
        pathOf(hidden),
        `/p/${hidden.brand.slug}`,
        `/p/${shown.brand.slug}/campaign/${hidden.id}`,
        `/p/${hidden.brand.slug}/campaign/${shown.id}`,
        `/p/${shown.brand.slug}/campaign/999999999`,
        `/p/${shown.brand.slug}/campaign/abc`,
        "/p/no-such-brand",
        "/p/%ED%A0%80",
      ].map((path) => see(path)),
    );
    for (const { status, text, headers } of answers) {
      expect(status).toBe(404);
      expect(text).toBe(answers[0]?.text);
      expect(headers.get("Content-Type")).toBe("text/html; charset=utf-8");
      expect(headers.get("Cache-Control")).toBe("private, no-store");
    }
    expect(await call("GET", `${pathOf(hidden)}/share.png`)).toMatchObject({ status: 404, code: "not_found" });
  });

  it("programs get failures as JSON, and the API always returns JSON", async () => {
    expect(await call("GET", "/p/no-such-brand")).toMatchObject({ status: 404, code: "not_found" });
    expect(await see("/api/v1/no-such-thing")).toMatchObject({ status: 404, code: "not_found" });
    expect(await see("/api/v1/brands")).toMatchObject({ status: 401, code: "unauthenticated" });
  });

  it("a page disappears when its campaign becomes private or is deleted", async () => {
    const campaign = await newCampaign({ publish: "public" });
    const { owner, brand } = campaign;
    expect([(await see(pathOf(campaign))).status, (await see(`/p/${brand.slug}`)).status]).toEqual([200, 200]);
    await owner.put(`/api/v1/campaigns/${campaign.id}`, { publish: "private" });
    expect([(await see(pathOf(campaign))).status, (await see(`/p/${brand.slug}`)).status]).toEqual([404, 404]);
    await owner.put(`/api/v1/campaigns/${campaign.id}`, { publish: "public" });
    expect([(await see(pathOf(campaign))).status, (await see(`/p/${brand.slug}`)).status]).toEqual([200, 200]);
    await owner.delete(`/api/v1/campaigns/${campaign.id}`);
    expect([(await see(pathOf(campaign))).status, (await see(`/p/${brand.slug}`)).status]).toEqual([404, 404]);
  });

  it("a brand's campaigns are paged, and a page beyond the last is the last", async () => {
    const campaign = await newCampaign({ publish: "public", name: "The oldest" });
    const { owner, brand } = campaign;
    for (let i = 0; i < 24; i++)
      await owner.post("/api/v1/campaigns", { brand_id: brand.id, name: `Campaign ${i}`, publish: "public" });
    const [first, second, last] = await Promise.all(
      ["", "?page=2", "?page=99"].map((query) => see(`/p/${brand.slug}${query}`)),
    );
    expect((await parsed(first?.text ?? "", ".card")).elements).toHaveLength(24);
    expect(first?.text).not.toContain("The oldest");
    expect(second?.text).toContain("The oldest");
    expect(last?.text).toBe(second?.text);
  });
});

describe("a copy at the edge", () => {
  it("serves both pages and the image without the database", async () => {
    const campaign = await newCampaign({ publish: "public" });
    for (const path of [
      `${pathOf(campaign)}?ref=abcdefgh`,
      `/p/${campaign.brand.slug}`,
      `${pathOf(campaign)}/share.png`,
    ]) {
      await see(path);
      expect((await workOf(() => see(path))).d1_calls, path).toBe(0);
    }
  });

  const edits: [string, (campaign: TestCampaign) => Promise<unknown>][] = [
    ["campaign", ({ owner, id }) => owner.put(`/api/v1/campaigns/${id}`, { name: "Changed now" })],
    ["widget", ({ owner, id }) => owner.put(`/api/v1/campaigns/${id}/widget`, { header_title: "Changed now" })],
    ["lander", ({ owner, id }) => owner.put(`/api/v1/campaigns/${id}/lander`, { header_title: "Changed now" })],
    [
      "brand",
      ({ owner, brand }) =>
        owner.put(`/api/v1/brands/${brand.id}`, {
          socials: [{ social: "changed now", profile_url: "https://a.b.com" }],
        }),
    ],
  ];
  it.each(edits)("is dropped when the %s changes", async (what, edit) => {
    const campaign = await newCampaign({ publish: "public" });
    const paths = [`/p/${campaign.brand.slug}`, ...(what === "campaign" ? [] : [pathOf(campaign)])];
    for (const path of paths) expect((await see(path)).text).not.toMatch(/changed now/i);
    await edit(campaign);
    for (const path of paths) expect((await see(path)).text, path).toMatch(/changed now/i);
  });

  it("is dropped at the old and new address when a brand's slug changes", async () => {
    const campaign = await newCampaign({ publish: "public" });
    const slug = `new-${crypto.randomUUID()}`;
    expect([(await see(`/p/${campaign.brand.slug}`)).status, (await see(`/p/${slug}`)).status]).toEqual([200, 404]);
    await campaign.owner.put(`/api/v1/brands/${campaign.brand.id}`, { slug });
    expect([(await see(`/p/${campaign.brand.slug}`)).status, (await see(`/p/${slug}`)).status]).toEqual([404, 200]);
    expect((await see(`/p/${slug}/campaign/${campaign.id}`)).status).toBe(200);
    expect((await see(pathOf(campaign))).status).toBe(404);
  });

  it("of a brand's page has an ETag per language", async () => {
    const { brand } = await newCampaign({ publish: "public" });
    const { headers } = await see(`/p/${brand.slug}`);
    const ETag = { "If-None-Match": headers.get("ETag") ?? "" };
    expect((await see(`/p/${brand.slug}`, ETag)).status).toBe(304);
    const german = await see(`/p/${brand.slug}`, { ...ETag, "Accept-Language": "de" });
    expect(german.status).toBe(200);
    expect(german.headers.get("Vary")).toContain("Accept-Language");
    expect(german.text).toContain('<html lang="de"');
  });
});

describe("a friend's link", () => {
  it("leads to the page, which passes on its code: the referrer is credited with and without JavaScript", async () => {
    const campaign = await newCampaign({ publish: "public", num_signups: 1, reward_type: 3 });
    const ada = (await campaign.signUp(someone())).data;
    const click = await call("GET", new URL(ada.share_url).pathname, undefined, { headers: { "User-Agent": CHROME } });
    const target = new URL(click.headers.get("Location") ?? "");
    expect(target.pathname).toBe(pathOf(campaign));
    expect(target.searchParams.get("ref")).toBe(ada.referral_code);

    const page = await see(target.pathname + target.search);
    const ref = await field(page.text, "ref");
    expect(ref).toBe(ada.referral_code);
    const joined = await submit(pathOf(campaign), { email: someone(), name: "Grace", ref: ref ?? "" });
    expect(joined.status, joined.text.slice(0, 300)).toBe(200);
    expect(joined.text).toContain(`data-step="share"`);
    expect(joined.headers.get("Cache-Control")).toBe("private, no-store");
    const { data } = await campaign.owner.get(`/api/v1/participants/${ada.id}`);
    expect(data.referral_count).toBe(1);
  });

  it("never appears on another visitor's page", async () => {
    const campaign = await newCampaign({ publish: "public" });
    const { referral_code } = (await campaign.signUp(someone())).data;
    expect(await field((await see(`${pathOf(campaign)}?ref=${referral_code}`)).text, "ref")).toBe(referral_code);
    const other = await see(pathOf(campaign));
    expect(other.text).not.toContain(referral_code);
    expect(await field(other.text, "ref")).toBe("");
    expect(other.headers.get("Cache-Control")).toBe("private, no-cache");
    expect(other.text).not.toContain("\0");
  });

  it.each(['"><script>alert(1)</script>', "a b c d e f", "x".repeat(501), "\0token\0", "$&$&$&$&"])(
    "with the code %j is one without a code",
    async (code) => {
      const campaign = await newCampaign({ publish: "public" });
      const page = await see(`${pathOf(campaign)}?ref=${encodeURIComponent(code)}`);
      expect([page.status, await field(page.text, "ref")]).toEqual([200, ""]);
    },
  );

  it("is recognized despite text that chats and others append, for its own campaign", async () => {
    const [campaign, foreign] = [await newCampaign({ publish: "public" }), await newCampaign()];
    const { referral_code: code } = (await campaign.signUp(someone())).data;
    const others = (await foreign.signUp(someone())).data.referral_code;
    const refAt = async (query: string) => field((await see(`${pathOf(campaign)}?${query}`)).text, "ref");
    for (const end of [".", ")", "_", "*", "%20", "%E2%80%8B", "%C2%BB", "%2520", ""])
      expect(await refAt(`ref=${code}${end}`), end).toBe(code);
    expect(await refAt(`ref=producthunt&ref=${code}&utm_source=x`)).toBe(code);
    for (const foreignRef of ["producthunt", others, `${code.slice(0, -1)}~`, plainCode(campaign.id, 6, 1)])
      expect(await refAt(`ref=${encodeURIComponent(foreignRef)}`), foreignRef).toBe("");
  });

  it("each visitor's form has its own time", async () => {
    const campaign = await newCampaign({ publish: "public" });
    const token = await field((await see(pathOf(campaign))).text, "form_token");
    expect(token).toMatch(/^[\w-]{22}\.[0-9a-z]+\.[\w-]{22}$/);
    const hasty = await submit(pathOf(campaign), { email: someone(), form_token: token ?? "" });
    expect(hasty.status).toBe(400);
    expect(hasty.text).toContain('data-step="form"');
  });
});

describe("the form without JavaScript", () => {
  it("shows errors beside the field, and keeps the input", async () => {
    const campaign = await newCampaign({ publish: "public" });
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/lander`, { template_id: 3 });
    const answer = await submit(pathOf(campaign), { email: "no address", name: "Grace <b>", ref: "abcdefg" });
    expect(answer.status).toBe(400);
    expect(await field(answer.text, "name")).toBe("Grace &lt;b&gt;");
    expect(await field(answer.text, "ref")).toBe("abcdefg");
    expect((await parsed(answer.text, 'input[aria-invalid="true"]')).elements).toMatchObject([{ name: "email" }]);
    expect(answer.text).toContain('class="template-3');
  });

  it("reveals nothing about an existing participant", async () => {
    const campaign = await newCampaign({ publish: "public" });
    const email = someone();
    await submit(pathOf(campaign), { email, name: "Grace" });
    const again = await submit(pathOf(campaign), { email, name: "Mallory" });
    expect(again.text).toContain('data-step="mail"');
    expect(again.text).not.toContain("Grace");
  });

  it("exists on public pages only", async () => {
    const campaign = await newCampaign();
    expect((await submit(pathOf(campaign), { email: someone() })).status).toBe(404);
    expect((await campaign.stats()).total_participants).toBe(0);
  });
});

describe("the page's content", () => {
  it("includes metadata for search engines and link previews", async () => {
    const campaign = await newCampaign({ publish: "public" });
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/lander`, {
      header_title: "Give <b>10</b> & get 10",
      header_description: "<p>For   you</p> and your friends",
    });
    const { text } = await see(`${pathOf(campaign)}?ref=abcdefg`);
    const url = `https://referrals.test${pathOf(campaign)}`;
    expect((await parsed(text, 'link[rel="canonical"]')).elements[0]?.href).toBe(url);
    expect((await parsed(text, "head title")).text).toContain("Give 10 ");
    const told = ["og:title", "og:description", "og:url", "og:image", "twitter:card", "description"];
    const [title, about, address, image, card, description] = await Promise.all(told.map((name) => meta(text, name)));
    expect(title).toBe(`Give 10 &amp; get 10 · ${campaign.brand.domain}`);
    expect([about, description]).toEqual(["For you and your friends", "For you and your friends"]);
    expect([address, card]).toEqual([url, "summary_large_image"]);
    expect(image).toMatch(new RegExp(`^${url}/share\\.png\\?v=[0-9a-f]{16}$`));
  });

  it("names only the kind of the reward", async () => {
    const campaign = await newCampaign({
      publish: "public",
      reward_type: 3,
      num_signups: 4,
      reward_invited: true,
      reward: { custom_message: "THE-SECRET-PRIZE", cash_value: 4711 },
    });
    await campaign.upload(["SECRET-COUPON"]);
    const { text } = await see(pathOf(campaign));
    expect(text).toContain("Get a surprise as soon as 4 friends join through your link.");
    expect(text).not.toMatch(/THE-SECRET-PRIZE|4711|SECRET-COUPON/);
  });

  it("mentions friend rewards only if friends can get them", async () => {
    const fields = { publish: "public", reward_invited: true, num_visits: 3 };
    const campaign = await newCampaign(fields);
    const promise = "Your friends get a reward, too.";
    const invited = async () =>
      (await call("GET", `/api/widget/config?campaign_id=${campaign.id}`)).data.reward.invited as boolean;
    expect((await see(pathOf(campaign))).text).toContain(promise);
    expect(await invited()).toBe(true);
    const { data } = await campaign.owner.put(`/api/v1/campaigns/${campaign.id}`, { goal_type: "visit" });
    expect(data).toMatchObject({ goal_type: "visit", reward_invited: true });
    const { text } = await see(pathOf(campaign));
    expect(text).toContain("3 people");
    expect(text).not.toContain(promise);
    expect(await invited()).toBe(false);
  });

  it("has its own URL in each language, if the campaign uses each visitor's", async () => {
    const campaign = await newCampaign({ publish: "public" });
    const path = pathOf(campaign);
    expect((await see(path)).text).not.toContain("hreflang");
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/widget`, { language: "auto" });
    const url = `https://referrals.test${path}`;
    const { text } = await see(`${path}?lang=ar`);
    expect(text).toContain('<html lang="ar" dir="rtl">');
    expect(text).toContain(`<link rel="canonical" href="${url}?lang=ar"/>`);
    expect(text).toContain(`<link rel="alternate" hreflang="x-default" href="${url}"/>`);
    const alternates = [...text.matchAll(/hreflang="([^"]+)" href="[^"]+\?lang=([^"]+)"/g)].map(([, ...tags]) => tags);
    expect(alternates).toEqual(
      Object.keys(languages)
        .filter((tag) => tag !== "de-x-formal")
        .map((tag) => [tag, tag]),
    );
    for (const [lang, tag] of [
      ["de-formal", "de-x-formal"],
      ["xx", "en"],
      ["%00", "en"],
    ])
      expect((await see(`${path}?lang=${lang}`)).text).toContain(`<html lang="${tag}" dir="ltr">`);
  });

  it.each(["en", "auto"])("responds to its form in the language that it was shown in: %s", async (language) => {
    const campaign = await newCampaign({ publish: "public" });
    const path = pathOf(campaign);
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/widget`, { language });
    const page = await see(`${path}?lang=ja`);
    expect(page.headers.get("Content-Language")).toBe("ja");
    const [form] = (await parsed(page.text, "form[data-step-of=form]")).elements;
    expect(form?.action).toBe(`${path}?lang=ja`);
    for (const email of ["no", someone()]) {
      const answer = await submit(form?.action ?? "", { email });
      expect(answer.headers.get("Content-Language"), email).toBe("ja");
      expect(answer.text, email).toContain('<html lang="ja" dir="ltr">');
    }
    expect((await submit(`${path}?lang=xx`, { email: "no" })).text).toContain('<html lang="en" dir="ltr">');
  });

  it("keeps a chosen language in every link to our pages, and in the share image", async () => {
    const campaign = await newCampaign({ publish: "public" });
    const path = pathOf(campaign);
    const brandPath = `/p/${campaign.brand.slug}`;
    const images = [];
    for (const template_id of [1, 2, 3, 4, 5]) {
      await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/lander`, { template_id });
      const linksIn = async (page: string) =>
        (await parsed((await see(page)).text, 'a[href^="/p/"]')).elements.map(({ href }) => href);
      for (const page of [path, brandPath]) {
        expect(await linksIn(page)).toEqual([brandPath, path]);
        expect(await linksIn(`${page}?lang=ar`)).toEqual([`${brandPath}?lang=ar`, `${path}?lang=ar`]);
      }
    }
    for (const page of [`${path}?lang=ar`, `${path}?lang=ja`, path])
      images.push(new URL(((await meta((await see(page)).text, "og:image")) ?? "").replaceAll("&amp;", "&")));
    expect(images.map(({ searchParams }) => searchParams.get("lang"))).toEqual(["ar", "ja", null]);
    expect(new Set(images.map(({ searchParams }) => searchParams.get("v"))).size).toBe(3);
    for (const { pathname, search } of images)
      expect((await see(pathname + search)).headers.get("Cache-Control"), search).toContain("immutable");
  });

  it("includes a brand's page in each language, and its further pages in the same", async () => {
    const campaign = await newCampaign({ publish: "public" });
    for (let i = 0; i < 24; i++)
      await campaign.owner.post("/api/v1/campaigns", {
        brand_id: campaign.brand.id,
        name: `No. ${i}`,
        publish: "public",
      });
    const path = `/p/${campaign.brand.slug}`;
    const { text, headers } = await see(`${path}?lang=ar`);
    expect(text).toContain('<html lang="ar" dir="rtl">');
    expect(headers.get("Content-Language")).toBe("ar");
    expect((await parsed(text, ".pager a")).elements[0]?.href).toBe(`${path}?lang=ar&amp;page=2`);
    // Its style flips an arrow in right-to-left texts.
    expect((await parsed(text, ".pager a .arrow")).text).toBe("→");
    const second = await see(`${path}?lang=ar&page=2`);
    expect((await parsed(second.text, ".pager a")).elements[0]?.href).toBe(`${path}?lang=ar`);
    const links = (await parsed(second.text, "link[rel=canonical], link[hreflang=de]")).elements;
    expect(links.map(({ href }) => href)).toEqual([
      `https://referrals.test${path}?page=2&amp;lang=ar`,
      `https://referrals.test${path}?page=2&amp;lang=de`,
    ]);
  });

  it.each([
    ["de", "de", "ltr", ", sobald jemand"],
    ["fr-CA", "fr-CA", "ltr", "Dès qu’un ami"],
    ["ar", "ar", "rtl", "فور انضمام صديق"],
    ["he", "he", "rtl", "as soon as a friend"],
    ["auto", "es", "ltr", "en cuanto un amigo"],
  ])("is in the campaign's language: %s", async (language, tag, direction, words) => {
    const campaign = await newCampaign({ publish: "public" });
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/widget`, { language });
    const { text } = await see(pathOf(campaign), { "Accept-Language": "xx, es-MX;q=0.9, en;q=0.1" });
    expect(text).toContain(`<html lang="${tag}" dir="${direction}">`);
    expect(text).toContain(words);
  });
});

describe("hostile texts", () => {
  let campaign: TestCampaign;
  beforeAll(async () => {
    campaign = await newCampaign({ publish: "public" });
  });

  it.each(scripts.map((payload) => [payload]))("%s is harmless everywhere on every page", async (payload) => {
    const { owner, id, brand } = campaign;
    const lander = {
      header_title: payload,
      header_description: payload,
      footer_title: payload,
      footer_description: payload,
      button_text: payload,
      template_id: 1 + (payload.length % 5),
    };
    await owner.put(`/api/v1/campaigns/${id}/lander`, lander);
    await owner.put(`/api/v1/campaigns/${id}`, { name: payload.slice(0, 200).trim() || "x" });
    await owner.put(`/api/v1/campaigns/${id}/widget`, { header_title: payload, texts: { how: payload.slice(0, 900) } });
    const social = {
      social: payload.replace(/\p{Cc}/gu, "").slice(0, 30),
      profile_url: "https://a.example.com/?'\"><x>",
    };
    await owner.put(`/api/v1/brands/${brand.id}`, { description: payload, socials: [social] });
    for (const path of [pathOf(campaign), `/p/${brand.slug}`]) {
      const { status, text, headers } = await see(path);
      expect(status).toBe(200);
      const { scripts, handlers, elements } = await parsed(
        text,
        "img,iframe,object,embed,base,video,svg script,form:not(.panel-form):not([data-invite]),details,template script",
      );
      expect(scripts.filter((src) => src !== "/frame.js")).toEqual([]);
      expect(handlers).toEqual([]);
      expect(
        elements.filter(({ tagName }) => tagName !== "form" && tagName !== "details" && tagName !== "img"),
      ).toEqual([]);
      expect(headers.get("Content-Security-Policy")).toMatch(/^default-src 'none';.* script-src 'self';/);
      expect(headers.get("Content-Security-Policy")).not.toContain("unsafe");
      expect(text.endsWith("</body></html>")).toBe(true);
    }
    const image = await call("GET", `${pathOf(campaign)}/share.png`);
    expect(image.status).toBe(200);
  });
});

describe("a lander", () => {
  const WIDGET = { header_title: "The widget's title", description: "The widget's words", button_text: "Its button" };
  const DEFAULTS = {
    header_title: widgetDefaults.header_title,
    header_description: widgetDefaults.description,
    button_text: widgetDefaults.button_text,
  };
  const german = { language: "de" };

  /** The texts of the page, the JSON, and the editor's placeholders for empty fields. */
  async function saidOf({ id, brand, owner }: TestCampaign) {
    const { text } = await see(`/p/${brand.slug}/campaign/${id}`);
    const at = async (selector: string) => (await parsed(text, selector)).text;
    const page = [await at(".head .title"), await at(".head .lede"), await at(".panel-form .panel-button")];
    const { data } = await call("GET", `/api/v1/lander?campaign_id=${id}`);
    const editor = (await (await browserOf(owner)).page(`/campaigns/${id}/lander`)).text;
    const names = ["header_title", "header_description", "button_text"];
    const empty = await Promise.all(
      names.map(async (name) => (await parsed(editor, `[name="${name}"]`)).elements[0]?.placeholder),
    );
    const stored = (await owner.get(`/api/v1/campaigns/${id}/lander`)).data;
    const json = names.map((name) => data[name]);
    expect(names.map((name) => stored[name])).toEqual(json);
    const plain = (words: unknown[]) => words.map((word) => String(word).replaceAll("&#39;", "'"));
    return { page: plain(page), json: plain(json), empty: plain(empty) };
  }

  it.each([
    ["that was never written", {}, {}, Object.values(DEFAULTS)],
    ["of a widget with words", WIDGET, {}, Object.values(WIDGET)],
    ["in another language", german, {}, [inGerman().header_title, inGerman().description, inGerman().join]],
    ["that was emptied", WIDGET, { header_title: "", header_description: "", button_text: "" }, Object.values(WIDGET)],
    ["with a title", WIDGET, { header_title: "Mine" }, ["Mine", WIDGET.description, WIDGET.button_text]],
    ["that says what others have by default", WIDGET, DEFAULTS, Object.values(DEFAULTS)],
    ["that says so in another language", german, DEFAULTS, Object.values(DEFAULTS)],
  ])("%s is the same in its JSON, its editor, and its page", async (_, widget, lander, words) => {
    const campaign = await newCampaign({ publish: "public", widget });
    const unset = (await saidOf(campaign)).page;
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/lander`, lander);
    expect(await saidOf(campaign)).toEqual({ page: words, json: words, empty: unset });
  });

  it("keeps a chosen color, even if it equals the default", async () => {
    const campaign = await newCampaign({ publish: "public" });
    const scrim = async () => /--h-scrim:([^;}]+)/.exec((await see(pathOf(campaign))).text)?.[1];
    const put = (lander: object) => campaign.owner.put(`/api/v1/campaigns/${campaign.id}/lander`, lander);
    await put({ background_type: "image", background_image: "https://acme.com/a.jpg" });
    expect(await scrim()).toMatch(/^rgb\(10 12 18/);
    await put({ font_color: "#1f2937" });
    expect(await scrim()).toMatch(/^rgb\(255 255 255/);
  });

  it.each([1, 4, 5])("has its page's background and fonts in its JSON: template %i", async (template_id) => {
    const campaign = await newCampaign({ publish: "public", widget: { button_color: "#b91c1c" } });
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/lander`, { template_id });
    const { data } = await call("GET", `/api/v1/lander?campaign_id=${campaign.id}`);
    const { text } = await see(pathOf(campaign));
    const of = (name: string) => new RegExp(`--h-${name}:([^;}]+)`).exec(text)?.[1];
    expect(fontStack(data.font_family)).toBe(of("font"));
    expect(data.background_color).toBe(template_id === 4 ? "#b91c1c" : "#ffffff");
    if (template_id !== 5) expect(data.background_color).toBe(of("ground"));
    const editor = (await (await browserOf(campaign.owner)).page(`/campaigns/${campaign.id}/lander`)).text;
    const [field] = (await parsed(editor, '[name="background_color"]')).elements;
    expect(field?.placeholder).toBe(data.background_color);
  });
});

describe("styles", () => {
  const colors = ["#000000", "#ffffff", "#777777", "#ff0000", "#ffff00", "#00ff00", "#0000ff", "#4f46e5", "#808000"];
  const brand = { slug: "a", domain: "a.com", url: "https://a.com", logo_url: null, socials: [] };

  it("are readable, whatever the colors", async () => {
    const { config } = { config: { widget: { button_color: "#4f46e5" } } };
    for (const template_id of [1, 2, 3, 4, 5])
      for (const background_image of [null, "https://a.com/a.png"])
        for (const background_color of colors)
          for (const font_color of colors)
            for (const button_color of colors) {
              const campaign = {
                lander: { template_id, background_color, font_color, background_image: background_image ?? undefined },
                brand: { ...brand, background_image },
                config: { ...config, widget: { button_color, font_family: "" } },
              };
              // The theme uses nothing else of a campaign.
              const { css } = themeOf(campaign as unknown as Parameters<typeof themeOf>[0]);
              const of = (name: string) => new RegExp(`--h-${name}:([^;}]+)`).exec(css)?.[1] ?? "";
              const pairs = [
                ["ink", "ground"],
                ["muted", "ground"],
                ["link", "ground"],
                ["paper-ink", "paper"],
                ["paper-muted", "paper"],
                ["paper-muted", "shade"],
                ["paper-link", "shade"],
                ["paper-ink", "shade"],
                ["paper", "paper-ink"],
                ["band-muted", "paper-ink"],
                ["band-link", "paper-ink"],
                ["on", "accent"],
              ] as const;
              for (const [text, ground] of pairs)
                if (contrast(of(text), of(ground)) < TEXT)
                  expect.fail(`${text} on ${ground}: ${of(text)} on ${of(ground)} of ${JSON.stringify(campaign)}`);
            }
  });

  it.each([
    ["Inter, system-ui, sans-serif", '"Inter",system-ui,sans-serif'],
    ["'Söhne Breit', \"x\"", '"Söhne Breit","x",system-ui,sans-serif'],
    ["a;}body{display:none", '"abodydisplaynone",system-ui,sans-serif'],
    ['"</style><script>', '"stylescript",system-ui,sans-serif'],
    ["\\", "system-ui,sans-serif"],
  ])("the fonts %s are only a CSS value", (families, css) => {
    expect(fontStack(families)).toBe(css);
  });
});

describe("for search engines", () => {
  it("the sitemap lists public pages only", async () => {
    const shown = await newCampaign({ publish: "public" });
    const hidden = await newCampaign();
    const map = await call("GET", "/sitemap.xml", undefined, { headers: { "X-Bookmark": "first-primary-now" } });
    expect(map.headers.get("Content-Type")).toBe("application/xml");
    expect(map.text).toContain(`<loc>https://referrals.test/p/${shown.brand.slug}</loc>`);
    expect(map.text).toContain(`<loc>https://referrals.test${pathOf(shown)}</loc>`);
    expect(map.text).not.toContain(hidden.brand.slug);
  });

  it("robots.txt restricts them to the pages, and lets link previews follow share links", async () => {
    const { text } = await call("GET", "/robots.txt");
    expect(text).toContain("Sitemap: https://referrals.test/sitemap.xml");
    const [previews = "", others = ""] = text.split("\n\n");
    expect(previews).toContain("User-agent: Twitterbot");
    expect(previews).not.toContain("/t/");
    expect(others).toMatch(/User-agent: \*\nAllow: \/p\/\n(Disallow: .+\n)*Disallow: \/t\//);
  });
});
