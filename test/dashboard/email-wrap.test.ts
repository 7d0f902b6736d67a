import { expect, it } from "vitest";
import { Email } from "../../src/dashboard/ui/email";
import { newCampaign } from "../support/campaign";
import { call } from "../support/client";
import { browserOf } from "../support/session";

const WRAPPED = "ada<wbr/>.lovelace@<wbr/>mail<wbr/>.example<wbr/>.com";

it("an email address wraps after its @ and before its dots, and shows its domain's own script", () => {
  expect(String(Email({ of: "ada.lovelace@mail.example.com" }))).toBe(WRAPPED);
  expect(String(Email({ of: "ada@xn--bcher-kva.example" }))).toBe("ada@<wbr/>bücher<wbr/>.example");
});

it("lists and pages of participants let email addresses wrap", async () => {
  const campaign = await newCampaign({ reward_type: 3, reward_invited: true });
  const ada = (await campaign.signUp("ada.lovelace@mail.example.com")).data;
  await campaign.refer(ada.referral_code, "friend@example.com");
  const { cookies } = await browserOf(campaign.owner);
  const Cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  for (const path of ["/participants", `/participants/${ada.id}`])
    expect((await call("GET", path, undefined, { headers: { Accept: "text/html", Cookie } })).text, path).toContain(
      WRAPPED,
    );
});
