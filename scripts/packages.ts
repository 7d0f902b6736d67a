import { execFile } from "node:child_process";
import { cpSync, existsSync, globSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { type BuildOptions, build } from "esbuild";
import { root } from "./root.ts";

const run = promisify(execFile);
const TSC = join(root, "node_modules/typescript/bin/tsc");

/** The packages to build, in order: each may use the ones before it. */
const NAMES = ["sdk", "react", "cli"].filter((name) => existsSync(join(root, "packages", name, "src")));

/** Fills `packages/<name>/dist`: ES modules, CommonJS beside them, and the types of both. */
export async function buildPackage(name: string) {
  const folder = join(root, "packages", name);
  const dist = join(folder, "dist");
  rmSync(dist, { recursive: true, force: true });
  if (existsSync(join(folder, "src/main.ts"))) return buildProgram(folder);
  const common = {
    entryPoints: [join(folder, "src/index.ts")],
    bundle: true,
    packages: "external",
    platform: "neutral",
    target: "es2022",
    tsconfig: join(folder, "tsconfig.json"),
  } satisfies BuildOptions;
  await Promise.all([
    build({ ...common, format: "esm", outdir: dist }),
    build({ ...common, format: "cjs", outdir: join(dist, "cjs") }),
    run(process.execPath, [TSC, "-p", folder, ...TYPES, "--rootDir", join(folder, "src"), "--outDir", dist]),
  ]);
  // The types are the same; only the package.json beside them differs.
  for (const file of globSync("**/*.d.ts", { cwd: dist, exclude: ["cjs/**"] }))
    cpSync(join(dist, file), join(dist, "cjs", file));
  writeFileSync(join(dist, "cjs/package.json"), '{ "type": "commonjs" }\n');
}

const TYPES = ["--noEmit", "false", "--declaration", "--emitDeclarationOnly"];

/** A program is one file that contains its dependencies. */
const buildProgram = async (folder: string) =>
  void (await build({
    entryPoints: [join(folder, "src/main.ts")],
    outfile: join(folder, "dist/main.js"),
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    banner: { js: "#!/usr/bin/env node" },
    alias: { "@referrals/sdk": join(root, "packages/sdk/src/index.ts") },
    tsconfig: join(folder, "tsconfig.json"),
  }));

if (import.meta.main) for (const name of NAMES) await buildPackage(name);
