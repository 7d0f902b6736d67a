import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Answer, newDomain, newMember, type TestMember } from "../support/client";
import { failsAfterWriteTo } from "../support/faults";
import { runs, seed } from "../support/seed";

/** A key's response, or, after a run that died, whether that run took effect. */
type Kept = { body: number; answer: Answer | null };
/** Two members who use the same keys for the same bodies: `kept` by member and key, brands by member. */
type Model = { kept: Map<string, Kept>; brands: [number, number] };
type Real = { members: [TestMember, TestMember]; bodies: { url: string }[]; keys: string[] };
type Step = fc.AsyncCommand<Model, Real>;
type Who = 0 | 1;

const PATH = "/api/v1/brands";
const slot = (who: Who, key: number) => `${who} ${key}`;
const send = (real: Real, who: Who, key: number, body: number, options: { env?: Partial<typeof env> } = {}) =>
  real.members[who].post(PATH, real.bodies[body], { ...options, headers: { "Idempotency-Key": real.keys[key] ?? "" } });

/** The response to a request with a known key. */
function expectRepeat(kept: Kept, body: number, answer: Answer) {
  if (kept.body !== body) expect(answer).toMatchObject({ status: 422, code: "idempotency_mismatch" });
  else if (kept.answer === null) expect(answer).toMatchObject({ status: 409, code: "conflict" });
  else {
    expect([answer.status, answer.text]).toEqual([kept.answer.status, kept.answer.text]);
    expect(answer.headers.get("Idempotent-Replayed")).toBe("true");
  }
}

/** A first response: a new brand, or the refusal of an invalid body. */
function expectFirst(answer: Answer, isGood: boolean) {
  expect(answer.status, answer.text).toBe(isGood ? 201 : 400);
  expect(answer.headers.get("Idempotent-Replayed")).toBeNull();
}

/** The last body always gets a 400, which is not kept. */
const isGood = (body: number) => body < 2;

const step = (name: string, run: (model: Model, real: Real) => Promise<void>): Step => ({
  check: () => true,
  toString: () => name,
  run: async (model, real) => {
    await run(model, real);
    const counts = real.members.map(async (member) => (await member.get(PATH)).data.pagination.total);
    expect(await Promise.all(counts)).toEqual(model.brands);
  },
});

const steps = {
  ask: (who: Who, key: number, body: number) =>
    step(`${who} asks ${body} under ${key}`, async (model, real) => {
      const kept = model.kept.get(slot(who, key));
      const answer = await send(real, who, key, body);
      if (kept) return expectRepeat(kept, body, answer);
      expectFirst(answer, isGood(body));
      if (!isGood(body)) return;
      model.kept.set(slot(who, key), { body, answer });
      model.brands[who]++;
    }),

  /** Several concurrent requests, perhaps with two bodies: one runs, the others get its response, wait, or get the mismatch error. */
  race: (who: Who, key: number, bodies: number[]) =>
    step(`${who} asks ${bodies} at once under ${key}`, async (model, real) => {
      const kept = model.kept.get(slot(who, key));
      const answers = await Promise.all(
        bodies.map(async (body) => ({ body, answer: await send(real, who, key, body) })),
      );
      if (kept) {
        for (const { body, answer } of answers) expectRepeat(kept, body, answer);
        return;
      }
      const isFirst = ({ answer }: { answer: Answer }) =>
        answer.status === 201 && !answer.headers.has("Idempotent-Replayed");
      const [first, ...second] = answers.filter(isFirst);
      expect(second).toEqual([]);
      for (const { body, answer } of answers) {
        if (answer === first?.answer) continue;
        if (answer.status === 400) expectFirst(answer, isGood(body));
        else if (answer.status === 409)
          expect([answer.code, answer.headers.get("Retry-After")]).toEqual(["idempotency_in_progress", "1"]);
        // A request during one with another body, whatever its result.
        else if (answer.status === 422) expect(answer.code).toBe("idempotency_mismatch");
        else if (first) expectRepeat(first, body, answer);
        else throw new Error(`Answered ${answer.status}, though no request was first.`);
      }
      if (!answers.some(({ body }) => isGood(body)))
        expect(answers.some(({ answer }) => answer.status === 400)).toBe(true);
      if (!first) return;
      model.kept.set(slot(who, key), first);
      model.brands[who]++;
    }),

  /** The run dies between its commit and its response: a repeated request gets an error, and nothing happens twice. */
  crash: (who: Who, key: number, body: number) =>
    step(`${who} asks ${body} under ${key}, and the answer is lost`, async (model, real) => {
      const kept = model.kept.get(slot(who, key));
      const answer = await send(real, who, key, body, { env: { DB: failsAfterWriteTo("brands") } });
      if (kept) return expectRepeat(kept, body, answer);
      if (!isGood(body)) {
        expectFirst(answer, false);
        return;
      }
      expect(answer.status, answer.text).toBe(503);
      model.kept.set(slot(who, key), { body, answer: null });
      model.brands[who]++;
    }),

  /** A day passes: every key is free again. */
  expire: () =>
    step("a day goes by", async (model) => {
      await env.DB.prepare("UPDATE idempotency_keys SET expires_at = ?")
        .bind(Date.now() - 1)
        .run();
      model.kept.clear();
    }),
};

const who = fc.constantFrom<Who>(0, 1);
const key = fc.nat(2);
const body = fc.nat(2);
const ask = fc.tuple(who, key, body).map((args) => steps.ask(...args));
const scripts = fc.commands(
  [
    ...[ask, ask, ask],
    fc.tuple(who, key, fc.array(body, { minLength: 2, maxLength: 5 })).map((args) => steps.race(...args)),
    fc.tuple(who, key, body).map((args) => steps.crash(...args)),
    fc.constant(steps.expire()),
  ],
  { maxCommands: 16, size: "max" },
);

describe(`an Idempotency-Key and its model (SEED=${seed})`, () => {
  it("responds like the model, for any sender, number of times, and moment", async () => {
    await fc.assert(
      fc.asyncProperty(scripts, async (script) => {
        const real: Real = {
          members: [await newMember(), await newMember()],
          bodies: [{ url: newDomain() }, { url: newDomain() }, { url: "localhost" }],
          keys: [crypto.randomUUID(), `"${crypto.randomUUID()}"`, "k".repeat(200) + crypto.randomUUID()],
        };
        const model: Model = { kept: new Map(), brands: [0, 0] };
        await fc.asyncModelRun(() => ({ model, real }), script);
      }),
      { seed, numRuns: runs(15) },
    );
  });
});
