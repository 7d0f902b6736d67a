import type { Context } from "hono";
import type { PageContext } from "../../auth/page-session";
import { keepImage } from "../../campaigns/images/image";
import { imageTypes } from "../../campaigns/images/image-schema";
import { AppError } from "../../lib/errors";
import { Input } from "../ui/field";
import type { Form } from "../ui/form";
import { WholeAccount } from "../ui/whole-account";

/** Pixels, twice what the share image shows. */
const LOGO_SIDE = 560;
const ACCEPTED = Object.values(imageTypes).join(",");
/** The name of the file field that replaces a URL field. */
const fileOf = (name: string) => `@file.${name}`;

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

type ImageFieldProps = {
  form: Form<unknown>;
  name: string;
  label: string;
  hint?: string;
  /** The file is sent with its form instead of before. */
  isPlain?: boolean;
  /** The browser converts it to a small PNG, so it may be an SVG drawing. */
  isLogo?: boolean;
};

/** An image, as a URL or a file. Its form must be `multipart/form-data`. */
export const ImageField = ({ form, name, label, hint, isPlain = false, isLogo = false }: ImageFieldProps) => (
  <div class="image-field">
    <Input form={form} name={name} label={label} hint={hint} type="url" placeholder="https://" maxlength={2000} />
    <label class="image-file">
      <span>Drop a file here or choose one, up to 2 MB</span>
      <input
        type="file"
        name={fileOf(name)}
        accept={isLogo ? `${ACCEPTED},image/svg+xml` : ACCEPTED}
        data-image={isPlain ? undefined : name}
        data-image-side={isLogo ? LOGO_SIDE : undefined}
        aria-label={`${label}: a file`}
      />
    </label>
    {!isPlain && (
      <>
        <WholeAccount>
          <a class="hint" href="/images" target="_blank" rel="noopener">
            Your images
          </a>
        </WholeAccount>
        <p class="problem" role="alert" data-image-problem={name} />
      </>
    )}
  </div>
);
