/** The sender's name for emails without a brand. */
export const OUR_NAME = "Referrals";

/** An email to one recipient, in the form that providers get. */
export type Envelope = {
  from: { name: string; email: string };
  to: string;
  replyTo?: string;
  subject: string;
  text: string;
  html: string;
  /** ASCII only. */
  headers: Record<string, string>;
  /** The same for each attempt at this email. Providers that support idempotency keys then send it only once. */
  key: string;
};

/**
 * What happens to an email that was not accepted. `ends`: a retry cannot help. `pauses`: the provider currently accepts
 * no email from us, so the outbox waits, and no attempt counts. `repeats`: this email is retried. `unknown`: it may
 * have been sent, and we cannot find out, so it is never retried.
 */
export type Kind = "ends" | "pauses" | "repeats" | "unknown";

/** `code` is our own word or the provider's code: an entry of `codes.ts`, or an unknown one. */
export type Refusal = { code: string; kind: Kind };
/** `id` identifies the email in the provider's later events. */
export type Answer = { id: string | null } | Refusal;

export type Provider = {
  /** The missing settings. While there are any, email is off. */
  missing: string[];
  /** Sends an email once. If it throws, the email was refused for an unknown reason. */
  send: (envelope: Envelope) => Promise<Answer>;
};

/** Depending on the place, providers write an ID with or without brackets. */
export const plainId = (id: string | null) => id?.replace(/^<|>$/g, "") ?? null;
