import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { Referrals, ReferralsError, webhooks } from "../../packages/sdk/src/index";
import { answer } from "../../src/app";
import { signatures } from "../../src/outbox/webhooks/signature";
import { newDomain, newMember } from "../support/client";

describe("the SDK in a Worker", () => {
  it("calls the product, and reads rows and errors", async () => {
    const { key: apiKey } = await newMember();
    const ask: typeof fetch = async (input, init) => {
      const ctx = createExecutionContext();
      const response = await answer(new Request(String(input), init as RequestInit), env, ctx);
      await waitOnExecutionContext(ctx);
      return response as Response;
    };
    const client = new Referrals({ apiKey, baseUrl: "https://referrals.test/", fetch: ask });
    const brand = await client.brands.create({ url: newDomain() });
    const { id: campaign_id } = await client.campaigns.create({ brand_id: brand.id, name: "Launch" });
    for (const name of ["Ada", "Grace"])
      await client.signups.create({ campaign_id, name, email: `${name}@example.com` });
    const names = [];
    for await (const { name } of client.participants.list({ campaign_id, limit: 1 })) names.push(name);
    expect(names).toEqual(["Ada", "Grace"]);
    const refused = client.signups.create({ campaign_id, name: "Ada", email: "ada@example.com" });
    await expect(refused).rejects.toMatchObject({ status: 409, code: "already_signed_up" });
    await expect(refused).rejects.toBeInstanceOf(ReferralsError);
  });

  it("verifies the product's signatures", async () => {
    const secret = `whsec_${btoa("a secret of thirty-two characters")}`;
    const body = JSON.stringify({ type: "webhook.test", data: {} });
    const at = Math.floor(Date.now() / 1000);
    const headers = {
      "Webhook-Id": "evt_1",
      "Webhook-Timestamp": String(at),
      "Webhook-Signature": await signatures([secret], "evt_1", at, body),
    };
    expect(await webhooks.verify(body, headers, secret)).toMatchObject({ id: "evt_1", type: "webhook.test" });
    await expect(webhooks.verify(`${body} `, headers, secret)).rejects.toThrow("signature is wrong");
  });
});
