import { z } from "zod";
import { audited } from "../../auth/audited";
import type { PageContext } from "../../auth/page-session";
import { campaignHead } from "../../campaigns/campaign-head";
import { DEFAULT_EVENT } from "../../ledger/records/event-name";
import { notFound } from "../../lib/errors";
import { pageQuery } from "../../lib/page";
import {
  changeInput,
  createInput,
  deleteInput,
  eventQueries,
  inputOf,
  inputQuery,
  readEvents,
  toInput,
} from "../../participants/inputs/input";
import { type Input, InputChange, InputParam, NewInput } from "../../participants/inputs/input-schema";
import { providers } from "../../participants/inputs/providers";
import { createPages } from "../doors/pages";
import { campaignBody, campaignIdIn } from "../ui/campaign-frame";
import { edits } from "../ui/edits";
import { blank, type Form, submits } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { shown } from "../ui/seen";
import { InputList, listPath, NewInputForm } from "./input-list-view";
import { InputView } from "./input-view";

const PATH = "/campaigns/:campaignId/inputs";
const ONE = `${PATH}/:inputId`;
const Page = pageQuery(50);

export const inputPages = createPages([PATH]);

/** An empty secret keeps the stored one. */
const InputForm = InputChange.pick({ test_mode: true })
  .required()
  .extend({ secret: InputChange.shape.secret.nullable(), is_active: z.boolean() });

function inputIdIn(c: PageContext): number {
  const param = InputParam.safeParse(c.req.param());
  if (!param.success) throw notFound("input");
  return param.data.inputId;
}

const statusOf = (form: Form<unknown> | undefined) => (form && Object.keys(form.errors).length > 0 ? 400 : 200);

async function listPage(c: PageContext, failed?: Form<unknown>) {
  const { ctx, session } = c.var;
  const id = campaignIdIn(c);
  const [[head], rows] = await ctx.db.batch([campaignHead(ctx, id), inputQuery(ctx, id)]);
  if (!head) throw notFound("campaign");
  const form = failed ?? blank({ event_name: DEFAULT_EVENT });
  const body = (
    <>
      <p>
        <a href={`/campaigns/${id}/conversions`}>All conversions</a>
      </p>
      <h2>Inputs</h2>
      <InputList inputs={rows.map((row) => toInput(ctx, row))} />
      {session.role !== "viewer" && <NewInputForm campaignId={id} form={form} />}
    </>
  );
  return show(c, {
    title: `Inputs · ${head.name}`,
    section: "/campaigns",
    body: campaignBody(head, "/conversions", body),
    status: statusOf(failed),
  });
}

const valuesOf = ({ test_mode, status }: Input) => ({ test_mode, is_active: status === "active" });

async function onePage(c: PageContext, failed?: Form<unknown>) {
  const { ctx, session } = c.var;
  const [id, inputId] = [campaignIdIn(c), inputIdIn(c)];
  const page = Page.parse(c.req.query());
  const [[head], ...read] = await ctx.db.batch([campaignHead(ctx, id), ...eventQueries(ctx, id, inputId, page)]);
  if (!head) throw notFound("campaign");
  const { input, rows, total } = readEvents(ctx, read);
  const form = failed ?? shown(valuesOf(input));
  const { name } = providers[input.kind];
  const body = (
    <>
      <p>
        <a href={listPath(id)}>All inputs</a>
      </p>
      <h2>{name}</h2>
      <InputView
        input={input}
        events={rows}
        total={total}
        page={page}
        form={form}
        mayChange={session.role !== "viewer"}
      />
    </>
  );
  return show(c, {
    title: `${name} · ${head.name}`,
    section: "/campaigns",
    body: campaignBody(head, "/conversions", body),
    status: statusOf(failed),
  });
}

inputPages.get(PATH, (c) => listPage(c));

inputPages.post(
  PATH,
  audited("Created an input"),
  ...submits(NewInput, listPage, async (c, input) => {
    const { id, campaign_id } = await createInput(c.var.ctx, campaignIdIn(c), input);
    return c.redirect(doneAt(`${listPath(campaign_id)}/${id}`, "created"), 303);
  }),
);

inputPages.get(ONE, (c) => onePage(c));

inputPages.post(
  ONE,
  audited("Updated an input"),
  edits({
    schema: InputForm,
    stored: async (c: PageContext) => valuesOf(await inputOf(c.var.ctx, campaignIdIn(c), inputIdIn(c))),
    page: onePage,
    run: async (c, { secret, is_active, ...settings }) => {
      const [id, inputId] = [campaignIdIn(c), inputIdIn(c)];
      const change = {
        ...settings,
        status: is_active ? ("active" as const) : ("disabled" as const),
        ...(secret && { secret }),
      };
      await changeInput(c.var.ctx, id, inputId, change);
      return c.redirect(doneAt(`${listPath(id)}/${inputId}`, "saved"), 303);
    },
  }),
);

inputPages.post(`${ONE}/delete`, audited("Deleted an input"), async (c) => {
  const id = campaignIdIn(c);
  await deleteInput(c.var.ctx, id, inputIdIn(c));
  return c.redirect(doneAt(listPath(id), "deleted"), 303);
});
