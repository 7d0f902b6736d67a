import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { newCampaign, someone } from "../support/campaign";

/** workerd knows no jurisdictions, so the namespace only notes which one it was asked for. */
const noting = (asked: string[]) =>
  new Proxy(env.LEDGER, {
    get: (ledgers, name) => {
      if (name === "jurisdiction")
        return (jurisdiction: string) => {
          asked.push(jurisdiction);
          return ledgers;
        };
      const value = Reflect.get(ledgers, name);
      return typeof value === "function" ? value.bind(ledgers) : value;
    },
  });

it("an installation with a jurisdiction has its ledgers there", async () => {
  const campaign = await newCampaign();
  const asked: string[] = [];
  const signUp = (jurisdiction: string) =>
    campaign.owner.post(
      "/api/v1/signups",
      { campaign_id: campaign.id, email: someone(), name: "Ada" },
      { env: { LEDGER: noting(asked), JURISDICTION: jurisdiction } },
    );
  expect((await signUp("")).status).toBe(201);
  expect(asked).toEqual([]);
  expect((await signUp("eu")).status).toBe(201);
  expect(new Set(asked)).toEqual(new Set(["eu"]));
});
