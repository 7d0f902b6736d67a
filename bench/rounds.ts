import { cpuOf } from "./cpu.ts";
import type { Load, Loader, Request } from "./load.ts";

/** `wants` tells whether a case was asked for. */
export type Options = { rounds: number; seconds: number; connections: number[]; wants: (what: string) => boolean };
/** A round's load, and the processor time that the server took for each request of it. */
export type Round = Load & { cpu: number };

/** Rounds of load on each in turn, so that what else happens on the machine happens to all. A first round warms up and is not counted. */
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
