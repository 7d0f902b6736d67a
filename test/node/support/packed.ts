import { execFile } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { buildPackage } from "../../../scripts/packages.ts";
import { root } from "../../../scripts/root.ts";

const run = promisify(execFile);

/** An empty folder with our packed packages, installed without a network. */
export async function installed(...names: string[]) {
  const folder = mkdtempSync(join(tmpdir(), "referrals-packages-"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module", "private": true }');
  const files = [];
  for (const name of names) {
    await buildPackage(name);
    const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", folder], {
      cwd: join(root, "packages", name),
    });
    files.push(join(folder, JSON.parse(stdout)[0].filename));
  }
  await run("npm", ["install", "--offline", "--legacy-peer-deps", "--no-audit", "--no-fund", ...files], {
    cwd: folder,
  });
  return folder;
}

/** The code of a README, in one language, as one module. */
export const codeOf = (readme: string, language: string) =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map(([, code]) => code).join("\n");

/** A member of the product at this address, with a key. */
export async function newAccount(url: string) {
  const post = async (path: string, body: object, headers = {}) => {
    const init = {
      method: "POST",
      body: JSON.stringify(body),
      headers: { "Content-Type": "application/json", ...headers },
    };
    return (await (await fetch(`${url}/api/v1/${path}`, init)).json()).data;
  };
  const account = { email: `ada-${crypto.randomUUID()}@example.com`, password: "correct horse battery" };
  await post("members", { ...account, name: "Ada" });
  const { token } = await post("auth/token", account);
  const { api_key } = await post("members/api-key", {}, { Authorization: `Bearer ${token}` });
  return api_key as string;
}
