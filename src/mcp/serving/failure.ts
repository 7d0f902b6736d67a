import { z } from "zod";
import { AppError, type ErrorCode, type ErrorDetail, sentenceOf } from "../../lib/errors";
import { describeError, log } from "../../lib/log";
import { Refused } from "../api";

/** What an agent should do next. Without an entry, the error's own message says it. */
const NEXT: Partial<Record<ErrorCode, string>> = {
  invalid_request: "Correct the arguments and call again.",
  not_found: "Check the IDs: list_campaigns and find_participant show those of this account.",
  already_signed_up: "Look them up with find_participant.",
  campaign_not_live: "Ask the user, then start the campaign with set_campaign_status.",
  rate_limited: "Wait, then call again with the same arguments.",
  overloaded: "Wait, then call again with the same arguments.",
  idempotency_in_progress: "Wait a second, then call again with the same arguments.",
  idempotency_mismatch: "Use another request_id for a different campaign.",
  database_full: "Tell the user: the administrator of this installation must free up space.",
  suspended: "Tell the user: only the administrator of this installation can lift a suspension.",
  paid_plan_required: "Tell the user: they can change the plan in the dashboard, under Plan.",
  participant_limit: "Tell the user: they can change the plan in the dashboard, under Plan.",
  brand_limit:
    "Use an existing brand (brand_id), or tell the user: they can change the plan in the dashboard, under Plan.",
  role_needed: "Tell the user: an owner of the account can change their role, under Team.",
  scope_missing: "Tell the user: connect with a key that has the write scope.",
  conflict: "Read the current state before you try again.",
};
const OTHERWISE = "Do not repeat the call unchanged. Tell the user what the error says.";

type Told = { code: ErrorCode; message: string; details: readonly ErrorDetail[]; retryAfter: number | null };

/** A failed call as a result that the agent can act on, never as a protocol error. */
export function failed(error: unknown, tool: string) {
  const { code, message, details, retryAfter } = toldOf(error, tool);
  const said = details.length > 1 ? details.slice(0, 10).map(sentenceOf).join(" ") : message;
  const wait = retryAfter ? ` Wait ${retryAfter} seconds.` : "";
  const text = `${said} (${code})${wait} Next: ${NEXT[code] ?? OTHERWISE}`;
  return { isError: true as const, content: [{ type: "text" as const, text }] };
}

function toldOf(error: unknown, tool: string): Told {
  if (error instanceof Refused) return error;
  if (error instanceof AppError)
    return {
      code: error.code,
      message: error.message,
      details: error.details ?? [],
      retryAfter: error.retryAfter ?? null,
    };
  log("error", "tool failed", {
    tool,
    ...(error instanceof z.ZodError
      ? { error: "ZodError", paths: error.issues.map(({ path }) => path.join(".")) }
      : describeError(error)),
  });
  return { code: "internal", message: "Something went wrong on our side.", details: [], retryAfter: null };
}
