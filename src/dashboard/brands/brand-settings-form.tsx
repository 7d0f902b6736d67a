import type { Brand, BrandStats } from "../../campaigns/brands/brand-schema";
import { ImageField } from "../editors/image-upload";
import { Input, Problems, TextArea } from "../ui/field";
import { type Form, valueAt } from "../ui/form";
import { Card, Confirm, count } from "../ui/parts";

const SOCIALS_MAX = 20;
const SPARE_ROWS = 2;

/** All that can be set of a brand. */
export const BrandSettings = ({ form, brand }: { form: Form<unknown>; brand: Brand }) => {
  const kept = Object.keys(valueAt(form.values, "socials") ?? {}).length;
  const rows = Math.min(SOCIALS_MAX, Math.max(kept, brand.socials.length + SPARE_ROWS));
  return (
    <Card title="Settings">
      <form method="post" action={`/brands/${brand.id}`} enctype="multipart/form-data">
        <Problems form={form} />
        <div class="row">
          <Input
            form={form}
            name="url"
            label="Website"
            inputmode="url"
            required
            maxlength={2000}
            hint={
              brand.in_vnoc &&
              `Another domain than ${brand.domain} ends its link to VNOC, and with it the choice of tokens as a reward.`
            }
          />
          <Input
            form={form}
            name="slug"
            label="Address of the public page"
            hint={`/p/${brand.slug}, there as soon as a campaign is public. Links to the old address stop working when you change it.`}
            required
            maxlength={100}
          />
        </div>
        <TextArea
          form={form}
          name="description"
          label="Description"
          hint="Shown on the public page."
          maxlength={5000}
        />
        <div class="row">
          <ImageField form={form} name="logo_url" label="Logo" hint="The https address of an image." />
          <ImageField
            form={form}
            name="background_image"
            label="Background image"
            hint="Behind pages without their own."
          />
        </div>
        <fieldset>
          <legend>Social profiles</legend>
          <p class="hint">Empty a row to take it away. Save to get more rows.</p>
          {form.errors.socials && <p class="problem">{form.errors.socials}</p>}
          {Array.from({ length: rows }, (_, i) => (
            <div class="row">
              <Input form={form} name={`socials.${i}.social`} label={`Network ${i + 1}`} placeholder="instagram" />
              <Input
                form={form}
                name={`socials.${i}.profile_url`}
                label={`Profile ${i + 1}`}
                type="url"
                placeholder="https://instagram.com/acme"
              />
            </div>
          ))}
        </fieldset>
        <button type="submit">Save</button>
      </form>
    </Card>
  );
};

const its = (n: number, one: string) => `its ${count(n)} ${one}${n === 1 ? "" : "s"}`;

/** Says what goes with a brand before it does. */
export const Farewell = ({ brand, stats }: { brand: Brand; stats: BrandStats }) => (
  <Card title="Delete this brand">
    <Confirm
      action={`/brands/${brand.id}/delete`}
      button="Delete the brand"
      question={
        <>
          With <b>{brand.domain}</b> go {its(stats.total_campaigns, "campaign")},{" "}
          {its(stats.total_participants, "participant")}, all rewards, coupons, contests and pages, and every share link
          stops working. Nobody can bring them back.
        </>
      }
    />
  </Card>
);
