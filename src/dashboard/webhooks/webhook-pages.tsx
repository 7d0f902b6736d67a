import { audited } from "../../auth/audited";
import { demandRole, type PageContext } from "../../auth/page-session";
import { campaignsToChoose } from "../../campaigns/campaign-choice";
import { replaySome } from "../../delivery/webhooks/replay";
import { ReplayForm } from "../../delivery/webhooks/replay-schema";
import { notFound } from "../../lib/errors";
import { PageQuery } from "../../lib/page";
import { testWebhook } from "../../outbox/webhooks/delivery";
import { recoverSome } from "../../outbox/webhooks/recovery";
import {
  changeWebhook,
  createWebhook,
  deleteWebhook,
  endPreviousSecret,
  rotateSecret,
} from "../../outbox/webhooks/webhook";
import { Recovery, WebhookChange, WebhookForm, WebhookParam } from "../../outbox/webhooks/webhook-schema";
import { createPages } from "../doors/pages";
import { edits } from "../ui/edits";
import { blank, type Form, submit, submits } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { Pager } from "../ui/pager";
import { Card, Empty, Head, Table } from "../ui/parts";
import { type Endpoint, endpointLog, endpointOf, endpoints } from "./endpoint";
import { EndpointForm, endpointShown } from "./endpoint-form";
import { endpointPage, type Refused } from "./endpoint-page";
import { DeliveryLook } from "./endpoint-schema";
import { secretPage } from "./secret-page";
import { campaignOf, HealthBadge, LastAttempt, Lately } from "./webhook-words";

const LIST = "/webhooks";
const ONE = "/webhooks/:webhookId";

export const webhookPages = createPages([LIST]);

function idIn(c: PageContext) {
  const param = WebhookParam.safeParse(c.req.param());
  if (!param.success) throw notFound("webhook");
  return param.data.webhookId;
}

webhookPages.get(LIST, async (c) => {
  const page = PageQuery.parse(c.req.query());
  const { rows, total } = await endpoints(c.var.ctx, page);
  const mayChange = c.var.session.role !== "viewer";
  const body = (
    <>
      <Head title="Webhooks" about="Send signed events to your systems, with automatic retries.">
        {mayChange && (
          <a class="button main" href={`${LIST}/new`}>
            Add webhook
          </a>
        )}
      </Head>
      {total === 0 ? (
        <Empty title="No webhooks yet" icon="webhook">
          <p>Add one to receive signups and rewards in your own systems.</p>
        </Empty>
      ) : (
        <Table label="Webhooks" columns={["Endpoint URL", "Campaign", "Events", "Health", "Delivered", "Last attempt"]}>
          {rows.map((endpoint) => (
            <EndpointRow endpoint={endpoint} />
          ))}
        </Table>
      )}
      <Pager page={page} total={total} path={LIST} />
    </>
  );
  return show(c, { title: "Webhooks", section: LIST, body });
});

const EndpointRow = ({ endpoint }: { endpoint: Endpoint }) => (
  <tr>
    <td class="link">
      <a href={`${LIST}/${endpoint.id}`}>{endpoint.link}</a>
      {endpoint.message && <p class="quiet">{endpoint.message}</p>}
    </td>
    <td>{campaignOf(endpoint) ?? <span class="quiet">All campaigns</span>}</td>
    <td>{endpoint.events?.length ?? "All"}</td>
    <td>
      <HealthBadge endpoint={endpoint} />
    </td>
    <td>
      <Lately endpoint={endpoint} />
    </td>
    <td>
      <LastAttempt endpoint={endpoint} />
    </td>
  </tr>
);

webhookPages.get(`${LIST}/new`, (c) => {
  demandRole(c.var.session, "editor");
  return newPage(c, blank({ campaign_id: c.req.query("campaign_id") }));
});

webhookPages.post(
  LIST,
  audited("Created a webhook"),
  ...submits(WebhookForm, newPage, async (c, input) => secretPage(c, await createWebhook(c.var.ctx, c.req.url, input))),
);

