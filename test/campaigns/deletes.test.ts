import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it } from "vitest";
import type { Env } from "../../src/lib/env";
import { costOf, newBrand } from "../support/campaigns";
import { newMember } from "../support/client";
import {
  everythingOf,
  fullCampaign,
  insert,
  newAccount,
  OTHER_TABLES,
  snapshot,
  tablesThatDiffer,
} from "../support/everything";

const forgotten: string[] = [];
const ledger = {
  LEDGER: {
    getByName: (name: string) => ({ forget: async () => void forgotten.push(name) }),
  } as unknown as Env["LEDGER"],
};
afterEach(() => forgotten.splice(0));

describe("deleting a campaign", () => {
  it("removes everything that belongs to it, and nothing else", async () => {
    const account = await newAccount();
    const brand = await newBrand(account.member);
    await fullCampaign(account, brand);
    const stranger = await newAccount();
    await fullCampaign(stranger, await newBrand(stranger.member));
    const before = await snapshot();
    const id = await fullCampaign(account, brand);
    const full = await snapshot();
    expect(tablesThatDiffer(before, full).sort()).toEqual(
      Object.keys(full)
        .filter((table) => !OTHER_TABLES.includes(table))
        .sort(),
    );

    const answer = await account.member.delete(`/api/v1/campaigns/${id}`, { env: ledger });
    expect(answer).toMatchObject({ status: 200, data: { id, deleted: true } });
    expect(await snapshot()).toEqual(before);
    expect(forgotten).toEqual([String(id)]);
  });

  it("is a 404 the second time, and for other accounts", async () => {
    const [account, stranger] = [await newAccount(), await newMember()];
    const id = await fullCampaign(account, await newBrand(account.member));
    const before = await snapshot();
    expect(await stranger.delete(`/api/v1/campaigns/${id}`, { env: ledger })).toMatchObject({ status: 404 });
    expect(await snapshot()).toEqual(before);
    expect(forgotten).toEqual([]);
    expect((await account.member.delete(`/api/v1/campaigns/${id}`)).status).toBe(200);
    expect(await account.member.delete(`/api/v1/campaigns/${id}`)).toMatchObject({ status: 404, code: "not_found" });
    expect((await account.member.get(`/api/v1/campaigns/${id}`)).status).toBe(404);
  });

  it("removes nothing if a part cannot be removed", async () => {
    const account = await newAccount();
    const id = await fullCampaign(account, await newBrand(account.member));
    const before = await snapshot();
    await env.DB.exec(
      `CREATE TRIGGER refuse BEFORE DELETE ON coupons WHEN old.campaign_id = ${id} BEGIN SELECT RAISE(ABORT, 'no'); END`,
    );
    expect((await account.member.delete(`/api/v1/campaigns/${id}`, { env: ledger })).status).toBe(500);
    expect(await snapshot()).toEqual(before);
    expect(forgotten).toEqual([]);
    await env.DB.exec("DROP TRIGGER refuse");
    expect((await account.member.delete(`/api/v1/campaigns/${id}`)).status).toBe(200);
  });

  it("costs in proportion to the campaign, not to its neighbors", async () => {
    const account = await newAccount();
    const brand = await newBrand(account.member);
    const cost = async () => {
      const id = await fullCampaign(account, brand);
      return costOf(() => account.member.delete(`/api/v1/campaigns/${id}`));
    };
    const alone = await cost();
    const neighbour = await fullCampaign(account, brand);
    for (let n = 0; n < 20; n++)
      await env.DB.batch(
        Array.from({ length: 20 }, (_, m) =>
          everythingOf(account.member.id, neighbour, account.hook)
            .filter(
              ([table]) =>
                !["webhooks", "contests", "contest_entrants", "campaign_landers", "campaign_drafts"].includes(table),
            )
            .filter(([, row]) => row.webhook_id === undefined || row.webhook_id === account.hook)
            .map(([table, row]) =>
              insert(table, {
                ...row,
                ...("day" in row && "campaign_id" in row && { day: `${n}-${m}` }),
                ...("referral_count" in row && { referral_count: 20 * n + m }),
                ...("email" in row && { email: `${n}-${m}@b.co` }),
                ...("code_key" in row && { code_key: `${n}-${m}` }),
              }),
            ),
        ).flat(),
      );
    const amidst = await cost();
    // The last call comes after the response: it writes the audit log.
    expect(amidst.d1_calls).toBe(3);
    expect(amidst.rows_read - alone.rows_read).toBeLessThan(10);
    expect(amidst.rows_written).toBe(alone.rows_written);
  });
});

describe("deleting a brand", () => {
  it("removes its campaigns and everything that belongs to them, and nothing else", async () => {
    const account = await newAccount();
    await fullCampaign(account, await newBrand(account.member));
    const before = await snapshot();
    const brand = await newBrand(account.member);
    const ids = [await fullCampaign(account, brand), await fullCampaign(account, brand)];
    const answer = await account.member.delete(`/api/v1/brands/${brand}`, { env: ledger });
    expect(answer).toMatchObject({ status: 200, data: { id: brand, deleted: true } });
    expect(await snapshot()).toEqual(before);
    expect(forgotten.sort()).toEqual(ids.map(String).sort());
  });

  it("is a 404 the second time, and for other accounts", async () => {
    const [account, stranger] = [await newAccount(), await newMember()];
    const brand = await newBrand(account.member);
    await fullCampaign(account, brand);
    const before = await snapshot();
    expect(await stranger.delete(`/api/v1/brands/${brand}`, { env: ledger })).toMatchObject({ status: 404 });
    expect(await snapshot()).toEqual(before);
    expect(forgotten).toEqual([]);
    expect((await account.member.delete(`/api/v1/brands/${brand}`)).status).toBe(200);
    expect(await account.member.delete(`/api/v1/brands/${brand}`)).toMatchObject({ status: 404, code: "not_found" });
  });

  it("frees its place in the plan", async () => {
    const member = await newMember({ plan_id: 1 });
    const brand = await newBrand(member);
    expect((await member.post("/api/v1/brands", { url: "acme-two.com" })).status).toBe(403);
    await member.delete(`/api/v1/brands/${brand}`);
    expect((await member.post("/api/v1/brands", { url: "acme-two.com" })).status).toBe(201);
  });
});
