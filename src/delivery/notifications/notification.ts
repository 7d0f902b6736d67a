import type { JobCtx, MemberCtx } from "../../lib/ctx";
import { commit } from "../../lib/db";
import { alertNames, type NotificationName, notificationKinds, notificationNames } from "./notification-kinds";
import * as store from "./notification-store";

/** The maximum number of notifications of each kind per run. The rest follow a minute later. */
const MOST_A_RUN = 100;
/** The maximum per person, of all kinds together. Beyond it, the dashboard's home page still shows them. */
export const MOST_A_DAY = 20;

/**
 * Emails an account's team about what needs their attention. The email and the record of it are one transaction, so an
 * interrupted or repeated run sends nothing twice and skips nothing.
 */
export async function addNotifications({ db, env, now }: JobCtx): Promise<void> {
  const at = now();
  const batch = { origin: env.PUBLIC_URL, now: at, mostAday: MOST_A_DAY };
  for (const name of alertNames) {
    const { due, noted } = notificationKinds[name];
    await db.batch([store.insertDue(db, due(at, MOST_A_RUN), { ...batch, name }), db.run(noted(at, MOST_A_RUN))]);
  }
}

export type Choices = Record<NotificationName, boolean>;

/** The emails that a person gets about an account. */
export async function choicesOf(ctx: MemberCtx, accountId: number, personId: number): Promise<Choices> {
  const [chosen] = await ctx.db.batch([store.choices(ctx.db, accountId, personId)]);
  const byName = new Map(chosen.map(({ name, is_on }) => [name, is_on]));
  return Object.fromEntries(
    notificationNames.map((name) => [name, byName.get(name) ?? personId === accountId]),
  ) as Choices;
}

export const changeChoices = (ctx: MemberCtx, accountId: number, personId: number, choices: Choices) =>
  commit(
    ctx,
    store.choose(
      ctx.db,
      accountId,
      personId,
      notificationNames.map((name) => ({ name, is_on: choices[name] })),
    ),
  );

/** Belongs in the transaction of a link that stops one kind of email. */
export const stopped = (
  db: JobCtx["db"],
  { account_id, person_id, name }: { account_id: number; person_id: number; name: NotificationName },
) => store.choose(db, account_id, person_id, [{ name, is_on: false }]);
