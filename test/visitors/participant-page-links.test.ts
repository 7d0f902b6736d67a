import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { participantLinkToken, participantToken } from "../../src/auth/token";
import { joinedLongAgo, newCampaign, someone, type TestCampaign } from "../support/campaign";
import { call } from "../support/client";
import { mailroom } from "../support/mailroom";

const YEAR_MS = 365 * 86_400_000;
const BROWSER = { headers: { Accept: "text/html" } };

const linkTo = async (campaign: TestCampaign, id: number, age = YEAR_MS) =>
  `/status/${await participantLinkToken(env, { id, campaign_id: campaign.id }, new Date(Date.now() - age))}`;
const press = (link: string) => call("POST", link, "", BROWSER);

async function joined(fields: Record<string, unknown> = {}) {
  const campaign = await newCampaign(fields);
  const email = someone();
  const { id } = (await campaign.signUp(email)).data as { id: number };
  await joinedLongAgo(id);
  return { campaign, email, id, room: mailroom(campaign.owner), link: await linkTo(campaign, id) };
}

describe("an expired link to a participant's own page", () => {
  it("shows none of their data, and offers a new link, in the campaign's language", async () => {
    const { campaign, email, link } = await joined();
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/widget`, { language: "de" });
    const page = await call("GET", link, undefined, BROWSER);
    expect(page.status).toBe(404);
    expect(page.text).toContain("Neuen Link schicken");
    expect(page.text).toMatch(/<form method="post" action="">/);
    for (const secret of [email, "Somebody", "/t/"]) expect(page.text).not.toContain(secret);
  });

  it("leads to a new one with one click, which is emailed and opens the page", async () => {
    const { email, room, link } = await joined();
    const page = await press(link);
    expect(page.status).toBe(200);
    expect(page.text).toContain("is on its way");
    expect(page.text).not.toContain(email);
    const [mail] = await room.deliver();
    expect(mail?.to).toBe(email);
    const fresh = /\/status\/[\w.-]+/.exec(mail?.text ?? "")?.[0] ?? "none";
    expect((await call("GET", fresh)).text).toContain("Somebody");
  });

  it("sends three a day, with the same response", async () => {
    const { room, link } = await joined();
    const pages = await Promise.all(Array.from({ length: 6 }, () => press(link)));
    expect(new Set(pages.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(await room.deliver()).toHaveLength(3);
  });

  it("sends nothing to erased or blocked participants, with the same response", async () => {
    for (const leave of [
      ({ campaign, id }: Awaited<ReturnType<typeof joined>>) => campaign.owner.delete(`/api/v1/participants/${id}`),
      ({ campaign, id }: Awaited<ReturnType<typeof joined>>) =>
        campaign.owner.patch(`/api/v1/participants/${id}`, { status: "blocked" }),
    ]) {
      const [gone, here] = [await joined(), await joined()];
      await leave(gone);
      expect((await press(gone.link)).text).toBe((await press(here.link)).text);
      expect(await gone.room.rows()).toEqual([]);
    }
  });

  it("sends the confirmation link to unconfirmed participants", async () => {
    const campaign = await newCampaign({ double_opt_in: true });
    const room = mailroom(campaign.owner);
    await call("POST", "/api/widget/signup", { campaign_id: campaign.id, email: someone() });
    const [{ id }] = (await campaign.owner.get(`/api/v1/participants?campaign_id=${campaign.id}`)).data.participants;
    await joinedLongAgo(id);
    await press(await linkTo(campaign, id));
    expect((await room.rows()).map(({ kind }) => kind)).toEqual(["confirm", "confirm"]);
  });

  it("cannot be forged, and no other token replaces it", async () => {
    const { campaign, id, room, link } = await joined();
    const other = await participantToken(env, { id, campaign_id: campaign.id }, new Date(), { isProven: true });
    for (const token of [other, `${link.slice("/status/".length)}x`, "nonsense", "%00"]) {
      const page = await press(`/status/${token}`);
      expect(page.status, token).toBe(404);
      expect(page.text).not.toContain("<form");
    }
    expect(await room.rows()).toEqual([]);
  });
});
