import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { grouped } from "../lib/number";
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

const COUNTED = "audit_counted";

/** Replaces a request's audit label with one that has a count: `counted(c, "Deleted", 64, "unused code")`. */
export const counted = (c: Context, verb: string, n: number, noun: string) =>
  c.set(COUNTED, `${verb} ${grouped(n)} ${noun}${n === 1 ? "" : "s"}`);

/** Sets the request's audit label. For routes whose own label says less, or that otherwise leave no entry. */
export const says = (c: Context, label: string) => c.set(COUNTED, label);

/** The request's audit label: the one that it set, or else its route's. Undefined if the route leaves no entry. */
export const labelIn = (c: Context, audit: Audit | undefined): string | undefined =>
  c.get(COUNTED) ?? (typeof audit === "string" ? audit : undefined);

/** Gives the reason why a page's form leaves no entry. */
export const unaudited = (reason: string) =>
  marked(
    createMiddleware((_, next) => next()),
    { unaudited: reason },
  );

const marked = <M extends object>(middleware: M, audit: Audit) => Object.assign(middleware, { audit });
