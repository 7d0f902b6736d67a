/** All errors that callers can get. Statuses, response bodies and the OpenAPI document come from this table. */
export const errorCodes = {
  invalid_request: { status: 400, about: "The request does not match its schema; `details` says where." },
  bad_code: { status: 400, about: "The referral code cannot be read." },
  bad_link: { status: 400, about: "The webhook's link is not one we deliver to." },
  code_incompatible: { status: 400, about: "The code's campaign is not one that referrals count in." },
  unknown_referrer: { status: 400, about: "The referral code names nobody in this campaign." },
  self_referral: { status: 400, about: "The referrer and the invited person are the same." },
  token_not_allowed: { status: 400, about: "Token rewards are for VNOC-linked brands." },
  captcha_failed: { status: 400, about: "It is not clear that a person sent this. Please try again." },
  form_expired: { status: 400, about: "This form was open for too long. Please load the page again." },
  disposable_email: { status: 400, about: "Please use a lasting mail address: this one is of a throw-away mailbox." },
  unauthenticated: { status: 401, about: "No valid credential was sent." },
  paid_plan_required: { status: 403, about: "Public campaigns need a paid plan that has not expired." },
  role_needed: { status: 403, about: "Your role in this account does not allow that." },
  cross_site: {
    status: 403,
    about: "This was sent from another site, or by a program: dashboard sessions are for our own pages.",
  },
  brand_limit: { status: 403, about: "The plan allows no further brand." },
  image_limit: {
    status: 403,
    about: "The account has as many images as it may have. Please delete some under /images.",
  },
  webhook_limit: { status: 403, about: "The account has as many webhooks as it may have." },
  email_not_allowed: { status: 403, about: "This campaign does not allow invitations by mail." },
  unconfirmed: { status: 403, about: "Confirm your own address first: the link is in the mail that you got." },
  not_found: { status: 404, about: "There is no such thing in this account." },
  email_taken: { status: 409, about: "This address has an account already." },
  slug_taken: { status: 409, about: "Another brand has this slug." },
  already_signed_up: { status: 409, about: "This address is in the campaign already." },
  contest_drawn: { status: 409, about: "The winners have been drawn: the contest can no longer change." },
  contest_started: { status: 409, about: "The contest has started: what decides who wins can no longer change." },
  conflict: { status: 409, about: "The request collides with what is already stored." },
  idempotency_in_progress: { status: 409, about: "The first request with this Idempotency-Key is still running." },
  idempotency_mismatch: { status: 422, about: "This Idempotency-Key was used with another request body." },
  payload_too_large: { status: 400, about: "The request body is too large." },
  rate_limited: { status: 429, about: "Too many requests; `Retry-After` says when to come back." },
  misconfigured: { status: 500, about: "The server lacks a setting it needs." },
  internal: { status: 500, about: "Our fault. Quote the request id." },
  overloaded: { status: 503, about: "Too busy at the moment; `Retry-After` says when to come back." },
} as const satisfies Record<string, { status: 400 | 401 | 403 | 404 | 409 | 422 | 429 | 500 | 503; about: string }>;

export type ErrorCode = keyof typeof errorCodes;
export type ErrorDetail = { path: string; message: string };

/** An error to show to the caller. `retryAfter` is in seconds. */
export class AppError extends Error {
  override name = "AppError";
  readonly details?: ErrorDetail[];
  readonly retryAfter?: number;
  constructor(
    readonly code: ErrorCode,
    message: string = errorCodes[code].about,
    options: ErrorOptions & { details?: ErrorDetail[]; retryAfter?: number } = {},
  ) {
    super(message, options);
    this.details = options.details;
    this.retryAfter = options.retryAfter;
  }
}

export const notFound = (what: string) => new AppError("not_found", `There is no such ${what}.`);

const stopped = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

/** The text as a sentence: with a capital and a period. */
export const sentence = (text: string) => stopped(`${text.charAt(0).toUpperCase()}${text.slice(1)}`);

/** The message about a field as a sentence. The field's name goes in front unless the message is a sentence already. */
export const sentenceOf = ({ path, message }: ErrorDetail) =>
  /^\p{Ll}/u.test(message) ? stopped(`${path || "The body"} ${message}`) : sentence(message);

/** A 400 about one field. The message continues after the field's name ("is required"), or is a sentence of its own. */
export const invalid = (path: string, message: string) =>
  new AppError("invalid_request", sentenceOf({ path, message }), { details: [{ path, message }] });
