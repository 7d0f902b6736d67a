import { renderSVG } from "uqr";
import { readSignedCode, shareUrl } from "../../ledger/referral-code";
import type { Ctx } from "../../lib/ctx";
import { notFound } from "../../lib/errors";

/** The QR code of a share link. @throws 404 for a code that is not ours. */
export async function qrOf(ctx: Pick<Ctx, "env" | "origin">, name: string): Promise<string> {
  const code = name.replace(/\.svg$/, "");
  if (!(await readSignedCode(ctx.env, code))) throw notFound("code");
  return renderSVG(shareUrl(ctx.origin, code), { ecc: "M", border: 2 });
}
