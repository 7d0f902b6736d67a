import { assetList } from "../../lib/asset-list";
import type { Ctx } from "../../lib/ctx";

/** Written by the build, from the package that maintains the list. */
const LIST = "/disposable-domains.txt";

/** Whether an email's domain, or a parent of it, offers disposable mailboxes. */
export async function isDisposable(ctx: Ctx, email: string) {
  const known = await assetList(ctx.env, LIST);
  const labels = email.slice(email.lastIndexOf("@") + 1).split(".");
  return labels.some((_, i) => known.has(labels.slice(i).join(".")));
}
