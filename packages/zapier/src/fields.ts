import type { Field, OutputField, Values } from "./platform.ts";

const brand: Field = {
  key: "brand_id",
  label: "Brand",
  type: "integer",
  dynamic: "brand.id.domain",
  altersDynamicFields: true,
  helpText: "Narrows the list of campaigns.",
};

const campaign: Field = { key: "campaign_id", label: "Campaign", type: "integer", dynamic: "campaign.id.name" };

/** One campaign, chosen from a list that a brand may narrow. */
export const oneCampaign = [brand, { ...campaign, required: true }];
export const anyCampaign = [brand, { ...campaign, helpText: "All campaigns of the account if left empty." }];

export const email: Field = { key: "email", label: "Email", type: "string" };
export const name: Field = { key: "name", label: "Name", type: "string" };
export const externalId: Field = {
  key: "external_id",
  label: "External ID",
  type: "string",
  helpText: "The participant's ID in your own system.",
};
export const metadata: Field = { key: "metadata", label: "Metadata", dict: true, helpText: "Anything else to store." };

const words = (key: string) =>
  key.replace(/(^|_+)(\w)/g, (_, gap: string, letter: string) => (gap ? " " : "") + letter.toUpperCase());
const titled = (key: string) =>
  words(key.replace(/^data__/, "")).replace(/\b(Id|Url)\b/g, (word) => word.toUpperCase());

function typeOf(value: unknown): Field["type"] {
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  if (typeof value === "boolean") return "boolean";
  return typeof value === "string" && /^\d{4}-\d\d-\d\dT/.test(value) ? "datetime" : "string";
}

/** Labels for a sample's fields. Zapier joins the keys of nested objects with two underscores. */
export function outputFields(sample: Values, prefix = ""): OutputField[] {
  return Object.entries(sample).flatMap(([key, value]): OutputField[] => {
    const path = prefix + key;
    if (Array.isArray(value)) return [];
    // Metadata has the account's own fields.
    if (typeof value === "object" && value !== null)
      return key === "metadata" ? [] : outputFields(value as Values, `${path}__`);
    return [{ key: path, label: titled(path), type: typeOf(value) }];
  });
}
