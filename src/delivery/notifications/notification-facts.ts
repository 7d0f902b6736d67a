import type { Env } from "../../lib/env";
import { UTC } from "../../lib/time-zone";
import type { NotificationFacts } from "../email-content/notification-letter";
import {
  type AlertName,
  type NotificationKind,
  type NotificationName,
  notificationKinds,
  type Subject,
  switches,
} from "./notification-kinds";
import { stopUrl } from "./notification-link";

/** The facts in a digest. */
export type DigestFacts = {
  period: string;
  numbers: { label: string; value: string; note: string }[];
  path: string;
};

type Detail = { account_id: number; account_name: string; zone?: string } & (
  | { name: AlertName; rows: Subject[] }
  | ({ name: "digest" } & DigestFacts)
);

type Mail = { detail: string | null; member_id: number; origin: string; date_added: Date };

/** A notification's email, from its row's stored facts. Null if another release stored them in a different form. */
export async function notificationFacts(env: Env, mail: Mail, name: string | null): Promise<NotificationFacts | null> {
  const detail = JSON.parse(mail.detail ?? "{}") as Detail;
  if (!Object.hasOwn(switches, detail.name)) return null;
  const { origin } = mail;
  const stop = { account_id: detail.account_id, person_id: mail.member_id, name: detail.name as NotificationName };
  const { path, ...words } = detail.name === "digest" ? digestWords(detail) : alertWords(detail);
  return {
    ...words,
    kind: "notification",
    name,
    account_name: detail.account_name,
    link: `${origin}${path}`,
    settings_url: `${origin}/account/notifications?account=${detail.account_id}`,
    unsubscribe_url: await stopUrl(env, origin, stop, mail.date_added),
  };
}

const digestWords = ({ account_name, period, numbers, path }: Extract<Detail, { name: "digest" }>) => ({
  subject: `${account_name}: your week in referrals`,
  message: `Your numbers from ${period}, compared with the previous week.`,
  rows: numbers,
  button: "Open the overview",
  path,
});

function alertWords({ name, rows, zone }: Exclude<Detail, { name: "digest" }>) {
  const { subject, message, row, button, path }: NotificationKind = notificationKinds[name];
  return {
    subject: subject(rows),
    message: message(rows),
    rows: rows.map((one) => ({ ...row(one, zone ?? UTC), note: "" })),
    button,
    path: path(rows),
  };
}
