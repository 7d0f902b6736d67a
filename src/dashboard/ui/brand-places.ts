/** Lists that show only items of a person's brands to people with access to some brands. */
export const BRAND_LISTS = [
  "/brands",
  "/brands/export",
  "/campaigns",
  "/campaigns/export",
  "/campaigns/new",
  "/participants",
  "/participants/export",
  "/rewards",
  "/rewards/export",
  "/search",
];

/** Whether people with access to only some brands may see a page. All other pages are about the whole account. */
export const isForAll = (path: string) => BRAND_LISTS.includes(path) || /^\/(docs|account)(\/|$)/.test(path);
