import { Readable } from "node:stream";
import type { Env } from "../../lib/env";
import { log } from "../../lib/log";
import { kindOf } from "./codes";
import { mimeOf } from "./mime";
import type { Envelope, Provider } from "./provider";

/** The timeouts for connecting, for each reply of the server, and for everything together. */
const [CONNECT_MS, REPLY_MS, ALL_MS] = [5_000, 8_000, 9_000];
const PORTS: Record<string, number> = { "smtp:": 587, "smtps:": 465 };
const isLoopback = (host: string) => host === "localhost" || host === "127.0.0.1";

/**
 * An SMTP server. `smtps://user:password@host` is encrypted from the start, `smtp://…` with STARTTLS before anything
 * else is sent.
 */
export function smtp({ SMTP_URL }: Env): Provider {
  const url = URL.parse(SMTP_URL ?? "");
  const port = Number(url?.port) || PORTS[url?.protocol ?? ""];
  if (!url || !port) return { missing: ["SMTP_URL"], send: async () => ({ code: "mail_off", kind: "ends" }) };
  return { missing: [], send: (envelope) => sendBy(url, port, envelope) };
}

async function sendBy(url: URL, port: number, { key, ...envelope }: Envelope) {
  // Loaded only by installations that use SMTP.
  const { default: SMTPConnection } = await import("nodemailer/lib/smtp-connection");
  const connection = new SMTPConnection({
    host: url.hostname,
    port,
    secure: url.protocol === "smtps:",
    requireTLS: !isLoopback(url.hostname),
    name: envelope.from.email.split("@")[1],
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: REPLY_MS,
  });
  const auth = url.username && { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) };
  const id = `${crypto.randomUUID()}@${envelope.from.email.split("@")[1]}`;
  let isOnItsWay = false;
  /** Read after the server has asked for the message. From then on, it may have been sent. */
  const message = Readable.from(
    (function* () {
      isOnItsWay = true;
      yield mimeOf(envelope, id, new Date());
    })(),
    { objectMode: false },
  );
  const { promise: done, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(() => reject(new Error("late")), ALL_MS);
  try {
    // Errors outside a command: the connection was lost or refused.
    connection.on("error", reject);
    const send = (error?: Error | null) => {
      if (error) return reject(error);
      const addresses = { from: envelope.from.email, to: [envelope.to] };
      connection.send(addresses, message, (failure) => (failure ? reject(failure) : resolve()));
    };
    connection.connect((error) => (error || !auth ? send(error) : connection.login({ credentials: auth }, send)));
    await done;
    connection.quit();
    return { id };
  } catch (error) {
    connection.close();
    const code = codeOf(error as Failure, isOnItsWay);
    log("error", "mail refused", { code, reply: replyIn(error as Failure) });
    return { code, kind: kindOf(code) };
  } finally {
    clearTimeout(timer);
  }
}

/** The library's data about a failure: its own code, the server's reply, and the command that caused it. */
type Failure = Error & { code?: string; responseCode?: number; command?: string };

function codeOf({ code, responseCode, command }: Failure, isOnItsWay: boolean): string {
  if (code === "EAUTH" || code === "ENOAUTH") return "smtp_sign_in";
  if (code === "ETLS") return "smtp_tls";
  if (responseCode !== undefined) {
    if (responseCode < 500) return "smtp_deferred";
    if (command === "RCPT TO") return "smtp_recipient_refused";
    return command === "MAIL FROM" ? "smtp_sender_refused" : "smtp_refused";
  }
  return isOnItsWay ? "connection_lost" : "smtp_unreachable";
}

/** Leaves out the server's text, because it may contain the recipient's address. */
const replyIn = ({ code, responseCode, command }: Failure) => [code, responseCode, command].join(" ");
