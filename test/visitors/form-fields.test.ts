import { describe, expect, it } from "vitest";
import { newCampaign, someone } from "../support/campaign";
import { call } from "../support/client";
import { wordsOf } from "../support/words";

const FIELDS = [
  { key: "phone", type: "phone", label: "Phone", required: true },
  { key: "size", type: "select", label: "Size", options: ["S", "M"] },
  { key: "news", type: "checkbox", label: "Send me news" },
  { key: "rules", type: "consent", label: "I agree to the rules.", required: true, url: "https://example.com/rules" },
];
const GOOD = { phone: "+1 (555) 010-0199", size: "M", rules: true };

async function withFields(fields: unknown = FIELDS) {
  const campaign = await newCampaign();
  const set = await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/widget`, { fields });
  return { campaign, set };
}
const join = (campaign_id: number, more: Record<string, unknown>) =>
  call("POST", "/api/widget/signup", { campaign_id, email: someone(), ...more });
const people = async ({ owner, id }: Awaited<ReturnType<typeof newCampaign>>) =>
  (await owner.get(`/api/v1/participants?campaign_id=${id}`)).data.participants;

describe("custom form fields", () => {
  it("are answered in the widget, and stored with a consent's wording and time", async () => {
    const { campaign, set } = await withFields();
    expect(set.status).toBe(200);
    const frame = wordsOf((await call("GET", `/widget/${campaign.id}/embed`)).text);
    for (const { label } of FIELDS) expect(frame).toContain(label);
    const joined = await join(campaign.id, { answers: { ...GOOD, unknown: "x" }, metadata: { plan: "pro" } });
    expect(joined.status).toBe(200);
    const [{ metadata }] = await people(campaign);
    expect(metadata).toMatchObject({
      plan: "pro",
      phone: GOOD.phone,
      size: "M",
      rules: { agreed: true, text: "I agree to the rules.", url: "https://example.com/rules" },
    });
    expect(Object.keys(metadata).sort()).toEqual(["phone", "plan", "rules", "size"]);
    expect(new Date(metadata.rules.at).getTime()).toBeGreaterThan(0);
    // Earlier consents keep their own wording after a change.
    await campaign.owner.put(`/api/v1/campaigns/${campaign.id}/widget`, {
      fields: [{ ...FIELDS[3], label: "New rules" }],
    });
    expect((await people(campaign))[0].metadata.rules.text).toBe("I agree to the rules.");
  });

  it.each([
    [{}, ["answers.phone", "answers.rules"]],
    [{ ...GOOD, phone: "call me" }, ["answers.phone"]],
    [{ ...GOOD, phone: "1".repeat(16) }, ["answers.phone"]],
    [{ ...GOOD, size: "XXL" }, ["answers.size"]],
    [{ ...GOOD, rules: false }, ["answers.rules"]],
    [{ ...GOOD, phone: "x".repeat(300) }, ["answers.phone"]],
  ])("refuse %j without signing anybody up", async (answers, paths) => {
    const { campaign } = await withFields();
    const refused = await join(campaign.id, { answers });
    expect([refused.status, refused.details.map(({ path }) => path).sort()]).toEqual([400, paths]);
    expect(await people(campaign)).toEqual([]);
  });

  it("work without a script, and keep the input", async () => {
    const { campaign } = await withFields();
    const send = (fields: Record<string, string>) =>
      call("POST", `/widget/${campaign.id}/embed`, new URLSearchParams({ email: someone(), ...fields }).toString(), {
        headers: { "Content-Type": "application/x-www-form-urlencoded", Accept: "text/html" },
      });
    const refused = await send({ "answers.phone": "<b>no</b>", "answers.size": "M", "answers.rules": "on" });
    expect(refused.status).toBe(400);
    expect(refused.text).toContain('value="&lt;b&gt;no&lt;/b&gt;"');
    expect(refused.text).toMatch(/<option value="M" selected/);
    expect((await send({ "answers.phone": GOOD.phone, "answers.rules": "on" })).status).toBe(200);
    expect((await people(campaign))[0].metadata).toMatchObject({ phone: GOOD.phone, rules: { agreed: true } });
  });

  it.each([
    [[{ key: "email", type: "text", label: "x" }]],
    [[{ key: "a b", type: "text", label: "x" }]],
    [[{ key: "a", type: "select", label: "x" }]],
    [[{ key: "a", type: "file", label: "x" }]],
    [[{ key: "a", type: "consent", label: "x", url: "javascript:alert(1)" }]],
    [["a", "a"].map((key) => ({ key, type: "text", label: "x" }))],
    [Array.from({ length: 9 }, (_, i) => ({ key: `a${i}`, type: "text", label: "x" }))],
  ])("cannot be %j", async (fields) => {
    expect((await withFields(fields)).set.status).toBe(400);
  });
});
