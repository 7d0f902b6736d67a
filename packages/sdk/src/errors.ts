export type Issue = { path: string; message: string };

/** The API's error response, or the reason why there is no response. */
export class ReferralsError extends Error {
  override readonly name = "ReferralsError";
  /** The HTTP status; 0 if there was no response. */
  readonly status: number;
  /** Such as `already_signed_up`. Without a response: `timeout` or `connection_failed`. */
  readonly code: string;
  /** Include it when you report a problem. */
  readonly requestId: string | null;
  /** A page that explains the code. */
  readonly docUrl: string | null;
  /** With `invalid_request`: the problem of each invalid field. */
  readonly issues: Issue[];
  /** Seconds to wait, if the response has `Retry-After`. */
  readonly retryAfter: number | null;
  /** The whole response, such as the `participant_id` of an `already_signed_up`. */
  readonly body: Record<string, unknown>;

  constructor(status: number, body: Record<string, unknown>, headers?: Headers, cause?: unknown) {
    super(String(body.error ?? `The server responded with ${status}.`), { cause });
    this.status = status;
    this.code = String(body.code ?? "unexpected_response");
    this.requestId = headers?.get("X-Request-Id") ?? null;
    this.docUrl = typeof body.doc_url === "string" ? body.doc_url : null;
    this.issues = Array.isArray(body.details) ? body.details : [];
    this.retryAfter = secondsOf(headers?.get("Retry-After"));
    this.body = body;
  }
}

/** Retry-After is a number of seconds, or a date. */
function secondsOf(value?: string | null): number | null {
  if (!value) return null;
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? null : Math.max(0, seconds);
}
