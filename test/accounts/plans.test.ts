import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { call, newDomain, newMember, type TestMember } from "../support/client";

const OPERATOR = { Authorization: "Bearer test-operator-token" };
const TOMORROW = new Date(Date.now() + 86_400_000).toISOString();
const YESTERDAY = new Date(Date.now() - 86_400_000).toISOString();

const putPlan = (member: Pick<TestMember, "id">, body: unknown, headers: Record<string, string> = OPERATOR) =>
  call("PUT", `/api/v1/operator/members/${member.id}/plan`, body, { headers });

describe("the plans", () => {
  it("are public, cheapest first, priced in dollars", async () => {
    const answer = await call("GET", "/api/v1/billing/plans");
    expect(answer.status).toBe(200);
    expect(answer.data).toEqual({
      plans: [
        {
          id: 1,
          name: "Free",
          price: 0,
          campaigns_participants: 500,
          no_of_domains: 1,
          unit: "month",
          no_unit: 1,
          days: 30,
        },
        {
          id: 2,
          name: "Growth",
          price: 9,
          campaigns_participants: 0,
          no_of_domains: 10,
          unit: "month",
          no_unit: 1,
          days: 30,
        },
        {
          id: 3,
          name: "Pioneer",
          price: 299,
          campaigns_participants: 0,
          no_of_domains: 0,
          unit: "month",
          no_unit: 1,
          days: 30,
        },
      ],
    });
  });

  it("are sorted by price, whatever their name and number", async () => {
    await env.DB.prepare("INSERT INTO plans VALUES (50, 'Zebra', 499, 0, 2, 'month', 1, 30)").run();
    const { plans } = (await call("GET", "/v1/billing/plans")).data;
    await env.DB.prepare("DELETE FROM plans WHERE id = 50").run();
    expect(plans.map(({ price }: { price: number }) => price)).toEqual([0, 4.99, 9, 299]);
  });
});

describe("the operator", () => {
  it("grants a plan, and ends it again", async () => {
    const member = await newMember({ plan_id: 1 });
    expect(await putPlan(member, { plan_id: "2", plan_expiry: TOMORROW })).toMatchObject({
      status: 200,
      data: { id: member.id, email: member.email, plan_id: 2, plan_expiry: TOMORROW },
    });
    expect((await member.get("/api/v1/members/profile")).data).toMatchObject({ plan_id: 2, plan_expiry: TOMORROW });
    expect((await putPlan(member, { plan_id: 1, plan_expiry: null })).data).toMatchObject({
      plan_id: 1,
      plan_expiry: null,
    });
  });

  it("grants the plan's limits, for its duration", async () => {
    const member = await newMember({ plan_id: 1 });
    const brand = async () => (await member.post("/api/v1/brands", { url: newDomain() })).status;
    expect([await brand(), await brand()]).toEqual([201, 403]);
    await putPlan(member, { plan_id: 3, plan_expiry: TOMORROW });
    expect(await brand()).toBe(201);
    await putPlan(member, { plan_id: 3, plan_expiry: YESTERDAY });
    expect(await brand()).toBe(403);
  });

  it("gets an error for an unknown plan (400), an unknown member (404), and an invalid plan (400)", async () => {
    const member = await newMember({ plan_id: 1 });
    expect(await putPlan(member, { plan_id: 99, plan_expiry: null })).toMatchObject({
      status: 400,
      details: [{ path: "plan_id" }],
    });
    expect(await putPlan({ id: 999_999_999 }, { plan_id: 2, plan_expiry: null })).toMatchObject({
      status: 404,
      code: "not_found",
    });
    for (const body of [{}, { plan_id: "2x" }, { plan_id: [2] }, { plan_id: 2, plan_expiry: "soon" }])
      expect(await putPlan(member, body)).toMatchObject({ status: 400, code: "invalid_request" });
    expect((await member.get("/api/v1/members/profile")).data.plan_id).toBe(1);
  });

  it("links a brand to VNOC, and unlinks it", async () => {
    const member = await newMember();
    const { id } = (await member.post("/api/v1/brands", { url: newDomain() })).data;
    const link = (body: unknown) => call("PUT", `/api/v1/operator/brands/${id}`, body, { headers: OPERATOR });
    expect(await link({ in_vnoc: true, vnoc_id: 7 })).toMatchObject({
      status: 200,
      data: { id, in_vnoc: true, vnoc_id: 7 },
    });
    expect((await member.get(`/api/v1/brands/${id}`)).data).toMatchObject({ in_vnoc: true, vnoc_id: 7 });
    expect((await link({ in_vnoc: false })).data).toMatchObject({ in_vnoc: false, vnoc_id: null });
    expect((await link({ in_vnoc: "yes" })).status).toBe(400);
    expect(
      (await call("PUT", "/api/v1/operator/brands/999999999", { in_vnoc: true }, { headers: OPERATOR })).status,
    ).toBe(404);
  });

  it("is the only one: a member's key, a wrong token, and an unset one are 401", async () => {
    const member = await newMember({ plan_id: 1 });
    const body = { plan_id: 3, plan_expiry: null };
    expect((await member.put(`/api/v1/operator/members/${member.id}/plan`, body)).status).toBe(401);
    expect((await putPlan(member, body, { Authorization: "Bearer test-operator-tokem" })).status).toBe(401);
    for (const OPERATOR_TOKEN of [undefined, ""])
      for (const headers of [OPERATOR, { Authorization: "Bearer " }, { Authorization: "Bearer undefined" }, {}])
        expect(
          (await call("PUT", `/api/v1/operator/members/${member.id}/plan`, body, { headers, env: { OPERATOR_TOKEN } }))
            .status,
        ).toBe(401);
    expect((await member.get("/api/v1/members/profile")).data.plan_id).toBe(1);
  });
});
