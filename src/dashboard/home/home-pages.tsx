import { TrendQuery } from "../../campaigns/stats/trend-schema";
import { shownEmail } from "../../lib/email-address";
import { createPages } from "../doors/pages";
import { show } from "../ui/layout";
import { Badge, Card, Empty, Head, Table, Time } from "../ui/parts";
import { TrendCard } from "../ui/trend-chart";
import { Concerns } from "./concerns";
import { home, type Newest } from "./home";
import { FirstSteps, isSetUp } from "./steps";

const PATH = "/home";

export const homePages = createPages([PATH]);

homePages.get(PATH, async (c) => {
  const { session } = c.var;
  const query = TrendQuery.parse(c.req.query());
  const { totals, trend, newest, concerns } = await home(c.var.ctx, query.days);
  const mayChange = session.role !== "viewer";
  const inAll = {
    participants: totals.total_participants,
    shares: totals.total_shares,
    clicks: totals.total_clicks,
    impressions: totals.total_impressions,
  };
  const body = (
    <>
      <Head title="Home" about={session.account_name}>
        {mayChange && totals.total_brands > 0 && (
          <a class="button main" href="/campaigns/new">
            New campaign
          </a>
        )}
      </Head>
      {!isSetUp(totals) && <FirstSteps totals={totals} mayChange={mayChange} />}
      <Concerns concerns={concerns} isVerified={session.is_verified} areMailsHere={c.env.DEV_MAIL === "on"} />
      {totals.total_campaigns > 0 && (
        <>
          <TrendCard trend={trend} query={query} path={PATH} totals={inAll} />
          <NewestCard newest={newest} />
        </>
      )}
    </>
  );
  return show(c, { title: "Home", section: PATH, body });
});

const NewestCard = ({ newest }: { newest: Newest[] }) => (
  <Card title="Newest participants" actions={newest.length > 0 && <a href="/participants">All participants</a>}>
    {newest.length === 0 ? (
      <Empty title="No participants yet" icon="users">
        <p>New participants appear here.</p>
      </Empty>
    ) : (
      <Table label="Newest participants" columns={["Participant", "Campaign", "Source", "Signed up"]}>
        {newest.map((person) => (
          <tr>
            <td>
              <a href={`/participants/${person.id}`}>{person.name || shownEmail(person.email)}</a>{" "}
              {person.status !== "active" && (
                <Badge tone={person.status === "pending" ? "warn" : "bad"}>
                  {person.status === "pending" ? "Pending" : "Blocked"}
                </Badge>
              )}
            </td>
            <td>
              <a href={`/campaigns/${person.campaign_id}`}>{person.campaign_name}</a>
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
