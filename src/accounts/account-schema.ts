import { z } from "zod";
import { Email, Flag, Id, ImageUrl, line, RequiredName, SoughtEmail, TimeIn, TimeOut } from "../lib/fields";
import { TimeZone } from "../lib/time-zone";

const PASSWORD_MAX = 1000;
const Password = z.string().min(8).max(PASSWORD_MAX).meta({ format: "password" });

export const NewMember = z
  .object({ email: Email, name: RequiredName, password: Password })
  .meta({ id: "NewMember", description: "A new account." });
export type NewMember = z.infer<typeof NewMember>;

/** An empty website means no website. The time zone is the browser's: one that we do not know must not stop a signup. */
export const SignUp = NewMember.extend({
  website: line(2000).nullable().default(null),
  time_zone: TimeZone.nullable().catch(null).default(null),
});
export type SignUp = z.infer<typeof SignUp>;

const AnyAddress = SoughtEmail.refine((email) => email !== "", "must not be empty");

/** An invalid email gets the same reply as an unknown one. */
export const SignIn = z.object({
  email: AnyAddress,
  password: z.string().min(1).max(PASSWORD_MAX).meta({ format: "password" }),
});
export type SignIn = z.infer<typeof SignIn>;

/** A code from the person's authenticator app, or a recovery code. */
const Code = z.string().min(1).max(50).meta({ description: "Six digits, or a recovery code.", example: "123456" });

export const TokenRequest = SignIn.extend({
  code: Code.optional().meta({
    description: "For accounts with two-step verification: six digits, or a recovery code.",
  }),
}).meta({
  id: "SignIn",
  description: "An email address and a password, and a code if the account has two-step verification.",
});
export type TokenRequest = z.infer<typeof TokenRequest>;

/** The second step of a sign-in: the proof of the first, and the code. */
export const SecondStep = z.object({ proof: z.string().max(200), code: Code });
export const SecondFactorCode = z.object({ code: Code });

export const ResetRequest = z
  .object({ email: AnyAddress })
  .meta({ id: "ResetRequest", description: "The account whose password is to be reset." });
export const MailSent = z
  .object({ sent: z.literal(true).meta({ description: "Whether an email was sent. False if none was needed." }) })
  .meta({ id: "MailSent", description: "Confirms that an email was requested." });

/** The current password. Required for changes that only the person themselves may make. */
const Proof = z.string().min(1).max(PASSWORD_MAX);
/** Null leaves the time zone as it is. */
export const ProfileForm = z.object({
  name: RequiredName,
  photo: ImageUrl.nullable().default(null),
  time_zone: TimeZone.nullish().transform((zone) => zone ?? undefined),
});
export type ProfileForm = z.infer<typeof ProfileForm>;

export const ProfileChange = z
  .object({ name: RequiredName, time_zone: TimeZone })
  .partial()
  .meta({ id: "ProfileChange", description: "The fields to change. Other fields keep their values." });
export type ProfileChange = z.infer<typeof ProfileChange>;
export const EmailChange = z.object({ email: Email, password: Proof });
export type EmailChange = z.infer<typeof EmailChange>;
export const PasswordChange = z.object({
  old_password: Proof,
  password: Password,
  end_tokens: Flag.default(false),
  end_keys: Flag.default(false),
});
export type PasswordChange = z.infer<typeof PasswordChange>;
export const Deletion = z.object({ password: Proof });
export const PasswordProof = Deletion;
export const TurningOff = z.object({ password: Proof, code: Code });
export type Deletion = z.infer<typeof Deletion>;

export const SessionParam = z.object({ id: Id });

/** A signed-in person, or one who knows the password, created the account. Anyone else can end all earlier access. */
export const Verification = z.object({ password: Proof.optional(), end_access: z.literal("on").optional() });
export const VerificationBody = {
  type: "object" as const,
  properties: {
    password: { type: "string" as const, format: "password", description: "The account's password, if you know it." },
    end_access: { type: "string" as const, enum: ["on"], description: "Ends all earlier access to the account." },
  },
};
export type Verification = z.infer<typeof Verification>;

