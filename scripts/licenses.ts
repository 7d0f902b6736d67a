import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { BROWSER_ENTRIES } from "./assets.ts";
import { root } from "./root.ts";

/**
 * SPDX names of licenses whose code may be part of a work under AGPL-3.0. Source:
 * https://www.gnu.org/licenses/license-list.html
 */
const COMPATIBLE = new Set([
  "0BSD",
  "AGPL-3.0-only",
  "AGPL-3.0-or-later",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "GPL-3.0-only",
  "GPL-3.0-or-later",
  "ISC",
  "LGPL-3.0-only",
  "LGPL-3.0-or-later",
  "MIT",
  "MIT-0",
  "MPL-2.0",
  "OFL-1.1",
  "Unlicense",
  "Zlib",
]);

/** Packages whose files or data are copied into the assets instead of imported by our code. */
const COPIED = [
  "@fontsource-variable/inter",
  "@fontsource/biz-udpgothic",
  "@fontsource/inter",
  "@fontsource/noto-sans-arabic",
  "@zxcvbn-ts/language-common",
  "disposable-email-domains-js",
  "swagger-ui-dist",
];

const LICENSE_FILE = /^(licen[cs]e|copying|notice)/i;

/**
 * The npm packages that reach visitors or Cloudflare, with the texts of their licenses.
 * @throws if a license is not compatible with ours
 */
export async function thirdPartyLicenses() {
  const packages = [...new Set([...(await bundledFolders()), ...COPIED.map((name) => `node_modules/${name}`)])].map(
    read,
  );
  const refused = packages.filter(({ license }) => !COMPATIBLE.has(license));
  if (refused.length)
    throw new Error(
      `Licenses that are not known to be compatible with AGPL-3.0 (scripts/licenses.ts):\n${refused.map(titleOf).join("\n")}`,
    );
  const chapters = packages.sort((a, b) => (a.name < b.name ? -1 : 1)).map((p) => `${titleOf(p)}\n\n${textOf(p)}`);
  return { count: packages.length, text: `${chapters.join(`\n\n${"-".repeat(80)}\n\n`)}\n` };
}

/** Folders of the packages whose code esbuild bundles, for the Worker and for browsers. */
async function bundledFolders() {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: ["src/worker.ts", ...BROWSER_ENTRIES],
    bundle: true,
    format: "esm",
    conditions: ["workerd", "worker", "browser"],
    external: ["node:*", "cloudflare:*", "/fonts/*"],
    outdir: "unused",
    write: false,
    metafile: true,
  });
  return Object.values(metafile.outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .flatMap(([path]) => path.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/) ?? []);
}

function read(folder: string) {
  const { name, version, license = "none" } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
  return { folder: join(root, folder), name: String(name), version: String(version), license: String(license) };
}

type Package = ReturnType<typeof read>;

const titleOf = ({ name, version, license }: Package) => `${name} ${version} (${license})`;

/** The license files of a package, or the standard text of its license if it has none. */
function textOf({ folder, license }: Package) {
  const files = readdirSync(folder).filter((file) => LICENSE_FILE.test(file));
  if (files.length) return files.map((file) => readFileSync(join(folder, file), "utf8").trim()).join("\n\n");
  const standard = join(root, "node_modules/spdx-license-list/licenses", `${license}.json`);
  return String(JSON.parse(readFileSync(standard, "utf8")).licenseText).trim();
}

if (import.meta.main)
  try {
    console.log(`The licenses of ${(await thirdPartyLicenses()).count} packages are compatible with AGPL-3.0.`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
