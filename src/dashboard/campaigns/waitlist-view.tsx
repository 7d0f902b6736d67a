import type { CampaignHead } from "../../campaigns/campaign-head";
import type { PageQuery } from "../../lib/page";
import type { DryRelease, Release } from "../../participants/waitlist/release-schema";
import { Email } from "../ui/email";
import { Input, Problems } from "../ui/field";
import type { Form } from "../ui/form";
import { Pager } from "../ui/pager";
import { Badge, Card, count, Empty, Table, Time } from "../ui/parts";

type WaitlistProps = {
  head: CampaignHead;
  form: Form<unknown>;
  dry: DryRelease | undefined;
  rows: Release[];
  total: number;
  page: PageQuery;
  /** Null if the campaign has no waitlist. */
  waiting: number | null;
  canChange: boolean;
};

export const WaitlistView = ({ head, form, dry, rows, total, page, waiting, canChange }: WaitlistProps) => {
  const path = `/campaigns/${head.id}/waitlist`;
  if (waiting === null)
    return (
      <Empty title="This campaign has no waitlist" icon="users">
        <p>
          Turn it on under <a href={`/campaigns/${head.id}/settings`}>Settings</a>, before anyone has joined.
        </p>
      </Empty>
    );
  return (
    <>
      <Card title="Line">
        <p>
          <b>{count(waiting)}</b> {waiting === 1 ? "participant is" : "participants are"} waiting.
        </p>
        {canChange && waiting > 0 && (
          <form method="post" action={path}>
            <Problems form={form} />
            <div class="row">
              <Input
                form={form}
                name="count"
                label="How many?"
                type="number"
                min="1"
                hint="From the front of the line."
              />
              <Input
                form={form}
                name="min_referrals"
                label="Min. friends"
                type="number"
                min="0"
                hint="Optional. Only participants with at least this many friends."
              />
              <Input
                form={form}
                name="signed_up_before"
                label="Signed up before"
                type="datetime-local"
                hint="Optional."
              />
            </div>
            {dry && <Preview dry={dry} />}
            <div class="actions">
              <button type="submit" class="button" formaction={`${path}/preview`}>
                Preview
              </button>
              {dry && dry.would_admit > 0 && (
                <button type="submit" class="button main">
                  Let in {count(dry.would_admit)}
                </button>
              )}
            </div>
          </form>
        )}
      </Card>
      <Card title="Releases">
        {rows.length === 0 ? (
          <p class="quiet">Nobody has been let in yet.</p>
        ) : (
          <Table label="Releases" columns={["Started", "Status", { number: "Asked for" }, { number: "Let in" }]}>
            {rows.map((row) => (
              <tr>
                <td>
                  <Time at={row.date_added} />
                </td>
                <td>
                  <Badge tone={row.status === "done" ? "good" : "warn"}>
                    {row.status === "done" ? "Done" : "Running"}
                  </Badge>
                </td>
                <td class="number">{row.count === null ? "all that match" : count(row.count)}</td>
                <td class="number">{count(row.admitted)}</td>
              </tr>
            ))}
          </Table>
        )}
        <Pager page={page} total={total} path={path} />
      </Card>
    </>
  );
};

const Preview = ({ dry: { would_admit, first } }: { dry: DryRelease }) => (
  <div class="notice" role="status">
    <p>
      This lets in <b>{count(would_admit)}</b> {would_admit === 1 ? "participant" : "participants"}
      {first.length > 0 && would_admit > first.length ? `, the first ${first.length} of them:` : ":"}
    </p>
    <ol>
      {first.map(({ id, name, email, referral_count }) => (
        <li>
          <a href={`/participants/${id}`}>{name || (email && <Email of={email} />)}</a>{" "}
          <span class="quiet">
            {count(referral_count)} {referral_count === 1 ? "friend" : "friends"}
          </span>
        </li>
      ))}
    </ol>
  </div>
);
