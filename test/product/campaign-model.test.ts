import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newCampaign } from "../support/campaign";
import { Model } from "../support/model";
import { runs, seed } from "../support/seed";
import { inTurn, steps } from "../support/steps";

const flag = fc.boolean();
const social = fc.integer({ min: 1, max: 6 });
const goal = fc.integer({ min: 1, max: 3 });
/** Few people, so the same ones meet repeatedly; and new friends, so goals are reached. */
const who = fc.oneof({ weight: 4, arbitrary: fc.nat(2) }, { weight: 1, arbitrary: fc.nat(30) });
const email = fc.oneof(
  fc.constantFrom(
    "ada@example.com",
    "ada+2@example.com",
    "grace.h@gmail.com",
    "graceh+x@gmail.com",
    "alan@example.com",
  ),
  fc.nat(300).map((n) => `friend-${n}@example.com`),
);
const code = fc.tuple(fc.nat(60), flag).map(([n, isUpper]) => (isUpper ? `CODE-${n}` : `code-${n}`));
const codes = fc.uniqueArray(code, { selector: (c) => c.toLowerCase(), minLength: 1, maxLength: 3 });
const status = fc.constantFrom("active" as const, "active" as const, "pending" as const, "blocked" as const);
const settled = fc.constantFrom("fulfilled" as const, "revoked" as const);

const refer = fc.tuple(who, email, social, flag).map((args) => steps.refer(...args));
const crowd = fc.tuple(who, fc.integer({ min: 2, max: 5 })).map((args) => steps.crowd(...args));
const upload = fc.tuple(codes, flag).map((args) => steps.upload(...args));
const change = fc.tuple(goal, fc.nat(3), flag).map(([n, isCash, both]) => steps.change(n, isCash === 0, both));
const become = fc.tuple(who, status).map((args) => steps.become(...args));
/** A person earns when there are no codes, and codes come in while they are blocked. */
const pause = fc
  .tuple(fc.nat(30), codes, status)
  .map(([n, some, after]) =>
    inTurn(
      ...[steps.drop(), steps.crowd(n, 3), steps.become(n, "blocked")],
      ...[steps.upload(some, false), steps.become(n, after)],
    ),
  );
const visit = fc.tuple(fc.option(who, { freq: 4 }), email, social).map((args) => steps.visit(...args));
/** A person signs up as a visitor, something happens to them, and they confirm their email. */
const friend = fc.nat(300).map((n) => `visitor-${n}@example.com`);
const doubt = fc
  .tuple(who, friend, fc.option(status))
  .map(([by, address, meanwhile]) =>
    inTurn(
      steps.visit(by, address, 1),
      ...(meanwhile ? [steps.becomeOf(address, meanwhile)] : []),
      steps.confirmOf(address),
    ),
  );
const others = [
  fc.tuple(email, flag).map((args) => steps.signUp(...args)),
  fc.tuple(fc.option(who), email, fc.integer({ min: 2, max: 4 })).map((args) => steps.duplicates(...args)),
  fc.constant(steps.drop()),
  who.map(steps.erase),
  flag.map(steps.careful),
  fc.nat(30).map(steps.confirm),
  fc.tuple(who, settled).map((args) => steps.settle(...args)),
  fc.nat(30).map(steps.again),
];
const scripts = fc.commands(
  [refer, refer, refer, crowd, crowd, upload, upload, change, change, become, become, pause, visit, doubt, ...others],
  {
    maxCommands: 26,
    size: "max",
  },
);

const people = ["ada@example.com", "grace.h@gmail.com", "barbara@example.com"];

describe(`a campaign and its model (SEED=${seed})`, () => {
  it("behave alike, whatever happens", async () => {
    await fc.assert(
      fc.asyncProperty(goal, flag, flag, scripts, async (atFirst, both, confirms, script) => {
        const campaign = await newCampaign();
        const model = new Model();
        const begin = [
          steps.change(atFirst, false, both),
          steps.careful(confirms),
          ...people.map((email) => steps.signUp(email, false)),
        ];
        await fc.asyncModelRun(() => ({ model, real: { campaign, asked: [], crowds: 0 } }), [...begin, ...script]);
        const events = await env.DB.prepare(
          `SELECT coalesce(sum(type = 'participant.signup'), 0) AS signups, count(DISTINCT reward_id) AS rewards FROM events WHERE campaign_id = ?`,
        )
          .bind(campaign.id)
          .first();
        expect(events).toEqual({ signups: model.signups, rewards: model.rewards.length });
      }),
      { seed, numRuns: runs(7) },
    );
  });
});
