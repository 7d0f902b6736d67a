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
    audit: { unaudited: "Conversions come by the thousand, and their list has each one." },
    description:
      "A purchase, or anything else that counts. Each rule of the campaign for this event is applied in the same transaction. Sending the same `conversion_id` again changes nothing.",
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
      201: answers(Converted, "The conversion was recorded. `rewards` are those that it earned."),
      200: answers(Converted, "It was recorded before; nothing changed."),
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
    description: `Newest first; with \`after\`, oldest first. Filtered by \`event_name\`, the newest 10,000 are searched; with \`after\`, the next 10,000, so that a page may have fewer rows and yet a \`next_after\`. Over a whole account, each campaign has an equal part of the 10,000. ${COUNTED}`,
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
    description: "With its rewards, and what each rule decided.",
    tags,
    request: { params: ConversionParam },
    responses: { 200: answers(ConversionDetails, "The conversion."), ...fails("not_found") },
  }),
  async (c) =>
    c.json(ok(ConversionDetails, await conversionDetails(c.var.ctx, c.req.valid("param").conversionId)), 200),
);
