import { memberRoute } from "../../auth/route";
import { answers, createRouter, ok, takes } from "../../lib/http";
import { erasePerson, personData } from "./privacy";
import { PersonData, PersonErased, PersonRequest } from "./privacy-schema";

export const privacyRoutes = createRouter();

const tags = ["Participants"];

privacyRoutes.openapi(
  memberRoute({
    method: "post",
    path: "/privacy/access",
    operationId: "exportPersonData",
    summary: "Export a person's data",
    audit: "Exported a person's data",
    description:
      "For access requests (GDPR Article 15): returns everything that your account stores about an email address, in all campaigns. Each request covers 500 campaigns, so most accounts need only one.",
    tags,
    request: { body: takes(PersonRequest, { email: "ada@example.com" }) },
    responses: { 200: answers(PersonData, "The stored data. Lists are empty if there is none.") },
  }),
  async (c) => c.json(ok(PersonData, await personData(c.var.ctx, c.req.valid("json"))), 200),
);

privacyRoutes.openapi(
  memberRoute({
    method: "post",
    path: "/privacy/erasure",
    operationId: "erasePerson",
    summary: "Erase a person",
    audit: "Erased a person",
    description:
      "For erasure requests (GDPR Article 17): erases the participants with an email address in all of your campaigns, like `DELETE /participants/{participantId}`, and deletes invitations to the address and the metadata of its purchases. Repeat with `next_after` until it is null.",
    tags,
    request: { body: takes(PersonRequest, { email: "ada@example.com" }) },
    responses: { 200: answers(PersonErased, "The erased data. Empty if there was none, or none is left.") },
  }),
  async (c) => c.json(ok(PersonErased, await erasePerson(c.var.ctx, c.req.valid("json"))), 200),
);
