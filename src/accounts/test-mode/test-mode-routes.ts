import { z } from "zod";
import { memberOrSessionRoute } from "../../auth/session-route";
import { answers, createRouter, ok } from "../../lib/http";
import { deleteTestData } from "./test-account";

export const testModeRoutes = createRouter();

const TestDataDeleted = z
  .object({ deleted: z.literal(true) })
  .meta({ id: "TestDataDeleted", description: "Confirms that the account has no test data anymore." });

testModeRoutes.openapi(
  memberOrSessionRoute({
    method: "delete",
    path: "/test-data",
    operationId: "deleteTestData",
    summary: "Delete all test data",
    audit: "Deleted all test data",
    description:
      "Deletes everything in test mode: brands, campaigns, participants, rewards, webhooks, and emails. Live data is not touched, even if you use a live key. Test keys keep working.",
    tags: ["Keys"],
    responses: { 200: answers(TestDataDeleted, "Test mode is empty.") },
  }),
  async (c) => c.json(ok(TestDataDeleted, await deleteTestData(c.var.ctx)), 200),
);
