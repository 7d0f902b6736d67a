import type { Context } from "hono";
import type { PageContext } from "../../auth/page-session";
import { keepImage } from "../../campaigns/images/image";
import { AppError } from "../../lib/errors";
import { fileOf } from "../ui/image-field";

/** A form's file. Null if none was chosen or the form cannot be read. */
export async function fileIn(c: Context, name: string): Promise<File | null> {
  const body = await c.req.parseBody({ all: true }).catch(() => null);
  const sent = [body?.[name]].flat().at(-1);
  return sent instanceof File && sent.size > 0 ? sent : null;
}

type Uploads = { urls: Record<string, string>; errors: Record<string, string> };

/** Stores uploaded files. Returns their URLs or errors, by the names of the URL fields that they replace. */
export async function uploadsIn(c: PageContext, names: readonly string[]): Promise<Uploads> {
  const uploads: Uploads = { urls: {}, errors: {} };
  for (const name of names) {
    const file = await fileIn(c, fileOf(name));
    if (!file) continue;
    try {
      uploads.urls[name] = (await keepImage(c.var.ctx, file)).url;
    } catch (error) {
      if (!(error instanceof AppError) || error.code === "overloaded") throw error;
      uploads.errors[name] = error.message;
    }
  }
  return uploads;
}
