import type { MemberCtx } from "../lib/ctx";
import { shownDomain } from "../lib/domain";
import * as store from "./campaign-store";

export type CampaignChoice = Awaited<ReturnType<typeof store.campaignChoices>>[number];

const MAX = 500;

/** The account's newest campaigns for a select, as an unrun query. */
export const campaignChoices = (ctx: MemberCtx) =>
  store.campaignChoices(ctx.db, ctx.actor.memberId, ctx.actor.brandIds, MAX);

/** The campaigns as select options. `all` labels the option for no choice. */
export const campaignOptions = (choices: CampaignChoice[], all: string): [value: number | "", label: string][] => [
  ["", all],
  ...choices.map(({ id, name, brand_name }): [number, string] => [id, `${name} · ${shownDomain(brand_name)}`]),
];

/** The account's newest campaigns, for pages that run no other query. */
export async function campaignsToChoose(ctx: MemberCtx): Promise<CampaignChoice[]> {
  const [choices] = await ctx.db.batch([campaignChoices(ctx)]);
  return choices;
}
