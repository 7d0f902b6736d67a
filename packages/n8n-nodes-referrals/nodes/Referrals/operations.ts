import type { INodeProperties, INodePropertyOptions } from "n8n-workflow";

export const resources: INodePropertyOptions[] = [
  { name: "Campaign", value: "campaign" },
  { name: "Conversion", value: "conversion" },
  { name: "Coupon Code", value: "coupon" },
  { name: "Participant", value: "participant" },
  { name: "Review", value: "review" },
  { name: "Reward", value: "reward" },
];

type Request = { method?: "GET" | "POST"; url: string; qs?: Record<string, unknown> };

/** An operation: its request, and the place of its items in the response. */
const operation = (name: string, value: string, action: string, request: Request, property = "data") =>
  ({
    name,
    value,
    action,
    description: action,
    routing: {
      request: { method: "GET", ...request },
      output: { postReceive: [{ type: "rootProperty", properties: { property } }] },
    },
  }) as INodePropertyOptions;

const of = (resource: string, first: string, options: INodePropertyOptions[]): INodeProperties => ({
  displayName: "Operation",
  name: "operation",
  type: "options",
  noDataExpression: true,
  displayOptions: { show: { resource: [resource] } },
  options,
  default: first,
});

const LIST = { limit: 100 };

export const operations: INodeProperties[] = [
  of("campaign", "getAll", [
    operation("Get Many", "getAll", "Get many campaigns", { url: "/campaigns", qs: LIST }, "data.campaigns"),
  ]),
  of("conversion", "create", [
    operation("Create", "create", "Record a conversion", { method: "POST", url: "/conversions" }),
  ]),
  of("coupon", "upload", [
    operation("Upload", "upload", "Upload coupon codes", {
      method: "POST",
      url: "=/campaigns/{{$parameter.campaignId}}/coupons",
    }),
  ]),
  of("participant", "upsert", [
    operation("Create or Update", "upsert", "Create or update a participant", {
      method: "POST",
      url: "/signups",
      qs: { upsert: true },
    }),
    operation("Create Referred", "refer", "Create a participant who was referred", {
      method: "POST",
      url: "/signups/referral",
    }),
    operation("Get", "get", "Get a participant", { url: "=/participants/{{$parameter.participantId}}" }),
    operation("Get Many", "getAll", "Get many participants", { url: "/participants", qs: LIST }, "data.participants"),
  ]),
  of("review", "getAll", [
    operation("Decide", "decide", "Decide a review", { method: "POST", url: "=/reviews/{{$parameter.reviewId}}" }),
    operation("Get Many", "getAll", "Get many reviews", { url: "/reviews", qs: LIST }, "data.reviews"),
  ]),
  of("reward", "getAll", [
    operation("Get Many", "getAll", "Get many rewards", { url: "/rewards", qs: LIST }, "data.rewards"),
    operation(
      "Mark as Paid",
      "markPaid",
      "Mark a reward as paid",
      { method: "POST", url: "/rewards/actions" },
      "data.results",
    ),
  ]),
];
