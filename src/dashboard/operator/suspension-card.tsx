import { Badge, Card, Table, Time } from "../ui/parts";

type Suspension = { suspended_at: Date | null; suspended_for: string | null };

/** Suspends an account or brand, or lifts it. */
export const SuspensionCard = ({
  path,
  what,
  suspended_at,
  suspended_for,
}: Suspension & { path: string; what: "account" | "brand" }) => (
  <Card title="Suspension" actions={suspended_at && <Badge tone="bad">Suspended</Badge>}>
    {suspended_at ? (
      <p>
        Since <Time at={suspended_at} />
        {suspended_for && `: ${suspended_for}`}
      </p>
    ) : (
      <p class="quiet">
        {what === "account"
          ? "Immediately stops everything in the account: keys, sessions, widgets, pages, links, images, emails, and webhooks."
          : "Immediately stops the brand's campaigns, pages, links, and emails."}{" "}
        Nothing is deleted.
      </p>
    )}
    <SuspensionForm path={path} isSuspended={suspended_at !== null} button={`Suspend ${what}`} />
  </Card>
);

const SuspensionForm = ({ path, isSuspended, button }: { path: string; isSuspended: boolean; button: string }) => (
  <form method="post" action={`${path}/suspension`}>
    <input type="hidden" name="@flags" value="suspended" />
    {isSuspended ? (
      <button type="submit">Lift suspension</button>
    ) : (
      <>
        <input type="hidden" name="suspended" value="on" />
        <div class="field">
          <label for="suspension-reason">Reason (only for you and the audit log)</label>
          <input id="suspension-reason" name="reason" maxlength={500} required />
        </div>
        <button type="submit" class="button danger">
          {button}
        </button>
      </>
    )}
  </form>
);

export const SendingPause = ({ id, since }: { id: number; since: Date }) => (
  <Card title="Campaign email" actions={<Badge tone="bad">Paused</Badge>}>
    <p>
      Paused <Time at={since} /> because too many emails bounced or were reported as spam.
    </p>
    <form method="post" action={`/operator/members/${id}/sending`}>
      <button type="submit">Let it send again</button>
    </form>
  </Card>
);

export const Images = ({ images }: { images: (Suspension & { key: string })[] }) =>
  images.length === 0 ? null : (
    <>
      <h2>Images</h2>
      <Table label="Images" columns={["Image", "State", ""]}>
        {images.map(({ key, suspended_at }) => (
          <tr>
            <td>
              <a href={`/images/${key}`}>{key}</a>
            </td>
            <td>{suspended_at ? <Badge tone="bad">Suspended</Badge> : "Shown"}</td>
            <td>
              <form method="post" action={`/operator/images/${key}/suspension`}>
                <input type="hidden" name="@flags" value="suspended" />
                {!suspended_at && <input type="hidden" name="suspended" value="on" />}
                <button type="submit" class="button">
                  {suspended_at ? "Show" : "Suspend"}
                </button>
              </form>
            </td>
          </tr>
        ))}
      </Table>
    </>
  );
