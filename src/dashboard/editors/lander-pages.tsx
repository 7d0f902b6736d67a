import { audited, unaudited } from "../../auth/audited";
import type { PageContext } from "../../auth/page-session";
import { dropDraft, saveDraft } from "../../campaigns/drafts/draft";
import { publishLander } from "../../campaigns/lander/lander";
import { LanderChange } from "../../campaigns/lander/lander-schema";
import { takesUploads } from "../../lib/body-limit";
import { sendPage } from "../../lib/html";
import { createPages } from "../doors/pages";
import { campaignBody, campaignIdIn } from "../ui/campaign-frame";
import { edits } from "../ui/edits";
import { Input, Select, TextArea } from "../ui/field";
import { type Form, valueAt } from "../ui/form";
import { ImageField } from "../ui/image-field";
import { doneAt, show } from "../ui/layout";
import type { Notice } from "../ui/notices";
import { shown } from "../ui/seen";
import { filledIn, shownIn } from "./draft-form";
import { Editor } from "./editor";
import { Color, Group, PictureChoice } from "./editor-fields";
import { uploadsIn } from "./image-upload";
import { landerInEditor, landerPreview } from "./lander-editor";
import { sketches } from "./lander-sketches";
import { lookedAt } from "./sent-form";

const PATH = "/campaigns/:campaignId/lander";
const pathOf = (campaignId: number) => `/campaigns/${campaignId}/lander`;
const IMAGES = ["background_image"] as const;

export const landerPages = createPages([PATH]);

async function sendEditor(c: PageContext, sent?: Form<unknown>) {
  const id = campaignIdIn(c);
  const found = await landerInEditor(c.var.ctx, id);
  const { head, otherwise, draft } = found;
  const form = sent ?? shown(valuesOf(found));
  const maySend = c.var.session.role !== "viewer";
  const body = campaignBody(
    head,
    "/lander",
    <Editor path={pathOf(id)} form={form} draft={draft} maySend={maySend}>
      <Fields form={form} otherwise={otherwise} kit={`/brands/${head.brand_id}/kit`} />
    </Editor>,
    <ToPage head={head} />,
  );
  const title = `Landing page · ${head.name}`;
  return show(c, { title, section: "/campaigns", body, frames: ["'self'"], status: sent ? 400 : 200 });
}

type Shown = Awaited<ReturnType<typeof landerInEditor>>;

/** The form shows the default layout as the selected one. */
const valuesOf = ({ settings, otherwise: { template_id } }: Shown) => ({ template_id, ...shownIn(settings) });

const ToPage = ({ head }: Pick<Shown, "head">) =>
  head.publish === "public" ? (
    <a class="button" href={`/p/${encodeURIComponent(head.brand_slug)}/campaign/${head.id}`}>
      View page
    </a>
  ) : (
    <span class="quiet">Visitors see this page once the campaign is public.</span>
  );

type FieldsProps = { form: Form<unknown>; otherwise: Shown["otherwise"]; kit: string };

const Fields = ({ form, otherwise, kit }: FieldsProps) => (
  <>
    <Group title="Template" open>
      <PictureChoice
        form={form}
        name="template_id"
        label="Page layout"
        at={String(valueAt(form.values, "template_id"))}
        options={sketches}
      />
    </Group>
    <Group title="Text" open>
      <p class="hint">
        Leave a field empty to use <a href={`/campaigns/${otherwise.campaign_id}/widget`}>the widget's</a> text shown in
        gray. Basic HTML allowed: bold, lists, links.
      </p>
      <TextArea form={form} name="header_title" label="Title" rows={2} placeholder={otherwise.header_title} />
      <TextArea
        form={form}
        name="header_description"
        label="Subtitle"
        rows={4}
        placeholder={otherwise.header_description}
      />
      <Input form={form} name="button_text" label="Button" placeholder={otherwise.button_text} />
      <TextArea form={form} name="footer_title" label="Footer title" rows={2} />
      <TextArea form={form} name="footer_description" label="Footer text" rows={4} />
    </Group>
    <Group title="Background and colors" open>
      <Select
        form={form}
        name="background_type"
        label="Background"
        options={[
          ["", otherwise.background_image ? "The brand's image" : "The brand's image (none yet)"],
          ["color", "A color"],
          ["image", "An image"],
          ["transparent", "Plain white"],
        ]}
      />
      <p class="hint when-brand-image">
        {otherwise.background_image ? "From the" : "Add one to the"} <a href={kit}>brand kit</a>.
      </p>
      <div class="when-own-image">
        <ImageField form={form} name="background_image" label="Image" hint="Defaults to the brand's image." />
      </div>
      <p class="hint">Unreadable color combinations are adjusted.</p>
      <div class="row">
        <Color form={form} name="background_color" label="Background color" otherwise={otherwise.background_color} />
        <Color form={form} name="font_color" label="Text color" otherwise={otherwise.font_color} />
      </div>
      <Input
        form={form}
        name="font_family"
        label="Fonts"
        placeholder={otherwise.font_family}
        hint="Font names, in order of preference. Defaults to the widget's."
      />
    </Group>
  </>
);

landerPages.get(PATH, (c) => sendEditor(c));

const saves = (notice: Notice, save: (c: PageContext, id: number, settings: LanderChange) => Promise<unknown>) =>
  edits({
    schema: LanderChange,
    stored: async (c: PageContext) => valuesOf(await landerInEditor(c.var.ctx, campaignIdIn(c))),
    page: sendEditor,
    files: (c) => uploadsIn(c, IMAGES),
    read: filledIn,
    run: async (c, settings) => {
      const id = campaignIdIn(c);
      await save(c, id, settings);
      return c.redirect(doneAt(pathOf(id), notice), 303);
    },
  });

landerPages.post(
  PATH,
  takesUploads,
  audited("Saved a draft of a landing page"),
  saves("draft_saved", (c, id, settings) => saveDraft(c.var.ctx, id, "lander", settings)),
);

landerPages.post(
  `${PATH}/publish`,
  takesUploads,
  audited("Published a landing page"),
  saves("published", (c, id, settings) => publishLander(c.var.ctx, id, settings)),
);

landerPages.post(`${PATH}/revert`, audited("Discarded the draft of a landing page"), async (c) => {
  const id = campaignIdIn(c);
  await dropDraft(c.var.ctx, id, "lander");
  return c.redirect(doneAt(pathOf(id), "reverted"), 303);
});

landerPages.get(`${PATH}/preview`, async (c) => sendPreview(c, null));
landerPages.post(`${PATH}/preview`, unaudited("It shows a preview and changes nothing."), async (c) =>
  sendPreview(c, await lookedAt(c, LanderChange)),
);

const sendPreview = async (c: PageContext, settings: LanderChange | null) =>
  sendPage(c, await landerPreview(c.var.ctx, campaignIdIn(c), settings));
