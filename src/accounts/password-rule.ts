import { assetList } from "../lib/asset-list";
import type { Ctx } from "../lib/ctx";
import { invalid } from "../lib/errors";

/** Written by the build, from the package that maintains the list. */
const LIST = "/common-passwords.txt";

type Owner = { email: string; name?: string };

/**
 * Refuses passwords that are guessed first (NIST SP 800-63B-4 §3.1.1.2): common ones, one character again and again, and
 * the owner's own email or name. The schema demands the length; nothing demands digits or capitals.
 * @throws 400
 */
export async function demandGoodPassword(ctx: Ctx, password: string, { email, name }: Owner): Promise<void> {
  const text = password.normalize("NFKC").toLowerCase().trim();
  if ([email, email.split("@")[0], name].some((own) => own?.toLowerCase().trim() === text))
    throw invalid("password", "Choose a password that is not your name or email.");
  if (new Set(text).size <= 1 || (await assetList(ctx.env, LIST)).has(text))
    throw invalid("password", "This password is too easy to guess. Choose another one.");
}
