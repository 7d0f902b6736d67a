import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { newCampaign } from "../support/campaign";
import { session } from "../support/provider-events";
import { browserOf, colleagueOf, leadsTo } from "../support/session";
import { cash } from "../support/shop";
import { newTill } from "../support/till";

describe("the pages of inputs", () => {
  it("add an input, show its URL, accept its secret, and never show the secret", async () => {
    const campaign = await newCampaign();
    const ada = await browserOf(campaign.owner);
    const list = `/campaigns/${campaign.id}/inputs`;
    const conversions = await ada.page(`/campaigns/${campaign.id}/conversions`);
    expect(conversions.text).toContain(`href="${list}"`);
    expect((await ada.page(list)).text).toContain("No inputs yet");
    const added = await ada.submit(list, { kind: "paddle", event_name: "purchase", "@flags": "test_mode" });
    const one = leadsTo(added)?.split("?")[0] ?? "";
    const [input] = (await campaign.owner.get(`/api/v1/campaigns/${campaign.id}/inputs`)).data.inputs;
    expect(one).toBe(`${list}/${input.id}`);
    const page = await ada.page(one);
    for (const said of ["Paddle", input.url, "adjustment.updated", "customData", "No events yet"])
      expect(page.text).toContain(said);
    const settings = { "@flags": ["test_mode", "is_active"], is_active: true };
    const refused = await ada.submit(one, { ...settings, secret: "short" });
    expect([refused.status, refused.text.includes("short")]).toEqual([400, false]);
    expect(leadsTo(await ada.submit(one, { ...settings, secret: "pdl_ntfset_hidden" }))).toContain(one);
    expect((await ada.page(one)).text).not.toContain("pdl_ntfset_hidden");
    expect((await ada.page(list)).text).toContain("Active");
    // An empty secret keeps the stored one.
    await ada.submit(one, { ...settings, secret: "", is_active: false });
    const shown = (await campaign.owner.get(`/api/v1/campaigns/${campaign.id}/inputs/${input.id}`)).data;
    expect(shown).toMatchObject({ has_secret: true, status: "disabled", event_name: "purchase" });
    await ada.submit(`${one}/delete`);
    expect((await ada.page(list)).text).toContain("No inputs yet");
  });

  it("show each event's result, with the conversion", async () => {
    const till = await newTill("stripe", [{ reward: cash({ percent: 10 }) }]);
    const event = await till.send(session({ metadata: { participant_id: till.grace.id } }));
    await till.send(session({ payment_intent: "pi_2" }));
    const { id, owner } = till.campaign;
    const ada = await browserOf(owner);
    const { text } = await ada.page(`/campaigns/${id}/inputs/${till.input.id}`);
    for (const said of ["$100.00", "Rewarded", "identifies no participant", "checkout.session.completed"])
      expect(text).toContain(said);
    expect(text).toContain(`href="/campaigns/${id}/conversions/${event.conversion.id}"`);
    for (const [attempts, said] of [
      [1, "Tried once."],
      [2, "Tried 2 times."],
    ]) {
      await env.DB.prepare(
        "UPDATE input_events SET status = 'pending', attempts = ?, next_attempt_at = 1 WHERE input_id = ?",
      )
        .bind(attempts, till.input.id)
        .run();
      expect((await ada.page(`/campaigns/${id}/inputs/${till.input.id}`)).text).toContain(said);
    }
  });

  it("show viewers everything but the forms", async () => {
    const till = await newTill("shopify", []);
    const path = `/campaigns/${till.campaign.id}/inputs`;
    const viewer = await colleagueOf(till.campaign.owner, "viewer");
    for (const page of [path, `${path}/${till.input.id}`]) {
      const { status, text } = await viewer.page(page);
      expect([status, text.includes(`action="${path}`)]).toEqual([200, false]);
    }
    expect((await viewer.submit(path, { kind: "stripe", event_name: "purchase" })).status).toBe(403);
  });
});
