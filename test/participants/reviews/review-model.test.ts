import { env } from "cloudflare:workers";
import fc from "fast-check";
import { expect, it, vi } from "vitest";
import { vetoUse } from "../../../src/delivery/vetoes/veto-round";
import { openDb } from "../../../src/lib/db";
import { sweep } from "../../../src/outbox/sweep";
import { settleReviews } from "../../../src/participants/reviews/settle";
import { releaseRewards } from "../../../src/participants/rewards/reward-records";
import { newCampaign, someCodes } from "../../support/campaign";
import { call } from "../../support/client";
import { brokenPromises, countedAgain, promises } from "../../support/invariants";
import { withBindings } from "../../support/ledger";
import { outside } from "../../support/outside";
import { DAY, HOUR, type Kind, MINUTE, ReviewLife, type Setting, type Verdict, WORTH } from "../../support/review-life";
import { isShort, runs, seed } from "../../support/seed";
import { cash } from "../../support/shop";

const FAKES = "fakes.example";
const PALS = "pals.example";
/** At a blocked domain, but allowed. */
const both = (n: number) => `both-${n}@${FAKES}`;
const EMAILS: Record<Kind, (n: number) => string> = {
  honest: () => `person-${crypto.randomUUID()}@example.com`,
  blocked: (n) => `fake-${n}@${FAKES}`,
  allowed: (n) => `pal-${n}@${PALS}`,
  both,
};
const ACTS_MAX = 40;
const JOINED_MAX = 60;

const QUIET = { send: async () => {}, sendBatch: async () => {} } as unknown as typeof env.DELIVERIES;

/** Rows of other stories and tests would become due during this one. */
const leaveNothingDue = () =>
  env.DB.batch([
    env.DB.prepare("UPDATE reviews SET settles_at = NULL, decides_at = NULL"),
    env.DB.prepare("UPDATE veto_calls SET status = 'done' WHERE status = 'pending'"),
  ]);

async function newStage(setting: Setting) {
  await leaveNothingDue();
  const world = outside(began);
  const campaign = await newCampaign({
    num_signups: setting.goal,
    reward_invited: true,
    fraud_mode: "hold",
    default_emails: [],
    review_ending: setting.review_ending,
    review_days: setting.review_days,
    ...(setting.isCash ? { reward_type: 5, reward: { cash_value: WORTH.own / 100 } } : { reward_type: 1 }),
  });
  const { owner, id } = campaign;
  // The runtime's own queue would use the machine's clock.
  await withBindings(id, { DELIVERIES: QUIET });
  if (!setting.isCash) await campaign.upload(someCodes(100));
  const list = [
    { kind: "domain", value: FAKES, action: "block" },
    { kind: "domain", value: PALS, action: "allow" },
  ];
  for (const entry of list) expect((await owner.post("/api/v1/lists", entry)).status).toBe(201);
  const rules: number[] = [];
  for (const rule of [
    {
      role: "referrer",
      trigger: "signup",
      threshold: setting.rung,
      repeat: "once",
      reward: cash({ amount: WORTH.rung }),
    },
    { role: "referrer", trigger: "conversion", reward: cash({ percent: WORTH.percent }) },
    { role: "invited", trigger: "conversion", reward: cash({ amount: WORTH.buyer }) },
  ]) {
    const answer = await owner.post(`/api/v1/campaigns/${id}/rules`, rule);
    expect(answer.status, answer.text).toBe(201);
    rules.push(answer.data.id);
  }
  const model = new ReviewLife(setting);
  const says = () => {
    const status = { gives: 200, refuses: 403, "is silent": 500 }[model.answer];
    return Response.json({ code: "no" }, { status });
  };
  if (setting.veto) await world.veto(owner, id, says, { ending: setting.veto });
  return { world, campaign, rules, model, people: [] as { id: number; referral_code: string }[] };
}
type Stage = Awaited<ReturnType<typeof newStage>>;

/** Each story begins where the one before ended. */
let began = Date.UTC(2027, 0, 1, 12);

