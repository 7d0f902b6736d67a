import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { participantLinkToken, participantToken } from "../../src/auth/token";
import { formToken } from "../../src/visitors/bots/form-token";
import { newCampaign, plainCode, someCodes, someone, type TestCampaign } from "../support/campaign";
import { costOf } from "../support/campaigns";
import { type Answer, call, newMember } from "../support/client";

const frame = (id: number | string, query = "", headers: Record<string, string> = {}, vars = {}) =>
  call("GET", `/widget/${id}/embed${query}`, undefined, { headers, env: vars });

/** The form, sent by a browser some time after it was served. */
async function send(id: number, fields: Record<string, string>, query = "", vars = {}) {
  const form_token = await formToken(env, id, new Date(Date.now() - 10_000));
  const body = new URLSearchParams({ form_token, more_remarks: "", ...fields }).toString();
  return call("POST", `/widget/${id}/embed${query}`, body, {
    headers: { ...BROWSER, "Content-Type": "application/x-www-form-urlencoded" },
    env: vars,
  });
}

const BROWSER = { Accept: "text/html,application/xhtml+xml", "Accept-Language": "en" };
/** Limits, one of them used up. */
const without = (binding: "PUBLIC_LIMIT" | "JOIN_LIMIT") => {
  const answering = (success: boolean) => ({ limit: async () => ({ success }) });
  return { RATE_LIMITS: "on", PUBLIC_LIMIT: answering(true), JOIN_LIMIT: answering(true), [binding]: answering(false) };
};

const stepOf = ({ text }: Answer) => /data-step="(\w+)"/.exec(text)?.[1];
const attribute = ({ text }: Answer, pattern: RegExp) => pattern.exec(text)?.[1] ?? "";
const linkOf = (page: Answer) => attribute(page, /value="([^"]*)" data-link/);
const errorOf = ({ text }: Answer, field: string) =>
  new RegExp(`data-error="${field}">([^<]*)<`).exec(text)?.[1] ?? "none";

const HOSTILE = `</style><script>alert(1)</script><img src=x onerror=alert(2)>"'><b onclick=alert(3)>bold</b>`;

let campaign: TestCampaign;
beforeEach(async () => {
  campaign = await newCampaign({ publish: "public", reward_invited: true });
});

