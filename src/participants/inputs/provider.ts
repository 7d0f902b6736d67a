import type { ProviderEvent } from "./happening";

/** What is particular to a payment provider. */
export type Provider = {
  name: string;
  /** The event types that its owner should have it send. */
  events: string[];
  /** Whether the provider signed these bytes with this secret, as its documentation says. */
  isSigned: (secret: string, headers: Headers, body: Uint8Array, now: Date) => Promise<boolean>;
  /** Reads a signed event. `id` is unknown if the provider gives none. @throws a ZodError for one that is not in the documented form */
  read: (headers: Headers, payload: unknown) => Omit<ProviderEvent, "id"> & { id: string | null };
};
