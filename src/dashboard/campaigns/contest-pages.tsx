import { audited } from "../../auth/audited";
import type { PageContext } from "../../auth/page-session";
import { contestState, deleteContest, putContest } from "../../campaigns/contest/contest";
import { ContestForm } from "../../campaigns/contest/contest-schema";
import { createPages } from "../doors/pages";
import { campaignBody, campaignIdIn } from "../ui/campaign-frame";
import { edits } from "../ui/edits";
import type { Form } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { shown } from "../ui/seen";
import { contestPath, contestView, formValues } from "./contest-view";

const PATH = "/campaigns/:campaignId/contest";

export const contestPages = createPages([PATH]);

contestPages.get(PATH, async (c) => contestPage(c));

contestPages.post(
  PATH,
  audited("Created or updated a contest"),
  edits({
    schema: ContestForm,
    stored: async (c: PageContext) => formValues((await contestState(c.var.ctx, campaignIdIn(c))).contest),
    page: contestPage,
    run: async (c, change) => {
      const id = campaignIdIn(c);
      await putContest(c.var.ctx, id, change);
      return c.redirect(doneAt(contestPath(id), "saved"), 303);
    },
  }),
);

contestPages.post(`${PATH}/deletion`, audited("Deleted a contest"), async (c) => {
  const id = campaignIdIn(c);
  await deleteContest(c.var.ctx, id);
  return c.redirect(doneAt(contestPath(id), "deleted"), 303);
});

async function contestPage(c: PageContext, failed?: Form<unknown>) {
  const { ctx, session } = c.var;
  const state = await contestState(ctx, campaignIdIn(c));
  const view = contestView({
    state,
    form: failed ?? shown(formValues(state.contest)),
    now: ctx.now(),
    origin: ctx.origin,
    mayChange: session.role !== "viewer",
  });
  const title = `Contest · ${state.head.name}`;
  const body = campaignBody(state.head, "/contest", view);
  return show(c, { title, section: "/campaigns", body, status: failed ? 400 : 200 });
}
