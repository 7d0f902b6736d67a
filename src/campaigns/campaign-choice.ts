import type { MemberCtx } from "../lib/ctx";
import { shownDomain } from "../lib/domain";
import * as store from "./campaign-store";

export type CampaignChoice = Awaited<ReturnType<typeof store.campaignChoices>>[number];

const MAX = 500;

/** The account's newest campaigns for a select, as an unrun query. */
export const campaignChoices = (ctx: MemberCtx) =>
  store.campaignChoices(ctx.db, ctx.actor.memberId, ctx.actor.brandIds, MAX);

type Named = Pick<CampaignChoice, "id" | "name" | "brand_name">;

/** A campaign's name with its brand's, if known: an account of many brands has campaigns of one name. */
export const campaignLabel = ({ name, brand_name }: { name: string; brand_name?: string | null | undefined }) =>
  brand_name ? `${name} · ${shownDomain(brand_name)}` : name;

/** A list's note when only one campaign's rows are shown. */
export function chosenLabel(choices: Named[], chosen: number): string {
  const campaign = choices.find(({ id }) => id === chosen);
  return campaign ? campaignLabel(campaign) : "One campaign";
}

/** The campaigns as select options. `all` labels the option for no choice. */
export const campaignOptions = (choices: Named[], all: string): [value: number | "", label: string][] => [
  ["", all],
  ...choices.map((choice): [number, string] => [choice.id, campaignLabel(choice)]),
];

/** The account's newest campaigns, for pages that run no other query. */
export async function campaignsToChoose(ctx: MemberCtx): Promise<CampaignChoice[]> {
  const [choices] = await ctx.db.batch([campaignChoices(ctx)]);
  return choices;
}
