import { MOST } from "../../outbox/backlog";
import { SIZE_WARNINGS } from "../../upkeep/database-size";
import { type JobHealth, jobs as words } from "../../upkeep/job";
import { Badge, Card, count, Head, Stat, Stats, Table, Time } from "../ui/parts";
import type { Health, Outbox } from "./operator";
import { OpenAlerts } from "./operator-alert-pages";
import { SENDING } from "./operator-sending-page";

/**
 * Open alerts, the outboxes, and jobs. Due items are picked up within a minute, so a late one means that the cron is
 * not running.
 */
export const HealthPage = ({ alerts, deliveries, mails, size, backup, jobs, ...purges }: Health) => (
  <>
    <Head title="Health" about="The database is responding." />
    <OpenAlerts alerts={alerts} />
    <div class="columns">
      <Box title="Webhook deliveries" box={deliveries} />
      <Box title="Emails" box={mails} />
    </div>
    <div class="columns">
      <Size size={size} />
      <Backup backup={backup} />
      <Purges {...purges} />
    </div>
    <Jobs jobs={jobs} />
  </>
);

const DELETED = { campaign: "Campaign", webhook: "Deliveries to webhook", member: "Unsubscribed from member" };

/** Deleted data with rows left to purge. */
const Purges = ({ purges, has_more_purges }: Pick<Health, "purges" | "has_more_purges">) => (
  <Card
    title="Purges"
    actions={purges.length === 0 ? <Badge tone="good">Complete</Badge> : <Badge tone="warn">In progress</Badge>}
  >
    {purges.length === 0 ? (
      <p class="quiet">All deleted data has been purged.</p>
    ) : (
      <>
        <p class="quiet">Already hidden everywhere. The rows are deleted in the background.</p>
        <Table label="Purges" columns={["What", "Deleted"]}>
          {purges.map(({ kind, subject_id, date_deleted }) => (
            <tr>
              <td>
                {DELETED[kind]} {subject_id}
              </td>
              <td>
                <Time at={date_deleted} />
              </td>
            </tr>
          ))}
        </Table>
        {has_more_purges && <p class="quiet">More are waiting.</p>}
      </>
    )}
  </Card>
);

const Jobs = ({ jobs }: { jobs: JobHealth[] }) => (
  <Card
    title="Jobs"
    actions={
      jobs.some((job) => job.is_late) ? (
        <Badge tone="bad">Some jobs are late</Badge>
      ) : (
        <Badge tone="good">On time</Badge>
      )
    }
  >
    <p class="quiet">
      Jobs run every minute and are recorded every ten. A job without a success for fifteen minutes is late.
    </p>
    <Table
      label="Jobs"
      columns={["Job", "Last run", "Last success", { number: "Took" }, { number: "Slowest in a week" }]}
    >
      {jobs.map(({ name, last_run_at, last_success_at, is_late, last_ms, slowest_ms }) => (
        <tr>
          <td>
            {words[name]} {is_late && <Badge tone="bad">Late</Badge>}
          </td>
          <td>{last_run_at ? <Time at={last_run_at} /> : "never"}</td>
          <td>{last_success_at ? <Time at={last_success_at} /> : "never"}</td>
          <td class="number">{duration(last_ms)}</td>
          <td class="number">{duration(slowest_ms)}</td>
        </tr>
      ))}
    </Table>
  </Card>
);

const Size = ({ size }: Pick<Health, "size">) => (
  <Card
    title="Database"
    actions={
      size && (
        <Badge
          tone={size.warning === null ? "good" : size.warning < 85 ? "warn" : "bad"}
        >{`${size.percent}% full`}</Badge>
      )
    }
  >
    <p class="quiet">
      {size ? `${sizeOf(size.bytes)} of 10 GB. ` : "The size is not known yet. "}
      Alerts at {SIZE_WARNINGS[0]}% and again at {SIZE_WARNINGS[1]}%.
    </p>
  </Card>
);

const Backup = ({ backup }: Pick<Health, "backup">) => (
  <Card
    title="Backup"
    actions={
      backup === "off" ? (
        <Badge>Off</Badge>
      ) : backup ? (
        <Badge tone="good">{backup.date}</Badge>
      ) : (
        <Badge tone="warn">None yet</Badge>
      )
    }
  >
    <p class="quiet">
      {backup === "off"
        ? "BACKUP_DAYS is empty, or there is no bucket."
        : backup
          ? `${count(backup.rows)} rows, ${sizeOf(backup.bytes)}, as of ${backup.started_at.slice(0, 16).replace("T", " ")} UTC.`
          : "The first one is on its way."}
    </p>
  </Card>
);

const sizeOf = (bytes: number) => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

const duration = (ms: number | null) => (ms === null ? "" : ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`);

const upTo = (n: number) => (n >= MOST ? `${count(MOST)} or more` : n);

const Box = ({ title, box }: { title: string; box: Outbox }) => (
  <Card
    title={title}
    actions={
      box.is_held ? (
        <a href={SENDING}>
          <Badge tone="bad">On hold</Badge>
        </a>
      ) : (
        <Badge tone={box.is_late ? "bad" : "good"}>{box.is_late ? "Late: check the cron trigger" : "On time"}</Badge>
      )
    }
  >
    <Stats>
      <Stat label="Waiting" value={upTo(box.pending)} />
      <Stat label="Permanently failed" value={upTo(box.failed)} />
    </Stats>
    <p class="quiet">
      {box.oldest_due ? (
        <>
          Oldest due <Time at={box.oldest_due} />.
        </>
      ) : (
        "Nothing is due."
      )}
    </p>
  </Card>
);
