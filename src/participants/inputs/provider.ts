import type { ProviderEvent } from "./happening";

/** The parts that differ per payment provider. */
export type Provider = {
  name: string;
  /** The event types that the owner should turn on. */
  events: string[];
  /** Whether the provider signed these bytes with this secret, as documented by the provider. */
  isSigned: (secret: string, headers: Headers, body: Uint8Array, now: Date) => Promise<boolean>;
  /** Reads a signed event. `id` is null if the provider sends none. @throws a ZodError for an undocumented form */
  read: (headers: Headers, payload: unknown) => Omit<ProviderEvent, "id"> & { id: string | null };
};
