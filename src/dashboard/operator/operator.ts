import { type Alert, newestAlerts } from "../../delivery/alerts/alert";
import type { Ctx } from "../../lib/ctx";
import { notFound } from "../../lib/errors";
import { asBacklog, type Backlog, MOST, pending } from "../../outbox/backlog";
import { emails } from "../../outbox/emails/email-outbox";
import { heldBy } from "../../outbox/hold";
import { deliveries } from "../../outbox/webhooks/delivery-outbox";
import { backupDays, lastBackup } from "../../upkeep/backup/backup";
import type { Finished } from "../../upkeep/backup/backup-manifest";
import { asDatabaseSize, type DatabaseSize, storedSize } from "../../upkeep/database-size";
import { asHealth, type JobHealth, storedRuns } from "../../upkeep/job";
import { type Purge, underWay } from "../../upkeep/purge";
import type { MemberQuery } from "./operator-schema";
import * as store from "./operator-store";

/** An outbox, and how many of its items failed permanently. */
export type Outbox = Backlog & { failed: number; is_held: boolean };

export type Health = {
  alerts: Alert[];
  deliveries: Outbox;
  mails: Outbox;
  size: DatabaseSize | null;
  backup: "off" | Finished | null;
  purges: Purge[];
  has_more_purges: boolean;
  jobs: JobHealth[];
};

const [MEMBERS_SHOWN, BRANDS_SHOWN, IMAGES_SHOWN, PURGES_SHOWN, ALERTS_SHOWN] = [50, 200, 200, 20, 20];

/** @returns a page of members, and the ID to continue from (null at the end) */
export async function memberList(ctx: Ctx, query: MemberQuery) {
  const [rows] = await ctx.db.batch([store.membersPage(ctx.db, query, MEMBERS_SHOWN + 1)]);
  const shown = rows.slice(0, MEMBERS_SHOWN);
  return { rows: shown, next: rows.length > MEMBERS_SHOWN && query.q === "" ? (shown.at(-1)?.id ?? null) : null };
}

/** @throws 404 */
export async function memberAccount(ctx: Ctx, id: number) {
  const [[member], brands, images] = await ctx.db.batch([
    store.memberById(ctx.db, id),
    store.brandsOf(ctx.db, id, BRANDS_SHOWN),
    store.imagesOf(ctx.db, id, IMAGES_SHOWN),
  ]);
  if (!member) throw notFound("member");
  return { member, brands, images };
}

/** @throws 404 */
export async function suspensionOfBrand(ctx: Ctx, id: number) {
  const [[brand]] = await ctx.db.batch([store.suspensionOfBrand(ctx.db, id)]);
  if (!brand) throw notFound("brand");
  return brand;
}

/**
 * Open alerts, the outboxes with the due time of their oldest item, the last backup, unfinished purges, and the cron's
 * jobs.
 */
export async function healthOf(ctx: Ctx): Promise<Health> {
  const { db, env } = ctx;
  const now = ctx.now();
  const read = db.batch([
    newestAlerts(db, ALERTS_SHOWN),
    pending(db, deliveries, MOST),
    pending(db, emails, MOST),
    store.failed(db, MOST),
    underWay(db, PURGES_SHOWN + 1),
    storedRuns(db),
    storedSize(db),
    heldBy(db, now),
  ]);
  const isOn = backupDays(env) > 0;
  const [[alerts, delivering, mailing, [failed], purges, runs, sizes, holds], backup] = await Promise.all([
    read,
    isOn ? lastBackup(env) : null,
  ]);
  const isHeld = (name: string) => holds.some(({ outbox }) => outbox === name);
  return {
    alerts: alerts.filter(({ resolved_at }) => resolved_at === null),
    deliveries: { ...asBacklog(delivering, now), failed: failed?.deliveries ?? 0, is_held: isHeld(deliveries.name) },
    mails: { ...asBacklog(mailing, now), failed: failed?.mails ?? 0, is_held: isHeld(emails.name) },
    size: asDatabaseSize(sizes),
    backup: isOn ? backup : "off",
    purges: purges.slice(0, PURGES_SHOWN),
    has_more_purges: purges.length > PURGES_SHOWN,
    jobs: asHealth(runs, now),
  };
}
