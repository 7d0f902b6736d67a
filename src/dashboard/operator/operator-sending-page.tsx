import type { Failures } from "../../delivery/email/failed-email";
import { kindOf, wordsOf } from "../../delivery/mailer/codes";
import { uses } from "../../delivery/uses";
import { MOST } from "../../outbox/backlog";
import { Badge, Card, Confirm, count, Head, Table, Time } from "../ui/parts";
import type { Sending, ShownHold } from "./operator-sending";

export const SENDING = "/operator/sending";

/** Dead letters may also belong to a listener, whose name is its title. */
const titleOf = (name: string) => uses.find(({ outbox }) => outbox.name === name)?.outbox.title ?? name;

/** Holds, failed emails by code, and dead letters. */
export const SendingPage = ({ holds, failures, dead_letters }: Sending) => (
  <>
    <Head title="Sending" about="Outboxes on hold, failed emails, and messages that the queues gave up on." />
    <Card
      title="Holds"
      actions={holds.length === 0 ? <Badge tone="good">None</Badge> : <Badge tone="bad">On hold</Badge>}
    >
      {holds.length === 0 ? <p class="quiet">Nothing is on hold.</p> : holds.map((hold) => <Held {...hold} />)}
    </Card>
    <FailedEmails failures={failures} />
    <DeadLetters {...dead_letters} />
  </>
);

const upTo = (n: number) => (n >= MOST ? `${count(MOST)} or more` : count(n));

const Held = ({ outbox, reason, since, until, set_by, backlog, restored_to }: ShownHold) => (
  <section class="hold" aria-label={`${titleOf(outbox)}: ${reason}`}>
    <h3>{titleOf(outbox)}</h3>
    <p>
      {restored_to ? (
        <>
          The database was restored to <Time at={restored_to} />. Anything sent after that would be sent again.
        </>
      ) : (
        <>
          Reason: <code>{reason}</code>, set by {set_by}.
        </>
      )}{" "}
      On hold since <Time at={since} />
      {until && (
        <>
          {" "}
          until <Time at={until} />
        </>
      )}
      .
    </p>
    <p>
      {upTo(backlog.pending)} waiting
      {backlog.oldest_due && (
        <>
          , the oldest due since <Time at={backlog.oldest_due} />
        </>
      )}
      .
    </p>
    {restored_to && (
      <form method="post" action={`${SENDING}/skip`} class="cutoff">
        <input type="hidden" name="outbox" value={outbox} />
        <div class="field">
          <label for={`before-${outbox}`}>Skip items older than (UTC)</label>
          <input
            id={`before-${outbox}`}
            name="before"
            type="datetime-local"
            required
            value={new Date(restored_to.getTime() + 2 * 60_000).toISOString().slice(0, 16)}
          />
        </div>
        <button type="submit" class="button">
          Skip
        </button>
      </form>
    )}
    <Confirm action={`${SENDING}/release`} button="Send" question="Send everything waiting here?">
      <input type="hidden" name="outbox" value={outbox} />
      <input type="hidden" name="reason" value={reason} />
    </Confirm>
  </section>
);

const FailedEmails = ({ failures }: { failures: Failures[] }) => (
  <Card title="Failed emails">
    {failures.length === 0 ? (
      <p class="quiet">No email failed in the last seven days.</p>
    ) : (
      <Table label="Failed emails" columns={["Reason", { number: "Last day" }, { number: "Last 7 days" }, "Last", ""]}>
        {failures.map(({ status, error, day, week, last }) => (
          <tr>
            <td>
              <code>{error}</code> {status !== "failed" && <Badge>{status}</Badge>}
              {wordsOf(error) !== error && <p class="quiet">{wordsOf(error)}</p>}
            </td>
            <td class="number">{count(day)}</td>
            <td class="number">{count(week)}</td>
            <td>
              <Time at={new Date(last)} />
            </td>
            <td>
              {status === "failed" && (
                <Confirm
                  action={`${SENDING}/again`}
                  button="Send again"
                  question={
                    kindOf(error) === "unknown"
                      ? "Some of these may have arrived, and would arrive twice. Send up to 1,000 again?"
                      : "Send up to 1,000 of these again?"
                  }
                >
                  <input type="hidden" name="code" value={error} />
                </Confirm>
              )}
            </td>
          </tr>
        ))}
      </Table>
    )}
  </Card>
);

const DeadLetters = ({ total, last, newest }: Sending["dead_letters"]) => (
  <Card
    title="Dead letters"
    actions={total === 0 ? <Badge tone="good">None</Badge> : <Badge tone="warn">{`${count(total)} in 30 days`}</Badge>}
  >
    <p class="quiet">
      Queue messages that Cloudflare gave up on. Nothing is lost: the sweep sends their rows, and bounce events are
      retried every hour for a day.{" "}
      {last && (
        <>
          The last one came <Time at={last} />.
        </>
      )}
    </p>
    {newest.length > 0 && (
      <Table label="Dead letters" columns={["Arrived", "Outbox", "Rows", ""]}>
        {newest.map(({ id, outbox, ids, date }) => (
          <tr>
            <td>
              <Time at={date} />
            </td>
            <td>{outbox === null ? "Not understood" : titleOf(outbox)}</td>
            <td>
              {count(ids.length)} {ids.length > 0 && <span class="quiet">{shortList(ids)}</span>}
            </td>
            <td>
              <form method="post" action={`${SENDING}/dead-letters/${id}`}>
                <button type="submit" class="button">
                  {ids.length > 0 ? "Requeue" : "Delete"}
                </button>
              </form>
            </td>
          </tr>
        ))}
      </Table>
    )}
  </Card>
);

const shortList = (ids: number[]) => `${ids.slice(0, 3).join(", ")}${ids.length > 3 ? "…" : ""}`;
