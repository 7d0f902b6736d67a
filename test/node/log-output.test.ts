import assert from "node:assert/strict";
import { Writable } from "node:stream";
import { test } from "node:test";
import { printerTo } from "../../scripts/output.ts";

test("a slow reader loses lines, sees their number, and costs no memory", () => {
  let go: (() => void) | undefined;
  const read: string[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write: (chunk, _, done) => {
      read.push(String(chunk));
      go = done;
    },
  });
  const print = printerTo(stream as NodeJS.WriteStream);
  for (let i = 0; i < 10_000; i++) print("x".repeat(1_000));
  assert.ok(stream.writableLength < 2_000_000, `${stream.writableLength} bytes wait`);
  while (stream.writableLength > 0) go?.();
  print("again");
  go?.();
  const told = read.at(-2)?.match(/^(\d+) lines were dropped/);
  assert.equal(Number(told?.[1]) + read.length - 2, 10_000, "those that were dropped and those that were read are all");
  assert.equal(read.at(-1), "again\n");
});
