import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { readCode, socialTypes } from "../../src/ledger/records/referral-code";
import { newCampaign, someone } from "../support/campaign";
import { call } from "../support/client";
import { wordsOf } from "../support/words";

const as = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } });
const join = async (campaign_id: number, name: string, more: Record<string, unknown> = {}) =>
  (await call("POST", "/api/widget/signup", { campaign_id, email: someone(), name, ...more })).data;
const frame = async (id: number, ref = "") =>
  (await call("GET", `/widget/${id}/embed?ref=${encodeURIComponent(ref)}`)).text;
const own = async (token: string) => (await call("GET", "/api/widget/participant", undefined, as(token))).data;
const shown = (html: string) => wordsOf(html);

describe("the friend's own view", () => {
  it("shows in the widget who invites and what the friend gets, or else the plain text", async () => {
    const campaign = await newCampaign({ reward_type: 5, reward_invited: true });
    const reward = (change: Record<string, unknown>) =>
      campaign.owner.put(`/api/v1/campaigns/${campaign.id}/reward`, change);
    await reward({ cash_value: 10 });
    const rita = await join(campaign.id, "Rita Miller");
    const other = await join((await newCampaign()).id, "Olga");
    expect(shown(await frame(campaign.id, rita.referral_code))).toContain("Rita M. gives you $10.00.");
    await reward({ title: "a free bag of coffee", image_url: "https://example.com/bag.png" });
    const named = await frame(campaign.id, rita.referral_code);
    expect(shown(named)).toContain("Rita M. gives you a free bag of coffee.");
    expect(named).toContain('src="https://example.com/bag.png"');
    const plain = await frame(campaign.id);
    expect(plain).not.toContain('panel-invitation"');
    for (const ref of [other.referral_code, "garbage", rita.referral_code.slice(0, -1)])
      expect(await frame(campaign.id, ref), ref).not.toContain("gives you");
    // A name that cannot be shown is not named as the inviter.
    const spam = await join(campaign.id, "win-at spam.com");
    expect(await frame(campaign.id, spam.referral_code)).not.toContain('panel-invitation"');
    // Data for participants who earned it is not in the configuration.
    await reward({ custom_message: "secret-words", redirect_url: "https://secret.example/" });
    const { text, data } = await call("GET", `/api/widget/config?campaign_id=${campaign.id}`);
    expect(data.reward).toMatchObject({ type: "cash", title: "a free bag of coffee", cash_value: 10, currency: "USD" });
    for (const secret of ["secret-words", "secret.example"]) expect(text).not.toContain(secret);
  });
});

describe("the page's language", () => {
  it("is the widget's language, if we support it", async () => {
    const campaign = await newCampaign();
    const lang = async (tag: string) =>
      /<html lang="([^"]*)"/.exec((await call("GET", `/widget/${campaign.id}/embed?lang=${tag}`)).text)?.[1];
    expect(await Promise.all(["fr", "pt-BR", "pt-PT", "xx", "", "constructor"].map(lang))).toEqual([
      "fr",
      "pt",
      "pt-PT",
      "en",
      "en",
      "en",
    ]);
  });
});

