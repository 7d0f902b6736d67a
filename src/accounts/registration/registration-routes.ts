import { addressOf } from "../../auth/caller";
import { operatorRoute, publicRoute } from "../../auth/route";
import { answers, createRouter, fails, ok, takes } from "../../lib/http";
import { NewMemberOut } from "../account-schema";
import { register } from "./registration";
import { invitationLink } from "./registration-link";
import { InvitationOut, Registration } from "./registration-schema";

export const registrationRoutes = createRouter();

registrationRoutes.openapi(
  publicRoute(
    {
      method: "post",
      path: "/members",
      operationId: "createMember",
      summary: "Create an account",
      description:
        "We email a verification link to the address. Campaigns send no email until it is verified. An installation may require an invitation or Turnstile.",
      tags: ["Accounts"],
      request: {
        body: takes(Registration, {
          email: "ada@example.com",
          name: "Ada Lovelace",
          password: "correct horse battery",
        }),
      },
      responses: {
        201: answers(NewMemberOut, "The new account."),
        ...fails("registration_closed", "captcha_failed", "email_taken"),
      },
    },
    "sign_in",
  ),
  async (c) => c.json(ok(NewMemberOut, await register(c.var.ctx, c.req.valid("json"), addressOf(c))), 201),
);

registrationRoutes.openapi(
  operatorRoute({
    method: "post",
    path: "/operator/invitations",
    operationId: "createInvitation",
    summary: "Create a registration link",
    description: "For installations with REGISTRATION set to invitation. The link works once, for two weeks.",
    tags: ["Operator"],
    responses: { 201: answers(InvitationOut, "The link.") },
  }),
  async (c) => {
    const { env, origin, now } = c.var.ctx;
    return c.json(ok(InvitationOut, await invitationLink(env, origin, now())), 201);
  },
);
