import { integer, text } from "drizzle-orm/sqlite-core";

/** A moment, in milliseconds since the epoch. A Date in TypeScript. */
export const time = () => integer({ mode: "timestamp_ms" });
export const flag = () => integer({ mode: "boolean" });
/** A count, updated in the transaction that changes it. */
export const counter = () => integer().notNull().default(0);

/** Since when the operator has suspended a member, brand, or image, and the reason they noted. Null if they have not. */
export const suspension = { suspended_at: time(), suspended_for: text() };

/** When a row was last changed, as `updated_since` reads it (see `stamps.ts`). */
export const stamp = () => integer();
