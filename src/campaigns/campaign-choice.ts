import type { MemberCtx } from "../lib/ctx";
import { shownDomain } from "../lib/domain";
import * as store from "./campaign-store";

export type CampaignChoice = Awaited<ReturnType<typeof store.campaignChoices>>[number];

const MAX = 500;

/** The account's newest campaigns for a select, as an unrun query. */
export const campaignChoices = (ctx: MemberCtx) =>
  store.campaignChoices(ctx.db, ctx.actor.memberId, ctx.actor.brandIds, MAX);

type Named = Pick<CampaignChoice, "id" | "name" | "brand_name">;

/** An account of many brands has campaigns of one name. */
const labelOf = ({ name, brand_name }: Named) => `${name} · ${shownDomain(brand_name)}`;

/** What a list says when only one campaign's rows are shown. */
export function chosenLabel(choices: Named[], chosen: number): string {
  const campaign = choices.find(({ id }) => id === chosen);
  return campaign ? labelOf(campaign) : "One campaign";
}

/** The campaigns as select options. `all` labels the option for no choice. */
export const campaignOptions = (choices: Named[], all: string): [value: number | "", label: string][] => [
  ["", all],
  ...choices.map((choice): [number, string] => [choice.id, labelOf(choice)]),
];

/** The account's newest campaigns, for pages that run no other query. */
export async function campaignsToChoose(ctx: MemberCtx): Promise<CampaignChoice[]> {
  const [choices] = await ctx.db.batch([campaignChoices(ctx)]);
  return choices;
}
