import { call } from "./api.ts";
import type { Bundle, Values, Z } from "./platform.ts";
import { brandSample, campaignSample } from "./samples.ts";

const PAGE = 100;

/** A hidden trigger that provides a field's choices. */
const choice = (key: string, noun: string, list: string, sample: Values, narrowing?: string) => ({
  key,
  noun,
  display: { label: `List of ${noun}s`, description: `Lists the ${noun.toLowerCase()}s to choose from.`, hidden: true },
  operation: {
    type: "polling",
    canPaginate: true,
    perform: async (z: Z, bundle: Bundle) => {
      const narrowed = narrowing ? { [narrowing]: bundle.inputData[narrowing] } : {};
      const params = { ...narrowed, limit: PAGE, page: (bundle.meta?.page ?? 0) + 1 };
      return (await call<Record<string, Values[]>>(z, bundle, list, { params }))[list];
    },
    sample,
  },
});

export const choices = {
  brand: choice("brand", "Brand", "brands", brandSample),
  campaign: choice("campaign", "Campaign", "campaigns", campaignSample, "brand_id"),
};
