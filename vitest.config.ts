import { existsSync } from "node:fs";
import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

if (!existsSync("dist/assets"))
  console.warn("Nothing is built, so tests that read a page of the docs or a font fail with 503. Run `npm run build`.");

/** Tests in workerd, on the real migrations, with the settings of wrangler.toml but for what a machine without network needs. */
export default defineConfig(async () => ({
  plugins: [
    cloudflareTest({
      wrangler: { configPath: "./wrangler.toml" },
      miniflare: {
        // Nothing leaves the machine: webhooks that a test does not intercept are discarded.
        outboundService: () => new Response(null, { status: 204 }),
        // No consumer: after a second, the runtime would deliver an email to the Worker while a test delivers it itself.
        queueProducers: { MAILS: { queueName: "nobody" } },
        bindings: {
          TEST_MIGRATIONS: await readD1Migrations("./migrations"),
          JWT_SECRET: "test-jwt-secret",
          CODE_SECRET: "test-code-secret",
          SEAL_SECRET: "test-seal-secret",
          OPERATOR_TOKEN: "test-operator-token",
          RATE_LIMITS: "off",
          DOH_URL: "",
          // Reserved names, as on a local installation. The tests of domain proofs trust none.
          TRUSTED_DOMAINS: "example",
          MAIL_FROM: "mail@referrals.test",
          BACKUP_DAYS: "",
          PUBLIC_URL: "https://referrals.test",
          // Random tests use one fixed seed, so a failure comes from the change. SEED=<n> or SEED=random uses another one;
          // RUNS=<n> runs n times as many cases.
          TEST_SEED: process.env.SEED === "random" ? String(Date.now() % 2 ** 31) : (process.env.SEED ?? "20261122"),
          TEST_RUNS: process.env.RUNS ?? "1",
        },
      },
    }),
  ],
  // Vite warns about every file of a package whose source map names sources that are not published. Stripe has hundreds.
  logLevel: "error" as const,
  test: {
    // Concurrent tests only wait for deadlines.
    maxConcurrency: 20,
    include: ["test/*/**/*.test.ts"],
    // These folders are for Node and browsers, or have none of our tests.
    exclude: ["test/{browser,clients,node,react-18,support}/**"],
    setupFiles: ["test/support/setup.ts"],
    // One runtime for all files: starting one and loading the product takes longer than most files.
    isolate: false,
    // A busy machine must not fail a test.
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
    silent: "passed-only" as const,
    // A line per file, and the slowest files at the end of a run: nearly every test is slow on a busy machine.
    slowTestThreshold: 10_000,
  },
}));
