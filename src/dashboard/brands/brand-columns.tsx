import { calledBrand } from "../../campaigns/brand-kit";
import type { ListColumn } from "../ui/list-columns";
import { count, Time } from "../ui/parts";
import { Picture } from "../ui/picture";
import type { BrandSort, BrandWithTotals } from "./brand-overview";

type Column = ListColumn<BrandWithTotals, BrandSort>;
type Total = Extract<keyof BrandWithTotals, `total_${string}`>;

const numbered = (at: number, heading: string, sort: BrandSort, total: Total): Column => ({
  name: sort,
  value: (brand) => brand[total],
  page: { at, heading, isNumber: true, sort: { down: sort }, cell: (brand) => count(brand[total]) },
});

/** The list of brands, on the page and as a file. */
export const brandColumns: Column[] = [
  { name: "id", value: ({ id }) => id },
  {
    name: "name",
    value: calledBrand,
    page: {
      at: 1,
      heading: "Brand",
      sort: { up: "name" },
      cell: (brand) => (
        <a class="brand-name" href={`/brands/${brand.id}`}>
          <Picture url={brand.logo_url} name={calledBrand(brand)} />
          {calledBrand(brand)}
        </a>
      ),
    },
  },
  { name: "domain", value: ({ domain }) => domain },
  numbered(2, "Campaigns", "campaigns", "total_campaigns"),
  numbered(3, "Participants", "participants", "total_participants"),
  numbered(4, "Shares", "shares", "total_shares"),
  numbered(5, "Clicks", "clicks", "total_clicks"),
  numbered(6, "Impressions", "impressions", "total_impressions"),
  {
    name: "date_added",
    value: ({ date_added }) => date_added,
    page: {
      at: 7,
      heading: "Added",
      sort: { down: "newest" },
      cell: ({ date_added }) => <Time at={date_added} />,
    },
  },
];