describe("a participant's view", () => {
  it("lists their friends, with shortened names and status", async () => {
    const campaign = await newCampaign({ double_opt_in: false });
    const rita = await join(campaign.id, "Rita Miller");
    await join(campaign.id, "Ada Lovelace", { ref: rita.referral_code });
    await join(campaign.id, "call 0800 555 1234 9", { ref: rita.referral_code });
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}`, { double_opt_in: true });
    await join(campaign.id, "Grace Hopper", { ref: rita.referral_code });
    const { friends } = await own(rita.participant_token);
    expect(friends.map(({ name, status }: Record<string, string>) => [name, status])).toEqual([
      ["Grace H.", "waiting"],
      [null, "joined"],
      ["Ada L.", "joined"],
    ]);
    expect(JSON.stringify(friends)).not.toContain("@");
  });

  it("shows the reward tiers, from the next one on", async () => {
    const campaign = await newCampaign({ num_signups: 3, reward_type: 5 });
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/reward`, { cash_value: 30 });
    const made = await campaign.owner.post(`/api/v1/campaigns/${campaign.id}/rules`, {
      trigger: "signup",
      role: "referrer",
      threshold: 1,
      repeat: "once",
      reward: { reward_type: 5, amount: 500 },
    });
    expect(made.status, made.text).toBe(201);
    const words = shown(await frame(campaign.id));
    expect(words).toMatch(/\$5\.00 1 friend .*\$30\.00 3 friends/s);
    // It is a step, so it is not listed a second time.
    expect(words).not.toContain("For one friend");
    expect(words.match(/\$5\.00/g)).toHaveLength(1);
  });

  it("begins a line with a capital letter, unless the owner named the reward", async () => {
    const campaign = await newCampaign({ num_signups: 2 });
    const language = (tag: string) => campaign.owner.put(`/api/v1/campaigns/${campaign.id}/widget`, { language: tag });
    expect(shown(await frame(campaign.id))).toContain("A coupon 2 friends");
    await language("fr");
    expect(shown(await frame(campaign.id))).toContain("Un code promo 2 amis");
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/reward`, { title: "iPad" });
    expect(shown(await frame(campaign.id))).toContain("iPad 2 amis");
  });

  it("has more share channels, each with its own link and message", async () => {
    const campaign = await newCampaign();
    const rita = await join(campaign.id, "Rita Miller");
    expect(rita.links.map((link: { social_type: number }) => link.social_type)).toEqual([...socialTypes]);
    for (const { social_type, url } of rita.links)
      expect((await readCode(env, url.split("/t/")[1])).social_type).toBe(social_type);
    const set = await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/widget`, {
      share_messages: { "8": "{name} here: {brand}", "6": "Try {campaign}" },
      socials_allowed: [5, 8],
    });
    expect(set.status).toBe(200);
    const html = await frame(campaign.id);
    expect(html).toContain(`&amp;text={name}%20here%3A%20${campaign.brand.domain}`);
    expect(html).toContain("https://wa.me/?text=Try%20Test%20{url}");
    expect(html).not.toContain("reddit.com");
    const refused = await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/widget`, {
      share_messages: { "13": "x" },
    });
    expect(refused.status).toBe(400);

    const shares = async (social_type: number) =>
      call("POST", "/api/widget/share", { social_type }, as(rita.participant_token));
    for (const type of [8, 8, 12, 7]) expect((await shares(type)).status).toBe(200);
    expect((await shares(13)).status).toBe(400);
    expect((await own(rita.participant_token)).share_count).toBe(3);
    const code = rita.links.at(-1).url.split("/t/")[1];
    const png = await call("GET", `/qr/${code}.png`);
    expect([png.status, png.headers.get("Content-Type")]).toEqual([200, "image/png"]);
    expect((await call("GET", `/qr/${code.slice(0, -2)}.png`)).status).toBe(404);
  });

  it("lets them choose a word for their link if it is theirs", async () => {
    const campaign = await newCampaign();
    const [rita, olga] = [await join(campaign.id, "Rita"), await join(campaign.id, "Olga")];
    const choose = (who: { participant_token: string }, word: string) =>
      call("POST", "/api/widget/word", { word }, as(who.participant_token));
    expect(await choose(rita, "rita")).toMatchObject({ status: 403, code: "words_off" });
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/widget`, { own_words: true });
    for (const word of ["ri", "-rita", "a b", "rita/x", "Support", "é".repeat(4), "x".repeat(31), rita.referral_code])
      expect((await choose(rita, word)).status, word).toBe(400);
    const taken = await choose(rita, " RITA ");
    expect(taken).toMatchObject({ status: 200, data: { word: "rita" } });
    expect(await choose(olga, "rita")).toMatchObject({ status: 409, code: "conflict" });
    for (const word of ["rita-2", "rita-3"]) expect((await choose(rita, word)).status).toBe(200);
    expect((await choose(rita, "rita-4")).status).toBe(409);
    expect((await choose(rita, "rita")).status).toBe(200);
    expect((await own(rita.participant_token)).share_url).toBe(taken.data.share_url);
    const { pathname } = new URL(taken.data.share_url);
    expect(pathname).toBe(`/t/${campaign.id}/rita`);
    const led = await call("GET", pathname);
    const ref = new URL(led.headers.get("Location") ?? "").searchParams.get("ref") ?? "";
    await join(campaign.id, "Ada", { ref });
    expect((await own(rita.participant_token)).referral_count).toBe(1);
  });
});
