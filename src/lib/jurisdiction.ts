import type { Env } from "./env";

/**
 * The objects that run and store their data where the installation says. The same name is another object in another
 * jurisdiction, so that a change would leave all objects behind.
 */
export const inJurisdiction = <T extends Rpc.DurableObjectBranded>(
  { JURISDICTION }: Pick<Env, "JURISDICTION">,
  objects: DurableObjectNamespace<T>,
): DurableObjectNamespace<T> =>
  JURISDICTION ? objects.jurisdiction(JURISDICTION as DurableObjectJurisdiction) : objects;
