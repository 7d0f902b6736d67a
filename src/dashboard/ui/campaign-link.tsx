import { type Child, createContext, useContext } from "hono/jsx";
import type { BrandChoice } from "../../campaigns/brand-choice";
import { shownDomain } from "../../lib/domain";

type Choices = { id: number; brand_name: string }[];

/** Each campaign's brand, by the campaign's ID. Empty if the account has one brand. */
export function brandNames(choices: Choices): ReadonlyMap<number, string> {
  const isOne = new Set(choices.map(({ brand_name }) => brand_name)).size < 2;
  return new Map(isOne ? [] : choices.map(({ id, brand_name }) => [id, shownDomain(brand_name)]));
}

/** Each brand's name as shown with its campaigns. Empty if the account has one brand. */
export const brandsById = (brands: BrandChoice[]): BrandsById =>
  new Map(brands.length < 2 ? [] : brands.map(({ id, name }) => [id, shownDomain(name)]));
export type BrandsById = ReadonlyMap<number, string>;

const Names = createContext<ReadonlyMap<number, string>>(new Map());

/** Names the brands of the campaigns in a list. An account of many brands has several campaigns of one name. */
export const BrandNames = ({ of, children }: { of: Choices; children: Child }) => (
  <Names.Provider value={brandNames(of)}>{children}</Names.Provider>
);

type LinkProps = { id: number; name: string | null; tab?: string; brand?: string | undefined };

/** A link to a campaign's page, or to one of its tabs. `BrandNames` around it name the brand, or `brand` does. */
export const CampaignLink = ({ id, name, tab = "", brand: given }: LinkProps) => {
  const brand = given ?? useContext(Names).get(id);
  return (
    <>
      <a href={`/campaigns/${id}${tab}`}>{name ?? `Campaign ${id}`}</a>
      {brand && <div class="quiet">{brand}</div>}
    </>
  );
};
