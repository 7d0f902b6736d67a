import type { Env } from "../../lib/env";
import { momentIn } from "../../texts/text";
import { hand } from "../mailer/mailer";
import { OUR_NAME } from "../mailer/provider";
import type { AlertNews } from "./alert-news";

const PREFIX = { "alert.raised": "Alert", "alert.open": "Still open", "alert.resolved": "Resolved" };

/** Emails the operator. @returns whether the provider accepted it */
export async function emailAlert(env: Env, news: AlertNews): Promise<boolean> {
  if (!env.OPERATOR_EMAIL) return false;
  const answer = await hand(env, {
    from: { name: OUR_NAME, email: env.MAIL_FROM },
    to: env.OPERATOR_EMAIL,
    subject: `${PREFIX[news.type]}: ${news.title}`,
    text: textOf(news),
    html: htmlOf(news),
    headers: {},
    key: `${env.PUBLIC_URL}/${news.id}`,
  });
  return "id" in answer;
}

const linesOf = ({ title, detail, advice, since, resolved_at, url }: AlertNews) => [
  `${title}.`,
  detail,
  resolved_at
    ? `It lasted from ${momentIn("en", since)} to ${momentIn("en", resolved_at)}.`
    : `Since ${momentIn("en", since)}.`,
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