async function newPage(c: PageContext, form: Form<unknown>) {
  const campaigns = await campaignsToChoose(c.var.ctx);
  const body = (
    <>
      <Head
        crumbs={[["/webhooks", "Webhooks"]]}
        title="Add webhook"
        about="Its secret is shown once, on the next page."
      />
      <Card>
        <EndpointForm form={form} campaigns={campaigns} action={LIST} button="Add webhook" />
      </Card>
    </>
  );
  const status = Object.keys(form.errors).length > 0 ? 400 : 200;
  return show(c, { title: "Add webhook", section: LIST, body, status });
}

const shown = async (c: PageContext, refused: Refused = {}) => {
  const look = DeliveryLook.parse(c.req.query());
  return endpointPage(c, await endpointLog(c.var.ctx, idIn(c), look), look, refused);
};

webhookPages.get(ONE, (c) => shown(c));

const saved = (c: PageContext) => c.redirect(doneAt(`${LIST}/${idIn(c)}`, "saved"), 303);

webhookPages.post(
  ONE,
  audited("Updated a webhook"),
  edits({
    schema: WebhookForm,
    stored: async (c: PageContext) => endpointShown(await endpointOf(c.var.ctx, idIn(c))),
    page: (c, change) => shown(c, { change }),
    run: async (c, change) => {
      await changeWebhook(c.var.ctx, c.req.url, idIn(c), change);
      return saved(c);
    },
  }),
);

webhookPages.post(
  `${ONE}/status`,
  audited("Enabled or disabled a webhook"),
  ...submits(
    WebhookChange.pick({ status: true }).required(),
    (c: PageContext, button) => shown(c, { button }),
    async (c, change) => {
      await changeWebhook(c.var.ctx, c.req.url, idIn(c), change);
      return saved(c);
    },
  ),
);

/** A button sends no values. */
const pressed = (id: number): Form<number> => ({ ok: true, value: id, values: {}, errors: {} });

webhookPages.post(`${ONE}/secret`, audited("Rotated a webhook's secret"), async (c) => {
  const { ctx } = c.var;
  const id = idIn(c);
  const { done, form } = await submit(pressed(id), () => rotateSecret(ctx, id));
  if (form) return shown(c, { button: form });
  return secretPage(c, { id, secret: done.secret, expires: done.previous_secret_expires });
});

webhookPages.post(`${ONE}/secret/previous`, audited("Ended a webhook's old secret"), async (c) => {
  await endPreviousSecret(c.var.ctx, idIn(c));
  return saved(c);
});

webhookPages.post(`${ONE}/test`, audited("Sent a test event"), async (c) => {
  const { ctx } = c.var;
  const { done, form } = await submit(pressed(idIn(c)), (id) => testWebhook(ctx, id));
  return form ? shown(c, { button: form }) : c.redirect(doneAt(`/deliveries/${done.id}`, "test_sent"), 303);
});

webhookPages.post(
  `${ONE}/recover`,
  audited("Recovered failed deliveries"),
  ...submits(
    Recovery,
    (c: PageContext, recovery) => shown(c, { recovery }),
    async (c, { since }) => {
      const id = idIn(c);
      const recovered = await recoverSome(c.var.ctx, id, since);
      return c.redirect(doneAt(`${LIST}/${id}`, recovered > 0 ? "recovered" : "nothing_to_recover"), 303);
    },
  ),
);

webhookPages.post(
  `${ONE}/replay`,
  audited("Replayed events to a webhook"),
  ...submits(
    ReplayForm,
    (c: PageContext, replay) => shown(c, { replay }),
    async (c, range) => {
      const id = idIn(c);
      const replayed = await replaySome(c.var.ctx, id, range);
      return c.redirect(doneAt(`${LIST}/${id}`, replayed > 0 ? "replayed" : "nothing_to_replay"), 303);
    },
  ),
);

webhookPages.post(`${ONE}/delete`, audited("Deleted a webhook"), async (c) => {
  await deleteWebhook(c.var.ctx, idIn(c));
  return c.redirect(doneAt(LIST, "deleted"), 303);
});
