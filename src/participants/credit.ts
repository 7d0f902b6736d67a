import { type Env, secret } from "../lib/env";
import { keyedHash } from "../lib/keyed-hash";
import { canonicalEmail, formerEmails } from "./mailbox";

/**
 * A keyed hash of a mailbox (`canonicalEmail`), by which it credits one referrer in a campaign. It is not equal across
 * campaigns, and tells nothing about an erased participant without the secret, which is one that does not change.
 */
export const creditHash = (env: Env, campaignId: number, canonical: string) =>
  keyedHash(secret(env, "SEAL_SECRET"), "credit", `${campaignId}:${canonical}`);

/** The mailbox of an email, with its hash for a campaign, and the forms that rows from before may have of both. */
export async function creditsOf(env: Env, campaignId: number, email: string) {
  const canonical = canonicalEmail(email);
  const formers = formerEmails(email);
  const former_mailboxes = await Promise.all(formers.map((former) => creditHash(env, campaignId, former)));
  return {
    canonical,
    mailbox: await creditHash(env, campaignId, canonical),
    ...(formers.length > 0 && { formers, former_mailboxes }),
  };
}
