import type { Answer } from "../../../drizzle/schema";
import type { Result } from "../webhooks/attempt";

/** The result of an attempt: the endpoint gives the reward, refuses it, or must be asked again. */
export type Said = { says: "give" } | { says: "refuse"; code: string } | { says: "again"; error: string };

/** The 4xx statuses that ask to be called later. They are not a decision. */
const LATER = new Set([408, 425, 429]);
const CODE = /^[\w.-]{1,64}$/;

/** A 200 gives the reward, a 4xx refuses it, and anything else means asking again. */
export function saidBy({ status_code, error, answer }: Pick<Result, "status_code" | "error" | "answer">): Said {
  if (status_code === 200) return { says: "give" };
  if (status_code !== null && status_code >= 400 && status_code < 500 && !LATER.has(status_code))
    return { says: "refuse", code: codeIn(answer) ?? `http_${status_code}` };
  return { says: "again", error: error ?? `http_${status_code}` };
}

/** The endpoint's own code, if its response is JSON with a short one. We do not store free text. */
function codeIn(answer: Answer | null): string | null {
  if (!answer?.body || answer.is_cut) return null;
  try {
    const said: unknown = JSON.parse(answer.body);
    const code = typeof said === "object" && said !== null && "code" in said ? said.code : null;
    return typeof code === "string" && CODE.test(code) ? code : null;
  } catch {
    return null;
  }
}
