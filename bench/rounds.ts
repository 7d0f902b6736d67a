import { cpuOf } from "./cpu.ts";
import type { Load, Loader, Request } from "./load.ts";

/** `wants` says whether a case was requested. */
export type Options = { rounds: number; seconds: number; connections: number[]; wants: (what: string) => boolean };
/** A round's load, and the server's CPU time per request in milliseconds. */
export type Round = Load & { cpu: number };

/**
 * Runs rounds of load on each target in turn, so disturbances of the machine affect all. The first round is a
 * warm-up and not counted.
 */
export async function interleaved<K extends string>(
  loader: Loader,
  requests: Record<K, Request & { pid: number }>,
  connections: number,
  { rounds, seconds }: Options,
): Promise<Record<K, Round[]>> {
  const names = Object.keys(requests) as K[];
  const taken = Object.fromEntries(names.map((name) => [name, [] as Round[]])) as Record<K, Round[]>;
  for (let round = 0; round <= rounds; round++)
    for (const name of names) {
      const { pid, ...request } = requests[name];
      const before = cpuOf(pid);
      const load = await loader.run({ ...request, connections, seconds });
      const cpu = (cpuOf(pid) - before) / load.requests;
      if (round > 0) taken[name].push({ ...load, cpu });
    }
  return taken;
}
