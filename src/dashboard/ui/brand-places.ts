/** Lists that show people who see only some brands what is of these. */
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

/** Whether a page is for people who see only some brands, too. All others are about the whole account. */
export const isForAll = (path: string) => BRAND_LISTS.includes(path) || /^\/(docs|account)(\/|$)/.test(path);
