import type { MemberCtx } from "../lib/ctx";
import * as store from "./campaign-store";

export type CampaignChoice = Awaited<ReturnType<typeof store.campaignChoices>>[number];

const MAX = 500;

/** The account's campaigns to choose one of, the newest first, as an unrun query for the batch of the page that asks. */
export const campaignChoices = (ctx: MemberCtx) => store.campaignChoices(ctx.db, ctx.actor.memberId, MAX);

/** As the options of a form. `all` is what it is called to choose none of them. */
export const campaignOptions = (choices: CampaignChoice[], all: string): [value: number | "", label: string][] => [
  ["", all],
  ...choices.map(({ id, name, brand_domain }): [number, string] => [id, `${name} · ${brand_domain}`]),
];

/** The same for pages that show nothing else. */
export async function campaignsToChoose(ctx: MemberCtx): Promise<CampaignChoice[]> {
  const [choices] = await ctx.db.batch([campaignChoices(ctx)]);
  return choices;
}
