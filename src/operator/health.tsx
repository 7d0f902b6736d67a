import { Badge, Card, count, Head, Stat, Stats, Time } from "../dashboard/parts";
import { MOST, type Outbox } from "./operator";

/** What waits to go out. What is due is picked up within a minute, so that a late one says that the cron does not run. */
export const HealthPage = ({ deliveries, mails }: { deliveries: Outbox; mails: Outbox }) => (
  <>
    <Head title="Health" about="You see this, so the database answers." />
    <Box title="Webhook deliveries" box={deliveries} failed="Failed for good" />
    <Box title="Mails" box={mails} failed={`Failed among the last ${count(MOST)}`} />
  </>
);

const upTo = (n: number) => (n >= MOST ? `${count(MOST)} or more` : n);

const Box = ({ title, box, failed }: { title: string; box: Outbox; failed: string }) => (
  <Card
    title={title}
    actions={
      <Badge tone={box.is_late ? "bad" : "good"}>{box.is_late ? "Late: is the cron running?" : "On time"}</Badge>
    }
  >
    <Stats>
      <Stat label="Waiting" value={upTo(box.pending)} />
      <Stat label={failed} value={upTo(box.failed)} />
    </Stats>
    <p class="quiet">
      {box.oldest_due ? (
        <>
          The oldest one is due <Time at={box.oldest_due} />.
        </>
      ) : (
        "Nothing is due."
      )}
    </p>
  </Card>
);
