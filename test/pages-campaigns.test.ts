import { describe, expect, it } from "vitest";
import { newCampaign } from "./support/campaign";
import { newDomain } from "./support/client";
import { colleagueOf, leadsTo, signedIn } from "./support/session";

describe("the list of campaigns", () => {
  it("shows the account's campaigns with their numbers, of all brands or of one", async () => {
    const ada = await signedIn();
    const first = await newCampaign({ name: "First of Ada", publish: "public" }, ada.member);
    await newCampaign({ name: "Second of Ada" }, ada.member);
    await first.signUp("one@example.com");
    const all = await ada.page("/campaigns");
    expect(all.status).toBe(200);
    expect(all.text.indexOf("Second of Ada")).toBeLessThan(all.text.indexOf("First of Ada"));
    expect(all.text).toContain("No coupons left");
    const one = await ada.page(`/campaigns?brand_id=${first.brand.id}`);
    expect(one.text).toContain("First of Ada");
    expect(one.text).not.toContain("Second of Ada");
  });
});
