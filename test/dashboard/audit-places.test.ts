import { expect, it } from "vitest";
import { placeOf } from "../../src/dashboard/account/audit-place";
import { operations } from "../support/document";

/** Participants' actions, which the audit log does not record. */
const PARTICIPANTS = ["/api/widget/", "/api/v1/lander"];

it("every path that the API changes has a readable name", () => {
  const changed = operations
    .filter(({ method, security }) => method !== "GET" && security.length > 0)
    .filter(({ path }) => !PARTICIPANTS.some((start) => path.startsWith(start)))
    .map(({ path }) => placeOf({ path: path.replace("/api/v1", ""), thing: null, brand: null }).label);
  expect(changed.length).toBeGreaterThan(50);
  expect(changed.filter((label) => label.startsWith("/"))).toEqual([]);
});
