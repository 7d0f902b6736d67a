import { z } from "zod";
import { integer, TimeOut } from "../../lib/fields";

const GRACE_HOURS_MAX = 168;

export const NewIdentitySecret = z
  .object({
    grace_hours: integer(0, GRACE_HOURS_MAX).default(24).meta({
      description: "How long the previous secret stays valid. Use 0 if it has leaked.",
    }),
  })
  .meta({ id: "NewIdentitySecret", description: "How to replace the secret that signs identities." });
export type NewIdentitySecret = z.infer<typeof NewIdentitySecret>;

export const IdentitySecret = z
  .object({
    secret: z.string().meta({ description: "Keep it on your server." }),
    previous_secret_expires: TimeOut.nullable().meta({
      description: "The time until which the previous secret is valid. Null if none is.",
    }),
  })
  .meta({ id: "IdentitySecret", description: "The secret that your server uses to sign its customers' identities." });
export type IdentitySecret = z.input<typeof IdentitySecret>;
