import { type Child, createContext, useContext } from "hono/jsx";
import { shownDomain } from "../../lib/domain";

type Choices = { id: number; brand_name: string }[];

/** Each campaign's brand, by the campaign's ID. Empty if the account has one brand. */
export function brandNames(choices: Choices): ReadonlyMap<number, string> {
  const isOne = new Set(choices.map(({ brand_name }) => brand_name)).size < 2;
  return new Map(isOne ? [] : choices.map(({ id, brand_name }) => [id, shownDomain(brand_name)]));
}

const Names = createContext<ReadonlyMap<number, string>>(new Map());

/** Names the brands of the campaigns in a list. An account of many brands has several campaigns of one name. */
export const BrandNames = ({ of, children }: { of: Choices; children: Child }) => (
  <Names.Provider value={brandNames(of)}>{children}</Names.Provider>
);

/** A link to a campaign's page, or to one of its tabs. */
export const CampaignLink = ({ id, name, tab = "" }: { id: number; name: string | null; tab?: string }) => {
  const brand = useContext(Names).get(id);
  return (
    <>
      <a href={`/campaigns/${id}${tab}`}>{name ?? `Campaign ${id}`}</a>
      {brand && <div class="quiet">{brand}</div>}
    </>
  );
};
