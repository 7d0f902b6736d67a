/** Longer queries are dropped. No campaign needs such long parameters, and browsers and servers reject such URLs. */
const PASSED_MAX_CHARACTERS = 2_000;

/** Where to cut off what chats append to a link, including `&amp;`: the start of a query, encoded or not. */
const QUERY = /[?&]|%3f|%26/i;

/**
 * A share link as it arrived, without `/t/`: the text that contains the code, and the parameters that someone added to
 * the link, like `utm_source` and ad click IDs, for the landing page.
 */
export function openShareLink(rest: string): { text: string; passed: string[] } {
  const at = rest.search(QUERY);
  if (at < 0) return { text: rest, passed: [] };
  const query = rest.slice(at).replace(/^(?:%3f|%26|[?&])/i, "");
  const passed = query.split(/[?&]/).map((parameter) => parameter.replace(/^amp;/, ""));
  const isShort = query.length <= PASSED_MAX_CHARACTERS;
  return { text: rest.slice(0, at), passed: isShort ? passed.filter((parameter) => /^[^=]+=./.test(parameter)) : [] };
}
