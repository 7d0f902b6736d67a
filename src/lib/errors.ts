/** All errors that callers can get. Statuses, response bodies, and the OpenAPI document come from this table. */
export const errorCodes = {
  invalid_request: { status: 400, about: "The request does not match its schema. See `details`." },
  bad_code: { status: 400, about: "The referral code is not valid." },
  bad_link: { status: 400, about: "The webhook URL is not allowed." },
  code_incompatible: {
    status: 400,
    about: "This campaign counts visits, so referral codes cannot be used to sign up.",
  },
  unknown_referrer: { status: 400, about: "The referral code does not belong to a participant in this campaign." },
  self_referral: { status: 400, about: "People cannot refer themselves." },
  token_not_allowed: { status: 400, about: "Token rewards require a VNOC-linked brand." },
  captcha_failed: { status: 400, about: "We could not verify that you are human. Try again." },
  form_expired: { status: 400, about: "The form has expired. Reload the page." },
  disposable_email: {
    status: 400,
    about: "Please use a permanent email address. Disposable addresses are not accepted.",
  },
  second_factor_required: {
    status: 401,
    about: "This account has two-step verification. Send a current code from the authenticator app as `code`.",
  },
  second_factor_wrong: { status: 401, about: "The code is incorrect or has already been used." },
  unauthenticated: { status: 401, about: "No valid credential was sent." },
  paid_plan_required: { status: 403, about: "Public campaigns require an active paid plan." },
  registration_closed: { status: 403, about: "New accounts need a valid invitation, or are not accepted here." },
  suspended: { status: 403, about: "This account or brand is suspended. Contact the administrator." },
  second_factor_missing: {
    status: 403,
    about: "This account requires two-step verification. Turn it on under Account, Two-step verification.",
  },
  scope_missing: {
    status: 403,
    about: "This API key lacks the scope in `missing_scope`. If that is missing, no named key can do this.",
  },
  publishable_key: {
    status: 403,
    about: "A publishable key only signs people up: POST /api/v1/signups/browser. Use a secret key on your server.",
  },
  origin_not_allowed: {
    status: 403,
    about: "This publishable key does not work on this website. Add its origin to the key.",
  },
  proof_needed: { status: 403, about: "This requires the link that we sent by email. Ask for a new one." },
  role_needed: { status: 403, about: "Your role in this account does not allow this." },
  cross_site: {
    status: 403,
    about: "Dashboard sessions accept requests from the dashboard's own pages only.",
  },
  participant_limit: { status: 403, about: "Your plan does not allow more active participants." },
  brand_limit: { status: 403, about: "Your plan does not allow more brands." },
  image_limit: {
    status: 403,
    about: "The account has reached its image limit. Delete some under /images.",
  },
  webhook_limit: { status: 403, about: "The account has reached its webhook limit." },
  key_limit: { status: 403, about: "The account has 100 API keys. Revoke one that is no longer used." },
  words_off: { status: 403, about: "This campaign does not let participants choose a word for their link." },
  email_not_allowed: { status: 403, about: "This campaign does not allow email invitations." },
  bad_identity: {
    status: 403,
    about: "This identity's hash is wrong or expired, or the campaign has no identity secret.",
  },
  not_found: { status: 404, about: "Not found, or not in this account." },
  email_taken: { status: 409, about: "An account with this email address already exists." },
  slug_taken: { status: 409, about: "Another brand uses this slug." },
  checkout_code_taken: { status: 409, about: "Another participant in this campaign has this checkout code." },
  already_signed_up: { status: 409, about: "This email address is already in the campaign." },
  contest_drawn: { status: 409, about: "The winners have been drawn; the contest can no longer be changed." },
  contest_started: {
    status: 409,
    about: "The contest has already started; settings that affect the draw can no longer be changed.",
  },
  campaign_not_live: { status: 409, about: "The campaign is not live, so nobody can sign up." },
  conflict: { status: 409, about: "The request conflicts with existing data." },
  idempotency_in_progress: { status: 409, about: "The first request with this Idempotency-Key is still running." },
  idempotency_mismatch: { status: 422, about: "This Idempotency-Key was used with a different request body." },
  payload_too_large: { status: 400, about: "The request body is too large." },
  rate_limited: { status: 429, about: "Too many requests. Try again after the time in `Retry-After`." },
  misconfigured: { status: 500, about: "A required server setting is missing." },
  internal: { status: 500, about: "Something went wrong on our side. Include the request ID when you report it." },
  overloaded: { status: 503, about: "The service is busy. Try again after the time in `Retry-After`." },
  database_full: {
    status: 503,
    about: "The database is full. Retrying does not help until the administrator makes room.",
  },
} as const satisfies Record<string, { status: 400 | 401 | 403 | 404 | 409 | 422 | 429 | 500 | 503; about: string }>;

export type ErrorCode = keyof typeof errorCodes;
export type ErrorDetail = { path: string; message: string };

/**
 * An error to show to the caller. `retryAfter` is in seconds. `participantId` is a participant that the caller may look
 * up. `missingScope` is the scope that their key lacks.
 */
export class AppError extends Error {
  override name = "AppError";
  readonly details?: ErrorDetail[];
  readonly retryAfter?: number;
  readonly participantId?: number;
  readonly missingScope?: string;
  constructor(
    readonly code: ErrorCode,
    message: string = errorCodes[code].about,
    options: ErrorOptions & {
      details?: ErrorDetail[];
      retryAfter?: number;
      participantId?: number;
      missingScope?: string;
    } = {},
  ) {
    super(message, options);
    this.details = options.details;
    this.retryAfter = options.retryAfter;
    this.participantId = options.participantId;
    this.missingScope = options.missingScope;
  }
}

export const notFound = (what: string) => new AppError("not_found", `No such ${what}.`);

const stopped = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

/** The text as a sentence, with a capital and a period. */
export const sentence = (text: string) => stopped(`${text.charAt(0).toUpperCase()}${text.slice(1)}`);

/** The message about a field as a sentence. Starts with the field's name unless the message is already a sentence. */
export const sentenceOf = ({ path, message }: ErrorDetail) =>
  /^\p{Ll}/u.test(message) ? stopped(`${path || "The body"} ${message}`) : sentence(message);

/**
 * A 400 about one field. The message either continues after the field's name ("is required") or is its own sentence.
 */
export const invalid = (path: string, message: string) =>
  new AppError("invalid_request", sentenceOf({ path, message }), { details: [{ path, message }] });
