import { type Mutant, test } from "./mutant.ts";

const answer = (name: string, breaks: string, from: string, to: string, check: string): Mutant => ({
  name,
  breaks,
  file: "src/delivery/vetoes/veto-answer.ts",
  from,
  to,
  check: test("delivery/reward-vetoes", check),
});

const round = (name: string, breaks: string, from: string, to: string, check: string): Mutant => ({
  ...answer(name, breaks, from, to, check),
  file: "src/delivery/vetoes/veto-round.ts",
});

const ledger = (
  name: string,
  breaks: string,
  file: string,
  from: string,
  to: string,
  check: Mutant["check"],
): Mutant => ({
  name,
  breaks,
  file: `src/ledger/rewards/${file}.ts`,
  from,
  to,
  check,
});

/** Bugs in the question to a veto endpoint, and in the handling of its answer. */
export const vetoMutants: Mutant[] = [
  answer(
    "Any 2xx gives the reward",
    "only a 200 gives the reward",
    "status_code === 200",
    "status_code !== null && status_code < 300",
    "is asked for again after anything else",
  ),
  answer(
    "A refusal counts as a failure",
    "a 4xx refuses the reward",
    "status_code < 500",
    "status_code < 400",
    "is revoked by a 4xx",
  ),
  round(
    "An endpoint is asked forever",
    "after 72 hours, the setting decides",
    "const ASKED_FOR_MS = 72 * HOUR;",
    "const ASKED_FOR_MS = 7200 * HOUR;",
    "is decided by the setting after 72 hours",
  ),
  round(
    "The endpoint is asked even if the veto is off",
    "the endpoint is not asked once the veto is off",
    "if (!veto.is_on || link === null",
    "if (link === null",
    "is decided by the setting after 72 hours",
  ),
  ledger(
    "A reward does not wait for the answer",
    "a new reward is held until the endpoint decides",
    "veto-holds",
    "x.is_on)",
    "x.is_on AND 0)",
    test("delivery/reward-vetoes", "is held until a 200"),
  ),
  ledger(
    "An answer counts as the rule's approval",
    "a 200 gives the reward once nothing else holds it",
    "free",
    "iif(${ASKS_BY_RULE} OR w.in_review = 1, 1, NULL)",
    "iif(w.in_review = 1, 1, NULL)",
    test("delivery/reward-vetoes", "is asked for after its hold days, and stays held if its"),
  ),
];
