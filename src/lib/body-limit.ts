import type { Context, MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { createMiddleware } from "hono/factory";
import { matchedRoutes } from "hono/route";
import { findTargetHandler } from "hono/utils/handler";
import { AppError } from "./errors";

/** The maximum size of a request body in bytes, unless its route allows more or less. */
export const BODY_MAX_BYTES = 1_000_000;

/** Anonymous callers send small forms. Reading megabytes from them would let them keep us busy. */
export const SMALL_BODY_BYTES = 100_000;

/** Enough for 100,000 coupon codes of 100 characters, an import of 100,000 rows, or five images. */
export const UPLOAD_BYTES = 12_000_000;

type Marked = { bodyMax?: number };

/** Tags a route's middleware with the body size that the route accepts. */
export const marked = <M extends object>(middleware: M, bodyMax: number): M & Required<Marked> =>
  Object.assign(middleware, { bodyMax });

/** For routes that accept files or long lists, which need larger bodies. */
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

/** Rejects larger bodies. The limit is in bytes. @throws AppError `payload_too_large` */
export const bodyUpTo = (maxSize: number): MiddlewareHandler =>
  bodyLimit({
    maxSize,
    onError: () => {
      throw new AppError("payload_too_large", `The request body is larger than ${inWords(maxSize)}.`);
    },
  });

/** Rejects bodies larger than the matched route accepts. The tag nearest to the handler counts. */
export const limitBody = createMiddleware((c, next) => {
  // Routers with their own error handler wrap their handlers.
  const handlers = matchedRoutes(c as Context).map(({ handler }) => findTargetHandler(handler));
  return limitOf(bodyMaxOf(handlers.findLast((handler) => "bodyMax" in handler) ?? {}))(c, next);
});
