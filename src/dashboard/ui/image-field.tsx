import { imageTypes } from "../../campaigns/images/image-schema";
import { Input } from "./field";
import type { Form } from "./form";
import { WholeAccount } from "./whole-account";

/** Pixels, twice what the share image shows. */
const LOGO_SIDE = 560;
const ACCEPTED = Object.values(imageTypes).join(",");
/** The name of the file field that replaces a URL field. */
export const fileOf = (name: string) => `@file.${name}`;

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
