import { Hono } from "hono";
import { z } from "zod";
import { audited } from "../../auth/audited";
import type { PageContext, PageEnv } from "../../auth/page-session";
import { changeCampaign, deleteCampaign } from "../../campaigns/campaign/campaign";
import { CampaignChange, NewDuplicate } from "../../campaigns/campaign/campaign-schema";
import { duplicateCampaign } from "../../campaigns/campaign/duplicate";
import { shownDomain } from "../../lib/domain";
import { campaignBody, campaignIdIn } from "../ui/campaign-frame";
import { edits } from "../ui/edits";
import { Input, Problems, Select } from "../ui/field";
import { blank, type Form, submits } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { Card, Confirm } from "../ui/parts";
import { SaveBar } from "../ui/save-bar";
import { shown } from "../ui/seen";
import { type CampaignSettings, campaignSettings } from "./settings";
import { SettingsFields } from "./settings-fields";
import { StatusCard } from "./status-card";

const PATH = "/campaigns/:campaignId/settings";

const StatusChange = CampaignChange.pick({ status: true, starts_at: true, ends_at: true });
const SettingsChange = CampaignChange.omit({
  reward_type: true,
  reward_invited: true,
  reward: true,
  status: true,
  starts_at: true,
  ends_at: true,
});

export const settingsPage = new Hono<PageEnv>();

settingsPage.get(PATH, async (c) => {
  const settings = await campaignSettings(c.var.ctx, campaignIdIn(c));
  return showSettings(c, settings);
});

const valuesOf = ({ campaign }: CampaignSettings) => ({
  ...campaign,
  countdown_end: campaign.countdown_end?.toISOString() ?? null,
});

const datesOf = ({ campaign }: CampaignSettings) => ({
  starts_at: campaign.starts_at?.toISOString() ?? null,
  ends_at: campaign.ends_at?.toISOString() ?? null,
});

const settingsIn = (c: PageContext) => campaignSettings(c.var.ctx, campaignIdIn(c));

async function save(c: PageContext, change: CampaignChange) {
  const id = campaignIdIn(c);
  await changeCampaign(c.var.ctx, id, change);
  return c.redirect(doneAt(`/campaigns/${id}/settings`, "saved"), 303);
}

settingsPage.post(
  PATH,
  audited("Updated a campaign's settings"),
  edits({
    schema: SettingsChange,
    stored: async (c: PageContext) => valuesOf(await settingsIn(c)),
    page: async (c, form) => showSettings(c, await settingsIn(c), { form }),
    choices: { goal_type: ["num_signups", "num_visits"] },
    run: save,
  }),
);

settingsPage.post(
  "/campaigns/:campaignId/status",
  audited("Changed a campaign's status"),
  edits({
    schema: StatusChange,
    stored: async (c: PageContext) => datesOf(await settingsIn(c)),
    page: async (c, statusForm) => showSettings(c, await settingsIn(c), { statusForm }),
    run: save,
  }),
);

settingsPage.post(
  "/campaigns/:campaignId/duplicate",
  audited("Duplicated a campaign"),
  ...submits(
    z.object({ copy: NewDuplicate }),
    async (c: PageContext, copyForm) => showSettings(c, await settingsIn(c), { copyForm }),
    async (c, { copy }) => {
      const { id } = await duplicateCampaign(c.var.ctx, campaignIdIn(c), copy);
      return c.redirect(doneAt(`/campaigns/${id}/settings`, "created"), 303);
    },
  ),
);

settingsPage.post("/campaigns/:campaignId/delete", audited("Deleted a campaign and its participants"), async (c) => {
  await deleteCampaign(c.var.ctx, campaignIdIn(c));
  return c.redirect(doneAt("/campaigns", "deleted"), 303);
});

function showSettings(
  c: PageContext,
  settings: CampaignSettings,
  {
    form = shown(valuesOf(settings)),
    statusForm = shown(datesOf(settings)),
    copyForm = blank({ copy: { name: `${settings.campaign.name} (copy)`, brand_id: settings.campaign.brand_id } }),
  }: { form?: Form<unknown>; statusForm?: Form<unknown>; copyForm?: Form<unknown> } = {},
) {
  const { head } = settings;
  const canChange = c.var.session.role !== "viewer";
  const body = (
    <>
      <form method="post" action={`/campaigns/${head.id}/settings`}>
        <Problems form={form} />
        <fieldset class="campaign-settings" disabled={!canChange}>
          <legend class="unseen">Settings</legend>
          <SettingsFields form={form} settings={settings} />
        </fieldset>
        {canChange && <SaveBar />}
      </form>
      {canChange && <StatusCard head={head} campaign={settings.campaign} form={statusForm} />}
      {canChange && (
        <Card title="Duplicate campaign" id="duplicate">
          <form method="post" action={`/campaigns/${head.id}/duplicate`}>
            <Problems form={copyForm} />
            <div class="row">
              <Input form={copyForm} name="copy.name" label="Name of the copy" maxlength={200} required />
              <Select
                form={copyForm}
                name="copy.brand_id"
                label="Brand of the copy"
                options={settings.brands.map(({ id, name }) => [id, shownDomain(name)] as const)}
              />
            </div>
            <p class="hint">
              Creates a draft with these settings, the widget, the landing page, the emails, and the rewards.
              Participants, coupon codes, and the contest are not copied.
            </p>
            <button type="submit" class="button">
              Duplicate
            </button>
          </form>
        </Card>
      )}
      {canChange && (
        <Card title="Delete campaign">
          <Confirm
            action={`/campaigns/${head.id}/delete`}
            button="Delete"
            question={`Deletes “${head.name}” with its participants, rewards, coupons, webhooks, and contest. Share links then lead to the home page. This cannot be undone.`}
          />
        </Card>
      )}
    </>
  );
  return show(c, {
    title: `Settings · ${head.name}`,
    section: "/campaigns",
    body: campaignBody(head, "/settings", body),
    status: [form, statusForm, copyForm].some(({ errors }) => Object.keys(errors).length > 0) ? 400 : 200,
  });
}
