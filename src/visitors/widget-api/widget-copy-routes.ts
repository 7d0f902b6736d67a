import type { Context } from "hono";
import { z } from "zod";
import { publicRoute } from "../../auth/route";
import { COPY_LIFETIME_SECONDS, leadersCopy, widgetCopy } from "../../campaigns/copies";
import { cachedJson, cachedValue } from "../../lib/edge";
import { answers, createRouter, fails, type HonoEnv, ok } from "../../lib/http";
import { referralOf } from "../../participants/aliases/alias";
import { leaders } from "./leaders";
import { ConfigQuery, Leaders, OldLinkQuery } from "./widget-api-schema";
import { Config, widgetConfig } from "./widget-config";

/** What the widget reads without a participant's token: the same for everybody, and mostly cached at the edge. */
export const widgetCopyRoutes = createRouter();

const tags = ["Widget"];
/** Short, because participants check their rank right after they referred a friend. */
const LEADERS_LIFETIME_SECONDS = 15;

widgetCopyRoutes.openapi(
  publicRoute({
    method: "get",
    path: "/config",
    operationId: "getWidgetConfig",
    summary: "Get the widget's configuration",
    description:
      "Cached at the edge for a minute, with an `ETag`. Codes, links, and messages of rewards are not shown until they are earned.",
    tags,
    request: { query: ConfigQuery },
    responses: {
      200: answers(Config, "The widget's settings, goal, and kind of reward."),
      304: { description: "Unchanged since the version in `If-None-Match`." },
      ...fails("not_found"),
    },
  }),
  (c) => {
    const { campaign_id } = c.req.valid("query");
    return cachedJson(c, widgetCopy(campaign_id), COPY_LIFETIME_SECONDS, async () => ({
      body: ok(Config, await widgetConfig(c.var.ctx, campaign_id)),
      shared: true,
    }));
  },
);

widgetCopyRoutes.openapi(
  publicRoute({
    method: "get",
    path: "/config.js",
    operationId: "getWidgetScript",
    summary: "Get the widget's configuration as a script",
    description:
      "A module whose default export is the configuration, for pages whose policy allows our scripts but no data requests.",
    tags: ["Pages"],
    request: { query: ConfigQuery },
    responses: {
      200: {
        description: "The configuration.",
        content: { "text/javascript": { schema: z.string(), example: 'export default {"campaign_id":42}' } },
      },
      ...fails("not_found"),
    },
  }),
  async (c) => {
    const { campaign_id } = c.req.valid("query");
    const { value } = await cachedValue(c, widgetCopy(campaign_id), COPY_LIFETIME_SECONDS, async () =>
      ok(Config, await widgetConfig(c.var.ctx, campaign_id)),
    );
    return sendModule(c, value.data);
  },
);

widgetCopyRoutes.openapi(
  publicRoute({
    method: "get",
    path: "/old-link.js",
    operationId: "getWidgetOldLink",
    summary: "Get our referral code for an old link",
    description:
      "A module whose default export is our referral code for the participant with the first known code, or an empty string. The widget requests it if the page's URL has another product's parameter.",
    tags,
    request: { query: OldLinkQuery },
    responses: {
      200: {
        description: "The code.",
        content: { "text/javascript": { schema: z.string(), example: 'export default "NDI6Njo3.x1Yz-0aBcDeFgH"' } },
      },
    },
  }),
  async (c) => {
    const { campaign_id, code } = c.req.valid("query");
    return sendModule(c, (await referralOf(c.var.ctx, campaign_id, code))?.code ?? "");
  },
);

const sendModule = (c: Context<HonoEnv>, value: unknown) =>
  c.body(`export default ${JSON.stringify(value)}`, 200, {
    "Content-Type": "text/javascript; charset=utf-8",
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
  });

widgetCopyRoutes.openapi(
  publicRoute({
    method: "get",
    path: "/leaderboard",
    operationId: "getWidgetLeaderboard",
    summary: "Get the widget's leaderboard",
    description:
      "The top ten, with shortened names. Empty if the widget's `leaderboard_on` is off. Cached at the edge for 15 seconds, with an `ETag`.",
    tags,
    request: { query: ConfigQuery },
    responses: {
      200: answers(Leaders, "Ranked by referrals, then clicks."),
      304: { description: "Unchanged since the version in `If-None-Match`." },
      ...fails("not_found"),
    },
  }),
  (c) => {
    const { campaign_id } = c.req.valid("query");
    return cachedJson(c, leadersCopy(campaign_id), LEADERS_LIFETIME_SECONDS, async () => ({
      body: ok(Leaders, { leaderboard: await leaders(c.var.ctx, campaign_id) }),
      shared: true,
    }));
  },
);
