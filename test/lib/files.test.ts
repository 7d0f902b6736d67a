import { describe, expect, it } from "vitest";
import { delimiterOf } from "../../src/lib/files/delimiter";
import { fileText } from "../../src/lib/files/file-text";
import { tableOf } from "../../src/lib/files/table";

const utf16 = (text: string, isLittle: boolean) => {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i++) view.setUint16(i * 2, text.charCodeAt(i), isLittle);
  return bytes;
};
const bytesOf = (...parts: (string | number[])[]) =>
  new Uint8Array(parts.flatMap((part) => (typeof part === "string" ? [...new TextEncoder().encode(part)] : part)));
/** Windows code pages, by the bytes of a few letters. */
const bytes = (...codes: number[]) => new Uint8Array(codes);
const textOf = (file: Uint8Array<ArrayBuffer>) => fileText(file.buffer).text;

describe("the text of a file", () => {
  it.each([
    ["UTF-8", bytesOf("code\nNOËL-1\n")],
    ["UTF-8 with a mark", bytesOf([0xef, 0xbb, 0xbf], "code\nNOËL-1\n")],
    ["UTF-16, little end first, with a mark", bytesOf([0xff, 0xfe], [...utf16("code\nNOËL-1\n", true)])],
    ["UTF-16, big end first, with a mark", bytesOf([0xfe, 0xff], [...utf16("code\nNOËL-1\n", false)])],
    ["UTF-16 without a mark, little end first", utf16("code\nNOËL-1\n", true)],
    ["UTF-16 without a mark, big end first", utf16("code\nNOËL-1\n", false)],
    ["Windows-1252", bytesOf("code\nNO", [0xcb], "L-1\n")],
  ])("is read: %s", (_, file) => {
    expect(textOf(file)).toBe("code\nNOËL-1\n");
  });

  it("is read without the stray zero bytes of old programs, however short it is", () => {
    expect(textOf(bytesOf("code\nA-1\0\nA-2\n"))).toBe("code\nA-1\nA-2\n");
    expect(() => textOf(bytesOf("code\n", Array(200).fill(0)))).toThrow("not a text file");
  });

  it("is read in UTF-16 without a byte order mark, in another script", () => {
    const text = "email;имя\r\nzoe@a.example;Зоя Петровна Иванова\r\nbob@a.example;Иван Сидоров\r\n";
    expect([textOf(utf16(text, true)), textOf(utf16(text, false))]).toEqual([text, text]);
  });

  it("is read in the code pages of Central Europe, Russia, Greece, Turkey, Israel, and Japan", () => {
    const samples: [string, string][] = [
      ["windows-1250", "jméno\nJiří Dvořák\nTomáš Černý\nLucie Nováková\nKateřina Procházková\nZdeněk Růžička\n"],
      ["windows-1250", "email;imię\na@b.example;Łukasz Żółkiewski\nb@b.example;Małgorzata Śliwińska\n"],
      ["windows-1251", "email;имя\na@b.example;Анна\n"],
      ["koi8-r", "email;имя\na@b.example;Зоя Петрова\nb@b.example;Иван Сидоров\n"],
      ["windows-1252", "email;nom\na@b.example;Émilie Lefèvre\nb@b.example;François Béranger\n"],
      ["windows-1253", "όνομα\nΓιώργος Παπαδόπουλος\nΜαρία Αντωνίου\nΕλένη Νικολάου\n"],
      ["windows-1255", "email,name\na@b.example,שרה\nb@b.example,משה לוי\n"],
      ["windows-1255", "שם\nנועה\nאורי\nתמר\n"],
      ["windows-1253", "ΟΝΟΜΑ\nΓΙΩΡΓΟΣ\n"],
      ["windows-1254", "ad;soyad\nGökhan Öztürk\nŞule Çağlayan\nİbrahim Yıldırım\n"],
      ["shift_jis", "名前\nこんにちは、さようなら\nありがとうございます\n"],
    ];
    for (const [encoding, text] of samples) expect(textOf(encoded(text, encoding))).toBe(text);
  });

  it("with one invalid byte among UTF-8 letters stays UTF-8, and the byte is visible", () => {
    expect(textOf(bytesOf("Zoë,Noël,Müller,Núñez,Łukasz ", [0xcb], "\n"))).toBe(
      "Zoë,Noël,Müller,Núñez,Łukasz \uFFFD\n",
    );
  });

  it("is refused if its encoding is unclear", () => {
    expect(() => textOf(bytes(0xd0, 0xd5, 0xc3, 0xfb, 0x2c, 0xd3, 0xca, 0xcf, 0xe4))).toThrow("Save it as CSV UTF-8");
  });

  it.each([
    ["a workbook", bytesOf("PK", [3, 4], "rest")],
    ["an image", bytesOf([0x89], "PNG\r\n")],
    ["a PDF", bytesOf("%PDF-1.7\n")],
    ["a web page with another name", bytesOf("\n<!DOCTYPE html>\n<html><body>Sign in</body></html>\n")],
    ["a table of a web page", bytesOf("<table><tr><td>Code</td></tr></table>\n")],
    ["an XML spreadsheet", bytesOf('<?xml version="1.0"?>\n<Workbook/>\n')],
    ["address cards", bytesOf("BEGIN:VCARD\r\nVERSION:3.0\r\nEMAIL:ada@a.example\r\nEND:VCARD\r\n")],
    ["anything binary", bytes(...Array.from({ length: 400 }, (_, i) => (i * 7) % 32))],
  ])("is refused if it is %s", (_, file) => {
    expect(() => textOf(file)).toThrow(/^This is /);
  });
});

