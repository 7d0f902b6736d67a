import { withheldReasons } from "../../campaigns/sending/may-send";
import type { Kind } from "./provider";

const [MINUTE, HOUR] = [60_000, 3_600_000];

/** How long the outbox waits: at first, and at most, if the provider keeps refusing. */
type Pause = { firstMs: number; mostMs: number };
type Entry = { kind: Kind; words: string; pause?: Pause };

const RATE: Pause = { firstMs: MINUTE, mostMs: HOUR };
const QUOTA: Pause = { firstMs: HOUR, mostMs: 4 * HOUR };
/** Problems that the operator must fix. The next try detects that they are fixed. */
const SETUP: Pause = { firstMs: 15 * MINUTE, mostMs: HOUR };

const ends = (words: string): Entry => ({ kind: "ends", words });
const repeats = (words: string): Entry => ({ kind: "repeats", words });
const unknown = (words: string): Entry => ({ kind: "unknown", words });
const pauses = (pause: Pause, words: string): Entry => ({ kind: "pauses", words, pause });

/**
 * All providers' codes and our own reasons that an email can be recorded with, their effect, and the text that people
 * see. Sources: https://developers.cloudflare.com/email-service/api/send-emails/workers-api/#error-codes and
 * https://resend.com/docs/api-reference/errors
 */
export const codes: Record<string, Entry> = {
  E_VALIDATION_ERROR: ends("The email provider rejected the email as invalid, usually because of the address."),
  E_FIELD_MISSING: ends("The email provider reported a missing field."),
  E_TOO_MANY_RECIPIENTS: ends("The email had too many recipients."),
  E_RECIPIENT_NOT_ALLOWED: ends("The email provider does not let this account email this address."),
  E_RECIPIENT_SUPPRESSED: ends("This address bounced or complained before, so the email provider does not send to it."),
  E_CONTENT_TOO_LARGE: ends("The email was too large."),
  E_HEADER_NOT_ALLOWED: ends("The email provider refused a header."),
  E_HEADER_USE_API_FIELD: ends("The email provider refused a header."),
  E_HEADER_VALUE_INVALID: ends("The email provider refused a header."),
  E_HEADER_VALUE_TOO_LONG: ends("The email provider refused a header."),
  E_HEADER_NAME_INVALID: ends("The email provider refused a header."),
  E_HEADERS_TOO_LARGE: ends("The email provider refused the headers."),
  E_HEADERS_TOO_MANY: ends("The email provider refused the headers."),
  E_SENDER_NOT_VERIFIED: pauses(SETUP, "The sender's domain is not verified at the email provider."),
  E_SENDER_DOMAIN_NOT_AVAILABLE: pauses(SETUP, "The sender's domain is not set up at the email provider."),
  E_RATE_LIMIT_EXCEEDED: pauses(RATE, "The email provider's rate limit is reached."),
  E_DAILY_LIMIT_EXCEEDED: pauses(QUOTA, "The email provider's daily quota is used up."),
  E_DELIVERY_FAILED: repeats("The recipient's server did not accept the email."),
  E_INTERNAL_SERVER_ERROR: repeats("The email provider had an internal error."),

  invalid_parameter: ends("The email provider rejected the email as invalid."),
  missing_required_field: ends("The email provider reported a missing field."),
  invalid_to_address: ends("The email provider rejected the address as invalid."),
  security_error: ends("The email provider detected a security problem in the email."),
  validation_error: pauses(SETUP, "The email provider refused the sender. Its domain may not be verified."),
  invalid_from_address: pauses(SETUP, "The email provider refused the sender's address."),
  missing_api_key: pauses(SETUP, "The email provider refused the API key."),
  invalid_api_key: pauses(SETUP, "The email provider refused the API key."),
  restricted_api_key: pauses(SETUP, "The API key is not allowed to send email."),
  rate_limit_exceeded: pauses(RATE, "The email provider's rate limit is reached."),
  daily_quota_exceeded: pauses(QUOTA, "The email provider's daily quota is used up."),
  monthly_quota_exceeded: pauses(QUOTA, "The email provider's monthly quota is used up."),
  application_error: repeats("The email provider had an internal error."),
  internal_server_error: repeats("The email provider had an internal error."),
  invalid_idempotent_request: unknown("An earlier attempt may have been sent."),
  concurrent_idempotent_requests: unknown("An earlier attempt may have been sent."),

  smtp_recipient_refused: ends("The email server refused the address."),
  smtp_refused: ends("The email server refused the email."),
  smtp_deferred: repeats("The email server deferred the email."),
  smtp_sender_refused: pauses(SETUP, "The email server refused the sender's address."),
  smtp_sign_in: pauses(SETUP, "The email server refused the username or password."),
  smtp_tls: pauses(SETUP, "The email server offered no encrypted connection."),
  smtp_unreachable: pauses(RATE, "The email server cannot be reached."),

  refused: repeats("The email provider refused the email."),
  timeout: unknown("The email provider did not respond in time. The email may have been sent."),
  connection_lost: unknown("The connection to the email provider was lost. The email may have been sent."),
  outcome_unknown: unknown("The email may have been sent, but its result was never recorded."),
  ...Object.fromEntries(Object.entries(withheldReasons).map(([reason, words]) => [reason, ends(words)])),
  mail_off: ends("Email is not set up."),
  public_url_missing: ends("The setting PUBLIC_URL is missing, so links in emails have no host."),
  too_late: ends("The email waited too long to still be useful."),
  not_written: ends("The email could not be written."),
  skipped: unknown("The administrator skipped this email. It may have been sent before."),
  hard_bounce: ends("The mailbox does not exist or permanently refuses email."),
  soft_bounce: ends("The mailbox did not accept the email, for example because it is full."),
  complaint: ends("The recipient marked the email as spam."),
  rejected: ends("The email provider refused to deliver the email."),
  delivery_failed: ends("The email provider could not deliver the email."),
};

/** The effect of a code. Unknown codes repeat. */
export const kindOf = (code: string): Kind => known(code)?.kind ?? "repeats";

export const pauseOf = (code: string): Pause => known(code)?.pause ?? RATE;

/** A code's text for people. Unknown codes are shown as they are. */
export const wordsOf = (code: string): string => known(code)?.words ?? code;

const known = (code: string): Entry | undefined => (Object.hasOwn(codes, code) ? codes[code] : undefined);