const job = (world: Stage["world"]) => ({ db: openDb(env.DB, "first-primary"), env: world.env, now: () => new Date() });

async function join({ campaign, model, people }: Stage, by: number | null, kind: Kind) {
  const n = model.join(by, kind, Date.now());
  const email = EMAILS[kind](n);
  if (kind === "both")
    expect((await campaign.owner.post("/api/v1/lists", { kind: "email", value: email, action: "allow" })).status).toBe(
      201,
    );
  const answer =
    by === null ? await campaign.signUp(email) : await campaign.refer(people[by]?.referral_code as string, email);
  expect(answer.status, answer.text).toBe(201);
  const joined = by === null ? answer.data : answer.data.participant;
  people.push(joined);
}

const living = ({ model }: Stage, n: number) => {
  const ids = model.people.flatMap(({ isErased }, id) => (isErased ? [] : [id]));
  return ids[n % ids.length];
};

type Act = { toString: () => string; run: (stage: Stage) => Promise<void> };
const act = (name: string, run: Act["run"]): Act => ({ toString: () => name, run });

const bring = (n: number, kind: Kind) =>
  act(`${n} brings ${kind}`, async (stage) => {
    const by = living(stage, n);
    if (by === undefined || stage.people.length >= JOINED_MAX) return;
    await join(stage, by, kind);
  });

const hide = (n: number) =>
  act(`${n}'s link is hidden`, async (stage) => {
    const { model, people, campaign } = stage;
    const referrer = living(stage, n);
    if (referrer === undefined || model.reviews.some((one) => one.isOfSales && one.of === referrer)) return;
    model.hide(referrer, Date.now());
    const headers = {
      "Sec-Fetch-Dest": "iframe",
      "Sec-Fetch-Mode": "navigate",
      "Sec-Fetch-Site": "cross-site",
      "User-Agent": CHROME,
    };
    for (let i = 0; i < 3; i++) await call("GET", `/t/${people[referrer]?.referral_code}`, undefined, { headers });
    await vi.waitUntil(async () => (await campaign.events("review.opened")).length >= model.events.opened);
  });
const CHROME =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36";

const buy = (n: number, tens: number) =>
  act(`${n} buys for ${tens}0`, async (stage) => {
    const { model, people, campaign } = stage;
    const buyer = living(stage, n);
    if (buyer === undefined) return;
    const order = model.orders.size;
    model.buy(order, buyer, tens * 10, Date.now());
    const sale = {
      campaign_id: campaign.id,
      conversion_id: `o-${order}`,
      participant_id: people[buyer]?.id,
      amount: tens * 10,
    };
    const answer = await campaign.owner.post("/api/v1/conversions", sale);
    expect(answer.status, answer.text).toBe(201);
  });

/** Three refunds of a referrer's sales would be suspicious. */
const REFUNDS_MAX = 2;
const refund = (n: number) =>
  act(`refund ${n}`, async ({ model, campaign }) => {
    const order = n % Math.max(1, model.orders.size);
    if (!model.orders.has(order) || model.refunded.has(order) || model.refunded.size >= REFUNDS_MAX) return;
    model.refund(order);
    const body = { campaign_id: campaign.id, conversion_id: `o-${order}`, refund_id: `r-${order}` };
    const answer = await campaign.owner.post("/api/v1/refunds", body);
    expect(answer.status, answer.text).toBe(201);
  });

const decide = (n: number, verdict: Verdict, isOfAll: boolean) =>
  act(`${verdict} ${n}${isOfAll ? " and all of the referrer" : ""}`, async ({ model, people, campaign }) => {
    if (model.reviews.length === 0) return;
    const which = n % model.reviews.length;
    const { of, isOfSales } = model.reviews[which] as (typeof model.reviews)[number];
    const expected = model.decide(which, verdict, isOfAll, Date.now());
    const path = `/api/v1/reviews/${(people[of]?.id ?? 0) * 2 + (isOfSales ? 1 : 0)}`;
    const body = { verdict, scope: isOfAll ? "all_of_referrer" : "this" };
    const answer = await campaign.owner.post(path, body);
    expect(answer.status, answer.text).toBe(expected);
  });

