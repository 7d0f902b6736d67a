import { type JobHealth, jobs as words } from "../../upkeep/job";
import { Badge, Card, count, Head, Stat, Stats, Table, Time } from "../ui/parts";
import { type Health, MOST, type Outbox } from "./operator";

/** The outboxes and jobs. Due items are picked up within a minute, so a late one means that the cron is not running. */
export const HealthPage = ({ deliveries, mails, jobs, ...purges }: Health) => (
  <>
    <Head title="Health" about="The database is responding." />
    <Box title="Webhook deliveries" box={deliveries} failed="Permanently failed" />
    <Box title="Emails" box={mails} failed={`Failed of the last ${count(MOST)}`} />
    <Purges {...purges} />
    <Jobs jobs={jobs} />
  </>
);

const DELETED = { campaign: "Campaign", webhook: "Deliveries of webhook", member: "Unsubscribed from member" };

/** Deleted data whose rows are not all gone yet. */
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
    <Table label="Jobs" columns={["Job", "Last run", "Last success"]}>
      {jobs.map(({ name, last_run_at, last_success_at, is_late }) => (
        <tr>
          <td>
            {words[name]} {is_late && <Badge tone="bad">Late</Badge>}
          </td>
          <td>{last_run_at ? <Time at={last_run_at} /> : "never"}</td>
          <td>{last_success_at ? <Time at={last_success_at} /> : "never"}</td>
        </tr>
      ))}
    </Table>
  </Card>
);

const upTo = (n: number) => (n >= MOST ? `${count(MOST)} or more` : n);

const Box = ({ title, box, failed }: { title: string; box: Outbox; failed: string }) => (
  <Card
    title={title}
    actions={
      <Badge tone={box.is_late ? "bad" : "good"}>{box.is_late ? "Late: check the cron trigger" : "On time"}</Badge>
    }
  >
    <Stats>
      <Stat label="Waiting" value={upTo(box.pending)} />
      <Stat label={failed} value={upTo(box.failed)} />
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
