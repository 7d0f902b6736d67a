const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** A shell command that repeats a request byte for byte. */
export const curlOf = (link: string, headers: Record<string, string>, body: string) =>
  [
    `curl -i ${quoted(link)}`,
    ...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    `--data-raw ${quoted(body)}`,
  ].join(" \\\n  ");
