import { beforeAll, describe, expect, it } from "vitest";
import { newCampaign, someone } from "../support/campaign";
import { newMember } from "../support/client";
import { browserOf } from "../support/session";

const NAME = "Bring a friend";

/** Two brands with a campaign of one name each, and what their owner's pages list. */
async function twins() {
  const owner = await newMember();
  const fields = { name: NAME, reward_type: 1, reward_invited: true, num_signups: 1 };
  const campaigns = [await newCampaign(fields, owner), await newCampaign(fields, owner)];
  const paths: string[] = [];
  const opened = await browserOf(owner);
  for (const { id, signUp, refer, upload, rewards } of campaigns) {
    await upload([`${id}-a`]);
    const ada = (await signUp(someone())).data;
    await refer(ada.referral_code, someone());
    const [reward] = await rewards();
    const { id: webhook } = (
      await owner.post("/api/v1/webhooks", { link: `https://hooks.example.com/${id}`, campaign_id: id })
    ).data;
    await opened.submit("/reports", { about: `campaign:${id}`, days: "30" });
    await owner.put(`/api/v1/campaigns/${id}`, { num_signups: 2 });
    paths.push(`/participants/${ada.id}`, `/participants/${ada.id}/reward`, `/rewards/${reward.id}`);
    paths.push(`/webhooks/${webhook}`);
  }
  return { owner, opened, campaigns, paths };
}

/** What a page says besides its menu, crumbs, and scripts, without elements. */
const said = (html: string) =>
  html
    .replace(/<(script|style|head|title)\b.*?<\/\1>/gs, "")
    .replace(/<nav\b.*?<\/nav>/gs, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ");

describe("an account with two brands", () => {
  let scene: Awaited<ReturnType<typeof twins>>;
  beforeAll(async () => {
    scene = await twins();
  });
  /** The texts right after each mention of a campaign. */
  const mentions = async (path: string) =>
    said((await scene.opened.page(path)).text)
      .split(NAME)
      .slice(1);
  const LISTS = ["/home", "/participants", "/rewards", "/events", "/webhooks", "/reports", "/audit", "/search?q=bring"];
  const FILES = ["/participants/export", "/rewards/export", "/events/export", "/audit/export"];

  it("names the brand wherever its pages and files name a campaign", async () => {
    const domains = scene.campaigns.map(({ brand }) => brand.domain as string);
    for (const path of [...LISTS, ...FILES, ...scene.paths]) {
      const after = await mentions(path);
      expect(after.length, path).toBeGreaterThan(0);
      for (const text of after)
        expect(
          domains.some((domain) => text.slice(0, 60).includes(domain)),
          `${path}: ${text.slice(0, 80)}`,
        ).toBe(true);
    }
  });
});

it("an account with one brand does not repeat its name in lists", async () => {
  const { id, owner, brand } = await newCampaign({ name: NAME });
  await owner.put(`/api/v1/campaigns/${id}`, { num_signups: 2 });
  await owner.put(`/api/v1/brands/${brand.id}`, { name: "Fern & Fig" });
  const opened = await browserOf(owner);
  for (const path of ["/home", "/audit"]) {
    const text = said((await opened.page(path)).text);
    expect(text.includes(NAME), path).toBe(true);
    expect(
      text
        .split(NAME)
        .slice(1)
        .some((after) => after.slice(0, 40).includes("Fern")),
      path,
    ).toBe(false);
  }
});