describe("lines that a spreadsheet quoted as a whole", () => {
  const rowsOf = (text: string) => tableOf(text).rows.map(({ cells }) => cells);

  it("are read like the original lines", () => {
    const rows = [
      ["email", "name"],
      ["zoe@a.example", 'Zoe "Z", L'],
    ];
    expect(rowsOf('"email,name"\r\n"zoe@a.example,""Zoe """"Z"""", L"""\r\n')).toEqual(rows);
    expect(rowsOf('"email;name";;\n"zoe@a.example;Zoe";;\n')).toEqual([rows[0], ["zoe@a.example", "Zoe"]]);
  });

  it("are not confused with a column of quoted cells", () => {
    expect(rowsOf('"name"\n"Lovelace, Ada"\n')).toEqual([["name"], ["Lovelace, Ada"]]);
    expect(rowsOf('"Lovelace, Ada"\n')).toEqual([["Lovelace, Ada"]]);
  });
});

describe("the delimiter of a list", () => {
  it.each([
    [";", "email;name\nzoe@a.example;Zoe\n"],
    ["\t", "email\tname\nzoe@a.example\tZoe\n"],
    [";", "zoe@a.example;Zoe"],
    [";", "Name;E-Mail\nLovelace, Ada;ada@a.example\nHopper, Grace;grace@a.example\n"],
    [";", "Gutscheincode;Wert\nGUT-1;10,50\n"],
    [",", 'email,tags\nada@a.example,"a;b"\ngrace@a.example,a;b\n'],
    ["|", "email|name\nzoe@a.example|Zoe\n"],
    [",", "Report of May 5, all contacts\n\nemail,name\nzoe@a.example,Zoe\nbob@a.example,Bob\n"],
    [",", "SAVE-1\nSAVE-2\n"],
  ])("is %j", (delimiter, text) => {
    expect(delimiterOf(text.split("\n"))).toBe(delimiter);
  });
});

describe("a table", () => {
  const cellsOf = (text: string) => tableOf(text).rows.map(({ cells }) => cells);

  it("has the line of each row, past empty lines and quoted line breaks", () => {
    const { rows } = tableOf('a,b\r\n\r\n1,"two\r\nlines"\r3,"say ""hi"""\n');
    expect(rows).toEqual([
      { line: 1, cells: ["a", "b"] },
      { line: 3, cells: ["1", "two\nlines"] },
      { line: 5, cells: ["3", 'say "hi"'] },
    ]);
  });

  it("follows Excel's sep= line", () => {
    expect(cellsOf("sep=|\na|b;c\n")).toEqual([["a", "b;c"]]);
  });

  it("loses no row to a stray quotation mark, and names its line", () => {
    const text = 'email,name\nada@a.example,"Ada\nbob@a.example,Bob\neve@a.example,5" Eve\ndan@a.example,Dan"\n';
    const { rows, mended } = tableOf(text);
    expect(rows.map(({ cells }) => cells[0])).toEqual([
      "email",
      "ada@a.example",
      "bob@a.example",
      "eve@a.example",
      "dan@a.example",
    ]);
    expect(rows[1]?.cells[1]).toBe("Ada");
    expect(mended).toContain(2);
  });

  it("separates rows between two stray quotation marks", () => {
    const people = Array.from({ length: 50 }, (_, n) => `p${n}@a.example,P${n}`);
    const text = ["email,name", 'x@a.example,"Ex', ...people, 'y@a.example,Why"', "z@a.example,Zed"].join("\n");
    expect(tableOf(text).rows).toHaveLength(54);
  });

  it("reads a multi-line cell in the middle of a row", () => {
    expect(cellsOf('email,note,name\nada@a.example,"one\ntwo, three\nfour",Ada\nbob@a.example,,Bob')).toEqual([
      ["email", "note", "name"],
      ["ada@a.example", "one\ntwo, three\nfour", "Ada"],
      ["bob@a.example", "", "Bob"],
    ]);
  });

  it.each([
    ["nothing but delimiters", ",".repeat(11_000_000), "more than 100,000 characters"],
    ["too many columns", `${"a,".repeat(600)}\n`, "more than 500 columns"],
    ["nothing but lines", "\n".repeat(11_000_000), "more than 400,000 lines"],
  ])("is refused before it fills the memory: %s", (_, text, message) => {
    expect(() => tableOf(text)).toThrow(message);
  });

  it("takes linear time, whatever its quotation marks", () => {
    const timeOf = (n: number, times: number) => {
      const text = 'a,"b\n'.repeat(n);
      const runs = Array.from({ length: 5 }, () => {
        const began = performance.now();
        for (let i = 0; i < times; i++) tableOf(text);
        return performance.now() - began;
      });
      return Math.min(...runs);
    };
    timeOf(20_000, 1);
    // The same amount of text in eight parts and in one: 1 if it is linear, 8 if it is quadratic.
    expect(timeOf(80_000, 1) / timeOf(10_000, 8)).toBeLessThan(3);
  });
});

/** The text in an old code page, found by decoding every byte. */
function encoded(text: string, encoding: string): Uint8Array<ArrayBuffer> {
  const decoder = new TextDecoder(encoding);
  const known = new Map<string, number[]>();
  for (let byte = 0; byte < 256; byte++) known.set(decoder.decode(bytes(byte)), [byte]);
  if (encoding === "shift_jis")
    for (let lead = 0x81; lead < 0xa0; lead++)
      for (let trail = 0x40; trail < 0xfd; trail++) known.set(decoder.decode(bytes(lead, trail)), [lead, trail]);
  return bytes(...[...text].flatMap((letter) => known.get(letter) ?? []));
}
