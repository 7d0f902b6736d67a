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

/** What was sent to an endpoint, what it answered, and what comes next. */
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
      <nav class="crumbs" aria-label="Where you are">
        <a href="/webhooks">Webhooks</a> › <a href={`/webhooks/${webhook.id}`}>{webhook.link}</a>
      </nav>
      <Head title={delivery.type} about={<Standing delivery={delivery} />}>
        {mayRetry && (
          <form method="post" action={`/deliveries/${delivery.id}/retry`}>
            <button type="submit">Send it again</button>
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

/** Where it stands. While its first attempt is under way a script looks again. */
const Standing = ({ delivery: { id, status, attempts, next_attempt_at, webhook } }: { delivery: DeliveryDetail }) => (
  <>
    <DeliveryBadge status={status} />{" "}
    {status === "pending" && attempts.length === 0 && webhook.status === "active" && (
      <span data-reload>
        It is on its way. <a href={`/deliveries/${id}`}>Look again</a>
      </span>
    )}
    {status === "pending" && attempts.length > 0 && next_attempt_at && (
      <>
        The next attempt is due <Time at={next_attempt_at} />. <a href={`/deliveries/${id}`}>Look again</a>
      </>
    )}
    {status === "failed" && "We have given up on it."}
  </>
);

const Attempts = ({ delivery: { attempts } }: { delivery: DeliveryDetail }) =>
  attempts.length === 0 ? (
    <Empty title="No attempt yet" />
  ) : (
    <Table label="Attempts" columns={["Attempt", "Answer", "What that means", "Took"]}>
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
          {participant_id !== null && <a href={`/participants/${participant_id}`}>Who it is about</a>}
          {campaign_id > 0 && request && <a href={`/campaigns/${campaign_id}`}>Campaign</a>}
        </span>
      }
    >
      {request === null ? (
        <p>The event went with its campaign, so there is nothing left to send.</p>
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
            As the next attempt would send it, with line breaks for reading: the same event and body as every attempt,
            with a time and a signature of its own. Who was erased since then is left out.
          </p>
        </>
      )}
      {curl && <Repeat curl={curl} />}
    </Card>
  );
};

const Repeat = ({ curl }: { curl: string }) => (
  <>
    <h3>Repeat it from your own shell</h3>
    <Source label="As a curl line">{curl}</Source>
    <div class="row">
      <button type="button" class="button" data-copy={curl} hidden>
        Copy the line
      </button>
      <p class="hint">
        Byte for byte, and signed when this page was made: a receiver that checks the time takes it for five minutes.
        Load the page again for a fresh one.
      </p>
    </div>
  </>
);
