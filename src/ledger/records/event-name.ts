import { z } from "zod";

/** What a conversion is about, in the caller's own words. */
export const EventName = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9_.-]{0,63}$/,
    "must be 1 to 64 characters of a-z, 0-9, _, . and -, and start with a letter or digit",
  )
  .meta({ type: "string", pattern: "^[a-z0-9][a-z0-9_.-]{0,63}$", example: "purchase" });

export const DEFAULT_EVENT = "purchase";
