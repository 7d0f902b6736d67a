import { audited, counted } from "../../auth/audited";
import type { PageContext } from "../../auth/page-session";
import { headOf } from "../../campaigns/campaign-head";
import { changeStatuses } from "../../participants/statuses";
import { createPages } from "../doors/pages";
import { campaignBody, campaignIdIn } from "../ui/campaign-frame";
import { blank, type Form, takesForm } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { count, Head } from "../ui/parts";
import { exported } from "./participant-export";
import { addressOf } from "./participant-filters";
import { ChosenForm, PeopleQuery } from "./participant-forms";
import { people, peopleOfCampaign } from "./participant-list";
import { PeopleList } from "./participant-list-view";

const ALL = "/participants";
const OF_CAMPAIGN = "/campaigns/:campaignId/participants";

export const peoplePages = createPages([ALL, OF_CAMPAIGN]);

const queryOf = (c: PageContext) => PeopleQuery.parse(c.req.query());
const pathOf = (campaignId: number) => `/campaigns/${campaignId}/participants`;

/** The refused form. Its selected rows stay selected if they are on the page. */
type Chosen = Form<unknown>;
const statusOf = ({ errors }: Chosen) => (Object.keys(errors).length > 0 ? 400 : 200);

async function showAll(c: PageContext, form: Chosen) {
  const query = queryOf(c);
  const shown = await people(c.var.ctx, query);
  const total = shown.campaigns.reduce((sum, campaign) => sum + campaign.total, 0);
  const body = (
    <>
      <Head title="Participants" about={`${count(total)} across all campaigns`} />
      <PeopleList c={c} path={ALL} query={query} shown={shown} form={form} />
    </>
  );
  return show(c, { title: "Participants", section: ALL, body, status: statusOf(form) });
}

async function showCampaigns(c: PageContext, form: Chosen) {
  const campaignId = campaignIdIn(c);
  const query = { ...queryOf(c), campaign_id: undefined };
  const path = pathOf(campaignId);
  const { head, ...shown } = await peopleOfCampaign(c.var.ctx, campaignId, query);
  const [totals] = shown.campaigns;
  const actions = c.var.session.role !== "viewer" && (
    <>
      <a class="button" href={`/campaigns/${campaignId}/import`}>
        Import
      </a>
      <a class="button main" href={`${path}/new`}>
        Add participant
      </a>
    </>
  );
  const body = campaignBody(
    head,
    "/participants",
    <>
      {totals && totals.total > 0 && (
        <p class="quiet">
          {count(totals.total)} total: <a href={`${path}?status=pending`}>{count(totals.pending)} pending</a> and{" "}
          <a href={`${path}?status=blocked`}>{count(totals.blocked)} blocked</a>.
        </p>
      )}
      <PeopleList c={c} path={path} query={query} shown={shown} form={form} />
    </>,
    actions,
  );
  return show(c, { title: `Participants · ${head.name}`, section: "/campaigns", body, status: statusOf(form) });
}

peoplePages.get(ALL, (c) => showAll(c, blank()));

peoplePages.get(OF_CAMPAIGN, (c) => showCampaigns(c, blank()));

peoplePages.get(`${ALL}/export`, (c) => exported(c.var.ctx, queryOf(c)));

peoplePages.get(`${OF_CAMPAIGN}/export`, async (c) => {
  const { id } = await headOf(c.var.ctx, campaignIdIn(c));
  return exported(c.var.ctx, { ...queryOf(c), campaign_id: id });
});

peoplePages.post(
  `${ALL}/status`,
  audited("Blocked or unblocked participants"),
  takesForm(ChosenForm, showAll),
  async (c) => changeChosen(c, c.req.valid("form"), ALL),
);

peoplePages.post(
  `${OF_CAMPAIGN}/status`,
  audited("Blocked or unblocked participants"),
  takesForm(ChosenForm, showCampaigns),
  async (c) => {
    const { id } = await headOf(c.var.ctx, campaignIdIn(c));
    return changeChosen(c, c.req.valid("form"), pathOf(id), id);
  },
);

async function changeChosen(c: PageContext, { ids, status }: ChosenForm, path: string, campaignId?: number) {
  const { refused } = await changeStatuses(c.var.ctx, ids, status, campaignId);
  counted(c, status === "blocked" ? "Blocked" : "Activated", new Set(ids).size - refused, "participant");
  const back = addressOf(path, queryOf(c));
  const done = status === "blocked" ? "blocked" : "activated";
  return c.redirect(doneAt(back, refused > 0 ? "plan_full" : done), 303);
}