const pass = (ms: number) =>
  act(`${ms / MINUTE} minutes pass`, async ({ model, world, campaign }) => {
    world.later(ms);
    model.pass(Date.now());
    await settleReviews(job(world));
    await releaseRewards(job(world));
    await env.DB.prepare(
      "UPDATE veto_calls SET next_attempt_at = 1, hinted_until = NULL WHERE campaign_id = ? AND status = 'pending'",
    )
      .bind(campaign.id)
      .run();
    await sweep(job(world), vetoUse);
    await world.consume();
  });

const answers = (answer: ReviewLife["answer"]) =>
  act(`the endpoint ${answer}`, async ({ model }) => {
    model.answer = answer;
  });

const approve = (n: number) =>
  act(`approve rewards of ${n}`, async (stage) => {
    const { model, people, campaign } = stage;
    const person = living(stage, n);
    if (person === undefined) return;
    const held: { id: number; participant_id: number }[] = await campaign.rewards("&status=held");
    const ids = held.flatMap(({ id, participant_id }) => (participant_id === people[person]?.id ? [id] : []));
    expect(ids).toHaveLength(model.approve(person));
    if (ids.length > 0) await campaign.owner.post("/api/v1/rewards/actions", { ids, action: "approve" });
  });

const pay = act("pay", async ({ model, campaign }) => {
  const filter = { campaign_id: campaign.id };
  const answer = await campaign.owner.post("/api/v1/payouts", { filter, reference: "Transfer" });
  expect(answer.status, answer.text).toBe(model.pay() > 0 ? 201 : 409);
});

const erase = (n: number) =>
  act(`erase ${n}`, async (stage) => {
    const { model, people, campaign } = stage;
    const person = living(stage, n);
    if (person === undefined || model.people.filter(({ isErased }) => !isErased).length < 4) return;
    model.erase(person);
    const answer = await campaign.owner.delete(`/api/v1/participants/${people[person]?.id}`);
    expect(answer.status, answer.text).toBe(200);
  });

/** Compares both. */
async function compare({ campaign, model, people, rules }: Stage) {
  const { results } = await env.DB.prepare(
    `SELECT w.participant_id, w.role, w.rule_id, k.external_id, w.status, w.held_until IS NOT NULL OR w.needs_approval IS NOT NULL AS is_held, coalesce(w.amount, w.cash_cents) AS amount,
      w.owed_back, w.in_review IS 1 AND w.status = 'pending' AND w.needs_approval = 1 AS is_in_review
    FROM rewards w LEFT JOIN conversions k ON k.id = w.conversion_id WHERE w.campaign_id = ?`,
  )
    .bind(campaign.id)
    .all<Record<string, number | string | null>>();
  const seen = results.map((row) => {
    const rule = row.rule_id === null ? "own" : ["rung", "sale", "sale"][rules.indexOf(Number(row.rule_id))];
    const status = row.is_held ? "waits" : row.status;
    const to = people.findIndex(({ id }) => id === row.participant_id);
    return `${to} as ${row.role}, ${rule} ${row.external_id ?? ""}: ${status} ${row.is_in_review ? "in review" : ""} ${row.status === "revoked" ? "" : row.amount} ${row.owed_back ?? 0}`;
  });
  const due = model.rewards.map((one) => {
    const rule = one.for === "goal" || one.for === "welcome" ? "own" : one.for;
    const order = one.order === null ? "" : `o-${one.order}`;
    return `${one.to} as ${one.role}, ${rule} ${order}: ${one.status} ${one.status === "waits" && one.isInReview ? "in review" : ""} ${one.status === "revoked" ? "" : one.amount} ${one.owedBack}`;
  });
  expect(seen.sort()).toEqual(due.sort());
  const reviews = await env.DB.prepare(
    "SELECT participant_id, id % 2 AS of_sales, state FROM reviews WHERE campaign_id = ?",
  )
    .bind(campaign.id)
    .all<{ participant_id: number; of_sales: number; state: string }>();
  const found = reviews.results.map(
    (row) => `${people.findIndex(({ id }) => id === row.participant_id)} ${row.of_sales} ${row.state}`,
  );
  const known = model.reviews.map((one) => `${one.of} ${Number(one.isOfSales)} ${one.state}`);
  expect(found.sort()).toEqual(known.sort());
  const { owed } = (await campaign.owner.get(`/api/v1/payouts?campaign_id=${campaign.id}`)).data;
  expect(owed.reduce((sum: number, { earned }: { earned: number }) => sum + earned, 0)).toBe(model.owed());
  const told = {
    opened: (await campaign.events("review.opened")).length,
    decided: (await campaign.events("review.decided")).length,
  };
  expect(told).toEqual(model.events);
}

