import { createExecutionContext, createMessageBatch, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { createHmac } from "node:crypto";
import type { InputKind } from "../../drizzle/schema/inputs";
import worker from "../../src/worker";
import { type Answer, call } from "./client";
import { newShop } from "./shop";

type Headers = Record<string, string>;
type Signer = (secret: string, body: string, at: number) => Headers;

const digest = (secret: string, text: string, encoding: "hex" | "base64") =>
  createHmac("sha256", secret).update(text).digest(encoding);

/** Each provider's signature, implemented from its documentation with Node's own cryptography. */
export const signers: Record<InputKind, Signer> = {
  stripe: (secret, body, at) => ({ "Stripe-Signature": `t=${at},v1=${digest(secret, `${at}.${body}`, "hex")}` }),
  shopify: (secret, body) => ({ "X-Shopify-Hmac-Sha256": digest(secret, body, "base64") }),
  paddle: (secret, body, at) => ({ "Paddle-Signature": `ts=${at};h1=${digest(secret, `${at}:${body}`, "hex")}` }),
  lemonsqueezy: (secret, body) => ({ "X-Signature": digest(secret, body, "hex") }),
};

type Rules = Parameters<typeof newShop>[0];

/** A shop with an input of this provider, and its queue, which the test runs. */
export const newTill = async (kind: InputKind, rules: Rules, fields: Record<string, unknown> = {}) =>
  tillIn(await newShop(rules), kind, fields);

/** Another input of an existing shop. */
export async function tillIn(
  shop: Awaited<ReturnType<typeof newShop>>,
  kind: InputKind,
  fields: Record<string, unknown> = {},
) {
  const { campaign } = shop;
  const { id, owner } = campaign;
  const secret = `secret-of-${kind}`;
  const made = await owner.post(`/api/v1/campaigns/${id}/inputs`, { kind, secret, ...fields });
  if (made.status !== 201) throw new Error(made.text);
  const path = new URL(made.data.url).pathname;
  let queued: unknown[] = [];
  const queue = {
    sendBatch: async (batch: MessageSendRequest[]) => void queued.push(...batch.map(({ body }) => body)),
  };
  const settings = { ...env, DELIVERIES: queue as unknown as typeof env.DELIVERIES };

  /** Sends a signed event like the provider, without processing it. */
  const post = (payload: unknown, headers: Headers = {}): Promise<Answer> => {
    const body = typeof payload === "string" ? payload : JSON.stringify(payload);
    const at = Math.floor(Date.now() / 1000);
    return call("POST", path, body, { headers: { ...signers[kind](secret, body, at), ...headers }, env: settings });
  };
  /** Passes queued messages to the Worker, like the queue. */
  const work = async (bodies = queued.splice(0)) => {
    const messages = bodies.map((body, i) => ({ id: `${i}`, timestamp: new Date(), attempts: 1, body }));
    const ctx = createExecutionContext();
    await worker.queue(createMessageBatch("referrals-deliveries", messages) as MessageBatch<never>, settings, ctx);
    await waitOnExecutionContext(ctx);
  };
  const events = async () =>
    (await owner.get(`/api/v1/campaigns/${id}/inputs/${made.data.id}/events?limit=100`)).data.events;
  return {
    ...shop,
    input: made.data,
    path,
    secret,
    settings,
    post,
    work,
    events,
    queued: () => queued,
    lose: () => {
      queued = [];
    },
    /** Sends and processes events. @returns the result of the last one */
    async send(payload: unknown, headers: Headers = {}) {
      const answer = await post(payload, headers);
      if (answer.status !== 200) throw new Error(answer.text);
      await work();
      return (await events())[0];
    },
    conversions: async () => (await owner.get(`/api/v1/conversions?campaign_id=${id}&limit=100`)).data.conversions,
    reward: async () => (await campaign.rewards())[0],
    rows: async () =>
      (await env.DB.prepare("SELECT * FROM input_events WHERE input_id = ?").bind(made.data.id).all()).results,
  };
}
export type Till = Awaited<ReturnType<typeof newTill>>;
