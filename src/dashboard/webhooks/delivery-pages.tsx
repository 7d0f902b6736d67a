import { audited } from "../../auth/audited";
import type { PageContext } from "../../auth/page-session";
import { notFound } from "../../lib/errors";
import { retryDelivery } from "../../outbox/webhooks/delivery";
import { DeliveryParam } from "../../outbox/webhooks/webhook-schema";
import { createPages } from "../doors/pages";
import { Problems } from "../ui/field";
import { blank, type Form, submit } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { Badge, Card, Empty, Head, Source, Table, Time } from "../ui/parts";
import { Answers } from "./delivery-answers";
import { type DeliveryDetail, deliveryDetail } from "./delivery-detail";
import { DeliveryBadge, outcomeInWords } from "./webhook-words";

export const deliveryPages = createPages(["/deliveries"]);

const PATH = "/deliveries/:deliveryId";

function idIn(c: PageContext) {
  const param = DeliveryParam.safeParse(c.req.param());
  if (!param.success) throw notFound("delivery");
  return param.data.deliveryId;
}

deliveryPages.get(PATH, async (c) => detailPage(c, blank()));

deliveryPages.post(`${PATH}/retry`, audited("Retried a delivery"), async (c) => {
  const { ctx } = c.var;
  const id = idIn(c);
  const asked: Form<number> = { ok: true, value: id, values: {}, errors: {} };
  const { form } = await submit(asked, (delivery) => retryDelivery(ctx, delivery));
  return form ? detailPage(c, form) : c.redirect(doneAt(`/deliveries/${id}`, "retried"), 303);
});

async function detailPage(c: PageContext, form: Form<unknown>) {
  const maySend = c.var.session.role !== "viewer";
  const delivery = await deliveryDetail(c.var.ctx, idIn(c), maySend);
  const { webhook } = delivery;
  const mayRetry = maySend && webhook.status === "active" && delivery.request !== null;
  const isFailed = Object.keys(form.errors).length > 0;
  const body = (
    <>
      <Head
        crumbs={[
          ["/webhooks", "Webhooks"],
          [`/webhooks/${webhook.id}`, webhook.link],
        ]}
        title={delivery.type}
        about={<Standing delivery={delivery} />}
      >
        {mayRetry && (
          <form method="post" action={`/deliveries/${delivery.id}/retry`}>
            <button type="submit">Resend</button>
          </form>
        )}
      </Head>
      <Problems form={form} />
      {webhook.status === "disabled" && (
        <p class="notice warn">
          The webhook is disabled, so nothing is sent. <a href={`/webhooks/${webhook.id}`}>See why</a>.
        </p>
      )}
      <Attempts delivery={delivery} />
      <Answers delivery={delivery} />
      <Request delivery={delivery} />
    </>
  );
  return show(c, { title: `Delivery ${delivery.id}`, section: "/webhooks", body, status: isFailed ? 400 : 200 });
}

/** The delivery's status. During its first attempt, a script reloads it. */
const Standing = ({ delivery: { id, status, attempts, next_attempt_at, webhook } }: { delivery: DeliveryDetail }) => (
  <>
    <DeliveryBadge status={status} />{" "}
    {status === "pending" && attempts.length === 0 && webhook.status === "active" && (
      <span data-reload>
        In progress. <a href={`/deliveries/${id}`}>Refresh</a>
      </span>
    )}
    {status === "pending" && attempts.length > 0 && next_attempt_at && (
      <>
        Next attempt <Time at={next_attempt_at} />. <a href={`/deliveries/${id}`}>Refresh</a>
      </>
    )}
    {status === "failed" && "Failed permanently."}
  </>
);

const Attempts = ({ delivery: { attempts } }: { delivery: DeliveryDetail }) =>
  attempts.length === 0 ? (
    <Empty title="No attempts yet" />
  ) : (
    <Table label="Attempts" columns={["Attempt", "Response", "Meaning", "Duration"]}>
      {attempts.toReversed().map((attempt) => (
        <tr>
          <td>
            <Time at={attempt.at} />
          </td>
          <td>
            <Badge tone={attempt.error === null ? "good" : "bad"}>{attempt.status_code ?? "none"}</Badge>
          </td>
          <td>{outcomeInWords(attempt)}</td>
          <td>{attempt.duration_ms} ms</td>
        </tr>
      ))}
    </Table>
  );

const PLACEHOLDERS = {
  "webhook-timestamp": "<seconds, of each attempt>",
  "webhook-signature": "v1,<made with the secret at each attempt>",
};

const Request = ({ delivery }: { delivery: DeliveryDetail }) => {
  const { request, curl, webhook, campaign_id, participant_id } = delivery;
  return (
    <Card
      title="Request"
      actions={
        <span class="actions">
          {request && <a href={`/events/${delivery.event_id}`}>View event</a>}
          {participant_id !== null && <a href={`/participants/${participant_id}`}>View participant</a>}
          {campaign_id > 0 && request && <a href={`/campaigns/${campaign_id}`}>View campaign</a>}
        </span>
      }
    >
      {request === null ? (
        <p>The event was deleted with its campaign, so there is nothing to send.</p>
      ) : (
        <>
          <Source label="Headers">
            {[
              `POST ${webhook.link}`,
              ...Object.entries({ ...PLACEHOLDERS, ...request.headers }).map(([name, value]) => `${name}: ${value}`),
            ].join("\n")}
          </Source>
          <Source label="Body">{JSON.stringify(JSON.parse(request.body), null, 2)}</Source>
          <p class="hint">
            What the next attempt would send, formatted for reading. Every attempt sends the same event and body with
            its own timestamp and signature. Erased participants are left out.
          </p>
        </>
      )}
      {curl && <Repeat curl={curl} />}
    </Card>
  );
};

const Repeat = ({ curl }: { curl: string }) => (
  <>
    <h3>Repeat it from your shell</h3>
    <Source label="As a cURL command">{curl}</Source>
    <p class="hint">
      Byte for byte, signed when this page loaded. Receivers that check the timestamp accept it for five minutes; reload
      the page for a fresh one.
    </p>
    <div class="actions">
      <button type="button" class="button" data-copy={curl} hidden>
        Copy cURL
      </button>
    </div>
  </>
);
