import { createMiddleware } from "hono/factory";
import type { PageEnv } from "./page-session";

/** A changing route's label in the audit log, in the past tense, or the reason why the route leaves no entry. */
export type Audit = string | { unaudited: string };

/** Labels a page's form for the audit log. A test checks that every form is `audited` or `unaudited`. */
export const audited = (label: string) =>
  marked(
    createMiddleware<PageEnv>(async (c, next) => {
      c.set("audit", label);
      await next();
    }),
    label,
  );

/** Gives the reason why a page's form leaves no entry. */
export const unaudited = (reason: string) =>
  marked(
    createMiddleware((_, next) => next()),
    { unaudited: reason },
  );

const marked = <M extends object>(middleware: M, audit: Audit) => Object.assign(middleware, { audit });
