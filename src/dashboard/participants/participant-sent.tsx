import { shownEmail } from "../../lib/email-address";
import { Icon } from "../../lib/icon";
import { Email } from "../ui/email";
import { EmailStatus } from "../ui/email-status";
import { refusals } from "../ui/notices";
import { Badge, Card, count, Table, Time } from "../ui/parts";
import { WholeAccount } from "../ui/whole-account";
import { mailNames, socialNames } from "./email-names";
import type { Person } from "./participant-detail";

const INVITED_SHOWN = 50;

export const Channels = ({ person: { details } }: { person: Person }) => (
  <Card title="Shares by channel">
    <Table label="Shares by channel" columns={["Channel", { number: "Clicks" }, "Since"]}>
      {details.shares.map((share) => (
        <tr>
          <td>{socialNames[share.social_type]}</td>
          <td class="number">{count(share.clicks)}</td>
          <td>
            <Time at={share.date_shared} />
          </td>
        </tr>
      ))}
    </Table>
    {details.invited_emails.length > 0 && (
      <details>
        <summary>Invited by email: {count(details.invited_emails.length)}</summary>
        <ul>
          {details.invited_emails.slice(0, INVITED_SHOWN).map((email) => (
            <li>
              <Email of={email} />
            </li>
          ))}
        </ul>
        {details.invited_emails.length > INVITED_SHOWN && <p class="quiet">The first {INVITED_SHOWN}.</p>}
      </details>
    )}
  </Card>
);

type SentProps = { person: Person; mayChange: boolean };

/** What we sent to the participant and to your systems. */
export const Sent = ({ person: { details, confirmation, refusal, mails, sent }, mayChange }: SentProps) => (
  <Card
    title="Sent"
    actions={
      mayChange &&
      refusal === null && (
        <details class="confirm">
          <summary class="button">
            <Icon of="mail" />
            {confirmation === "waiting" ? "Resend confirmation" : "Email their link"}
          </summary>
          <form method="post" action={`/participants/${details.id}/email`} class="card">
            <p>
              {confirmation === "waiting"
                ? `Sends ${shownEmail(details.email)} the link that confirms their email address.`
                : `Sends ${shownEmail(details.email)} their share link and their own page.`}{" "}
              At most three per day.
            </p>
            <button type="submit" class="button solid">
              Send it
            </button>
          </form>
        </details>
      )
    }
  >
    <h3>Emails</h3>
    {mayChange && refusal && <p class="quiet">{refusals[refusal]}</p>}
    {mails.length === 0 ? (
      <p class="quiet">None.</p>
    ) : (
      <ul class="sent">
        {mails.map((mail) => (
          <li>
            {mailNames[mail.kind] ?? mail.kind} <Time at={mail.date_sent ?? mail.date_added} />{" "}
            <EmailStatus {...mail} />
          </li>
        ))}
      </ul>
    )}
    <h3>Webhooks</h3>
    {sent.length === 0 ? (
      <p class="quiet">None for the signup or the rewards.</p>
    ) : (
      <ul class="sent">
        {sent.map((delivery) => (
          <li>
            <WholeAccount otherwise={delivery.type}>
              <a href={`/deliveries/${delivery.id}`}>{delivery.type}</a>
            </WholeAccount>{" "}
            <Badge tone={delivery.status === "delivered" ? "good" : delivery.status === "failed" ? "bad" : "warn"}>
              {delivery.status}
            </Badge>{" "}
            <span class="quiet">{delivery.link}</span>
          </li>
        ))}
      </ul>
    )}
  </Card>
);
