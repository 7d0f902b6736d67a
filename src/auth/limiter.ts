import { DurableObject } from "cloudflare:workers";
import type { Env } from "../lib/env";

export type Window = { quota: number; windowSeconds: number };

/** The times of the counted attempts, and the time when the last one expires, in milliseconds. */
type Kept = { attempts: number[]; until: number };

/**
 * Counts one subject's attempts exactly, in a sliding window. The Workers rate-limit binding counts per location and is
 * approximate, which is not enough for passwords and codes. The count is in the object's storage, so it survives
 * evictions. An alarm deletes it when it expires.
 */
export class Limiter extends DurableObject<Env> {
  /**
   * Records an attempt now, unless the window is full.
   * @returns 0, or the milliseconds until the next attempt is allowed
   */
  async take(at: number, { quota, windowSeconds }: Window): Promise<number> {
    const windowMs = windowSeconds * 1000;
    const attempts = this.#attempts().filter((one) => one > at - windowMs);
    const [oldest] = attempts;
    if (oldest !== undefined && attempts.length >= quota) return Math.max(1, oldest + windowMs - at);
    this.#keep({ attempts: [...attempts, at].toSorted((a, b) => a - b), until: at + windowMs });
    if ((await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(at + windowMs);
    return 0;
  }

  /** Takes back the attempt made at this time, because it should not count. */
  giveBack(at: number): void {
    const record = this.#record();
    const index = record?.attempts.indexOf(at) ?? -1;
    if (record && index >= 0) this.#keep({ ...record, attempts: record.attempts.toSpliced(index, 1) });
  }

  override async alarm() {
    const until = this.#record()?.until ?? 0;
    if (until > Date.now()) await this.ctx.storage.setAlarm(until);
    else await this.ctx.storage.deleteAll();
  }

  #record = () => this.ctx.storage.kv.get<Kept>("record");
  #attempts = () => this.#record()?.attempts ?? [];
  #keep = (record: Kept) => this.ctx.storage.kv.put("record", record);
}
