import { expect, it } from "vitest";
import { placeOf } from "../src/dashboard/account/audit-place";
import { operations } from "./support/document";

/** Of these, the audit log keeps none: they are the operator's, or need no account. */
const UNKEPT = ["/operator", "/email-events"];

it("names every place that a member changes through the API in words", () => {
  const changes = operations.filter(
    ({ method, path, security }) =>
      method !== "get" && security.length > 0 && !UNKEPT.some((start) => path.startsWith(start)),
  );
  const unnamed = changes
    .map(({ path }) => placeOf(path.replace(/^\/api\/v1/, ""), null).label)
    .filter((label) => label.startsWith("/"));
  expect(changes.length).toBeGreaterThan(50);
  expect(unnamed).toEqual([]);
});
