import { createPages, type PageContext } from "../auth/session";
import { headOf } from "../campaigns/head";
import { campaignBody, campaignIdIn } from "../dashboard/campaign-frame";
import { readForm } from "../dashboard/form";
import { doneAt, show } from "../dashboard/layout";
import { count, Head } from "../dashboard/parts";
import { invalid } from "../lib/errors";
import { changeStatuses } from "./change";
import { exported } from "./export";
import { people, peopleOfCampaign } from "./list";
import { addressOf, PeopleList } from "./list-view";
import { ChosenForm, PeopleQuery } from "./schema";

const ALL = "/participants";
const OF_CAMPAIGN = "/campaigns/:campaignId/participants";

/** Participants, of the whole account and of one campaign. */
export const peoplePages = createPages([ALL, OF_CAMPAIGN]);

const queryOf = (c: PageContext) => PeopleQuery.parse(c.req.query());
const pathOf = (campaignId: number) => `/campaigns/${campaignId}/participants`;

peoplePages.get(ALL, async (c) => {
  const query = queryOf(c);
  const shown = await people(c.var.ctx, query);
  const total = shown.campaigns.reduce((sum, campaign) => sum + campaign.total, 0);
  const body = (
    <>
      <Head title="Participants" about={`${count(total)} in all campaigns`} />
      <PeopleList c={c} path={ALL} query={query} shown={shown} />
    </>
  );
  return show(c, { title: "Participants", section: ALL, body });
});

peoplePages.get(OF_CAMPAIGN, async (c) => {
  const campaignId = campaignIdIn(c);
  const query = { ...queryOf(c), campaign_id: undefined };
  const path = pathOf(campaignId);
  const { head, ...shown } = await peopleOfCampaign(c.var.ctx, campaignId, query);
  const [totals] = shown.campaigns;
  const actions = c.var.session.role !== "viewer" && (
    <>
      <a class="button main" href={`${path}/new`}>
        Add somebody
      </a>
      <a class="button" href={`/campaigns/${campaignId}/import`}>
        Import
      </a>
    </>
  );
  const body = campaignBody(
    head,
    "/participants",
    <>
      {totals && totals.total > 0 && (
        <p class="quiet">
          {count(totals.total)} people, of whom{" "}
          <a href={`${path}?status=pending`}>{count(totals.pending)} are pending</a> and{" "}
          <a href={`${path}?status=blocked`}>{count(totals.blocked)} are blocked</a>.
        </p>
      )}
      <PeopleList c={c} path={path} query={query} shown={shown} />
    </>,
    actions,
  );
  return show(c, { title: `Participants of ${head.name}`, section: "/campaigns", body });
});

peoplePages.get(`${ALL}/export`, (c) => sendExport(c, queryOf(c)));

peoplePages.get(`${OF_CAMPAIGN}/export`, async (c) => {
  const { id } = await headOf(c.var.ctx, campaignIdIn(c));
  return sendExport(c, { ...queryOf(c), campaign_id: id });
});

peoplePages.post(`${ALL}/status`, (c) => changeChosen(c, ALL));

peoplePages.post(`${OF_CAMPAIGN}/status`, async (c) => {
  const { id } = await headOf(c.var.ctx, campaignIdIn(c));
  return changeChosen(c, pathOf(id), id);
});

const sendExport = (c: PageContext, query: PeopleQuery) =>
  c.body(exported(c.var.ctx, query), 200, {
    "Content-Type": "text/csv; charset=utf-8",
    "Content-Disposition": 'attachment; filename="participants.csv"',
    "Cache-Control": "private, no-store",
  });

async function changeChosen(c: PageContext, path: string, campaignId?: number) {
  const form = await readForm(c, ChosenForm);
  const back = addressOf(path, queryOf(c));
  if (!form.ok) {
    if (form.errors.ids) return c.redirect(doneAt(back, "nobody_chosen"), 303);
    throw invalid("status", "There is no such status.");
  }
  await changeStatuses(c.var.ctx, form.value.ids, form.value.status, campaignId);
  return c.redirect(doneAt(back, form.value.status === "blocked" ? "blocked" : "activated"), 303);
}