describe("the frame", () => {
  it("is a complete form in one response; the policy has the hashes of its styles and script", async () => {
    const page = await frame(campaign.id);
    expect(page.status).toBe(200);
    expect(page.headers.get("Content-Type")).toBe("text/html; charset=utf-8");
    expect(stepOf(page)).toBe("form");
    expect(page.text).toContain('name="email"');
    expect(page.text.match(/<script[^>]*>/g)).toEqual(['<script src="/frame.js" defer="">', "<script>"]);
    expect(page.text).not.toMatch(/ style=| on\w+=/);
    const policy = page.headers.get("Content-Security-Policy") ?? "";
    expect(policy).toMatch(/default-src 'none'; style-src 'sha256-[^']+';.* script-src 'self' 'sha256-[^']+';/);
    expect(policy).not.toContain("unsafe");
    expect(page.headers.has("Set-Cookie")).toBe(false);
  });

  it("may be framed by any site if the campaign is public, and only by the brand's own site if it is private", async () => {
    const ancestors = (page: Answer) =>
      /frame-ancestors (.*)$/.exec(page.headers.get("Content-Security-Policy") ?? "")?.[1];
    expect(ancestors(await frame(campaign.id))).toBeUndefined();
    const hidden = await newCampaign({ publish: "private" });
    const { domain } = hidden.brand;
    const own = `http://${domain}:* http://*.${domain}:* https://${domain}:* https://*.${domain}:*`;
    expect(ancestors(await frame(hidden.id))).toBe(own);
    expect(ancestors(await frame(hidden.id, "", {}, { ALLOW_LOCAL_WEBHOOKS: "on" }))).toBe(
      `${own} http://localhost:* http://127.0.0.1:*`,
    );
  });

  it.each([
    ["www.com", "www.com", true],
    ["www.co.uk", "www.co.uk", true],
    ["github.io", "github.io", false],
    ["www.github.io", "www.github.io", true],
    ["acme.github.io:8443", "acme.github.io", true],
  ])("of a private campaign of a brand on %s cannot be framed by sites beside it", async (url, domain, isOwn) => {
    const member = await newMember();
    const brand = (await member.post("/api/v1/brands", { url })).data;
    expect(brand.domain).toBe(domain);
    const { id } = (await member.post("/api/v1/campaigns", { name: "Hidden", brand_id: brand.id })).data;
    const policy = (await frame(id)).headers.get("Content-Security-Policy");
    const below = isOwn ? [`*.${domain}`] : [];
    const own = ["http", "https"].flatMap((scheme) => [domain, ...below].map((host) => `${scheme}://${host}:*`));
    expect(policy).toMatch(new RegExp(`frame-ancestors ${own.join(" ").replace(/[.*]/g, "\\$&")}$`));
  });

  it("shows a message for a missing campaign", async () => {
    const page = await frame(999_999_999);
    expect(page.status).toBe(404);
    expect(page.headers.get("Content-Type")).toBe("text/html; charset=utf-8");
    expect((await send(999_999_999, { email: someone() })).status).toBe(404);
  });

  it("may be framed by isolated pages, except with Turnstile, whose own frame may not", async () => {
    const isolation = ({ headers }: Answer) => headers.get("Cross-Origin-Embedder-Policy");
    const plain = await newCampaign();
    const page = await frame(plain.id);
    expect(isolation(page)).toBe("require-corp");
    expect(page.headers.get("Cross-Origin-Resource-Policy")).toBe("cross-origin");
    expect(isolation(await frame(999_999_999))).toBe("require-corp");
    const picture = "https://images.example.net/banner.png";
    await plain.owner.put(`/api/v1/campaigns/${plain.id}/widget`, { banner_image_url: picture });
    expect(isolation(await frame(plain.id))).toBe("credentialless");
    const keys = { turnstile_site_key: "site", turnstile_secret: "secret" };
    const guarded = await newCampaign();
    await guarded.owner.put(`/api/v1/campaigns/${guarded.id}/widget`, keys);
    expect(isolation(await frame(guarded.id))).toBeNull();
  });

  it("needs no query once its data center has a copy", async () => {
    await frame(campaign.id);
    expect((await costOf(() => frame(campaign.id))).d1_calls).toBe(0);
  });

  it("shows stored settings without running or breaking anything", async () => {
    const texts = { copied: HOSTILE, your_link: HOSTILE };
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/widget`, {
      header_title: HOSTILE,
      description: HOSTILE,
      body_text: HOSTILE,
      field_label_1: HOSTILE,
      button_text: HOSTILE,
      success_message: HOSTILE,
      texts,
      banner_image_url: 'https://img.example/a.png?"><script>alert(1)</script>',
      background_type: "image",
      background_image: "https://img.example/b.png?')}</style><script>alert(1)</script>",
    });
    const page = await frame(campaign.id);
    expect(page.text.match(/<script[^>]*>/g)).toHaveLength(2);
    expect(page.text.match(/<\/style>/g)).toHaveLength(1);
    expect(page.text).not.toMatch(/<[^>]* on\w+\s*=/);
    expect(page.text).toContain("<b>bold</b>");
  });

  it("trusts no stored text", async () => {
    const fields = [
      "header_title",
      "description",
      "body_text",
      "success_message",
      "button_text",
      "color",
      "text_color",
    ];
    const settings = JSON.stringify(Object.fromEntries(fields.map((field) => [field, HOSTILE])));
    await env.DB.prepare("UPDATE campaign_widgets SET settings = ? WHERE campaign_id = ?")
      .bind(settings, campaign.id)
      .run();
    const page = await frame(campaign.id);
    expect(page.text.match(/<script[^>]*>/g)).toHaveLength(2);
    expect(page.text.match(/<\/style>/g)).toHaveLength(1);
    expect(page.text).not.toMatch(/<[^>]* on\w+\s*=/);
  });

  it("uses the campaign's language, or the browser's with `auto`, and the right direction", async () => {
    const set = (language: string) => campaign.owner.put(`/api/v1/campaigns/${campaign.id}/widget`, { language });
    await set("auto");
    const german = await frame(campaign.id, "", { "Accept-Language": "de-AT,de;q=0.9" });
    expect(german.text).toContain('<html lang="de" dir="ltr">');
    expect(german.text).toContain("Deine E-Mail-Adresse");
    await set("ar");
    expect((await frame(campaign.id)).text).toContain('<html lang="ar" dir="rtl">');
  });

  it("does not reveal a reward's value before it is earned", async () => {
    const codes = someCodes(2);
    await campaign.upload(codes);
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/reward`, {
      custom_message: "The secret handshake",
      redirect_url: "https://secret.example/",
    });
    const page = await frame(campaign.id);
    for (const secret of [...codes, "handshake", "secret.example"]) expect(page.text).not.toContain(secret);
    expect((await send(campaign.id, { email: someone() })).text).not.toContain(codes[0]);
  });

  it("counts down to the widget's end, or else the campaign's", async () => {
    const ending = await newCampaign({ allow_countdown: true, countdown_end: "2127-05-06T00:00:00Z" });
    expect((await frame(ending.id)).text).toContain('data-countdown="2127-05-06T00:00:00.000Z"');
    await ending.owner.put(`/api/v1/campaigns/${ending.id}/widget`, {
      allow_countdown: true,
      countdown_end: "2128-01-01T00:00:00Z",
    });
    expect((await frame(ending.id)).text).toContain('data-countdown="2128-01-01T00:00:00.000Z"');
    expect((await frame(campaign.id)).text).not.toContain("data-countdown=");
  });
});

