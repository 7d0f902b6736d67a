import { nameIn, type Schema } from "./part-names";

/** Sample values by field name. Fields without a sample get one by type. */
const byName: Record<string, unknown> = {
  amount: 1999,
  balance: 500,
  brand_domain: "acme.com",
  brand_name: "Acme",
  campaign_name: "Bring a friend",
  code: "SPRING-7Q2M",
  contest_name: "Win a year of coffee",
  conversion_id: "order-1001",
  coupon: "SPRING-7Q2M",
  currency: "USD",
  domain: "acme.com",
  email: "grace@example.com",
  event_id: "evt_01hf7yat00c5m2r8kq3v9x4b6n",
  event_name: "purchase",
  external_id: "crm-7",
  font_family: "Inter, system-ui, sans-serif",
  invited_by: 41,
  invited_social: 6,
  language: "en",
  limit: 20,
  message: "Joined.",
  name: "Grace Hopper",
  page: 1,
  prefix: "ref_a1b2c3",
  rank: 1,
  reason: "earned",
  referral_code: "NDI6Njo3.x1Yz-0aBcDeFgH",
  refund_id: "refund-1",
  reward_type: 1,
  share_url: "https://referrals.example.com/t/NDI6Njo3.x1Yz-0aBcDeFgH",
  slug: "acme-com",
  social: "instagram",
  social_type: 6,
  total: 1,
  totalPages: 1,
};

const DAY = "2026-01-31";

/** An example value for a schema: its own example, or one built from its parts. */
export function sampleOf(schema: Schema, components: Record<string, Schema>, name = ""): unknown {
  const { example, anyOf, oneOf, type } = schema;
  const reference = nameIn(schema);
  if (example !== undefined) return example;
  if (schema.examples) return schema.examples[0];
  if (reference) return sampleOf(components[reference] ?? {}, components, name);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const variants = anyOf ?? oneOf;
  if (variants) {
    const filled = variants.filter((variant) => variant.type !== "null");
    const isNullable = filled.length < variants.length;
    return isNullable && !(name in byName) ? null : sampleOf(filled[0] ?? {}, components, name);
  }
  const types = [type ?? []].flat();
  if (types.includes("null") && !(name in byName)) return null;
  if (types.includes("object")) {
    const fields = Object.entries(schema.properties ?? {});
    return Object.fromEntries(fields.map(([field, inner]) => [field, sampleOf(inner, components, field)]));
  }
  if (types.includes("array")) return schema.items ? [sampleOf(schema.items, components, name)] : [];
  if (types.includes("boolean")) return false;
  if (types.includes("integer") || types.includes("number")) return numberOf(schema, name);
  return textOf(schema, name);
}

function numberOf({ minimum = 0 }: Schema, name: string) {
  if (typeof byName[name] === "number") return byName[name];
  return name === "id" || name.endsWith("_id") ? 42 : minimum;
}

function textOf({ format }: Schema, name: string) {
  if (format === "date-time") return `${DAY}T12:00:00.000Z`;
  if (format === "date") return DAY;
  if (format === "email") return "grace@example.com";
  if (typeof byName[name] === "string") return byName[name];
  return format === "uri" || /(^|_)(url|link|image)$/.test(name) ? "https://example.com/" : "text";
}
