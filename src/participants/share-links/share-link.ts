/** Longer queries are dropped: no campaign's parameters are that long, and browsers and servers refuse such URLs. */
const PASSED_MAX_CHARACTERS = 2_000;

/** Where chats cut a link off from what they add, `&amp;` included: the start of a query, encoded or not. */
const QUERY = /[?&]|%3f|%26/i;

/**
 * A share link as it arrived, from behind `/t/`: the text that has the code in it, and the parameters that somebody put
 * on the link, like `utm_source` and the click ids of ads, for the landing page.
 */
export function openShareLink(rest: string): { text: string; passed: string[] } {
  const at = rest.search(QUERY);
  if (at < 0) return { text: rest, passed: [] };
  const query = rest.slice(at).replace(/^(?:%3f|%26|[?&])/i, "");
  const passed = query.split(/[?&]/).map((parameter) => parameter.replace(/^amp;/, ""));
  const isShort = query.length <= PASSED_MAX_CHARACTERS;
  return { text: rest.slice(0, at), passed: isShort ? passed.filter((parameter) => /^[^=]+=./.test(parameter)) : [] };
}
