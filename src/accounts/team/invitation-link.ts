import type { Env } from "../../lib/env";
import { readLink, signedLink } from "../account-link";

type Invitation = { id: number; account_id: number; email: string };

const stateOf = ({ account_id, email }: Invitation) => `${account_id}:${email}`;

/** The link to join a team. Valid for one week, and only for the invited email address. */
export const joinLink = (
  env: Env,
  { origin, invitation, issued }: { origin: string; invitation: Invitation; issued: Date },
) => signedLink(env, "team/join", { origin, id: invitation.id, state: stateOf(invitation), issued });

/** The invitation's ID in a token, and a function that checks that the token belongs to the invitation. */
export function readJoin(env: Env, token: string, now: Date) {
  const read = readLink(env, "team/join", token, now);
  return read && { id: read.id, isOf: (invitation: Invitation) => read.isRight(stateOf(invitation)) };
}
