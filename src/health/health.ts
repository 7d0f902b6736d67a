import type { Ctx } from "../ctx";
import { AppError } from "../lib/errors";
import * as store from "./store";

const PATIENCE_MS = 2000;

/** @throws 503 when the database does not answer in time, or not with what the migrations put there. */
export async function health(ctx: Ctx) {
  const answered = ctx.db.batch([store.anyPlan(ctx.db)]).then(([rows]) => rows.length > 0);
  const isAlive = await Promise.race([answered.catch(() => false), after(PATIENCE_MS)]);
  if (!isAlive) throw new AppError("overloaded", "The database does not answer.");
  return { status: "ok" as const };
}

const after = (ms: number) => new Promise<false>((resolve) => setTimeout(() => resolve(false), ms));
