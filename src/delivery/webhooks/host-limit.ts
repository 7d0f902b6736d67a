import type { Env } from "../../lib/env";
import type { Result } from "./attempt";
import type { Leased } from "./delivery-store";

const LOCAL = /^http:/;

type Posted = { webhook: Pick<Leased["webhook"], "link" | "member_id" | "is_unproven"> };

/**
 * Whether the delivery's host may get another POST this minute. All accounts share a host's limit, so nobody can make
 * us flood a host by creating more accounts and webhooks. An endpoint that never replied with a 2xx may not want our
 * events, so it gets only a few. No account can use up the limit of a host that others use too. Local endpoints, which
 * exist only in development, have no limit.
 */
export async function mayPost(env: Env, { webhook }: Posted, before: Pick<Result, "error">[]): Promise<boolean> {
  if (env.RATE_LIMITS === "off" || LOCAL.test(webhook.link)) return true;
  const isNew = webhook.is_unproven && !before.some(({ error }) => error === null);
  const host = URL.parse(webhook.link)?.hostname ?? "";
  const share = `${webhook.member_id} ${host}`;
  if (isNew) return (await isWithin(env.NEW_HOST_SHARE, share)) && isWithin(env.NEW_HOST_LIMIT, host);
  const isBusy = !(await isWithin(env.HOST_SHARE, share));
  if (isBusy && !(await isWithin(env.BUSY_HOST_LIMIT, host))) return false;
  return isWithin(env.HOST_LIMIT, host);
}

const isWithin = async (limit: RateLimit, key: string) => (await limit.limit({ key })).success;
