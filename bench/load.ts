import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import autocannon from "autocannon";

/** If a server has not responded by then, it will not. */
const PATIENCE_MS = 30_000;
/** A round without any response is repeated with twice the duration, up to this. */
const ROUND_MAX_SECONDS = 30;

/**
 * A request that is sent again and again, with each body in turn. `#` in a body becomes a number that no other request
 * has.
 */
export type Request = { url: string; method: "GET" | "POST"; headers: Record<string, string>; bodies?: string[] };
type Job = Request & { connections: number; seconds: number };
export type Load = { requests: number; rps: number; p50: number; p95: number; p99: number };
type Failures = { non2xx: number; errors: number };

/**
 * Sends the requests from a separate process, so its work is not the server's. The process is kept, so its
 * code stays compiled.
 */
export function startLoader() {
  const child: ChildProcess = fork(import.meta.filename);
  return {
    run: async function run(job: Job): Promise<Load> {
      child.send(job);
      const signal = AbortSignal.timeout(job.seconds * 1000 + PATIENCE_MS);
      const [{ non2xx, errors, ...load }] = (await once(child, "message", { signal })) as [Load & Failures];
      if (load.requests + errors === 0 && job.seconds < ROUND_MAX_SECONDS)
        return run({ ...job, seconds: job.seconds * 2 });
      if (non2xx + errors > 0 || load.requests === 0)
        throw new Error(`Of ${load.requests} requests to ${job.url}, ${non2xx} were rejected and ${errors} failed.`);
      return load;
    },
    stop: () => child.kill(),
  };
}
export type Loader = ReturnType<typeof startLoader>;

let next = 0;

async function run({ url, method, headers, bodies = [], connections, seconds }: Job): Promise<Load & Failures> {
  const times: number[] = [];
  const withBody = (request: autocannon.Request) => {
    const body = bodies[++next % bodies.length];
    return { ...request, body: body?.replaceAll("#", String(next)) };
  };
  const request = { method, headers, ...(bodies.length > 0 && { setupRequest: withBody }) };
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const instance = autocannon({ url, connections, duration: seconds, requests: [request] }, (error, result) =>
      error ? reject(error) : resolve(result),
    );
    // autocannon's own histogram has whole milliseconds only.
    instance.on("response", (_client, _status, _bytes, ms) => times.push(ms));
  });
  times.sort((a, b) => a - b);
  const percentile = (share: number) => times[Math.floor((times.length - 1) * share)] ?? Number.NaN;
  return {
    requests: times.length,
    rps: times.length / result.duration,
    p50: percentile(0.5),
    p95: percentile(0.95),
    p99: percentile(0.99),
    non2xx: result.non2xx,
    errors: result.errors,
  };
}

if (import.meta.main) {
  process.on("message", async (job: Job) => process.send?.(await run(job)));
  process.on("disconnect", () => process.exit(0));
}
