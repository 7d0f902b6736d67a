import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { setTimeout } from "node:timers/promises";
import { Webhook } from "standardwebhooks";

const SECRET = `whsec_${Buffer.from("a secret of a test").toString("base64")}`;

/** The provider's response to the n-th of every so many new recipients. It accepts all other emails at once. */
const EVERY = 12;
const MANNERS: Record<number, "has an error first" | "refuses the address" | "takes it and hangs up"> = {
  3: "has an error first",
  6: "refuses the address",
  9: "takes it and hangs up",
};
/** More would need another pause of an hour. */
const ERRORS = 3;
/** The fate of the first accepted emails. With more bounces, the product would pause a sender with this little volume. */
const NEWS = ["email.bounced", "email.complained", "email.bounced"];
const NEWS_AGAIN_MS = 500;

export type Taken = { key: string; to: string; id: string; hasAnswer: boolean };
type News = { type: string; email_id: string; to: string; isHeard: boolean };

/** The parts of https://resend.com/docs/api-reference/emails/send-email and its webhooks that the product uses. */
export async function openProvider() {
  const taken: Taken[] = [];
  const news: News[] = [];
  const mishaps = new Map<string, number>();
  const recipients = new Set<string>();
  const erred = new Set<string>();
  const quota = { isUsedUp: false };
  let calmFrom = Number.POSITIVE_INFINITY;
  let asked = 0;

  const server = createServer(async (request, response) => {
    const body = (await json(request).catch(() => null)) as { to: string[] } | null;
    const to = body?.to[0];
    if (!to) return response.destroy();
    asked++;
    const key = String(request.headers["idempotency-key"]);
    const say = (status: number, answer: object) =>
      response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(answer));
    const refuse = (status: number, name: string) => {
      mishaps.set(name, (mishaps.get(name) ?? 0) + 1);
      say(status, { statusCode: status, name, message: "no" });
    };
    if (quota.isUsedUp) return refuse(429, "daily_quota_exceeded");
    recipients.add(to);
    const manner = MANNERS[[...recipients].indexOf(to) % EVERY];
    if (manner === "refuses the address") return refuse(422, "validation_error");
    if (manner === "has an error first" && erred.size < ERRORS && erred.size < erred.add(key).size)
      return refuse(500, "internal_server_error");
    const id = `re-${taken.length}`;
    const hasAnswer = manner !== "takes it and hangs up";
    taken.push({ key, to, id, hasAnswer });
    if (!hasAnswer) {
      mishaps.set("hung up", (mishaps.get("hung up") ?? 0) + 1);
      return response.destroy();
    }
    say(200, { id });
    const type = NEWS[news.length];
    if (type) news.push({ type, email_id: id, to, isHeard: false });
  });
  // A connection closed while it is idle may lose the next email, and the provider would not know of it.
  server.keepAliveTimeout = 0;
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  return {
    vars: {
      MAIL_PROVIDER: "resend",
      RESEND_API_KEY: "re_test",
      RESEND_WEBHOOK_SECRET: SECRET,
      RESEND_URL: `http://127.0.0.1:${port}`,
    },
    taken,
    news,
    mishaps,
    quota,
    asked: () => asked,
    /** No kills from now on. */
    calm: () => {
      calmFrom = taken.length;
    },
    takenInCalm: () => taken.slice(calmFrom),
    /** Repeats each webhook until the product accepts it. The product cannot match an email whose ID was lost in a kill. */
    tell: async (origin: string, signal: AbortSignal) => {
      while (!signal.aborted) {
        for (const one of news) one.isHeard ||= await tells(origin, one);
        await setTimeout(NEWS_AGAIN_MS);
      }
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
export type Provider = Awaited<ReturnType<typeof openProvider>>;

async function tells(origin: string, { type, email_id, to }: News): Promise<boolean> {
  const bounce = type === "email.bounced" ? { bounce: { type: "Permanent" } } : {};
  const body = JSON.stringify({ type, created_at: new Date(), data: { email_id, to: [to], ...bounce } });
  const at = new Date();
  const headers = {
    "svix-id": email_id,
    "svix-timestamp": String(Math.floor(at.getTime() / 1000)),
    "svix-signature": new Webhook(SECRET).sign(email_id, at, body),
  };
  const url = `${origin}/api/v1/email-events/resend`;
  return fetch(url, { method: "POST", body, headers, signal: AbortSignal.timeout(15_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
}
