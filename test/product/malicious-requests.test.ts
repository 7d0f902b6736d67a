import { describe, expect, it } from "vitest";
import { newCampaign, someone } from "../support/campaign";
import { call } from "../support/client";
import { quickest } from "../support/quickest";
import { ORIGIN } from "../support/session";

const nested = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
const FORM = { Origin: ORIGIN, Accept: "text/html", "Content-Type": "application/x-www-form-urlencoded" };
const sent = (body: string) => call("POST", "/sign-in", body, { headers: FORM });

describe("a malicious request", () => {
  it.each([60, 1990, 20_000, 40_000])("with metadata %i levels deep is refused", async (depth) => {
    const { id, owner, signUp } = await newCampaign();
    const known = (await signUp(someone())).data.id;
    const metadata = `"metadata":{"a":${nested(depth)}}`;
    const person = () => `{"campaign_id":${id},"email":"${someone()}","name":"N",${metadata}}`;
    for (const { status, details } of [
      await call("POST", "/api/widget/signup", person()),
      await owner.call("POST", "/api/v1/signups", person()),
      await owner.call("PATCH", `/api/v1/participants/${known}`, `{${metadata}}`),
    ])
      expect([status, details[0]?.path]).toEqual([400, "metadata"]);
  });

  it("with reasonably deep metadata is accepted", async () => {
    const { id, signUp } = await newCampaign();
    const metadata = { a: JSON.parse(nested(40)) };
    expect((await signUp(someone(), { metadata })).data).toMatchObject({ campaign_id: id, metadata });
  });

  it("with a deeply nested or repetitive form takes no longer than a normal one of that length", async () => {
    const length = 90_000;
    const repeated = (text: string) => text.repeat(length / text.length);
    // The clock counts whole milliseconds: 0 says nothing.
    const plain = Math.max(1, await quickest(() => sent(`a=${repeated("a")}`)));
    for (const body of [`${repeated("a.")}=1`, repeated("@lists=a&a=1&"), repeated("@flags=a&a=1&")]) {
      expect((await sent(body)).status).toBe(400);
      expect(await quickest(() => sent(body))).toBeLessThan(100 * plain);
    }
  });

  it("from an unknown sender that is larger than any form is refused unread", async () => {
    const { id, brand } = await newCampaign({ publish: "public" });
    const body = "a=&".repeat(50_000);
    for (const path of ["/sign-in", "/sign-up", `/widget/${id}/embed`, `/p/${brand.slug}/campaign/${id}`])
      expect([path, (await call("POST", path, body, { headers: { ...FORM, Accept: "*/*" } })).code]).toEqual([
        path,
        "payload_too_large",
      ]);
    const signup = { campaign_id: id, email: someone(), name: "N".repeat(150_000) };
    expect((await call("POST", "/api/widget/signup", signup)).code).toBe("payload_too_large");
  });
});
