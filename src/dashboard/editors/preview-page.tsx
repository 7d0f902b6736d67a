import type { Page } from "../../lib/html";

/** A page for previews that cannot be used. Its links open new windows, which the frame blocks. */
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
