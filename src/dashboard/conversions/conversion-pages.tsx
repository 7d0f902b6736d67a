import { audited } from "../../auth/audited";
import { demandRole, type PageContext } from "../../auth/page-session";
import { DEFAULT_EVENT } from "../../ledger/records/event-name";
import { AppError, invalid, notFound } from "../../lib/errors";
import { convert } from "../../participants/conversions/conversion";
import { ConversionParam } from "../../participants/conversions/conversion-schema";
import { refundConversion } from "../../participants/conversions/refund";
import { createPages } from "../doors/pages";
import { campaignBody, campaignIdIn } from "../ui/campaign-frame";
import { Input, Problems } from "../ui/field";
import { blank, type Form, submits } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { listFile } from "../ui/list-columns";
import { Card } from "../ui/parts";
import { conversionColumns } from "./conversion-columns";
import { ConversionFilter, RecordForm, RefundForm } from "./conversion-forms";
import { conversionList, conversionPage, conversionSlice, recordPlan } from "./conversion-list";
import { ConversionListView, exportPath, listPath } from "./conversion-list-view";
import { ConversionView } from "./conversion-view";

const PATH = "/campaigns/:campaignId/conversions";
const NEW = `${PATH}/new`;
const EXPORT = `${PATH}/export`;
const ONE = `${PATH}/:conversionId`;

export const conversionPages = createPages([PATH]);

function conversionIdIn(c: PageContext): number {
  const param = ConversionParam.safeParse(c.req.param());
  if (!param.success) throw notFound("conversion");
  return param.data.conversionId;
}

const statusOf = ({ errors }: Form<unknown>) => (Object.keys(errors).length > 0 ? 400 : 200);

conversionPages.get(PATH, async (c) => {
  const filter = ConversionFilter.parse(c.req.query());
  const list = await conversionList(c.var.ctx, campaignIdIn(c), filter);
  const actions = (
    <>
      <a class="button" href={`/campaigns/${list.head.id}/inputs`}>
        Inputs
      </a>
      <a class="button" href={exportPath(list.head.id, filter)}>
        Export as CSV
      </a>
      {c.var.session.role !== "viewer" && (
        <a class="button main" href={`${listPath(list.head.id)}/new`}>
          Record conversion
        </a>
      )}
    </>
  );
  const body = campaignBody(
    list.head,
    "/conversions",
    <ConversionListView c={c} list={list} filter={filter} />,
    actions,
  );
  return show(c, { title: `Conversions · ${list.head.name}`, section: "/campaigns", body });
});

conversionPages.get(EXPORT, (c) => {
  const [campaignId, filter] = [campaignIdIn(c), ConversionFilter.parse(c.req.query())];
  return listFile("conversions", conversionColumns, (after: number | undefined) =>
    conversionSlice(c.var.ctx, campaignId, filter, after),
  );
});

async function newPage(c: PageContext, failed?: Form<unknown>) {
  const { head, currency } = await recordPlan(c.var.ctx, campaignIdIn(c));
  const form = failed ?? blank({ event_name: DEFAULT_EVENT });
  const body = (
    <Card title="Record conversion">
      <Problems form={form} />
      <form method="post" action={`${listPath(head.id)}/new`}>
        <input type="hidden" name="currency" value={currency} />
        <div class="row">
          <Input
            form={form}
            name="email"
            label="Buyer's email"
            type="email"
            hint="A participant's email, or any buyer's if you enter a code."
            autocomplete="off"
          />
          <Input
            form={form}
            name="referral_code"
            label="The referrer's code"
            hint="The code or share link, if the buyer did not sign up through it."
            autocomplete="off"
          />
          <Input
            form={form}
            name="checkout_code"
            label="Checkout code"
            hint="What the buyer typed at checkout."
            autocomplete="off"
          />
        </div>
        <div class="row">
          <Input
            form={form}
            name="conversion_id"
            label="Order ID"
            hint="Your own ID. Each ID counts once."
            required
            maxlength={200}
            autocomplete="off"
          />
          <Input form={form} name="event_name" label="Event" required maxlength={64} autocapitalize="none" />
        </div>
        <div class="row">
          <Input form={form} name="amount" label={`Amount (${currency})`} inputmode="decimal" autocomplete="off" />
          <Input form={form} name="occurred_at" label="When" type="datetime-local" hint="Defaults to now." />
        </div>
        <p class="hint">The campaign's rules reward it as if your server had reported it, and webhooks are sent.</p>
        <button type="submit">Record</button>
      </form>
    </Card>
  );
  return show(c, {
    title: `Record conversion · ${head.name}`,
    section: "/campaigns",
    body: campaignBody(head, "/conversions", body),
    status: statusOf(form),
  });
}

conversionPages.get(NEW, (c) => {
  demandRole(c.var.session, "editor");
  return newPage(c);
});

/** Records a conversion if the campaign's currency is still the form's. @throws the errors of `convert`, 409 */
async function record(c: PageContext, { currency, ...sale }: RecordForm) {
  const plan = await recordPlan(c.var.ctx, campaignIdIn(c));
  if (plan.currency !== currency)
    throw new AppError("conflict", `The campaign's currency is ${plan.currency} now. Check the amount.`);
  try {
    return await convert(c.var.ctx, { ...sale, campaign_id: plan.head.id, currency });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "not_found") throw error;
    const field = (["referral_code", "checkout_code"] as const).find((name) => sale[name]);
    throw field
      ? invalid(field, "No participant in this campaign has this code.")
      : invalid("email", "No participant in this campaign has this email address.");
  }
}

conversionPages.post(
  NEW,
  audited("Recorded a conversion manually"),
  ...submits(RecordForm, newPage, async (c, sale) => {
    const { conversion, duplicate } = await record(c, sale);
    const path = `${listPath(conversion.campaign_id)}/${conversion.id}`;
    return c.redirect(doneAt(path, duplicate ? "recorded_before" : "recorded"), 303);
  }),
);

async function onePage(c: PageContext, failed?: Form<unknown>) {
  const shown = await conversionPage(c.var.ctx, campaignIdIn(c), conversionIdIn(c));
  const form = failed ?? blank({ refund_id: `by-hand-${crypto.randomUUID()}` });
  const mayChange = c.var.session.role !== "viewer";
  return show(c, {
    title: `${shown.conversion.conversion_id} · ${shown.head.name}`,
    section: "/campaigns",
    body: campaignBody(shown.head, "/conversions", <ConversionView shown={shown} mayChange={mayChange} form={form} />),
    status: statusOf(form),
  });
}

conversionPages.get(ONE, (c) => onePage(c));

conversionPages.post(
  `${ONE}/refunds`,
  audited("Recorded a refund manually"),
  ...submits(RefundForm, onePage, async (c, sent) => {
    const { head, conversion } = await conversionPage(c.var.ctx, campaignIdIn(c), conversionIdIn(c));
    const { duplicate } = await refundConversion(c.var.ctx, conversion.id, sent);
    return c.redirect(doneAt(`${listPath(head.id)}/${conversion.id}`, duplicate ? "refunded_before" : "refunded"), 303);
  }),
);
