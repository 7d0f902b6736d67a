import { audited } from "../../auth/audited";
import type { PageContext } from "../../auth/page-session";
import { calledBrand } from "../../campaigns/brand-kit";
import { brandOf, changeBrand, deleteBrand } from "../../campaigns/brands/brand";
import { type Brand, BrandForm } from "../../campaigns/brands/brand-schema";
import { addDomain, domainOf, removeDomain, verifyDomain } from "../../campaigns/domains/domain";
import { DomainParam, NewDomain } from "../../campaigns/domains/domain-schema";
import type { Findings } from "../../campaigns/proof/domain-proof";
import { proveDomain } from "../../campaigns/proof/proof";
import { notFound } from "../../lib/errors";
import { createPages } from "../doors/pages";
import { sendAccountFile } from "../ui/account-numbers";
import { AccountNumbers } from "../ui/account-overview";
import { PublishBadge } from "../ui/campaign-frame";
import { edits } from "../ui/edits";
import { blank, type Form, submits } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { count, Empty, Table } from "../ui/parts";
import { OverviewQuery } from "../ui/period";
import { shown } from "../ui/seen";
import { WholeAccount } from "../ui/whole-account";
import { Withheld } from "../ui/withheld";
import { brandIdIn, framedBrand } from "./brand-frame";
import { brandAtStake, brandOverview } from "./brand-overview";
import { BrandSettings, Farewell } from "./brand-settings-form";
import { DomainCard } from "./domain-card";
import { HostCard } from "./host-card";

const PATH = "/brands/:brandId";

const NUMBERS = ["Participants", "Shares", "Clicks", "Impressions"].map((number) => ({ number }));

export const brandPages = createPages(["/brands"]);

brandPages.get(PATH, async (c) => {
  const query = OverviewQuery.parse(c.req.query());
  const { brand, stats, overview, campaigns, is_public } = await brandOverview(c.var.ctx, brandIdIn(c), query);
  const newCampaign = `/campaigns/new?brand_id=${brand.id}`;
  const mayChange = c.var.session.role !== "viewer";
  const hidden = stats.total_campaigns - campaigns.length;
  const { reason } = brand.sending;
  const body = (
    <>
      {reason && (
        <div class="notice warn">
          <Withheld reason={reason} brand={brand} />
        </div>
      )}
      {stats.total_campaigns > 0 && (
        <AccountNumbers overview={overview} query={query} path={`/brands/${brand.id}`} brandId={brand.id} />
      )}
      <h2>Campaigns</h2>
      {campaigns.length === 0 ? (
        <Empty title="No campaigns yet" icon="megaphone">
          <p>Create a campaign for people to join and share.</p>
          {mayChange && (
            <a class="button main" href={newCampaign}>
              Create your first campaign
            </a>
          )}
        </Empty>
      ) : (
        <Table label="Campaigns" columns={["Campaign", "Visibility", ...NUMBERS]}>
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
      <WholeAccount>
        <a class="button" href={`/reports?about=brand:${brand.id}`}>
          Share report
        </a>
      </WholeAccount>
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
  return show(c, { title: calledBrand(brand), section: "/brands", body: framedBrand(brand, "", body, actions) });
});

brandPages.get(`${PATH}/analytics.csv`, (c) => sendAccountFile(c, OverviewQuery.parse(c.req.query()), brandIdIn(c)));

brandPages.get(`${PATH}/settings`, async (c) => {
  return showSettings(c, await brandAtStake(c.var.ctx, brandIdIn(c)));
});

type AtStake = Awaited<ReturnType<typeof brandAtStake>>;
type Shown = { form?: Form<unknown>; checked?: Findings; host?: Form<unknown> };

const showSettings = (c: PageContext, { brand, stats, hosts }: AtStake, { form, checked, host }: Shown = {}) =>
  show(c, {
    title: `Settings · ${calledBrand(brand)}`,
    section: "/brands",
    body: framedBrand(
      brand,
      "/settings",
      c.var.session.role === "viewer" ? (
        <p>You can view this brand but not change it.</p>
      ) : (
        <>
          <DomainCard brand={brand} checked={checked} />
          <HostCard brand={brand} hosts={hosts} form={host ?? blank()} />
          <BrandSettings form={form ?? shown(settingsOf(brand))} brand={brand} />
          <Farewell brand={brand} stats={stats} />
        </>
      ),
    ),
    ...((form || host) && { status: 400 }),
  });

const settingsOf = ({ url, slug, description, reply_to, socials }: Brand) => ({
  url,
  slug,
  description,
  reply_to,
  socials,
});

brandPages.post(
  PATH,
  audited("Updated a brand"),
  edits({
    schema: BrandForm,
    stored: async (c: PageContext) => settingsOf(await brandOf(c.var.ctx, brandIdIn(c))),
    page: async (c, form) => showSettings(c, await brandAtStake(c.var.ctx, brandIdIn(c)), { form }),
    run: async (c, input) => {
      const { id } = await changeBrand(c.var.ctx, brandIdIn(c), input);
      return c.redirect(doneAt(`/brands/${id}/settings`, "saved"), 303);
    },
  }),
);

brandPages.post(`${PATH}/verify`, audited("Checked a brand's domain"), async (c) => {
  const id = brandIdIn(c);
  const checked = await proveDomain(c.var.ctx, id);
  const atStake = await brandAtStake(c.var.ctx, id);
  if (atStake.brand.verification.status === "proven")
    return c.redirect(doneAt(`/brands/${id}/settings`, "domain_proven"), 303);
  return showSettings(c, atStake, { checked });
});

brandPages.post(`${PATH}/delete`, audited("Deleted a brand and its campaigns"), async (c) => {
  await deleteBrand(c.var.ctx, brandIdIn(c));
  return c.redirect(doneAt("/brands", "deleted"), 303);
});

brandPages.post(
  `${PATH}/hosts`,
  audited("Added a host"),
  ...submits(
    NewDomain,
    async (c: PageContext, host) => showSettings(c, await brandAtStake(c.var.ctx, brandIdIn(c)), { host }),
    async (c, { hostname }) => {
      const id = brandIdIn(c);
      await addDomain(c.var.ctx, id, hostname);
      return c.redirect(doneAt(`/brands/${id}/settings`, "saved"), 303);
    },
  ),
);

/** @throws 404 if the ID is invalid */
/** The host in a path, which must belong to the brand in the path. @throws 404 */
async function hostIdIn(c: PageContext): Promise<number> {
  const param = DomainParam.safeParse(c.req.param());
  if (!param.success) throw notFound("domain");
  const { id, brand_id } = await domainOf(c.var.ctx, param.data.domainId);
  if (brand_id !== brandIdIn(c)) throw notFound("domain");
  return id;
}

brandPages.post(`${PATH}/hosts/:domainId/verify`, audited("Checked a host"), async (c) => {
  await verifyDomain(c.var.ctx, await hostIdIn(c));
  return c.redirect(doneAt(`/brands/${brandIdIn(c)}/settings`, "saved"), 303);
});

brandPages.post(`${PATH}/hosts/:domainId/delete`, audited("Removed a host"), async (c) => {
  await removeDomain(c.var.ctx, await hostIdIn(c));
  return c.redirect(doneAt(`/brands/${brandIdIn(c)}/settings`, "deleted"), 303);
});
