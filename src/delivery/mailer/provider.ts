/** The sender's name on emails that come from no brand. */
export const OUR_NAME = "Referrals";

/** An email to one recipient, as a provider gets it. */
export type Envelope = {
  from: { name: string; email: string };
  to: string;
  replyTo?: string;
  subject: string;
  text: string;
  html: string;
  /** ASCII only. */
  headers: Record<string, string>;
  /** The same for each attempt at this email. Providers that know idempotency keys then send it once. */
  key: string;
};

/**
 * What becomes of an email that was not accepted. `ends`: trying again cannot help. `pauses`: the provider takes no
 * email from us now, so the outbox waits and no attempt is counted. `repeats`: this one is tried again. `unknown`: it
 * may have been sent and there is no way to find out, so it is never tried again.
 */
export type Kind = "ends" | "pauses" | "repeats" | "unknown";

/** `code` is a word of ours or the provider's code: an entry of `codes.ts`, or one that we do not know. */
export type Refusal = { code: string; kind: Kind };
/** `id` names the email in the provider's later news. */
export type Answer = { id: string | null } | Refusal;

export type Provider = {
  /** Settings that are missing. While there are any, email is off. */
  missing: string[];
  /** Hands an email over once. May throw: then it was refused for an unknown reason. */
  send: (envelope: Envelope) => Promise<Answer>;
};

/** Providers write an id with or without brackets, depending on the place. */
export const plainId = (id: string | null) => id?.replace(/^<|>$/g, "") ?? null;
