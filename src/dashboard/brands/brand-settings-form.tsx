import { calledBrand } from "../../campaigns/brand-kit";
import type { Brand, BrandStats } from "../../campaigns/brands/brand-schema";
import { shownDomain } from "../../lib/domain";
import { Input, Problems, TextArea } from "../ui/field";
import { type Form, valueAt } from "../ui/form";
import { Card, Confirm, count } from "../ui/parts";
import { SaveBar } from "../ui/save-bar";

const SOCIALS_MAX = 20;
/** Visible empty rows, and hidden ones that can be opened. */
const [SPARE_ROWS, MORE_ROWS] = [1, 5];

export const BrandSettings = ({ form, brand }: { form: Form<unknown>; brand: Brand }) => {
  const kept = Object.keys(valueAt(form.values, "socials") ?? {}).length;
  const rows = Math.min(SOCIALS_MAX, Math.max(kept, brand.socials.length + SPARE_ROWS));
  const more = Math.min(SOCIALS_MAX - rows, MORE_ROWS);
  return (
    <Card title="Settings">
      <form method="post" action={`/brands/${brand.id}`}>
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
              `Changing the domain from ${shownDomain(brand.domain)} removes the link to VNOC, and with it token rewards.`
            }
          />
          <Input
            form={form}
            name="slug"
            label="Public page URL"
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
        <Input
          form={form}
          name="reply_to"
          label="Replies to campaign emails go to"
          type="email"
          maxlength={254}
          hint={`An email address at ${shownDomain(brand.domain)} once it is verified, or your own verified one. Empty: replies go nowhere.`}
        />
        <fieldset>
          <legend>Social profiles</legend>
          <p class="hint">Clear a row to remove it.</p>
          {form.errors.socials && <p class="problem">{form.errors.socials}</p>}
          {Array.from({ length: rows }, (_, i) => (
            <Social form={form} row={i} />
          ))}
          {more > 0 && (
            <details>
              <summary>More profiles</summary>
              <div class="group-body">
                {Array.from({ length: more }, (_, i) => (
                  <Social form={form} row={rows + i} />
                ))}
              </div>
            </details>
          )}
        </fieldset>
        <SaveBar />
      </form>
    </Card>
  );
};

const Social = ({ form, row }: { form: Form<unknown>; row: number }) => (
  <div class="row">
    <Input form={form} name={`socials.${row}.social`} label={`Network ${row + 1}`} placeholder="instagram" />
    <Input
      form={form}
      name={`socials.${row}.profile_url`}
      label={`Profile ${row + 1}`}
      type="url"
      placeholder="https://instagram.com/acme"
    />
  </div>
);

const its = (n: number, one: string) => `its ${count(n)} ${one}${n === 1 ? "" : "s"}`;

/** Lists what will be deleted with the brand, before anything is deleted. */
export const Farewell = ({ brand, stats }: { brand: Brand; stats: BrandStats }) => (
  <Card title="Delete brand">
    <Confirm
      action={`/brands/${brand.id}/delete`}
      button="Delete brand"
      question={
        <>
          <b>{calledBrand(brand)}</b>, {its(stats.total_campaigns, "campaign")},{" "}
          {its(stats.total_participants, "participant")}, and all rewards, coupons, contests, and pages are deleted, and
          every share link stops working. This cannot be undone.
        </>
      }
    />
  </Card>
);