/** These do not handle erased people. */
const OF_LIVING = new Set([
  "that reviews denied counts for nobody",
  "totals are counts",
  "days add up",
  "whoever is at the goal has its reward, and nobody else",
]);
const promisesOf = ({ model }: Stage) => {
  const kept = Object.entries({ ...promises, ...countedAgain });
  const isKept = ([name]: [string, string]) => !OF_LIVING.has(name);
  return Object.fromEntries(model.people.some(({ isErased }) => isErased) ? kept.filter(isKept) : kept);
};

const setting: fc.Arbitrary<Setting> = fc.record({
  goal: fc.integer({ min: 1, max: 3 }),
  rung: fc.integer({ min: 1, max: 4 }),
  isCash: fc.boolean(),
  review_ending: fc.constantFrom("by_score" as const, "approve" as const, "deny" as const, "never" as const),
  review_days: fc.constantFrom(1, 3, 14),
  veto: fc.constantFrom(null, null, "hold" as const, "give" as const, "refuse" as const),
});

/** Few people, so the same ones meet again and again. */
const who = fc.oneof({ weight: 3, arbitrary: fc.nat(1) }, { weight: 1, arbitrary: fc.nat(30) });
const any = fc.nat(30);
const kind = fc.constantFrom<Kind>("honest", "honest", "blocked", "blocked", "blocked", "allowed", "both");
const verdict = fc.constantFrom<Verdict>("approve", "deny", "deny", "reopen");
const anyAct: fc.Arbitrary<Act> = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(who, kind).map((args) => bring(...args)) },
  { weight: 6, arbitrary: fc.tuple(any, verdict, fc.boolean()).map((args) => decide(...args)) },
  { weight: 4, arbitrary: fc.constantFrom(1, 3, 6, 10).map((n) => pass(n * MINUTE)) },
  { weight: 1, arbitrary: fc.constantFrom(8 * HOUR, DAY, 4 * DAY).map(pass) },
  { weight: 3, arbitrary: fc.tuple(any, fc.integer({ min: 1, max: 500 })).map((args) => buy(...args)) },
  { weight: 1, arbitrary: any.map(refund) },
  { weight: 1, arbitrary: who.map(hide) },
  { weight: 1, arbitrary: any.map(approve) },
  { weight: 1, arbitrary: fc.constant(pay) },
  { weight: 1, arbitrary: any.map(erase) },
  { weight: 1, arbitrary: fc.constantFrom("gives" as const, "refuses" as const, "is silent" as const).map(answers) },
);

it(`the rewards held by reviews and a veto match the model (SEED=${seed})`, { timeout: 600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(setting, fc.array(anyAct, { minLength: 20, maxLength: ACTS_MAX }), async (chosen, acts) => {
      const stage = await newStage(chosen);
      try {
        for (let n = 0; n < 2; n++) await join(stage, null, "honest");
        for (const [n, one] of acts.entries()) {
          await one.run(stage);
          if (n % 3 === 0) await compare(stage);
        }
        await compare(stage);
        expect(await brokenPromises(stage.campaign.id, promisesOf(stage))).toEqual([]);
      } finally {
        began = Date.now() + DAY;
        stage.world.close();
      }
    }),
    { seed, numRuns: runs(3), endOnFailure: isShort },
  );
});
