import { type Env, secret } from "../lib/env";
import { keyedHash } from "../lib/keyed-hash";
import { canonicalEmail, formerEmails } from "./mailbox";

/**
 * A keyed hash of a mailbox (`canonicalEmail`), so the mailbox credits only one referrer per campaign. It differs
 * across campaigns, and reveals nothing about an erased participant without the secret. This secret never changes.
 */
export const creditHash = (env: Env, campaignId: number, canonical: string) =>
  keyedHash(secret(env, "SEAL_SECRET"), "credit", `${campaignId}:${canonical}`);

/** The mailbox of an email, with its hash for a campaign, and the earlier forms of both that old rows may have. */
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
