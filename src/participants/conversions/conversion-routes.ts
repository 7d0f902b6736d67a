import { memberRoute, memberRouteCheckedLater } from "../../auth/route";
import { answers, createRouter, fails, listOf, ok, takes } from "../../lib/http";
import { ignoredIn, ignoredOf } from "../../lib/ignored";
import { COUNTED, walkPagination } from "../../lib/page";
import { conversionDetails, conversions, convert } from "./conversion";
import {
  Conversion,
  ConversionDetails,
  ConversionParam,
  ConversionQuery,
  Converted,
  NewConversion,
} from "./conversion-schema";

export const conversionRoutes = createRouter();

const tags = ["Conversions"];
const ConversionList = listOf("conversions", Conversion);

conversionRoutes.openapi(
  memberRouteCheckedLater({
    method: "post",
    path: "/conversions",
    operationId: "recordConversion",
    summary: "Record a conversion",
    audit: { unaudited: "There are thousands of conversions, and they have their own list." },
    description:
      "A purchase, or any other event that counts. The campaign's rules for this event are applied in the same transaction. Sending the same `conversion_id` again changes nothing.",
    tags,
    request: {
      body: takes(NewConversion, {
        campaign_id: 42,
        participant_id: 7,
        conversion_id: "order-1001",
        amount: 4999,
        currency: "USD",
      }),
    },
    responses: {
      201: answers(Converted, "The conversion was recorded. `rewards` are the rewards it earned."),
      200: answers(Converted, "It was already recorded. Nothing changed."),
      ...fails("bad_code", "not_found", "suspended", "conflict"),
    },
  }),
  async (c) => {
    const unknown = ignoredOf(NewConversion, await c.req.json());
    const recorded = await convert(c.var.ctx, c.req.valid("json"));
    const converted = { ...recorded, ignored: [...recorded.ignored, ...unknown] };
    return converted.duplicate ? c.json(ok(Converted, converted), 200) : c.json(ok(Converted, converted), 201);
  },
);

conversionRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/conversions",
    operationId: "listConversions",
    summary: "List conversions",
    description: `Newest first; with \`after\`, oldest first. With \`event_name\`, we search the newest 10,000; with \`after\`, the next 10,000, so a page may have fewer rows than \`limit\` and still have a \`next_after\`. In lists of the whole account, each campaign gets an equal share of the 10,000. ${COUNTED}`,
    tags,
    request: { query: ConversionQuery },
    responses: { 200: answers(ConversionList, "A page of conversions."), ...fails("not_found") },
  }),
  async (c) => {
    const query = c.req.valid("query");
    const page = await conversions(c.var.ctx, query);
    return c.json(
      ok(ConversionList, {
        conversions: page.rows,
        pagination: walkPagination(query, page),
        ignored: ignoredIn(c.req),
      }),
      200,
    );
  },
);

conversionRoutes.openapi(
  memberRoute({
    method: "get",
    path: "/conversions/{conversionId}",
    operationId: "getConversion",
    summary: "Get a conversion",
    description: "Includes its rewards, and each rule's decision.",
    tags,
    request: { params: ConversionParam },
    responses: { 200: answers(ConversionDetails, "The conversion."), ...fails("not_found") },
  }),
  async (c) =>
    c.json(ok(ConversionDetails, await conversionDetails(c.var.ctx, c.req.valid("param").conversionId)), 200),
);