export const LinkParam = z.object({ token: z.string().max(200) });
export const isNewPassword = (text: string) => Password.safeParse(text).success;

/** The page's form. The page itself shows any errors. */
export const NewPassword = z.object({
  password: z.string().max(10_000).default("").meta({ format: "password", description: "At least 8 characters." }),
  end_keys: z.string().max(10).optional().meta({ description: "If present, all API keys are revoked." }),
});
export type NewPassword = z.infer<typeof NewPassword>;

export const Member = z.object({ id: z.int(), email: z.string(), name: z.string() }).meta({
  id: "Member",
  description: "An account.",
  example: { id: 42, email: "ada@example.com", name: "Ada Lovelace" },
});
export type Member = z.infer<typeof Member>;

export const NewMemberOut = Member.extend({ date_signedup: TimeOut }).meta({
  id: "RegisteredMember",
  description: "The account that was created.",
  example: undefined,
});
export type NewMemberOut = z.input<typeof NewMemberOut>;

export const SignedIn = z
  .object({
    token: z.string().meta({ description: "For `Authorization: Bearer`. HS256; `sub` is the member's ID." }),
    expires_in: z.int().meta({ description: "Seconds.", example: 2_592_000 }),
    member: Member,
  })
  .meta({ id: "SignedIn", description: "A token, and its account." });
export type SignedIn = z.infer<typeof SignedIn>;

export const Profile = z
  .object({
    id: z.int(),
    email: z.string(),
    name: z.string(),
    is_verified: z.boolean(),
    plan_id: z.int(),
    plan_expiry: TimeOut.nullable(),
    date_signedup: TimeOut,
    photo: z.string().nullable(),
    time_zone: z
      .string()
      .meta({ description: "An IANA time zone. The dashboard uses it to show and read times.", default: "UTC" }),
    num_of_logins: z.int().meta({ description: "The number of successful sign-ins." }),
  })
  .meta({ id: "Profile", description: "The account behind the credential." });
export type Profile = z.input<typeof Profile>;

const PREFIX = "ref_a1b2c3";

export const MintedKey = z
  .object({
    id: z.int(),
    api_key: z.string().meta({
      description: "The full key. It is shown once and not stored.",
      example: `${PREFIX}d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f6071829`,
    }),
    prefix: z.string().meta({ example: PREFIX }),
    date_generated: TimeOut,
  })
  .meta({ id: "MintedKey", description: "A new API key in full." });
export type MintedKey = z.input<typeof MintedKey>;

export const ApiKey = z
  .object({
    id: z.int(),
    api_key: z.string().meta({ description: "The first characters of the key.", example: `${PREFIX}…` }),
    prefix: z.string().meta({ example: PREFIX }),
    masked: z.literal(true),
    date_generated: TimeOut,
    last_used_at: TimeOut.nullable().meta({ description: "Accurate to one minute." }),
    created_by: z
      .object({ id: z.int(), name: z.string(), email: z.string() })
      .nullable()
      .meta({ description: "The person who created the key. Null for keys from before this was recorded." }),
  })
  .meta({ id: "ApiKey", description: "An API key, without its secret part." });
export type ApiKey = z.input<typeof ApiKey>;

export const KeyParam = z.object({ id: Id });
export const SecondFactorReset = z
  .object({ id: z.int().meta({ description: "The member's ID." }), deleted: z.literal(true) })
  .meta({ id: "SecondFactorReset", description: "An account whose two-step verification was turned off." });
export const RevokedKey = z
  .object({ id: z.int(), deleted: z.literal(true) })
  .meta({ id: "RevokedKey", description: "An API key that no longer works." });

export const PlanChange = z
  .object({
    plan_id: Id,
    plan_expiry: TimeIn.nullable()
      .default(null)
      .meta({ description: "The date when the account returns to the free plan. Null: never." }),
  })
  .meta({ id: "PlanChange", description: "An account's plan and its expiry." });
export type PlanChange = z.infer<typeof PlanChange>;

export const MemberParam = z.object({ memberId: Id });
