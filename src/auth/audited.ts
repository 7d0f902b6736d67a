import type { Context } from "hono";
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

const NUMBER = new Intl.NumberFormat("en");
const COUNTED = "audit_counted";

/** Says in the audit log what a request did, with how many: `counted(c, "Deleted", 64, "unused code")`. */
export const counted = (c: Context, verb: string, n: number, noun: string) =>
  c.set(COUNTED, `${verb} ${NUMBER.format(n)} ${noun}${n === 1 ? "" : "s"}`);

/** What the audit log says: with the count, or the route's label. */
export const labelIn = (c: Context, label: string): string => c.get(COUNTED) ?? label;

/** Gives the reason why a page's form leaves no entry. */
export const unaudited = (reason: string) =>
  marked(
    createMiddleware((_, next) => next()),
    { unaudited: reason },
  );

const marked = <M extends object>(middleware: M, audit: Audit) => Object.assign(middleware, { audit });
