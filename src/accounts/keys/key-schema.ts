import { z } from "zod";
import { keyKinds, keyModes, keyScopes } from "../../../drizzle/schema";
import { Id, integer, line, RequiredName, TimeIn, TimeOut } from "../../lib/fields";
import { filter } from "../../lib/page";

/** Only these hosts may use plain http. */
const LOCAL = /^(localhost|127\.0\.0\.1|\[::1\])$/;
const ORIGINS_MAX = 20;

/** The origin of a URL: scheme, host, and port. */
const Origin = line(300)
  .transform((text, context) => {
    const url = URL.parse(text);
    const isWeb = url?.protocol === "https:" || (url?.protocol === "http:" && LOCAL.test(url.hostname));
    if (url && isWeb && url.pathname === "/" && !url.search && !url.hash && !url.username) return url.origin;
    context.addIssue({
      code: "custom",
      message: "must be the origin of a website, like https://shop.example.com (http only for localhost)",
    });
    return z.NEVER;
  })
  .meta({ type: "string", maxLength: 300, example: "https://shop.example.com" });

const Scopes = z
  .array(z.enum(keyScopes))
  .min(1)
  .max(10)
  .transform((scopes) => keyScopes.filter((scope) => scopes.includes(scope)))
  .meta({
    description:
      "What a secret key may do. `read`: every GET. `write`: every change, including signups. `signup`: only sign up participants.",
    example: ["read", "write"],
  });
const Origins = z.array(Origin).max(ORIGINS_MAX).meta({
  description: "The origins of the websites where a publishable key works. Up to 20. It does not work anywhere else.",
});
const Expiry = TimeIn.nullable().meta({ description: "When the key expires. Null: never." });
const Kind = z.enum(keyKinds).meta({
  description:
    "`secret` keys are for your servers. `publishable` keys are for website code: they can only sign up visitors.",
});
const Mode = z.enum(keyModes).meta({
  description: "A `test` key sees and changes test data only. A `live` key sees and changes live data only.",
});
const Label = RequiredName.meta({ description: "Your own name for the key, such as the program that uses it." });

export const NewKey = z
  .object({
    name: Label,
    kind: Kind.default("secret"),
    mode: Mode.default("live"),
    scopes: Scopes.optional(),
    allowed_origins: Origins.optional(),
    expires_at: Expiry.default(null),
  })
  .superRefine(({ kind, scopes, allowed_origins }, context) => {
    const refuse = (path: string, message: string) => context.addIssue({ code: "custom", path: [path], message });
    if (kind === "secret" && !scopes) refuse("scopes", "is required");
    if (kind === "secret" && allowed_origins?.length) refuse("allowed_origins", "is for publishable keys only");
    if (kind === "publishable" && !allowed_origins?.length) refuse("allowed_origins", "must name a website");
    if (kind === "publishable" && scopes && scopes.join() !== "signup")
      refuse("scopes", "must be signup for a publishable key");
  })
  .meta({
    id: "NewKey",
    description: "A key to create. A secret key needs `scopes`, a publishable one `allowed_origins`.",
  });
export type NewKey = z.infer<typeof NewKey>;

export const KeyChange = z
  .object({ name: Label, scopes: Scopes, allowed_origins: Origins.min(1), expires_at: Expiry })
  .partial()
  .meta({ id: "KeyChange", description: "The fields to change. Other fields keep their values." });
export type KeyChange = z.infer<typeof KeyChange>;

const GRACE_MAX_HOURS = 168;

export const KeyRoll = z
  .object({
    grace_hours: integer(0, GRACE_MAX_HOURS).default(24).meta({
      description: "How long the old key keeps working. Up to seven days. With 0, it stops working immediately.",
    }),
    expires_at: Expiry.optional().meta({
      description: "When the new key expires. If omitted, the old key's expiry applies.",
    }),
  })
  .default({ grace_hours: 24 })
  .meta({ id: "KeyRoll", description: "How to replace a key." });
export type KeyRoll = z.infer<typeof KeyRoll>;

export const Key = z
  .object({
    id: z.int(),
    name: z.string(),
    kind: Kind,
    mode: Mode,
    scopes: z.array(z.enum(keyScopes)),
    prefix: z.string().meta({ description: "The first characters of the key.", example: "sk_live_a1B2" }),
    allowed_origins: z.array(z.string()).nullable().meta({ description: "Null for secret keys." }),
    expires_at: TimeOut.nullable(),
    rolled_at: TimeOut.nullable().meta({
      description: "The time when a new key replaced this one. This key works until `expires_at`.",
    }),
    last_used_at: TimeOut.nullable().meta({ description: "Accurate to one hour." }),
    created_at: TimeOut,
    created_by: z
      .object({ id: z.int(), name: z.string(), email: z.string() })
      .nullable()
      .meta({ description: "The person who created the key, if they still have an account." }),
  })
  .meta({ id: "Key", description: "A named key, without its secret part." });
export type Key = z.input<typeof Key>;

export const CreatedKey = Key.extend({
  key: z.string().meta({
    description: "The full key. It is shown once and not stored.",
    example: "sk_live_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o50gH1Xy",
  }),
}).meta({ id: "CreatedKey", description: "A new named key in full." });
export type CreatedKey = z.input<typeof CreatedKey>;

export const RolledKey = z
  .object({ key: CreatedKey, old_key: Key })
  .meta({ id: "RolledKey", description: "The new key in full, and the old one, which works until its `expires_at`." });
export type RolledKey = z.input<typeof RolledKey>;

export const KeyList = z
  .object({ keys: z.array(Key) })
  .meta({ id: "KeyList", description: "All named keys of the account." });

export const KeyQuery = z.object({
  mode: filter(z.enum(keyModes)).meta({ description: "Only keys of this mode." }),
});
export const NamedKeyParam = z.object({ keyId: Id });
