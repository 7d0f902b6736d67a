import type { Child } from "hono/jsx";
import { createPages, type PageContext } from "../auth/session";
import { PublishBadge } from "../dashboard/campaign-frame";
import { Input, Problems, TextArea } from "../dashboard/field";
import { blank, type Form, submit, valueAt } from "../dashboard/form";
import { doneAt, show } from "../dashboard/layout";
import { Card, Confirm, count, Empty, Head, Table, Tabs } from "../dashboard/parts";
import { Picture } from "../dashboard/picture";
import { asSent, editedForm } from "../drafts/sent";
import { ImageField } from "../images/upload";
import { notFound } from "../lib/errors";
import { TrendCard } from "../trends/chart";
import { TrendQuery } from "../trends/schema";
import { changeBrand, deleteBrand } from "./brand";
import { brandAtStake, brandOverview } from "./overview";
import { type Brand, BrandForm, BrandParam, type BrandStats } from "./schema";

const PATH = "/brands/:brandId";

const NUMBERS = ["Participants", "Shares", "Clicks", "Impressions"].map((number) => ({ number }));

/** A brand's numbers and campaigns, and its settings. */
export const brandPages = createPages(["/brands"]);

/** @throws 404 for what is no id. */
function idIn(c: PageContext): number {
  const param = BrandParam.safeParse(c.req.param());
  if (!param.success) throw notFound("brand");
  return param.data.brandId;
}

/** The head and tabs of a brand's pages. */
const framed = (brand: Brand, at: "" | "/settings", body: Child, actions?: Child) => (
  <>
    <Head
      title={brand.domain}
      about={
        <>
          <Picture url={brand.logo_url} name={brand.domain} />{" "}
          <a href={brand.url} rel="noreferrer">
            {brand.url}
          </a>
        </>
      }
    >
      {actions}
    </Head>
    <Tabs
      label="Brand"
      tabs={[
        [`/brands/${brand.id}`, "Overview"],
        [`/brands/${brand.id}/settings`, "Settings"],
      ]}
      at={`/brands/${brand.id}${at}`}
    />
    {body}
  </>
);

brandPages.get(PATH, async (c) => {
  const query = TrendQuery.parse(c.req.query());
  const { brand, stats, trend, campaigns, is_public } = await brandOverview(c.var.ctx, idIn(c), query.days);
  const totals = {
    participants: stats.total_participants,
    shares: stats.total_shares,
    clicks: stats.total_clicks,
    impressions: stats.total_impressions,
  };
  const newCampaign = `/campaigns/new?brand_id=${brand.id}`;
  const mayChange = c.var.session.role !== "viewer";
  const hidden = stats.total_campaigns - campaigns.length;
  const body = (
    <>
      <TrendCard trend={trend} query={query} path={`/brands/${brand.id}`} totals={totals} />
      <h2>Campaigns</h2>
      {campaigns.length === 0 ? (
        <Empty title="No campaigns yet">
          <p>A campaign is what people sign up to and share.</p>
          {mayChange && (
            <a class="button main" href={newCampaign}>
              Make the first one
            </a>
          )}
        </Empty>
      ) : (
        <Table label="Campaigns" columns={["Campaign", "Seen by", ...NUMBERS]}>
          {campaigns.map((campaign) => (
            <tr>
              <td>
                <a href={`/campaigns/${campaign.id}`}>{campaign.name}</a>
              </td>
              <td>
                <PublishBadge publish={campaign.publish} />
              </td>
              <td class="number">{count(campaign.total_participants)}</td>
              <td class="number">{count(campaign.total_shares)}</td>
              <td class="number">{count(campaign.total_clicks)}</td>
              <td class="number">{count(campaign.total_impressions)}</td>
            </tr>
          ))}
        </Table>
      )}
      {hidden > 0 && (
        <p>
          <a href={`/campaigns?brand_id=${brand.id}`}>All {count(stats.total_campaigns)} campaigns</a>
        </p>
      )}
    </>
  );
  const actions = (
    <>
      {is_public && (
        <a class="button" href={`/p/${brand.slug}`}>
          Public page
        </a>
      )}
      {mayChange && (
        <a class="button main" href={newCampaign}>
          New campaign
        </a>
      )}
    </>
  );
  return show(c, { title: brand.domain, section: "/brands", body: framed(brand, "", body, actions) });
});

