import type { Env } from "./env";

/**
 * The objects in the installation's jurisdiction, where they run and store their data. The same name in another
 * jurisdiction is another object, so changing the jurisdiction abandons all objects.
 */
export const inJurisdiction = <T extends Rpc.DurableObjectBranded>(
  { JURISDICTION }: Pick<Env, "JURISDICTION">,
  objects: DurableObjectNamespace<T>,
): DurableObjectNamespace<T> =>
  JURISDICTION ? objects.jurisdiction(JURISDICTION as DurableObjectJurisdiction) : objects;
