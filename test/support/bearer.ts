import { env } from "cloudflare:workers";
import { memberToken } from "../../src/auth/token";

/** The header of a member's token, as a sign-in would give it. */
export async function bearerOf({ id, email }: { id: number; email: string }) {
  const row = await env.DB.prepare("SELECT token_epoch FROM members WHERE id = ?")
    .bind(id)
    .first<{ token_epoch: number }>();
  const holder = { id, email, name: "Test Member", token_epoch: row?.token_epoch ?? 0 };
  return { Authorization: `Bearer ${await memberToken(env, holder, new Date())}` };
}
