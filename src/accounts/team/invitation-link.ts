import type { Env } from "../../lib/env";
import { readLink, signedLink } from "../account-link";

type Invitation = { id: number; account_id: number; email: string };

const stateOf = ({ account_id, email }: Invitation) => `${account_id}:${email}`;

/** Where somebody who was asked into a team joins it: good for a week, and for the mailbox that it was sent to. */
export const joinLink = (
  env: Env,
  { origin, invitation, issued }: { origin: string; invitation: Invitation; issued: Date },
) => signedLink(env, "team/join", { origin, id: invitation.id, state: stateOf(invitation), issued });

/** The invitation that a token names, and whether the token is that invitation's. */
export function readJoin(env: Env, token: string, now: Date) {
  const read = readLink(env, "team/join", token, now);
  return read && { id: read.id, isOf: (invitation: Invitation) => read.isRight(stateOf(invitation)) };
}
