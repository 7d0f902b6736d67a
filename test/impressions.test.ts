import { evictDurableObject, runDurableObjectAlarm } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { newCampaign, type TestCampaign } from "./support/campaign";
import { call } from "./support/client";
import { stopClock } from "./support/clock";
import { withBindings } from "./support/ledger";
import { faultyDb } from "./support/outside";

const lost = () => new Error("D1_ERROR: Network connection lost.");
const ledgerOf = (campaign: TestCampaign) => env.LEDGER.getByName(String(campaign.id));
const see = (campaign: TestCampaign) => call("POST", "/api/widget/impression", { campaign_id: campaign.id });
const ring = (campaign: TestCampaign) => runDurableObjectAlarm(ledgerOf(campaign));
const total = async (campaign: TestCampaign) => (await campaign.stats()).total_impressions;

// An hour ahead of the runtime's clock, so that no alarm rings by itself either.
beforeEach(() => stopClock(Date.now() + 3_600_000));

describe("an impression", () => {
  it("whose flush failed is counted by the alarm, though nobody comes after it", async () => {
    const campaign = await newCampaign();
    const heal = await withBindings(campaign.id, { DB: faultyDb(() => Promise.reject(lost())) });
    expect((await see(campaign)).status).toBe(503);
    await heal();
    expect(await ring(campaign)).toBe(true);
    expect(await total(campaign)).toBe(1);
  });

  it("whose flush took effect and was answered to nobody is counted once, and so is the one that came meanwhile", async () => {
    const campaign = await newCampaign();
    const DB = faultyDb(async (_, run) => {
      await run();
      throw lost();
    });
    const heal = await withBindings(campaign.id, { DB });
    expect((await see(campaign)).status).toBe(503);
    expect((await see(campaign)).status).toBe(200);
    await heal();
    for (let i = 0; i < 3; i++) await ring(campaign);
    expect(await total(campaign)).toBe(2);
  });

  it("goes on being counted after an alarm that found none left to count", async () => {
    const campaign = await newCampaign();
    await see(campaign);
    await see(campaign);
    // The next ledger knows nothing of the last flush and counts at once, while the alarm of the second impression is still set.
    await evictDurableObject(ledgerOf(campaign));
    await see(campaign);
    expect(await ring(campaign)).toBe(true);
    await evictDurableObject(ledgerOf(campaign));
    expect((await see(campaign)).status).toBe(200);
    expect(await total(campaign)).toBe(4);
  });
});
