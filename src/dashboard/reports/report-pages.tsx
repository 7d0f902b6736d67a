import { z } from "zod";
import { audited } from "../../auth/audited";
import type { PageContext } from "../../auth/page-session";
import { brandChoices } from "../../campaigns/brand-choice";
import { campaignChoices, campaignLabel } from "../../campaigns/campaign-choice";
import {
  asReportLinks,
  endReport,
  lifetimes,
  NewReportLink,
  openReport,
  type ReportLinkRow,
  shareReport,
  storedLinks,
} from "../../campaigns/reports/report-link";
import { shownDomain } from "../../lib/domain";
import { notFound } from "../../lib/errors";
import { sendPage } from "../../lib/html";
import { createOpenPages, createPages } from "../doors/pages";
import { CampaignLink } from "../ui/campaign-link";
import { Problems, Select } from "../ui/field";
import { blank, type Form, submits } from "../ui/form";
import { cardOf, doneAt, show } from "../ui/layout";
import { Card, Confirm, Copy, Empty, Head, Table, Time } from "../ui/parts";
import { reportPage } from "./report-view";
import { SharedQuery, sharedReport } from "./shared-report";

const PATH = "/reports";
const TITLE = "Shared reports";

/** Links that show a brand's or campaign's numbers to people without an account. */
export const reportPages = createPages([PATH]);

const aboutOf = ({ campaign_id, campaign_name, brand_id, brand_name }: ReportLinkRow, isOfMany: boolean) =>
  campaign_id === null ? (
    <a href={`/brands/${brand_id}`}>{shownDomain(brand_name)}</a>
  ) : (
    <CampaignLink id={campaign_id} name={campaign_name} brand={isOfMany ? shownDomain(brand_name) : undefined} />
  );

async function listPage(c: PageContext, sent?: Form<unknown>) {
  const { ctx, session } = c.var;
  const mayChange = session.role !== "viewer";
  const [rows, brands, campaigns] = await ctx.db.batch([storedLinks(ctx), brandChoices(ctx), campaignChoices(ctx)]);
  const links = await asReportLinks(ctx, rows);
  const options = [
    ...campaigns.map(({ id, name, brand_name }) => [`campaign:${id}`, campaignLabel({ name, brand_name })] as const),
    ...brands.map(({ id, name }) => [`brand:${id}`, `All campaigns of ${shownDomain(name)}`] as const),
  ];
  const body = (
    <>
      <Head
        title={TITLE}
        about="A link shows the numbers of one brand or campaign to anyone who has it. It does not name any participants."
      />
      {mayChange && options.length > 0 && (
        <NewLink options={options} form={sent ?? blank({ about: c.req.query("about"), days: 30 })} />
      )}
      {links.length === 0 ? (
        <Empty title="No shared reports" icon="external-link">
          <p>Share one with a client or your team. You can end it at any time.</p>
        </Empty>
      ) : (
        <Table label={TITLE} columns={["Report", "Link", "Expires", ...(mayChange ? ["Actions"] : [])]}>
          {links.map((link) => (
            <tr>
              <td>{aboutOf(link, brands.length > 1)}</td>
              <td>
                <Copy value={link.url} label="the link" />
              </td>
              <td>
                <Time at={link.expires_at} />
              </td>
              {mayChange && (
                <td>
                  <Confirm
                    action={`${PATH}/${link.id}/end`}
                    button="End"
                    question="The link stops working for everyone."
                  />
                </td>
              )}
            </tr>
          ))}
        </Table>
      )}
    </>
  );
  return show(c, { title: TITLE, section: "/home", body, status: sent ? 400 : 200 });
}

type NewProps = { form: Form<unknown>; options: (readonly [string, string])[] };

const NewLink = ({ form, options }: NewProps) => (
  <Card title="Share a report">
    <form method="post" action={PATH}>
      <Problems form={form} />
      <div class="row">
        <Select form={form} name="about" label="Report" options={options} />
        <Select
          form={form}
          name="days"
          label="Expires after"
          options={lifetimes.map((days) => [days, days === 365 ? "1 year" : `${days} days`] as const)}
        />
      </div>
      <button type="submit">Create link</button>
    </form>
  </Card>
);

reportPages.get(PATH, (c) => listPage(c));

reportPages.post(
  PATH,
  audited("Shared a report by link"),
  ...submits(NewReportLink, listPage, async (c: PageContext, link) => {
    await shareReport(c.var.ctx, link);
    return c.redirect(doneAt(PATH, "shared"), 303);
  }),
);

const LinkParam = z.object({ id: z.coerce.number().int().positive() });

reportPages.post(`${PATH}/:id/end`, audited("Ended a shared report"), async (c) => {
  const param = LinkParam.safeParse(c.req.param());
  if (!param.success) throw notFound("report link");
  await endReport(c.var.ctx, param.data.id);
  return c.redirect(doneAt(PATH, "ended"), 303);
});

const gonePage = cardOf(
  "This report is no longer shared",
  <p>The link has expired or was ended. Ask the person who sent it to you for a new one.</p>,
);

/** The page behind a report link, for anyone who has the link. */
export const sharedReportPages = createOpenPages(["/report"]);

sharedReportPages.get("/report/:token", async (c) => {
  const link = await openReport(c.var.ctx, c.req.param("token"));
  if (!link) return sendPage(c, gonePage, 404);
  const query = SharedQuery.parse(c.req.query());
  c.header("X-Robots-Tag", "noindex, nofollow");
  c.header("Cache-Control", "private, no-store");
  return sendPage(c, reportPage(link, await sharedReport(c, link, query), query, c.req.path));
});
