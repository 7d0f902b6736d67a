import { audited } from "../../auth/audited";
import { demandRole, type PageContext } from "../../auth/page-session";
import { NewBrands } from "../../campaigns/brands/brand-schema";
import { shownDomain } from "../../lib/domain";
import { createPages } from "../doors/pages";
import { Problems, TextArea } from "../ui/field";
import { blank, type Form, submits } from "../ui/form";
import { doneAt, show } from "../ui/layout";
import { ListTable, listFile } from "../ui/list-columns";
import { Pager } from "../ui/pager";
import { Badge, Card, count, Empty, Head, Table } from "../ui/parts";
import { createBrands, type Line } from "./brand-bulk";
import { brandColumns } from "./brand-columns";
import { BrandListQuery, brandList, brandSlice, SORTED_MAX } from "./brand-overview";

const PATH = "/brands";
const SHOWN = "50";

export const brandListPages = createPages([PATH]);

function pathOf({ q, sort }: BrandListQuery, base = PATH) {
  const set = { ...(q && { q }), ...(sort && sort !== "newest" && { sort }) };
  return Object.keys(set).length === 0 ? base : `${base}?${new URLSearchParams(set)}`;
}

brandListPages.get(PATH, async (c) => {
  const query = BrandListQuery.parse({ limit: SHOWN, ...c.req.query() });
  const { rows, total } = await brandList(c.var.ctx, query);
  const mayAdd = c.var.session.role !== "viewer" && c.var.session.brand_ids === null;
  const body = (
    <>
      <Head title="Brands" about="A brand is a website with campaigns.">
        {total > 0 && (
          <a class="button" href={pathOf(query, `${PATH}/export`)}>
            Export as CSV
          </a>
        )}
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
            {query.sort && <input type="hidden" name="sort" value={query.sort} />}
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
        <ListTable
          label="Brands"
          columns={brandColumns}
          rows={rows}
          sorter={total > SORTED_MAX ? null : { now: query.sort ?? "newest", to: (sort) => pathOf({ ...query, sort }) }}
        />
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
      <Pager page={query} total={total} path={pathOf(query)} />
    </>
  );
  return show(c, { title: "Brands", section: PATH, body });
});

brandListPages.get(`${PATH}/export`, (c) => {
  const query = BrandListQuery.parse(c.req.query());
  return listFile("brands", brandColumns, (page: number | undefined) => brandSlice(c.var.ctx, query, page ?? 1));
});

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
