import { type Meter, newMeter } from "../lib/db";
import type { ErrorCode } from "../lib/errors";
import type { Answer } from "./answer";
import type { SignedUp } from "./signups/outcome";

/** The outcome of one signup among several. */
export type Arrived =
  | { ok: true; id: number; status: string; is_new: boolean; is_attributed: boolean }
  | { ok: false; code: ErrorCode };

export function arrived(answer: Answer<SignedUp>): Arrived {
  if (!answer.ok) return { ok: false, code: answer.code };
  const { participant, is_new, is_attributed } = answer.value;
  return { ok: true, id: participant.id, status: participant.status, is_new, is_attributed };
}

/** The total database usage of the answers' groups. Answers from the same group share a meter. */
export function sum(answers: Answer<unknown>[]): Meter {
  const total = newMeter();
  total.d1_calls = new Set(answers.map(({ meter }) => meter)).size;
  for (const { meter } of answers) {
    total.rows_read += meter.rows_read;
    total.rows_written += meter.rows_written;
  }
  return total;
}
