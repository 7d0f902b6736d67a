import type { Context, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";
import { matchedRoutes } from "hono/route";
import { findTargetHandler } from "hono/utils/handler";
import { AppError } from "./errors";

/** What a request's body may have, in bytes, unless its route says otherwise. */
export const BODY_MAX_BYTES = 1_000_000;

/** Anonymous callers send forms of a few fields. Reading megabytes from them would be a way to keep us busy. */
export const SMALL_BODY_BYTES = 100_000;

/** Enough for 100,000 coupon codes of 100 characters, an import of 100,000 rows, or five images. */
export const UPLOAD_BYTES = 12_000_000;

type Marked = { bodyMax?: number };

/** Marks a route's middleware with the size of the bodies that the route takes. */
export const marked = <M extends object>(middleware: M, bodyMax: number): M & Required<Marked> =>
  Object.assign(middleware, { bodyMax });

/** For routes of files and of long lists, which take larger bodies than others. */
export const takesUploads = marked(
  createMiddleware((_, next) => next()),
  UPLOAD_BYTES,
);

export const bodyMaxOf = (middleware: object): number => (middleware as Marked).bodyMax ?? BODY_MAX_BYTES;

/** "1 MB", for people. */
export const inWords = (bytes: number) => (bytes < 1_000_000 ? `${bytes / 1_000} kB` : `${bytes / 1_000_000} MB`);

const limits = new Map<number, MiddlewareHandler>();

function limitOf(maxSize: number) {
  const limit = limits.get(maxSize) ?? bodyUpTo(maxSize);
  limits.set(maxSize, limit);
  return limit;
}

/**
 * Rejects larger bodies, with a limit in bytes.
 * @throws AppError `payload_too_large`
 */
export const bodyUpTo = (maxSize: number): MiddlewareHandler =>
  bodyLimit({
    maxSize,
    onError: () => {
      throw new AppError("payload_too_large", `The request body is larger than ${inWords(maxSize)}.`);
    },
  });

/** Rejects bodies that are larger than the matched route takes. The mark nearest to the handler counts. */
export const limitBody = createMiddleware((c, next) => {
  // Routers with an error handler of their own wrap their handlers.
  const handlers = matchedRoutes(c as Context).map(({ handler }) => findTargetHandler(handler));
  return limitOf(bodyMaxOf(handlers.findLast((handler) => "bodyMax" in handler) ?? {}))(c, next);
});
