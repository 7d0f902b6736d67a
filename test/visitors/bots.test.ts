import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { render } from "../../src/lib/html";
import { en } from "../../src/texts/en/en";
import { FILL_MIN_MS, formToken } from "../../src/visitors/bots/form-token";
import { HONEYPOT } from "../../src/visitors/bots/gate-schema";
import { Trap, trapCss, turnstilePage } from "../../src/visitors/bots/honeypot";
import { newCampaign, someone, type TestCampaign } from "../support/campaign";
import { call } from "../support/client";

const join = (campaign: { id: number }, more: Record<string, unknown> = {}, settings: Partial<typeof env> = {}) =>
  call(
    "POST",
    "/api/widget/signup",
    { campaign_id: campaign.id, email: someone(), ...more },
    { env: settings, headers: { "CF-Connecting-IP": "198.51.100.7" } },
  );
const people = async (campaign: TestCampaign) => (await campaign.stats()).total_participants;
const servedAgo = (campaign: { id: number }, ms: number) => formToken(env, campaign.id, new Date(Date.now() - ms));
/** A minute in the future, so it is not too old on a slow machine. */
const servedJustNow = (campaign: { id: number }) => servedAgo(campaign, -60_000);

/** Cloudflare's dummy keys: the first passes everybody, the second nobody, the third reports a used token. */
const dummies = {
  passes: "1x0000000000000000000000000000000AA",
  fails: "2x0000000000000000000000000000000AA",
  spent: "3x0000000000000000000000000000000AA",
};
const verdicts: Record<string, unknown> = {
  [dummies.passes]: { success: true, "error-codes": [], hostname: "example.com" },
  [dummies.fails]: { success: false, "error-codes": ["invalid-input-response"] },
  [dummies.spent]: { success: false, "error-codes": ["timeout-or-duplicate"] },
};

/** Cloudflare's response by secret. */
function cloudflare(answer = (secret: string) => Response.json(verdicts[secret])) {
  const asked: Record<string, string>[] = [];
  vi.spyOn(globalThis, "fetch").mockImplementation(async (url, init) => {
    expect(String(url)).toBe("https://challenges.cloudflare.com/turnstile/v0/siteverify");
    const question = JSON.parse(String(init?.body));
    asked.push(question);
    return answer(question.secret);
  });
  return asked;
}

