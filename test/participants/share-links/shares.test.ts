import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { openDb } from "../../../src/lib/db";
import { recountShares } from "../../../src/participants/share-links/recount";
import { newCampaign, someone, type TestCampaign } from "../../support/campaign";
import { call } from "../../support/client";

const CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36";
const DIRECT = 6;

const click = (url: string) => call("GET", new URL(url).pathname, undefined, { headers: { "User-Agent": CHROME } });

/** A participant with a token, as the widget signs them up. */
async function joined(campaign: TestCampaign) {
  const email = someone();
  const { data } = await call("POST", "/api/widget/signup", { campaign_id: campaign.id, email });
  const query = `campaign_id=${campaign.id}&email=${encodeURIComponent(email)}`;
  const id: number = (await campaign.owner.get(`/api/v1/participants?${query}`)).data.participants[0].id;
  const headers = { Authorization: `Bearer ${data.participant_token}` };
  const share = (social_type: number) => call("POST", "/api/widget/share", { social_type }, { headers });
  const seen = async () => {
    const { share_count, total_shares, shares } = (await campaign.owner.get(`/api/v1/participants/${id}`)).data;
    expect(total_shares).toBe(share_count);
    return { share_count, shares };
  };
  return {
    id,
    share_url: data.share_url as string,
    links: data.links as { social_type: number; url: string }[],
    share,
    seen,
  };
}

/** The stored totals: by campaign, by brand, and by day. */
async function totals(campaign: TestCampaign) {
  const brand = (await campaign.owner.get(`/api/v1/brands/${campaign.brand.id}/stats`)).data;
  const days = await env.DB.prepare("SELECT sum(shares) AS n FROM campaign_days WHERE campaign_id = ?")
    .bind(campaign.id)
    .first<{ n: number }>();
  return [(await campaign.stats()).total_shares, brand.total_shares, days?.n];
}

describe("a share", () => {
  it("is not counted at signup, however it is made", async () => {
    const campaign = await newCampaign();
    const ada = (await campaign.signUp(someone())).data;
    const friend = (await campaign.refer(ada.referral_code, someone())).data.participant;
    const bob = await joined(campaign);
    expect([ada.share_count, friend.share_count]).toEqual([0, 0]);
    const { share_count, shares } = await bob.seen();
    expect([share_count, shares]).toEqual([
      0,
      [
        {
          id: bob.id * 8 + DIRECT,
          campaign_id: campaign.id,
          participant_id: bob.id,
          social_type: DIRECT,
          clicks: 0,
          url: bob.share_url,
          date_shared: null,
        },
      ],
    ]);
    expect(await totals(campaign)).toEqual([0, 0, 0]);
  });

  it("counts once per channel, copied, sent, or clicked, in any order", async () => {
    const campaign = await newCampaign();
    const [ada, bob] = [await joined(campaign), await joined(campaign)];
    await Promise.all([ada.share(DIRECT), ada.share(DIRECT), ada.share(1)]);
    await click(ada.share_url);
    await click(bob.share_url);
    await click(bob.share_url);
    await bob.share(DIRECT);
    await click(bob.links.find(({ social_type }) => social_type === 5)?.url ?? "");
    const adas = await ada.seen();
    expect(adas.share_count).toBe(2);
    expect(adas.shares).toMatchObject([
      { social_type: DIRECT, clicks: 1, date_shared: expect.any(String) },
      { social_type: 1, clicks: 0 },
    ]);
    const bobs = await bob.seen();
    expect(bobs.share_count).toBe(2);
    expect(bobs.shares).toMatchObject([
      { social_type: DIRECT, clicks: 2, date_shared: expect.any(String) },
      { social_type: 5, clicks: 1 },
    ]);
    expect(await totals(campaign)).toEqual([4, 4, 4]);
  });

  it("reports the first share on each channel, the direct link included", async () => {
    const campaign = await newCampaign();
    const ada = await joined(campaign);
    for (const social of [DIRECT, DIRECT, 2]) await ada.share(social);
    const events = (await campaign.events("participant.share")).map(({ data }) => JSON.parse(data).social_type);
    expect(events.sort()).toEqual([2, DIRECT]);
  });
});

describe("older shares", () => {
  /** A campaign from before the current rule: each direct link counted since the signup. */
  async function asBefore(campaign: TestCampaign) {
    await env.DB.batch([
      env.DB.prepare(
        "UPDATE participants SET share_count = share_count + 1 - EXISTS (SELECT 1 FROM shares x WHERE x.participant_id = id AND x.social_type = 6) WHERE campaign_id = ?",
      ).bind(campaign.id),
      env.DB.prepare(
        "UPDATE campaign_stats SET total_shares = (SELECT sum(share_count) FROM participants p WHERE p.campaign_id = ?1), recounted_to = 0 WHERE campaign_id = ?1",
      ).bind(campaign.id),
    ]);
  }
  const recount = () => recountShares({ db: openDb(env.DB, "first-primary"), env, now: () => new Date() });

  it("are recounted once, even by two runs at once and after erasures", async () => {
    const campaigns = [await newCampaign(), await newCampaign()];
    for (const campaign of campaigns) {
      const [ada, bob, carol] = [await joined(campaign), await joined(campaign), await joined(campaign)];
      await ada.share(1);
      await click(bob.share_url);
      await carol.share(2);
      await campaign.owner.delete(`/api/v1/participants/${carol.id}`);
      await asBefore(campaign);
      expect((await campaign.stats()).total_shares).toBe(5);
      expect((await ada.seen()).share_count).toBe(2);

      await Promise.all([recount(), recount()]);
      expect((await campaign.stats()).total_shares).toBe(3);
      expect([(await ada.seen()).share_count, (await bob.seen()).share_count]).toEqual([1, 1]);
      await joined(campaign);
      await recount();
      expect((await campaign.stats()).total_shares).toBe(3);
    }
  });

  it("are recounted in parts, whatever their number", async () => {
    const campaign = await newCampaign();
    await env.DB.prepare(`INSERT INTO participants (member_id, campaign_id, email, date_signedup, signup_event)
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)
      SELECT 1, ?1, 'many' || i || '@example.com', 1, 'many' || i FROM n`)
      .bind(campaign.id)
      .run();
    await env.DB.prepare("UPDATE campaign_stats SET total_shares = 2500, recounted_to = 0 WHERE campaign_id = ?")
      .bind(campaign.id)
      .run();
    await recount();
    const left = await env.DB.prepare("SELECT sum(share_count) AS n FROM participants WHERE campaign_id = ?")
      .bind(campaign.id)
      .first();
    expect([(await campaign.stats()).total_shares, left]).toEqual([0, { n: 0 }]);
    const open = await env.DB.prepare(
      "SELECT count(*) AS n FROM campaign_stats WHERE recounted_to IS NOT NULL",
    ).first();
    expect(open).toEqual({ n: 0 });
  });
});
