import { type Mutant, test } from "./mutant.ts";

const answer = (name: string, breaks: string, from: string, to: string, check: string): Mutant => ({
  name,
  breaks,
  file: "src/delivery/vetoes/veto-answer.ts",
  from,
  to,
  check: test("vetoes", check),
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
  file: `src/ledger/${file}.ts`,
  from,
  to,
  check,
});

/** Bugs in what an endpoint is asked before a reward is given, and in what becomes of its answer. */
export const vetoMutants: Mutant[] = [
  answer(
    "Any success gives",
    "only a 200 gives",
    "status_code === 200",
    "status_code !== null && status_code < 300",
    "is asked for again after anything else",
  ),
  answer(
    "A refusal is a failure like others",
    "a 4xx refuses",
    "status_code < 500",
    "status_code < 400",
    "is revoked by a 4xx",
  ),
  round(
    "An endpoint is asked for ever",
    "after 72 hours, the setting decides",
    "const ASKED_FOR_MS = 72 * HOUR;",
    "const ASKED_FOR_MS = 7200 * HOUR;",
    "is decided by the setting after 72 hours",
  ),
  round(
    "A veto that is off is asked",
    "nobody is asked once the veto is off",
    "if (!veto.is_on || link === null",
    "if (link === null",
    "is decided by the setting after 72 hours",
  ),
  ledger(
    "A reward does not wait for the answer",
    "a new reward is held until the endpoint answers",
    "veto-holds",
    "x.is_on)",
    "x.is_on AND 0)",
    test("vetoes", "is held until a 200"),
  ),
  ledger(
    "An answer is the approval of the rule",
    "a 200 gives once nothing else holds the reward",
    "free",
    "iif(${ASKS_BY_RULE} OR w.in_review = 1, 1, NULL)",
    "iif(w.in_review = 1, 1, NULL)",
    test("vetoes", "is asked for once its hold days are over"),
  ),
];
