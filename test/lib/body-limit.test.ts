import { describe, expect, it } from "vitest";
import { fullAccount } from "../support/account";
import { credentialOf, exampleRequest } from "../support/asked";
import { newCampaign } from "../support/campaign";
import { call } from "../support/client";
import { operations } from "../support/document";
import { browserOf, type Fields } from "../support/session";

/** The upload of coupon codes is the only operation that takes more. */
/** The operations that take more than 1 MB: how much, and what the body below gets. */
const TAKE_MORE: Record<string, { size: string; answer: [status: number, code?: string] }> = {
  uploadCoupons: { size: "12 MB", answer: [201, undefined] },
  createSignupBatch: { size: "10 MB", answer: [400, "invalid_request"] },
  createImport: { size: "12 MB", answer: [400, "invalid_request"] },
};
const padding = "x".repeat(1_100_000);
const changing = operations.filter(({ method }) => method !== "GET");

describe("a body of 1.1 MB", () => {
  it("is refused by every operation except those with long lists", async () => {
    const account = await fullAccount();
    for (const operation of changing) {
      const { method, path, headers } = exampleRequest(operation, account);
      const body = JSON.stringify({ codes: ["BIG-1"], padding });
      const sent = { ...headers, ...credentialOf(operation, account), "Content-Type": "application/json" };
      const { status, code } = await call(method, path, body, { headers: sent });
      const expected = TAKE_MORE[operation.operationId]?.answer ?? [400, "payload_too_large"];
      expect([operation.operationId, status, code]).toEqual([operation.operationId, ...expected]);
    }
  });

  it("is refused before it is read, from any sender", async () => {
    const headers = { "Content-Type": "application/json" };
    for (const path of ["/api/v1/signups", "/api/v1/no-such-path", "/home"])
      expect(await call("POST", path, JSON.stringify({ padding }), { headers })).toMatchObject({
        code: "payload_too_large",
      });
  });

  it("matches the description of every operation", () => {
    for (const { operationId, requestBody, security } of changing.filter(({ body }) => Object.keys(body).length > 0)) {
      // Anybody may have a publishable key.
      const isOpen = security.every((scheme: object) => "publishableKey" in scheme);
      const size = TAKE_MORE[operationId]?.size ?? (isOpen ? "100 kB" : "1 MB");
      expect([operationId, requestBody?.description]).toEqual([operationId, `At most ${size}.`]);
    }
  });

  it("is accepted only by forms that upload files", async () => {
    const { id, owner, brand } = await newCampaign();
    const me = await browserOf(owner);
    const file = new File([new Uint8Array(1_100_000)], "file.csv", { type: "text/csv" });
    const answerOf = async (path: string, fields: Fields) => (await me.submit(path, fields)).text;
    const tooLarge = "larger than 1 MB";
    for (const path of [
      `/campaigns/${id}/import`,
      `/campaigns/${id}/coupons`,
      "/images",
      `/campaigns/${id}/widget`,
      `/campaigns/${id}/lander`,
      `/brands/${brand.id}/kit`,
      "/account",
    ])
      expect([path, (await answerOf(path, { file })).includes(tooLarge)]).toEqual([path, false]);
    for (const path of ["/team/invitations", "/webhooks", `/campaigns/${id}/settings`, "/account/password"])
      expect([path, (await answerOf(path, { file })).includes(tooLarge)]).toEqual([path, true]);
  });
});
