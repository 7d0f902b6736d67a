import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type FullAccount, fullAccount } from "../support/account";
import { exampleRequest, inTurn, refusals } from "../support/asked";
import { call } from "../support/client";
import { expectDocumented, type Operation, operations } from "../support/document";
import { curl, type FuzzRequest, requestsFor } from "../support/fuzz";
import { isShort, runs, seed } from "../support/seed";
import { shortWaits } from "../support/waits";

let account: FullAccount;
let other: FullAccount;
/** An account that only gets the examples, so each finds its initial state. */
let spared: FullAccount;
beforeAll(async () => {
  shortWaits();
  [account, other, spared] = [await fullAccount(), await fullAccount(), await fullAccount()];
});

afterAll(() => void vi.restoreAllMocks());

const PER_OPERATION = isShort ? 8 : runs(21);
/** Passwords are slow to hash, on purpose. */
const SLOW: Record<string, number> = { createMember: runs(3), signIn: runs(3) };

const REQUESTS_MIN = operations.length * 6;

const sent = new Map<number, number>();
/** The operations with a successful random request. */
const reached = new Set<string>();

async function expectWellAnswered(operation: Operation, request: FuzzRequest) {
  const answer = await call(request.method, request.path, request.body, { headers: request.headers });
  sent.set(answer.status, (sent.get(answer.status) ?? 0) + 1);
  try {
    expectDocumented(operation, answer, {});
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}\n${curl(request)}`);
  }
  return answer.status < 400;
}

describe(`the API under fuzzing (SEED=${seed})`, () => {
  // Deletions and changes of permissions come last.
  const harm = ({ method, path }: Operation) => (method === "DELETE" ? 2 : path.includes("/operator/") ? 1 : 0);
  const inOrder = inTurn.toSorted((a, b) => harm(a) - harm(b));

  const promise = (id: string) =>
    refusals[id] ? `its example with a refusal: ${refusals[id].why}` : "its example with success";

  it.each(inOrder.map((o) => [`${o.method} ${o.path}`, promise(o.operationId), o] as const))(
    "%s responds as documented, %s",
    async (_name, _promise, operation) => {
      const request = exampleRequest(operation, spared);
      const isSuccess = await expectWellAnswered(operation, request);
      expect(isSuccess, curl(request)).toBe(!(operation.operationId in refusals));

      const target = operation.method === "DELETE" ? await fullAccount() : account;
      await fc.assert(
        fc.asyncProperty(requestsFor(operation, target, other), async (request) => {
          if (await expectWellAnswered(operation, request)) reached.add(operation.operationId);
        }),
        {
          seed,
          numRuns: SLOW[operation.operationId] ?? PER_OPERATION,
          includeErrorInReport: true,
        },
      );
    },
  );

  it(`was called at least ${REQUESTS_MIN} times, often with valid requests`, () => {
    const counts = [...sent.entries()].sort(([a], [b]) => a - b);
    const total = counts.reduce((sum, [, n]) => sum + n, 0);
    const told = `${total} requests with SEED=${seed}: ${counts.map(([status, n]) => `${n} × ${status}`).join(", ")}`;
    expect(total, told).toBeGreaterThanOrEqual(REQUESTS_MIN);
    const good = counts.filter(([status]) => status < 400).reduce((sum, [, n]) => sum + n, 0);
    expect(good / total, told).toBeGreaterThan(0.3);
    const missed = operations.flatMap(({ operationId }) => (reached.has(operationId) ? [] : [operationId]));
    console.info(`${told}. Never with success by chance: ${missed.join(", ") || "none"}`);
  });
});
