import type { Context } from "hono";
import { Hono } from "hono";
import { limitBody } from "./lib/body-limit";
import { AppError } from "./lib/errors";
import { acceptsPages, type HonoEnv, renderError } from "./lib/http";
import { openToAllOrigins, takeForJson } from "./middleware";
import { requestContext } from "./request";

type SendPage = (error: Error, c: Context<HonoEnv>) => Response | Promise<Response>;

/**
 * An app with what every request needs: its context, a body limit, and errors as JSON or, through `sendPage`, as a
 * page.
 */
export function newApp(sendPage: SendPage) {
  const app = new Hono<HonoEnv>();
  app.use(requestContext);
  openToAllOrigins(app, ["/api/v1/*", "/v1/*", "/api/widget/*", "/widget/*"]);
  app.use(limitBody);
  app.use(takeForJson);
  app.notFound((c) => {
    c.set("reads_pages", acceptsPages(c) && !/^\/(api|v1)\//.test(c.req.path));
    throw new AppError("not_found", "No such endpoint.");
  });
  app.onError((error, c) => (c.var.reads_pages ? sendPage(error, c) : renderError(error, c)));
  return app;
}
