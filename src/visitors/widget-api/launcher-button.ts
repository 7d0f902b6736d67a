import { z } from "zod";
import { wordsOf } from "../../campaigns/widget/widget";
import type { Widget } from "../../campaigns/widget/widget-schema";
import { plainText } from "../../lib/richtext";
import { languages } from "../../texts/languages";
import { AUTO, directionOf, textsOf } from "../../texts/text";

export const ButtonWords = z
  .record(
    z.string(),
    z.object({
      title: z.string(),
      open: z.string(),
      close: z.string(),
      dir: z.literal("rtl").optional().meta({ description: "Only for right-to-left languages." }),
    }),
  )
  .meta({
    description:
      "Texts outside the frame, by language: the campaign's language, or all languages if the browser decides.",
  });

/** The texts of the button that opens the widget. They are cached for everyone, so `auto` includes all languages. */
export function buttonWords(widget: Widget): z.infer<typeof ButtonWords> {
  const tags = widget.language === AUTO ? Object.keys(languages) : [widget.language];
  return Object.fromEntries(
    tags.map((tag) => {
      const texts = textsOf(tag, widget.texts);
      const { header_title, popup_button_text } = wordsOf(widget, texts);
      const words = { title: plainText(header_title), open: plainText(popup_button_text), close: texts.close };
      return [tag, directionOf(tag) === "rtl" ? { ...words, dir: "rtl" as const } : words];
    }),
  );
}
