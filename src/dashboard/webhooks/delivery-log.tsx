import type { PageContext } from "../../auth/page-session";
import { momentOfEvent } from "../../lib/crypto";
import { Select } from "../ui/field";
import { FilterForm } from "../ui/filter-form";
import { blank } from "../ui/form";
import { Empty, Table, Time } from "../ui/parts";
import { ViewBar } from "../views/view-bar";
import type { EndpointLog, LoggedDelivery } from "./endpoint";
import { DeliveryLook, deliveryStatuses } from "./endpoint-schema";
import { RetryDelivery } from "./retry-delivery";
import { DeliveryBadge, eventTypeOptions, outcomeInWords } from "./webhook-words";

export const DeliveryLog = ({
  c,
  log,
  look,
  mayRetry,
}: {
  c: PageContext;
  log: EndpointLog;
  look: DeliveryLook;
  mayRetry: boolean;
}) => {
  const path = `/webhooks/${log.endpoint.id}`;
  const isFiltered = Boolean(look.status || look.type || look.before);
  return (
    <section class="stack" aria-labelledby="deliveries">
      <h2 id="deliveries">Deliveries</h2>
      <ViewBar c={c} list="deliveries" schema={DeliveryLook} path={path} views={log.views} />
      <Filters path={path} look={look} />
      {log.deliveries.length > 0 ? (
        <Table label="Deliveries" columns={["Event", "Time", "Status", "Last response", "Next attempt", ""]}>
          {log.deliveries.map((delivery) => (
            <Row delivery={delivery} mayRetry={mayRetry} />
          ))}
        </Table>
      ) : (
        <Empty title={isFiltered ? "No matches" : "Nothing sent yet"}>
          <p>
            {log.older !== null
              ? "No matches among the 1,000 deliveries searched."
              : isFiltered
                ? "Choose another status or event."
                : "Send a test event or wait for the first signup."}
          </p>
        </Empty>
      )}
      <Ways path={path} look={look} older={log.older} />
    </section>
  );
};

const Filters = ({ path, look }: { path: string; look: DeliveryLook }) => (
  <FilterForm action={path} used={[look.status, look.type]}>
    <Select
      form={blank({ ...look })}
      name="status"
      label="Status"
      options={[["", "All"], ...deliveryStatuses.map((status): [string, string] => [status, said[status]])]}
    />
    <Select form={blank({ ...look })} name="type" label="Event" options={[["", "All"], ...eventTypeOptions]} />
    {look.view !== undefined && <input type="hidden" name="view" value={look.view} />}
  </FilterForm>
);

const said = { pending: "Pending", delivered: "Delivered", failed: "Failed" } as const;

const Row = ({ delivery, mayRetry }: { delivery: LoggedDelivery; mayRetry: boolean }) => {
  const { id, type, event_id, status, attempts, next_attempt_at } = delivery;
  const last = attempts.at(-1);
  return (
    <tr>
      <td>
        <a href={`/deliveries/${id}`}>{type}</a>
      </td>
      <td>
        <Time at={momentOfEvent(event_id)} />
      </td>
      <td>
        <DeliveryBadge status={status} />
      </td>
      <td>{last ? outcomeInWords(last) : <span class="quiet">none yet</span>}</td>
      <td>{next_attempt_at ? <Time at={next_attempt_at} /> : <span class="quiet">–</span>}</td>
      <td>{mayRetry && status === "failed" && <RetryDelivery id={id} />}</td>
    </tr>
  );
};

const Ways = ({ path, look, older }: { path: string; look: DeliveryLook; older: string | null }) => {
  const { status, type, before, view } = look;
  const kept = { ...(status && { status }), ...(type && { type }), ...(view && { view: String(view) }) };
  const newest = new URLSearchParams(kept).toString();
  return older === null && before === undefined ? null : (
    <nav class="pager" aria-label="Pages">
      {before === undefined ? (
        <span />
      ) : (
        <a class="button" href={newest ? `${path}?${newest}` : path}>
          Newest
        </a>
      )}
      {older === null ? (
        <span />
      ) : (
        <a class="button" rel="next" href={`${path}?${new URLSearchParams({ ...kept, before: older })}`}>
          Older
        </a>
      )}
    </nav>
  );
};