/** A campaign whose visitors must pass Turnstile. */
async function guarded(turnstile_secret = dummies.passes) {
  const campaign = await newCampaign();
  const keys = { turnstile_site_key: "1x00000000000000000000AA", turnstile_secret };
  const answer = await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/widget`, keys);
  expect(answer.status, answer.text).toBe(200);
  return campaign;
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe("a form without Turnstile", () => {
  it("does not affect integrations that send their own JSON", async () => {
    const campaign = await newCampaign();
    expect(await join(campaign)).toMatchObject({ status: 200, data: { already_joined: false } });
    expect(await join(campaign, { form_token: null, turnstile_token: null, [HONEYPOT]: "" })).toMatchObject({
      status: 200,
      data: { already_joined: false },
    });
  });

  it("is refused if sent too fast, and accepted when sent again", async () => {
    const campaign = await newCampaign();
    const email = someone();
    const form_token = await servedJustNow(campaign);
    expect(await join(campaign, { email, form_token })).toMatchObject({ status: 400, code: "captcha_failed" });
    expect(await people(campaign)).toBe(0);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 60_000 + FILL_MIN_MS });
    const later = await join(campaign, { email, form_token });
    vi.useRealTimers();
    expect(later).toMatchObject({ status: 200, data: { already_joined: false } });
  });

  it("works even days later, and with a meaningless token", async () => {
    const [campaign, other] = [await newCampaign(), await newCampaign()];
    const day = 86_400_000;
    const tokens = [
      await servedAgo(campaign, day - 60_000),
      await servedAgo(campaign, day + 1),
      await servedAgo(campaign, 30 * day),
      await servedAgo(other, 5_000),
      "mij2k0zz.0123456789abcdefghijkl",
      "x",
      "\u0000",
    ];
    for (const form_token of tokens)
      expect(await join(campaign, { form_token }), form_token).toMatchObject({
        status: 200,
        data: { already_joined: false },
      });
    expect(await people(campaign)).toBe(tokens.length);
  });

  it("with a filled-in honeypot is discarded without telling the sender", async () => {
    const campaign = await newCampaign();
    const known = someone();
    await campaign.signUp(known);
    const asPerson = await join(campaign, { email: known });
    const asProgram = await join(campaign, { [HONEYPOT]: "buy now" });
    expect([asProgram.status, asProgram.text]).toEqual([asPerson.status, asPerson.text]);
    expect(await people(campaign)).toBe(1);
    expect((await join({ id: 999_999_999 }, { [HONEYPOT]: "x" })).data).toEqual({ already_joined: true });
  });
});

describe("Turnstile", () => {
  it("is asked once per visitor of a campaign with keys, with the right fields", async () => {
    const asked = cloudflare();
    const campaign = await guarded();
    expect(await join(campaign, { turnstile_token: "XXXX.DUMMY" })).toMatchObject({ data: { already_joined: false } });
    expect(asked).toEqual([
      {
        secret: dummies.passes,
        response: "XXXX.DUMMY",
        remoteip: "198.51.100.7",
        idempotency_key: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      },
    ]);
    expect((await join(await newCampaign(), { turnstile_token: "XXXX.DUMMY" })).status).toBe(200);
    expect(asked).toHaveLength(1);
  });

  it.each([dummies.fails, dummies.spent])("refuses visitors that fail the challenge (%s)", async (secret) => {
    cloudflare();
    const campaign = await guarded(secret);
    expect(await join(campaign, { turnstile_token: "x" })).toMatchObject({ status: 400, code: "captcha_failed" });
    expect(await people(campaign)).toBe(0);
  });

  it("refuses visitors without a token, whatever else they send", async () => {
    const asked = cloudflare();
    const campaign = await guarded();
    for (const turnstile_token of [undefined, null, ""])
      expect(await join(campaign, { turnstile_token, form_token: await servedAgo(campaign, 5_000) })).toMatchObject({
        status: 400,
        code: "captcha_failed",
      });
    expect(asked).toEqual([]);
    expect(await people(campaign)).toBe(0);
  });

  it("accepts fast visitors who passed it", async () => {
    cloudflare();
    const campaign = await guarded();
    const form_token = await servedJustNow(campaign);
    expect((await join(campaign, { turnstile_token: "x", form_token })).data).toMatchObject({ already_joined: false });
  });

  const outages: [string, () => Response][] = [
    [
      "cannot be reached",
      () => {
        throw new TypeError("fetch failed");
      },
    ],
    ["answers no JSON", () => new Response("<h1>502</h1>", { status: 502 })],
    ["has an error of its own", () => Response.json({ success: false, "error-codes": ["internal-error"] })],
    ["is unreachable", () => new Response("error code: 522", { status: 522 })],
    [
      "does not respond in time",
      () => {
        throw new DOMException("timed out", "TimeoutError");
      },
    ],
  ];
  it.each(outages)("that %s stops no signups; the other checks apply", async (_, answer) => {
    cloudflare(answer);
    const logged = vi.spyOn(console, "error").mockImplementation(() => {});
    const campaign = await guarded();
    const turnstile_token = "x";
    const form_token = await servedJustNow(campaign);
    expect(await join(campaign, { turnstile_token, form_token })).toMatchObject({ code: "captcha_failed" });
    expect((await join(campaign, { turnstile_token })).data).toMatchObject({ already_joined: false });
    expect(String(logged.mock.calls[0])).toContain("Turnstile cannot be asked");
    expect(JSON.stringify(logged.mock.calls)).not.toContain(dummies.passes);
  });

  it("applies to visitors, not to the owner's own calls", async () => {
    const campaign = await guarded(dummies.fails);
    expect((await campaign.signUp(someone())).status).toBe(201);
  });

  it("turns on and off at once with its keys", async () => {
    cloudflare();
    const campaign = await newCampaign();
    const widget = `/api/v1/campaigns/${campaign.id}/widget`;
    const status = async () => (await join(campaign)).status;
    expect(await status()).toBe(200);
    await campaign.owner.put(widget, { turnstile_site_key: "1x00000000000000000000AA" });
    expect(await status()).toBe(200);
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}`, { widget: { turnstile_secret: dummies.passes } });
    expect(await status()).toBe(400);
    await campaign.owner.put(widget, { turnstile_secret: null });
    expect(await status()).toBe(200);
  });
});

