import { integer } from "drizzle-orm/sqlite-core";

/** A moment, in milliseconds since the epoch. A Date in TypeScript. */
export const time = () => integer({ mode: "timestamp_ms" });
export const flag = () => integer({ mode: "boolean" });
/** A count, updated in the transaction that changes it. */
export const counter = () => integer().notNull().default(0);
