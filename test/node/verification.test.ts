import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { Webhook } from "standardwebhooks";
import { marked } from "./support/guides.ts";
import { whyNot } from "./support/languages.ts";

const folder = mkdtempSync(join(tmpdir(), "referrals-verification-"));
after(() => rmSync(folder, { recursive: true, force: true }));

type Sample = { command: string; file: string; main: string; args?: string[] };

/** How to call each language's `verify` with cases from stdin, five lines each: secret, id, timestamp, signature, and body. */
const SAMPLES: Record<string, Sample> = {
  js: {
    command: process.execPath,
    file: "verify.mjs",
    main: `import { readFileSync } from "node:fs";
const lines = readFileSync(0, "utf8").split("\\n");
for (let i = 0; i < lines.length; i += 5) {
  const [secret, id, timestamp, signature, body] = lines.slice(i);
  console.log(verify(secret, { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature }, Buffer.from(body)));
}`,
  },
  python: {
    command: "python3",
    file: "verify.py",
    main: `import sys
lines = sys.stdin.read().split("\\n")
for i in range(0, len(lines), 5):
    secret, id, timestamp, signature, body = lines[i:i + 5]
    print(str(verify(secret, {"webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature}, body.encode())).lower())`,
  },
  ruby: {
    command: "ruby",
    file: "verify.rb",
    main: `STDIN.read.split("\\n", -1).each_slice(5) do |secret, id, timestamp, signature, body|
  puts verify(secret, { "webhook-id" => id, "webhook-timestamp" => timestamp, "webhook-signature" => signature }, body)
end`,
  },
  php: {
    command: "php",
    file: "verify.php",
    main: `foreach (array_chunk(explode("\\n", stream_get_contents(STDIN)), 5) as [$secret, $id, $timestamp, $signature, $body])
  echo verify($secret, ["webhook-id" => $id, "webhook-timestamp" => $timestamp, "webhook-signature" => $signature], $body) ? "true\\n" : "false\\n";`,
  },
  go: {
    command: "go",
    args: ["run"],
    file: "verify.go",
    main: `func main() {
	all, _ := io.ReadAll(os.Stdin)
	lines := strings.Split(string(all), "\\n")
	for i := 0; i+4 < len(lines); i += 5 {
		headers := http.Header{}
		headers.Set("webhook-id", lines[i+1])
		headers.Set("webhook-timestamp", lines[i+2])
		headers.Set("webhook-signature", lines[i+3])
		fmt.Println(verify(lines[i], headers, []byte(lines[i+4])))
	}
}`,
  },
  java: {
    command: "java",
    file: "Main.java",
    main: `class Main {
    public static void main(String[] args) throws Exception {
        String[] lines = new String(System.in.readAllBytes(), StandardCharsets.UTF_8).split("\\n", -1);
        for (int i = 0; i + 4 < lines.length; i += 5) {
            Map<String, String> headers = Map.of("webhook-id", lines[i + 1], "webhook-timestamp", lines[i + 2], "webhook-signature", lines[i + 3]);
            System.out.println(Webhooks.verify(lines[i], headers, lines[i + 4].getBytes(StandardCharsets.UTF_8)));
        }
    }
}`,
  },
};

/** The sample as a program. Go needs its imports together, and Java its entry first. */
function programOf(language: string, code: string, main: string) {
  if (language === "go") return `${code.replace("import (", 'import (\n\t"fmt"\n\t"io"\n\t"os"')}\n${main}`;
  if (language === "java") return code.replace(/^class Webhooks/m, () => `${main}\n\nclass Webhooks`);
  return `${code}\n${main}`;
}

describe("webhook verification", () => {
  const secret = `whsec_${Buffer.from("0123456789abcdef01234567").toString("base64")}`;
  const body = '{"type":"participant.signup","data":{"name":"Zoë"}}';
  const signed = (at: Date, text = body, by = secret) => {
    const timestamp = String(Math.floor(at.getTime() / 1000));
    return [secret, "evt_1", timestamp, new Webhook(by).sign("evt_1", at, text), body];
  };
  const other = `whsec_${Buffer.from("another-secret-0123456789").toString("base64")}`;
  const now = () => new Date();
  const rotated = () => {
    const [first, id, timestamp, signature, text] = signed(now());
    return [first, id, timestamp, `${new Webhook(other).sign("evt_1", now(), body)} ${signature}`, text];
  };
  const cases: [name: string, lines: () => (string | undefined)[], isOurs: boolean][] = [
    ["ours", () => signed(now()), true],
    ["of a rotation", rotated, true],
    ["tampered with", () => signed(now(), body.replace("Zoë", "Eve")), false],
    ["signed by others", () => signed(now(), body, other), false],
    ["old", () => signed(new Date(Date.now() - 600_000)), false],
    ["without a signature", () => signed(now()).with(3, ""), false],
    ["without a time", () => signed(now()).with(2, ""), false],
  ];

  for (const { language, code } of marked("verify-webhooks", "verify")) {
    const { command, file, main, args = [] } = SAMPLES[language] ?? assert.fail(`Nobody can run ${language}.`);
    it(`in ${language} recognizes our deliveries`, { skip: whyNot(command) }, () => {
      const path = join(folder, file);
      writeFileSync(path, programOf(language, code, main));
      const input = cases.flatMap(([, lines]) => lines()).join("\n");
      const { stdout, stderr } = spawnSync(command, [...args, path], { input, encoding: "utf8" });
      const found = stdout.trim().split("\n");
      assert.deepEqual(
        cases.map(([name], i) => [name, found[i]]),
        cases.map(([name, , isOurs]) => [name, String(isOurs)]),
        stderr,
      );
    });
  }

  it("is documented in six languages", () => {
    assert.deepEqual(
      marked("verify-webhooks", "verify").map(({ language }) => language),
      Object.keys(SAMPLES),
    );
  });
});
