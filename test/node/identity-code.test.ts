import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { identityCode } from "../../src/campaigns/identity/identity-code.ts";
import { whyNot } from "./support/languages.ts";

const folder = mkdtempSync(join(tmpdir(), "referrals-identity-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const secret = "ids_Zm9yIHRlc3Rz";
const customer = { id: 7, email: "grâce+1@example.com" };

/** How each language's program prints the result of the code. */
const programs = {
  "Node.js": [
    "node",
    "code.mjs",
    (code: string) =>
      `${code}\nconsole.log(JSON.stringify(referralIdentity(42, { id: 7, email: "${customer.email}" })));`,
  ],
  Python: [
    "python3",
    "code.py",
    (code: string) =>
      `${code}\nimport json\nprint(json.dumps(referral_identity(42, {"id": 7, "email": "${customer.email}"})))`,
  ],
  PHP: [
    "php",
    "code.php",
    (code: string) =>
      `<?php\n${code}\necho json_encode(referral_identity(42, ['id' => 7, 'email' => '${customer.email}']));`,
  ],
  Ruby: [
    "ruby",
    "code.rb",
    (code: string) =>
      `${code}\nrequire "json"\nputs JSON.generate(referral_identity(42, { id: 7, email: "${customer.email}" }))`,
  ],
} as const satisfies Record<keyof typeof identityCode, unknown>;

describe("the dashboard's code for signing identities", () => {
  for (const [language, [program, file, whole]] of Object.entries(programs)) {
    it(`works in ${language}`, { skip: whyNot(program) }, () => {
      writeFileSync(join(folder, file), whole(identityCode[language as keyof typeof identityCode]));
      const env = { ...process.env, REFERRALS_IDENTITY_SECRET: secret, PYTHONIOENCODING: "utf-8" };
      const { stdout, stderr } = spawnSync(program, [join(folder, file)], { env, encoding: "utf8" });
      assert.ok(stdout, stderr);
      const { external_id, email, hash } = JSON.parse(stdout);
      const [time, mac] = hash.split(".");
      assert.ok(Math.abs(Number(time) - Date.now() / 1000) < 600);
      const text = `42\n${time}\n7\n${customer.email}`;
      assert.deepEqual(
        [external_id, email, mac],
        ["7", customer.email, createHmac("sha256", secret).update(text).digest("hex")],
      );
    });
  }
});