describe("a Turnstile secret", () => {
  it("is never shown, and is stored encrypted", async () => {
    const campaign = await guarded("very-secret");
    const path = `/api/v1/campaigns/${campaign.id}`;
    const answers = [
      await campaign.owner.get(`${path}/widget`),
      await campaign.owner.get(path),
      await campaign.owner.put(path, { widget: { color: "#112233" } }),
      await call("GET", `/api/widget/config?campaign_id=${campaign.id}`),
    ];
    const row = await env.DB.prepare("SELECT settings FROM campaign_widgets WHERE campaign_id = ?")
      .bind(campaign.id)
      .first<{ settings: string }>();
    expect(JSON.parse(row?.settings ?? "").turnstile_secret).toMatch(/^[\w+/=]{50,}$/);
    for (const { status, text } of answers) {
      expect(status).toBe(200);
      expect(text).toContain('"has_turnstile_secret":true');
      expect(text).toContain('"turnstile_site_key":"1x00000000000000000000AA"');
      expect(text).not.toMatch(/very-secret|"turnstile_secret"/);
    }
    expect(answers.every(({ text }) => !text.includes(JSON.parse(row?.settings ?? "").turnstile_secret))).toBe(true);
  });

  it("can be set when creating the campaign, and must look like a key", async () => {
    const campaign = await newCampaign({ widget: { turnstile_site_key: "1x0AA", turnstile_secret: dummies.fails } });
    expect(await join(campaign)).toMatchObject({ status: 400, code: "captcha_failed" });
    for (const bad of ["", "a b", "x".repeat(101), 5, "<script>"])
      expect(
        (await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/widget`, { turnstile_secret: bad })).status,
      ).toBe(400);
  });
});

describe("a disposable mailbox", () => {
  const on = (domain: string) => `person-${crypto.randomUUID()}@${domain}`;

  it.each(["mailinator.com", "a.b.mailinator.com", "YOPMAIL.com"])("is refused: %s", async (domain) => {
    const campaign = await newCampaign();
    expect(await join(campaign, { email: on(domain) })).toMatchObject({ status: 400, code: "disposable_email" });
    expect(await people(campaign)).toBe(0);
  });

  it.each([
    "gmail.com",
    "not-mailinator.example",
    "mailinator.com.example.org",
    "duck.com",
    "privaterelay.appleid.com",
  ])("is not %s", async (domain) => {
    expect((await join(await newCampaign(), { email: on(domain) })).data).toMatchObject({ already_joined: false });
  });

  it("is accepted from the owner, or if the owner allows it", async () => {
    const campaign = await newCampaign();
    expect((await campaign.signUp(on("mailinator.com"))).status).toBe(201);
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/widget`, { block_disposable: false });
    expect((await join(campaign, { email: on("mailinator.com") })).data).toMatchObject({ already_joined: false });
  });
});

describe("a visitor's address", () => {
  it("is limited per campaign; the owner's key is not", async () => {
    const campaign = await newCampaign();
    const asked: string[] = [];
    const limit = async ({ key }: { key: string }) => {
      asked.push(key);
      return { success: false };
    };
    const limits = { RATE_LIMITS: "on", JOIN_LIMIT: { limit } };
    const answer = await join(campaign, { [HONEYPOT]: "x" }, limits);
    expect(answer).toMatchObject({ status: 429, code: "rate_limited" });
    expect(answer.headers.get("Retry-After")).toBe("60");
    expect(answer.headers.get("RateLimit-Policy")).toBe('"join";q=20;w=60');
    expect(asked).toEqual([`${campaign.id} 198.51.100.7`]);
    expect((await join(campaign, {}, { ...limits, RATE_LIMITS: "off" })).status).toBe(200);
    const own = { campaign_id: campaign.id, email: someone(), name: "X" };
    expect((await campaign.owner.post("/api/v1/signups", own, { env: limits })).status).toBe(201);
  });
});

describe("the honeypot of a form", () => {
  const page = (site_key: string | null) => {
    const trap = Trap({ form_token: "abc.def", site_key, language: "pt-BR", texts: en });
    const more = site_key ? turnstilePage : {};
    return render({ title: "x", language: "en", css: trapCss, body: trap, ...more });
  };

  it("is invisible to people and to assistive technology", async () => {
    const { html } = await page(null);
    expect(html).toMatch(
      new RegExp(
        `<div class="trap" aria-hidden="true">.*<input type="text" name="${HONEYPOT}" tabindex="-1" autocomplete="off"`,
      ),
    );
    expect(html).toContain('<input type="hidden" name="form_token" value="abc.def"/>');
    expect(html).not.toMatch(/data-sitekey|noscript|style=|<script/);
  });

  it("loads Turnstile only if there is a key, with a policy that names its host", async () => {
    const { html, headers } = await page("1x00000000000000000000AA");
    expect(html).toContain('data-sitekey="1x00000000000000000000AA"');
    expect(html).toContain('<script src="https://challenges.cloudflare.com/turnstile/v0/api.js"');
    expect(html).toContain("<noscript>");
    const policy = headers["Content-Security-Policy"] ?? "";
    expect(policy).toContain("script-src 'self' https://challenges.cloudflare.com;");
    expect(policy).toContain("frame-src https://challenges.cloudflare.com;");
    expect((await page(null)).headers["Content-Security-Policy"]).not.toContain("cloudflare");
  });
});
