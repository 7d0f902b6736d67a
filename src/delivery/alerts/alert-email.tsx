import type { Env } from "../../lib/env";
import { send } from "../email/sender";
import type { AlertNews } from "./alert-news";

const PREFIX = { "alert.raised": "Alert", "alert.open": "Still open", "alert.resolved": "Resolved" };

/** Emails the operator. @returns whether the provider took it */
export async function emailAlert(env: Env, news: AlertNews): Promise<boolean> {
  if (!env.OPERATOR_EMAIL) return false;
  const letter = { subject: `${PREFIX[news.type]}: ${news.title}`, text: textOf(news), html: htmlOf(news) };
  const result = await send(env, { to: env.OPERATOR_EMAIL, fromName: null, unsubscribeUrl: null, letter });
  return result.sent;
}

const linesOf = ({ title, detail, advice, since, resolved_at, url }: AlertNews) => [
  `${title}.`,
  detail,
  resolved_at
    ? `It lasted from ${since.toISOString()} to ${resolved_at.toISOString()}.`
    : `Since ${since.toISOString()}.`,
  ...(resolved_at ? [] : [advice]),
  ...(url ? [url] : []),
];

const textOf = (news: AlertNews) => linesOf(news).join("\n\n");

const htmlOf = (news: AlertNews) =>
  (
    <div>
      {linesOf(news).map((line) => (
        <p>{line}</p>
      ))}
    </div>
  ).toString();