brandPages.get(`${PATH}/settings`, async (c) => {
  const { brand, stats } = await brandAtStake(c.var.ctx, idIn(c));
  return showSettings(c, brand, stats, blank(brand));
});

const showSettings = (c: PageContext, brand: Brand, stats: BrandStats, form: Form<unknown>, status?: 400) =>
  show(c, {
    title: `Settings of ${brand.domain}`,
    section: "/brands",
    body: framed(
      brand,
      "/settings",
      c.var.session.role === "viewer" ? (
        <p>You may look at this brand, and not change it.</p>
      ) : (
        <>
          <BrandSettings form={form} brand={brand} />
          <Farewell brand={brand} stats={stats} />
        </>
      ),
    ),
    ...(status && { status }),
  });

const IMAGES = ["logo_url", "background_image"] as const;
const SOCIALS_MAX = 20;
const SPARE_ROWS = 2;

const BrandSettings = ({ form, brand }: { form: Form<unknown>; brand: Brand }) => {
  const kept = Object.keys(valueAt(form.values, "socials") ?? {}).length;
  const rows = Math.min(SOCIALS_MAX, Math.max(kept, brand.socials.length + SPARE_ROWS));
  return (
    <Card title="Settings">
      <form method="post" action={`/brands/${brand.id}`} enctype="multipart/form-data">
        <Problems form={form} />
        <div class="row">
          <Input
            form={form}
            name="url"
            label="Website"
            inputmode="url"
            required
            maxlength={2000}
            hint={
              brand.in_vnoc &&
              `Another domain than ${brand.domain} ends its link to VNOC, and with it the choice of tokens as a reward.`
            }
          />
          <Input
            form={form}
            name="slug"
            label="Address of the public page"
            hint={`/p/${brand.slug}, there as soon as a campaign is public. Links to the old address stop working when you change it.`}
            required
            maxlength={100}
          />
        </div>
        <TextArea
          form={form}
          name="description"
          label="Description"
          hint="Shown on the public page."
          maxlength={5000}
        />
        <div class="row">
          <ImageField form={form} name="logo_url" label="Logo" hint="The https address of an image." />
          <ImageField
            form={form}
            name="background_image"
            label="Background image"
            hint="Behind pages without their own."
          />
        </div>
        <fieldset>
          <legend>Social profiles</legend>
          <p class="hint">Empty a row to take it away. Save to get more rows.</p>
          {form.errors.socials && <p class="problem">{form.errors.socials}</p>}
          {Array.from({ length: rows }, (_, i) => (
            <div class="row">
              <Input form={form} name={`socials.${i}.social`} label={`Network ${i + 1}`} placeholder="instagram" />
              <Input
                form={form}
                name={`socials.${i}.profile_url`}
                label={`Profile ${i + 1}`}
                type="url"
                placeholder="https://instagram.com/acme"
              />
            </div>
          ))}
        </fieldset>
        <button type="submit">Save</button>
      </form>
    </Card>
  );
};

const its = (n: number, one: string) => `its ${count(n)} ${one}${n === 1 ? "" : "s"}`;

const Farewell = ({ brand, stats }: { brand: Brand; stats: BrandStats }) => (
  <Card title="Delete this brand">
    <Confirm
      action={`/brands/${brand.id}/delete`}
      button="Delete the brand"
      question={
        <>
          With <b>{brand.domain}</b> go {its(stats.total_campaigns, "campaign")},{" "}
          {its(stats.total_participants, "participant")}, all rewards, coupons, contests and pages, and every share link
          stops working. Nobody can bring them back.
        </>
      }
    />
  </Card>
);

brandPages.post(PATH, async (c) => {
  const { ctx } = c.var;
  const id = idIn(c);
  const { done, form } = await submit(await editedForm(c, BrandForm, IMAGES, asSent), (input) =>
    changeBrand(ctx, id, input),
  );
  if (done) return c.redirect(doneAt(`/brands/${id}/settings`, "saved"), 303);
  const { brand, stats } = await brandAtStake(ctx, id);
  return showSettings(c, brand, stats, form, 400);
});

brandPages.post(`${PATH}/delete`, async (c) => {
  await deleteBrand(c.var.ctx, idIn(c));
  return c.redirect(doneAt("/brands", "deleted"), 303);
});