describe("the form without a script", () => {
  it("signs up, credits the code's referrer, and shows the share step with the participant's links", async () => {
    const codes = someCodes(2);
    await campaign.upload(codes);
    const ada = (await campaign.signUp(someone())).data;
    const form = await frame(campaign.id, `?ref=${ada.referral_code}`);
    expect(form.text).toContain(`name="ref" value="${ada.referral_code}"`);
    expect(form.text).toContain('method="post" action=""');

    const page = await send(campaign.id, { email: someone(), name: "Grace <b>", ref: ada.referral_code });
    expect(page.status, page.text).toBe(200);
    expect(stepOf(page)).toBe("share");
    expect(linkOf(page)).toMatch(/^https:\/\/referrals\.test\/t\//);
    expect(codes.filter((code) => page.text.includes(code))).toHaveLength(1);
    expect(page.headers.get("Cache-Control")).toBe("private, no-store");
    expect((await campaign.stats()).total_referrals).toBe(1);

    const hrefs = [...page.text.matchAll(/href="([^"]*)" data-channel="(\d+)"/g)];
    expect(hrefs).toHaveLength(10);
    const links = hrefs.map(
      ([, href]) => decodeURIComponent(href ?? "").match(/https:\/\/referrals\.test\/t\/([\w.-]+)/)?.[1],
    );
    expect(new Set(links).size).toBe(10);
    for (const [i, code] of links.entries()) expect(atob(code?.split(".")[0] ?? "").split(":")[1]).toBe(hrefs[i]?.[2]);
  });

  it("shows errors beside the field, and keeps the input", async () => {
    for (const [email, told] of [
      ["", "This field is required."],
      ["ada@", "Enter a valid email address."],
    ] as const) {
      const page = await send(campaign.id, { email, name: 'Ada "Countess" <b>' });
      expect(page.status).toBe(400);
      expect(stepOf(page)).toBe("form");
      expect(errorOf(page, "email")).toBe(told);
      expect(page.text).toContain("Ada &quot;Countess&quot; &lt;b&gt;");
    }
    expect((await campaign.stats()).total_participants).toBe(0);
  });

  it("responds alike for any known email, and reveals nothing about its owner", async () => {
    const email = someone();
    const first = await send(campaign.id, { email, name: "Ada" });
    expect(stepOf(first)).toBe("share");
    const again = await send(campaign.id, { email, name: "Mallory" });
    expect(stepOf(again)).toBe("mail");
    expect(again.text).not.toContain(linkOf(first));
    expect(again.text).not.toContain("data-token");
    expect(again.text).not.toContain("Ada");
    expect((await campaign.stats()).total_participants).toBe(1);
  });

  it("shows a rate limit in the form, with the input and status 429", async () => {
    const page = await send(campaign.id, { email: someone(), name: "Ada" }, "", without("JOIN_LIMIT"));
    expect(page.status).toBe(429);
    expect(page.headers.get("Retry-After")).toBe("60");
    expect(stepOf(page)).toBe("form");
    expect(errorOf(page, "form")).toMatch(/a lot of traffic/);
    expect(page.text).toContain('value="Ada"');
    expect((await campaign.stats()).total_participants).toBe(0);
  });

  it("at its limit returns a page that can be framed, and JSON for programs", async () => {
    const over = without("PUBLIC_LIMIT");
    const pages = [
      await send(campaign.id, { email: someone() }, "", over),
      await frame(campaign.id, "", BROWSER, over),
    ];
    for (const page of pages) {
      expect(page.status).toBe(429);
      expect(page.headers.get("Retry-After")).toBe("60");
      expect(page.headers.get("RateLimit-Policy")).toContain("public");
      expect(page.headers.get("Content-Security-Policy")).not.toContain("frame-ancestors");
      expect(page.text).toMatch(/a lot of traffic/);
      expect(page.text).not.toContain(campaign.brand.domain);
    }
    const program = await frame(campaign.id, "", { Accept: "*/*" }, over);
    expect(program).toMatchObject({ status: 429, code: "rate_limited" });
  });

  it("reports a form that was sent too fast", async () => {
    // A minute in the future, so it is not too old on a slow machine.
    const form_token = await formToken(env, campaign.id, new Date(Date.now() + 60_000));
    const fast = await send(campaign.id, { email: someone(), form_token });
    expect(fast.status).toBe(400);
    expect(errorOf(fast, "form")).toMatch(/human/);
    expect((await campaign.stats()).total_participants).toBe(0);
  });

  it("shows a goal, and only the channels that the campaign allows", async () => {
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/widget`, { socials_allowed: [5, 4] });
    const page = await send(campaign.id, { email: someone() });
    expect([...page.text.matchAll(/data-channel="(\d)"/g)].map(([, type]) => type)).toEqual(["5", "4"]);
    expect(page.text).toMatch(/<progress[^>]* value="0" max="1"/);
  });
});

describe("a participant's own page", () => {
  const status = (token: string) => call("GET", `/status/${token}`);
  const linkTo = (id: number, now = new Date()) => participantLinkToken(env, { id, campaign_id: campaign.id }, now);

  it("shows their numbers and rewards to anyone with its link, and is not cached", async () => {
    const codes = someCodes(2);
    await campaign.upload(codes);
    const ada = (await campaign.signUp(someone(), { name: "Ada Lovelace" })).data;
    const before = await status(await linkTo(ada.id));
    for (const code of codes) expect(before.text).not.toContain(code);
    await campaign.refer(ada.referral_code, someone());
    const page = await status(await linkTo(ada.id));
    expect(page.status).toBe(200);
    expect(stepOf(page)).toBe("share");
    expect(page.text).toContain("Ada Lovelace");
    expect(codes.filter((code) => page.text.includes(code))).toHaveLength(1);
    expect(page.text).toContain('<meta name="robots" content="noindex"/>');
    expect(page.headers.get("Cache-Control")).toBe("private, no-store");
    expect(page.headers.get("Content-Security-Policy")).toMatch(/frame-ancestors 'none'$/);
  });

  it("shows a helpful page for an expired or unknown link, or an erased participant", async () => {
    const ada = (await campaign.signUp(someone())).data;
    const old = await linkTo(ada.id, new Date(Date.now() - 8 * 86_400_000));
    const other = await participantToken(env, { id: ada.id, campaign_id: campaign.id }, new Date(), { isProven: true });
    const erased = await linkTo(ada.id);
    await campaign.owner.delete(`/api/v1/participants/${ada.id}`);
    for (const token of [old, other, erased, "nonsense", "%00"]) {
      const page = await status(token);
      expect(page.status, token).toBe(404);
      expect(page.text).toContain("This link has expired");
    }
  });

  it("has a link that opens nothing else", async () => {
    const ada = (await campaign.signUp(someone())).data;
    const headers = { Authorization: `Bearer ${await linkTo(ada.id)}` };
    expect((await call("GET", "/api/widget/participant", undefined, { headers })).status).toBe(401);
  });
});

describe("a QR code", () => {
  it("is an image only of our own links with our codes", async () => {
    const { referral_code, id } = (await campaign.signUp(someone())).data;
    for (const name of [referral_code, `${referral_code}.svg`]) {
      const image = await call("GET", `/qr/${name}`);
      expect(image.status).toBe(200);
      expect(image.headers.get("Content-Type")).toBe("image/svg+xml");
      expect(image.headers.get("Cache-Control")).toContain("immutable");
      expect(image.text).toMatch(/^<svg /);
    }
    for (const name of [plainCode(campaign.id, 6, id), referral_code.slice(0, -1), "garbage.svg"])
      expect((await call("GET", `/qr/${name}`)).status).toBe(404);
  });
});

describe("the leaderboard", () => {
  const leaders = (id: number) => call("GET", `/api/widget/leaderboard?campaign_id=${id}`);
  const lead = async (of: TestCampaign, name: string) => {
    const { referral_code } = (await of.signUp(someone(), { name })).data;
    await of.refer(referral_code, someone());
  };

  it("shows shortened names, and never email addresses", async () => {
    await lead(campaign, "Ada Augusta King Lovelace");
    await lead(campaign, "grace@example.com");
    expect((await leaders(campaign.id)).data.leaderboard).toEqual([
      { rank: 1, name: "Ada L.", referral_count: 1, click_count: 0 },
      { rank: 1, name: null, referral_count: 1, click_count: 0 },
    ]);
  });

  it("is opt-in for a private campaign, and opt-out for a public one", async () => {
    const hidden = await newCampaign({ publish: "private" });
    await lead(hidden, "Ada Lovelace");
    await lead(campaign, "Ada Lovelace");
    expect((await leaders(hidden.id)).data.leaderboard).toEqual([]);
    await hidden.owner.put(`/api/v1/campaigns/${hidden.id}/widget`, { leaderboard_on: true });
    expect((await leaders(hidden.id)).data.leaderboard).toHaveLength(1);
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/widget`, { leaderboard_on: false });
    expect((await leaders(campaign.id)).data.leaderboard).toEqual([]);
    expect((await leaders(999_999_999)).status).toBe(404);
  });
});

describe("the host page's data about a visitor", () => {
  it("is stored with their signup, within limits", async () => {
    const join = (metadata: unknown) =>
      call("POST", "/api/widget/signup", { campaign_id: campaign.id, email: someone(), metadata });
    expect((await join({ plan: "pro" })).status).toBe(200);
    const [{ metadata }] = (await campaign.owner.get(`/api/v1/participants?campaign_id=${campaign.id}`)).data
      .participants;
    expect(metadata).toEqual({ plan: "pro" });
    for (const bad of ["text", { long: "x".repeat(5_000) }]) expect((await join(bad)).status).toBe(400);
  });
});
