import { z } from "zod";
import { TimeOut } from "../../lib/fields";
import { NewMember, SignUp } from "../account-schema";

const pass = {
  invitation: z.string().max(200).nullish().meta({
    description: "The token of an invitation from the administrator or to a team, if this installation requires one.",
  }),
  turnstile_token: z
    .string()
    .max(2048)
    .nullish()
    .meta({ description: "The response of the Turnstile widget, if this installation requires it." }),
};
/** The proof that admits a newcomer. */
export type Pass = {
  email: string;
  invitation?: string | null | undefined;
  turnstile_token?: string | null | undefined;
};

export const Registration = NewMember.extend(pass).meta({ id: "Registration", description: "A new account." });
export type Registration = z.infer<typeof Registration>;
export const SignUpForm = SignUp.extend(pass);
export type SignUpForm = z.infer<typeof SignUpForm>;

export const InvitationOut = z
  .object({
    url: z.string().meta({ description: "The page for creating an account. The link works once." }),
    token: z.string(),
    expires_at: TimeOut,
  })
  .meta({ id: "RegistrationInvitation", description: "A registration link for one account." });
