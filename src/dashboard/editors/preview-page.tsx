import type { Page } from "../../lib/html";

/** A page as a preview shows it: to be looked at, and nothing else. Its links would open windows, which its frame does not allow. */
export const inert = (page: Page): Page => ({
  ...page,
  scripts: [],
  head: (
    <>
      <base target="_blank" />
      {page.head}
    </>
  ),
  policy: { isInert: true },
});
