import { z } from "zod";
import type { BrandChoice } from "../../campaigns/brand-choice";
import { shownDomain } from "../../lib/domain";
import { createPages } from "../doors/pages";
import { sendAccountFile } from "../ui/account-numbers";
import { AccountNumbers } from "../ui/account-overview";
import { type BrandsById, brandsById, CampaignLink } from "../ui/campaign-link";
import { Email } from "../ui/email";
import { show } from "../ui/layout";
import { Badge, Card, Empty, Head, Table, Time } from "../ui/parts";
import { OverviewQuery } from "../ui/period";
import { Concerns } from "./concerns";
import { home, type Newest } from "./home";
import { FirstSteps, isSetUp } from "./steps";

const PATH = "/home";

export const homePages = createPages([PATH]);

const HomeQuery = OverviewQuery.extend({ brand_id: z.coerce.number().int().positive().optional().catch(undefined) });

homePages.get(PATH, async (c) => {
  const { session } = c.var;
  const { brand_id, ...query } = HomeQuery.parse(c.req.query());
  const { totals, overview, brands, newest, concerns } = await home(c.var.ctx, query, brand_id);
  const named = brandsById(brands);
  const mayChange = session.role !== "viewer";
  const body = (
    <>
      <Head title="Home" about={session.account_name}>
        {totals.total_campaigns > 0 && (
          <a class="button" href="/reports">
            Shared reports
          </a>
        )}
        {mayChange && totals.total_brands > 0 && (
          <a class="button main" href="/campaigns/new">
            New campaign
          </a>
        )}
      </Head>
      {!isSetUp(totals) && <FirstSteps totals={totals} mayChange={mayChange} />}
      <Concerns
        concerns={concerns}
        brands={named}
        isVerified={session.is_verified}
        areMailsHere={c.env.DEV_MAIL === "on"}
      />
      {totals.total_campaigns > 0 && (
        <>
          {brands.length > 1 && <BrandFilter brands={brands} brandId={brand_id} query={query} />}
          <AccountNumbers overview={overview} query={query} path={PATH} brandId={brand_id} brands={named} />
          <NewestCard newest={newest} brands={named} />
        </>
      )}
    </>
  );
  return show(c, { title: "Home", section: PATH, body });
});

homePages.get(`${PATH}/analytics.csv`, async (c) => {
  const { brand_id, ...chosen } = HomeQuery.parse(c.req.query());
  return sendAccountFile(c, chosen, brand_id);
});

type FilterProps = { brands: BrandChoice[]; brandId: number | undefined; query: OverviewQuery };

const BrandFilter = ({ brands, brandId, query: { days, metric, from, to } }: FilterProps) => (
  <form class="filters" method="get" action={PATH}>
    <input type="hidden" name="days" value={days} />
    <input type="hidden" name="metric" value={metric} />
    {from && to && (
      <>
        <input type="hidden" name="from" value={from} />
        <input type="hidden" name="to" value={to} />
      </>
    )}
    <label>
      Brand{" "}
      <select name="brand_id">
        <option value="">All brands</option>
        {brands.map(({ id, name }) => (
          <option value={id} selected={id === brandId}>
            {shownDomain(name)}
          </option>
        ))}
      </select>
    </label>
    <button type="submit" class="button">
      Show
    </button>
  </form>
);

/** The number of newest participants that a phone lists. */
const PHONE_ROWS = 5;

const NewestCard = ({ newest, brands }: { newest: Newest[]; brands: BrandsById }) => (
  <Card title="Newest participants" actions={newest.length > 0 && <a href="/participants">All participants</a>}>
    {newest.length === 0 ? (
      <Empty title="No participants yet" icon="users">
        <p>New participants appear here.</p>
      </Empty>
    ) : (
      <Table label="Newest participants" columns={["Participant", "Campaign", "Source", "Signed up"]} isTerse>
        {newest.map((person, n) => (
          <tr class={n < PHONE_ROWS ? undefined : "wide"}>
            <td>
              <a href={`/participants/${person.id}`}>{person.name || <Email of={person.email} />}</a>{" "}
              {person.status !== "active" && (
                <Badge tone={person.status === "pending" ? "warn" : "bad"}>
                  {person.status === "pending" ? "Pending" : "Blocked"}
                </Badge>
              )}
            </td>
            <td>
              <CampaignLink id={person.campaign_id} name={person.campaign_name} brand={brands.get(person.brand_id)} />
            </td>
            <td>{person.is_referred ? "A friend" : <span class="quiet">Direct</span>}</td>
            <td>
              <Time at={person.date_signedup} />
            </td>
          </tr>
        ))}
      </Table>
    )}
  </Card>
);
