import { rewardKinds } from "../../ledger/records/reward-kinds";
import { Icon } from "../../lib/icon";
import { dayIn, UTC } from "../../lib/time-zone";
import type { CouponFilter } from "../../participants/coupons/coupon-schema";
import type { Form } from "../ui/form";
import { Pager } from "../ui/pager";
import { Badge, Card, Confirm, count, Empty, Stat, Stats, Table, Tabs, Time } from "../ui/parts";
import { Person } from "../ui/reward-words";
import { useZone } from "../ui/zone";
import type { CouponStock, Pace } from "./coupon-stock";
import { Upload, Uploads } from "./coupon-upload";
import { couponsPath } from "./coupons-path";

type View = { stock: CouponStock; filter: CouponFilter; form: Form<unknown>; mayChange: boolean };

const codesIn = (n: number, kind: string) => `${count(n)} ${kind}${n === 1 ? "code" : "codes"}`;

function listPath(campaignId: number, { status, code }: Pick<CouponFilter, "status" | "code">) {
  const query = new URLSearchParams({ ...(status && { status }), ...(code && { code }) });
  return query.size === 0 ? couponsPath(campaignId) : `${couponsPath(campaignId)}?${query}`;
}

export const stockView = ({ stock, filter, form, mayChange }: View) => {
  const { head, pool, pace } = stock;
  return (
    <>
      {head.reward_type !== rewardKinds.coupon.id && (
        <p class="notice warn">
          This campaign's reward is not a coupon, so no codes are given.{" "}
          <a href={`/campaigns/${head.id}/rewards`}>Change reward</a>
        </p>
      )}
      <Stats>
        <Stat label="Unused" value={pool.available} />
        <Stat label="Given" value={pool.assigned} />
        {pool.expired > 0 && <Stat label="Expired" value={pool.expired} />}
        <Stat label="Total" value={pool.total} />
      </Stats>
      <p class={pool.total > 0 && pool.available === 0 ? "notice warn" : undefined}>
        <Forecast left={pool.available} pace={pace} total={pool.total} />
      </p>
      {mayChange && <Upload campaignId={head.id} form={form} zone={stock.zone} />}
      <Codes stock={stock} filter={filter} mayChange={mayChange} />
      {mayChange && <Uploads stock={stock} />}
      {mayChange && pool.expired > 0 && (
        <Confirm
          action={`${couponsPath(head.id)}/expired/deletion`}
          button="Delete expired codes"
          question={`Deletes ${codesIn(pool.expired, "expired ")}. Codes already given stay.`}
        />
      )}
      {mayChange && pool.available > 0 && (
        <Confirm
          action={`${couponsPath(head.id)}/deletion`}
          button="Delete unused codes"
          question={`Deletes ${codesIn(pool.available, "unused ")}${pool.expired > 0 ? ` and ${codesIn(pool.expired, "expired ")}` : ""}. Codes already given stay.`}
        />
      )}
    </>
  );
};

const Forecast = ({ left, total, pace }: { left: number; total: number; pace: Pace }) => {
  if (total === 0) return <span class="quiet">No codes yet. Rewards wait until you add some.</span>;
  if (left === 0) return <>Out of codes. New rewards wait and are fulfilled by your next upload.</>;
  if (pace.runs_out === null) return <span class="quiet">At the current rate, codes will not run out.</span>;
  return (
    <>
      At the rate of the last two weeks, about {paceInWords(pace.per_day)}, codes run out on{" "}
      <strong>{dayIn(pace.runs_out, useZone())}</strong>.
    </>
  );
};

const paceInWords = (perDay: number) =>
  perDay >= 1.5 ? `${count(Math.round(perDay))} a day` : `${count(Math.max(1, Math.round(perDay * 7)))} a week`;

const STATUS = {
  available: <Badge>Unused</Badge>,
  assigned: <Badge tone="good">Given</Badge>,
  expired: <Badge tone="warn">Expired</Badge>,
};

const LastDay = ({ coupon: { last_day, valid_until } }: { coupon: CouponStock["rows"][number] }) =>
  last_day && <time datetime={valid_until?.toISOString()}>{dayIn(new Date(last_day), UTC)}</time>;

const Codes = ({ stock: { head, pool, rows, found }, filter, mayChange }: Omit<View, "form">) => {
  const path = couponsPath(head.id);
  if (pool.total === 0) return null;
  return (
    <Card
      title="Codes"
      actions={
        <a class="button" href={filter.status ? `${path}/export?status=${filter.status}` : `${path}/export`} download>
          <Icon of="download" />
          Export as CSV
        </a>
      }
    >
      <form method="get" action={path} class="filters">
        <div class="field">
          <label for="code">Find a code</label>
          <input id="code" name="code" type="search" value={filter.code} maxlength={100} spellcheck={false} />
        </div>
        <button type="submit" class="button">
          Find
        </button>
      </form>
      {filter.code === undefined && (
        <Tabs
          label="Status"
          tabs={[
            [path, `All ${count(pool.total)}`],
            [`${path}?status=available`, `Unused ${count(pool.available)}`],
            [`${path}?status=assigned`, `Given ${count(pool.assigned)}`],
            ...(pool.expired > 0 ? [[`${path}?status=expired`, `Expired ${count(pool.expired)}`] as const] : []),
          ]}
          at={listPath(head.id, filter)}
        />
      )}
      {rows.length === 0 ? (
        <Empty title={filter.code === undefined ? "None" : `No code ${filter.code}`}>
          {filter.code !== undefined && <a href={path}>All codes</a>}
        </Empty>
      ) : (
        <Table
          label="Codes"
          isTerse
          columns={["Code", "Status", "Valid until", "Given to", "When", ...(mayChange ? [""] : [])]}
        >
          {rows.map((coupon) => (
            <tr>
              <td>
                <code>{coupon.code}</code>
              </td>
              <td>{STATUS[coupon.status]}</td>
              <td>
                <LastDay coupon={coupon} />
              </td>
              <td>
                {coupon.participant_id !== null && (
                  <Person id={coupon.participant_id} name={coupon.name} email={coupon.email} />
                )}
              </td>
              <td>{coupon.date_assigned && <Time at={coupon.date_assigned} />}</td>
              {mayChange && (
                <td>
                  {coupon.status !== "assigned" && (
                    <form method="post" action={`${path}/${coupon.id}/deletion`}>
                      <button type="submit" class="button small" aria-label={`Delete ${coupon.code}`}>
                        Delete
                      </button>
                    </form>
                  )}
                </td>
              )}
            </tr>
          ))}
        </Table>
      )}
      {filter.code === undefined && <Pager page={filter} total={found} path={listPath(head.id, filter)} />}
    </Card>
  );
};
