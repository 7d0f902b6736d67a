import { createExecutionContext, createMessageBatch, getQueueResult, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import worker from "../../src/worker";
import type { TestMember } from "./client";

type Post = Extract<Parameters<SendEmail["send"]>[0], { subject: string }>;
export type Mailroom = ReturnType<typeof mailroom>;
type MailRow = {
  id: number;
  cause: string;
  kind: string;
  status: string;
  error: string | null;
  attempts: number;
  next_attempt_at: number | null;
  leased_until: number | null;
};

/** The email queue and the provider behind it, for one member. The provider accepts everything unless told otherwise. */
export function mailroom(member: Pick<TestMember, "id">) {
  const taken: Post[] = [];
  const provider = {
    send: async (post: Post) => {
      taken.push(post);
      return { messageId: `<${taken.length}@provider>` };
    },
  };
  const rows = async () =>
    (await env.DB.prepare("SELECT * FROM mails WHERE member_id = ? ORDER BY id").bind(member.id).all<MailRow>())
      .results;
  /** Passes ids to the Worker like the queue. */
  const hand = async (ids: number[], over: Partial<typeof env> = {}) => {
    const message = { id: "m", timestamp: new Date(), attempts: 1, body: { v: 1, mail_ids: ids } };
    const batch = createMessageBatch("referrals-mails", [message]);
    const ctx = createExecutionContext();
    const settings = { ...env, EMAIL: provider as unknown as SendEmail, ...over };
    await worker.queue(batch as MessageBatch<never>, settings, ctx);
    await waitOnExecutionContext(ctx);
    return getQueueResult(batch, createExecutionContext());
  };
  return {
    taken,
    rows,
    hand,
    /** Sends the member's due emails. @returns what the provider has received so far */
    deliver: async (over: Partial<typeof env> = {}) => {
      await hand(
        (await rows()).map(({ id }) => id),
        over,
      );
      return taken;
    },
    /** Makes waiting emails due, as if time had passed. */
    skipWaiting: () =>
      env.DB.prepare(
        "UPDATE mails SET next_attempt_at = 0, leased_until = iif(leased_until IS NULL, NULL, 1) WHERE member_id = ? AND status IN ('pending', 'sending')",
      )
        .bind(member.id)
        .run(),
  };
}

/** A provider with another behavior. */
export const providerThat = (send: (post: Post) => Promise<unknown>) => ({ EMAIL: { send } as unknown as SendEmail });
