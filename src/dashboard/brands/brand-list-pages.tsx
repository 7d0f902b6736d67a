import { audited } from "../../auth/audited";
import { demandRole, type PageContext } from "../../auth/page-session";
import { calledBrand } from "../../campaigns/brand-kit";
import { BrandQuery, NewBrands } from "../../campaigns/brands/brand-schema";
import { shownDomain } from "../../lib/domain";
import { createPages } from "../doors/pages";
import { Problems, TextArea } from "../ui/field";
import { blank, type Form, submits } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { Pager } from "../ui/pager";
import { Badge, Card, count, Empty, Head, Table, Time } from "../ui/parts";
import { Picture } from "../ui/picture";
import { createBrands, type Line } from "./brand-bulk";
import { type BrandWithTotals, brandList } from "./brand-overview";

const PATH = "/brands";
const SHOWN = "50";

export const brandListPages = createPages([PATH]);

brandListPages.get(PATH, async (c) => {
  const query = BrandQuery.parse({ limit: SHOWN, ...c.req.query() });
  const { rows, total } = await brandList(c.var.ctx, query);
  const mayAdd = c.var.session.role !== "viewer" && c.var.session.brand_ids === null;
  const body = (
    <>
      <Head title="Brands" about="A brand is a website with campaigns.">
        {mayAdd && (
          <a class="button main" href={`${PATH}/new`}>
            Add brands
          </a>
        )}
      </Head>
      {(query.q !== "" || total > 0) && (
        <search>
          <form method="get" action={PATH} class="search">
            <label for="brand-search" class="unseen">
              Search by name or domain
            </label>
            <input
              id="brand-search"
              type="search"
              name="q"
              value={query.q}
              placeholder="Search by name or domain"
              data-search
            />
            <button type="submit" class="button">
              Search
            </button>
            <span class="quiet">
              Press <kbd>/</kbd> to search
            </span>
          </form>
        </search>
      )}
      {rows.length > 0 ? (
        <BrandTable rows={rows} />
      ) : query.q === "" ? (
        <Empty title="No brands yet" icon="store">
          <p>Add the website you want people to recommend.</p>
          {mayAdd && (
            <a class="button main" href={`${PATH}/new`}>
              Add your first brand
            </a>
          )}
        </Empty>
      ) : (
        <Empty title={`No brand contains “${query.q}”`}>
          <a href={PATH}>All brands</a>
        </Empty>
      )}
      <Pager page={query} total={total} path={query.q ? `${PATH}?${new URLSearchParams({ q: query.q })}` : PATH} />
    </>
  );
  return show(c, { title: "Brands", section: PATH, body });
});

const BrandTable = ({ rows }: { rows: BrandWithTotals[] }) => (
  <Table label="Brands" columns={["Brand", ...NUMBERS, "Added"]}>
    {rows.map((brand) => (
      <tr>
        <td>
          <a class="brand-name" href={`${PATH}/${brand.id}`}>
            <Picture url={brand.logo_url} name={calledBrand(brand)} />
            {calledBrand(brand)}
          </a>
        </td>
        <td class="number">{count(brand.total_campaigns)}</td>
        <td class="number">{count(brand.total_participants)}</td>
        <td class="number">{count(brand.total_shares)}</td>
        <td class="number">{count(brand.total_clicks)}</td>
        <td class="number">{count(brand.total_impressions)}</td>
        <td>
          <Time at={brand.date_added} />
        </td>
      </tr>
    ))}
  </Table>
);

const NUMBERS = ["Campaigns", "Participants", "Shares", "Clicks", "Impressions"].map((number) => ({ number }));

brandListPages.get(`${PATH}/new`, (c) => {
  demandRole(c.var.session, "editor");
  return show(c, { title: "Add brands", section: PATH, body: newPage(blank()) });
});

const newPage = (form: Form<unknown>) => (
  <>
    <Head crumbs={[["/brands", "Brands"]]} title="Add brands" about="A brand is a website. Enter its address." />
    <Card>
      <AddForm form={form} label="Websites" />
    </Card>
    <p>
      <a href={PATH}>All brands</a>
    </p>
  </>
);

const AddForm = ({ form, label }: { form: Form<unknown>; label: string }) => (
  <form method="post" action={PATH}>
    <Problems form={form} />
    <TextArea
      form={form}
      name="urls"
      label={label}
      hint="One address per line, up to 100."
      rows={8}
      placeholder={"acme.com\nshop.example.org"}
      spellcheck="false"
      autocapitalize="none"
      required
    />
    <button type="submit">Add</button>
  </form>
);

brandListPages.post(
  PATH,
  audited("Created brands"),
  ...submits(
    NewBrands,
    (c: PageContext, form) => show(c, { title: "Add brands", section: PATH, body: newPage(form), status: 400 }),
    async (c, { urls }) => {
      const lines = await createBrands(c.var.ctx, urls);
      const [first] = lines;
      if (lines.length === 1 && first?.result === "made")
        return c.redirect(doneAt(`${PATH}/${first.id}`, "created"), 303);
      return show(c, { title: "Brands added", section: PATH, body: resultPage(lines), status: 201 });
    },
  ),
);

const were = (n: number) => `${count(n)} ${n === 1 ? "was" : "were"}`;

function resultPage(lines: Line[]) {
  const of = (result: Line["result"]) => lines.filter((line) => line.result === result);
  const refused = of("refused");
  return (
    <>
      <Head
        title={`${count(of("made").length)} of ${count(lines.length)} added`}
        about={`${were(of("there").length)} already there, ${were(refused.length)} refused.`}
      >
        <a class="button main" href={PATH}>
          All brands
        </a>
      </Head>
      <Table label="Results" columns={["Line", "Result", "Next step"]}>
        {lines.map((line) => (
          <tr>
            <td>{line.url}</td>
            <td>
              <Result line={line} />
            </td>
            <td>
              {line.result === "refused" ? (
                line.why
              ) : (
                <a href={`${PATH}/${line.id}`} aria-label={`Open ${shownDomain(line.domain)}`}>
                  Open
                </a>
              )}
            </td>
          </tr>
        ))}
      </Table>
      {refused.length > 0 && (
        <Card title="Correct the refused lines and try again">
          <AddForm form={blank({ urls: refused.map(({ url }) => url).join("\n") })} label="Refused lines" />
        </Card>
      )}
    </>
  );
}

const Result = ({ line }: { line: Line }) => {
  if (line.result === "made") return <Badge tone="good">Added</Badge>;
  if (line.result === "there") return <Badge>Already there</Badge>;
  return <Badge tone="bad">Refused</Badge>;
};
