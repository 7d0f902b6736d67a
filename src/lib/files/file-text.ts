import { invalid } from "../errors";
import { bytesAsText, encodingOf, UNKNOWN } from "./encoding";

/** A file's text and its encoding, or `UNKNOWN`. */
type FileText = { text: string; encoding: string };

/** First bytes of files that people mistake for lists, with advice for each. */
const NO_TEXT: [start: number[], what: string][] = [
  [
    [0x50, 0x4b, 0x03, 0x04],
    "an Excel, Numbers, or LibreOffice file or a ZIP archive, even if its name says otherwise. Save or export it as CSV (UTF-8) first",
  ],
  [[0xd0, 0xcf, 0x11, 0xe0], "an old Excel workbook. Save it as CSV first"],
  [[0x25, 0x50, 0x44, 0x46], "a PDF. Export a CSV or a text file instead"],
  [[0x89, 0x50, 0x4e, 0x47], "an image. Export a CSV or a text file instead"],
  [[0xff, 0xd8, 0xff], "an image. Export a CSV or a text file instead"],
  [[0x47, 0x49, 0x46, 0x38], "an image. Export a CSV or a text file instead"],
  [[0x1f, 0x8b], "a compressed file. Unpack it first"],
  [[0x7b, 0x5c, 0x72, 0x74, 0x66], "a rich text document. Save it as plain text first"],
];
/** Text files that are not lists. */
const NO_LIST: [start: RegExp, what: string][] = [
  [/^\s{0,99}<(?:!doctype|html|head|body|table|meta|svg|\?xml)[\s>]/i, "a web page or an XML file"],
  [/^\s{0,99}BEGIN:VCARD/i, "a file of address cards"],
];
const BINARY = "not a text file. Export a CSV or a text file instead";

const MARKS: [mark: number[], encoding: string][] = [
  [[0xef, 0xbb, 0xbf], "utf-8"],
  [[0xff, 0xfe], "utf-16le"],
  [[0xfe, 0xff], "utf-16be"],
];

const beginsWith = (bytes: Uint8Array, start: number[]) => start.every((byte, i) => bytes[i] === byte);

/** Control characters that lists never contain. Tabs, line breaks, and form feeds are allowed. */
const isControl = (code: number) => code < 32 && code !== 9 && code !== 10 && code !== 12 && code !== 13;
/** A stray control character affects one row. A file with a larger share of them is not text. */
const CONTROL_SHARE = 0.01;

/**
 * Decodes an uploaded list. A byte order mark decides. Otherwise it is UTF-16 if every other byte is zero, UTF-8 if it
 * is valid or almost valid UTF-8, or else an old code page, chosen by the plausibility of its words. Bytes that do not
 * exist in the encoding become U+FFFD, so the caller can reject the row.
 * @throws 400 for binary files, with advice; also if the encoding is unclear and `mayBeUnknown` is not set
 */
export function fileText(file: ArrayBuffer, field = "file", { mayBeUnknown = false } = {}): FileText {
  const bytes = new Uint8Array(file);
  const kind = NO_TEXT.find(([start]) => beginsWith(bytes, start));
  if (kind) throw invalid(field, `This is ${kind[1]}.`);
  const marked = MARKS.find(([mark]) => beginsWith(bytes, mark))?.[1] ?? unmarkedUtf16(bytes);
  const encoding = marked ?? (isUtf8(bytes) ? "utf-8" : encodingOf(bytes));
  if (encoding === null && isBinary(bytesAsText(file))) throw invalid(field, `This is ${BINARY}.`);
  if (encoding === null && mayBeUnknown) return { text: bytesAsText(file), encoding: UNKNOWN };
  if (encoding === null)
    throw invalid(field, "We could not tell the file's encoding. Save it as CSV UTF-8 and upload it again.");
  const read = decode(bytes, encoding);
  if (isBinary(read.text)) throw invalid(field, `This is ${BINARY}.`);
  const other = NO_LIST.find(([start]) => start.test(read.text))?.[1];
  if (other) throw invalid(field, `This is ${other}. Export a CSV or a text file instead.`);
  return withoutZeros(read);
}

const decode = (bytes: Uint8Array, encoding: string): FileText => ({
  text: new TextDecoder(encoding).decode(bytes),
  encoding,
});

/** Removes stray zero bytes, which old programs use to fill fields. */
const withoutZeros = ({ text, encoding }: FileText): FileText => ({ text: text.replaceAll("\0", ""), encoding });

/** A few wrong bytes among many UTF-8 letters do not change the encoding. */
const WRONG_SHARE = 0.2;

function isUtf8(bytes: Uint8Array) {
  const text = new TextDecoder().decode(bytes);
  let letters = 0;
  let wrong = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0xfffd) wrong++;
    else if (code > 127) letters++;
  }
  return wrong === 0 || wrong < letters * WRONG_SHARE;
}

/** With fewer zero bytes, they are strays. */
const ZEROS_MIN = 4;

/**
 * Latin text in UTF-16 has a zero in every other byte. Other scripts have zeros around spaces, punctuation, and
 * addresses.
 */
function unmarkedUtf16(bytes: Uint8Array): string | undefined {
  const part = bytes.subarray(0, 2_000);
  const zeros = [0, 0];
  for (const [i, byte] of part.entries()) if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const half = part.length / 2;
  const isMany = (zeros: number) => zeros > half * 0.1 && zeros >= Math.min(half, ZEROS_MIN);
  if (part.length < 4 || bytes.length % 2 === 1) return undefined;
  if (isMany(odd) && even < odd * 0.1) return "utf-16le";
  if (isMany(even) && odd < even * 0.1) return "utf-16be";
  return undefined;
}

function isBinary(text: string) {
  let controls = 0;
  for (let i = 0; i < text.length; i++) if (isControl(text.charCodeAt(i))) controls++;
  return controls > 2 + text.length * CONTROL_SHARE;
}
