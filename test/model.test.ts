import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newCampaign } from "./support/campaign";
import { Model } from "./support/model";
import { runs, seed } from "./support/seed";
import { steps } from "./support/steps";

const email = fc.constantFrom(
  ...["ada@example.com", "ada+2@example.com", "grace.h@gmail.com", "graceh+x@gmail.com"],
  ...["alan@example.com", "edsger@example.com", "barbara@example.com", "ken@example.com", "tony@example.com"],
);
const who = fc.nat(30);
const flag = fc.boolean();
const code = fc.tuple(fc.nat(40), flag).map(([n, isUpper]) => (isUpper ? `CODE-${n}` : `code-${n}`));
/** Often enough the same person and the same address again. */
const scripts = fc.commands(
  [
    fc.tuple(email, flag).map((args) => steps.signUp(...args)),
    fc.tuple(who, email, fc.integer({ min: 1, max: 6 }), flag).map((args) => steps.refer(...args)),
    fc.tuple(fc.nat(3), email, fc.integer({ min: 1, max: 6 }), flag).map((args) => steps.refer(...args)),
    fc.tuple(who, fc.integer({ min: 2, max: 5 })).map((args) => steps.crowd(...args)),
    fc.tuple(fc.option(who), email, fc.integer({ min: 2, max: 4 })).map((args) => steps.duplicates(...args)),
    fc
      .tuple(fc.uniqueArray(code, { selector: (c) => c.toLowerCase(), minLength: 1, maxLength: 5 }), flag)
      .map((args) => steps.upload(...args)),
    fc.constant(steps.drop()),
    fc.tuple(fc.integer({ min: 1, max: 3 }), flag, flag).map((args) => steps.change(...args)),
    fc
      .tuple(who, fc.constantFrom("active" as const, "pending" as const, "blocked" as const))
      .map((args) => steps.become(...args)),
    who.map(steps.erase),
    fc.tuple(who, fc.constantFrom("fulfilled" as const, "revoked" as const)).map((args) => steps.settle(...args)),
    who.map(steps.again),
  ],
  { maxCommands: 22, size: "max" },
);

describe(`a campaign beside its model (SEED=${seed})`, () => {
  it("does what the model does, whatever happens in it", async () => {
    await fc.assert(
      fc.asyncProperty(scripts, async (script) => {
        const campaign = await newCampaign();
        const model = new Model();
        await fc.asyncModelRun(() => ({ model, real: { campaign, asked: [], crowds: 0 } }), script);
        const events = await env.DB.prepare(
          `SELECT coalesce(sum(type = 'participant.signup'), 0) AS signups, count(DISTINCT reward_id) AS rewards FROM events WHERE campaign_id = ?`,
        )
          .bind(campaign.id)
          .first();
        expect(events).toEqual({ signups: model.signups, rewards: model.rewards.length });
      }),
      { seed, numRuns: runs(18), interruptAfterTimeLimit: 150_000, markInterruptAsFailure: true },
    );
  }, 180_000);
});
