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
    summary: "Export what you store about a person",
    audit: "Exported a person's data",
    description:
      "Answers a request for access (Article 15 of the GDPR): all that your account stores about an email address, in every campaign. Looks at 500 campaigns at a time; most accounts need one request.",
    tags,
    request: { body: takes(PersonRequest, { email: "ada@example.com" }) },
    responses: { 200: answers(PersonData, "What is stored. Empty lists if that is nothing.") },
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
      "Answers a request for erasure (Article 17 of the GDPR): erases the participants with an email address in every campaign of yours, as `DELETE /participants/{participantId}` does, deletes invitations to the address, and the metadata of its purchases. Send it again with `next_after` until that is null.",
    tags,
    request: { body: takes(PersonRequest, { email: "ada@example.com" }) },
    responses: { 200: answers(PersonErased, "What was erased. Empty if there was nothing, or nothing is left.") },
  }),
  async (c) => c.json(ok(PersonErased, await erasePerson(c.var.ctx, c.req.valid("json"))), 200),
);
