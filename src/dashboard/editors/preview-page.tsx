import type { Page } from "../../lib/html";

/** A page for previews, which cannot be used. Its links open new windows, which the frame does not allow. */
export const inert = (page: Page): Page => ({
  ...page,
  scripts: [],
  inline: "",
  head: (
    <>
      <base target="_blank" />
      {page.head}
    </>
  ),
  policy: { isInert: true },
});
