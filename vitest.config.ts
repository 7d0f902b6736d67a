import { cloudflareTest, readD1Migrations } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

/** Tests in workerd, on the real migrations, with the settings of wrangler.toml but for what a machine without network needs. */
export default defineConfig(async () => ({
  plugins: [
    cloudflareTest({
      wrangler: { configPath: "./wrangler.toml" },
      miniflare: {
        // Nothing leaves the machine: webhooks that a test does not look at are delivered to nobody.
        outboundService: () => new Response(null, { status: 204 }),
        // Nobody takes these: the runtime would hand an email to the Worker after a second, beside the test that hands it over itself.
        queueProducers: { MAILS: { queueName: "nobody" } },
        bindings: {
          TEST_MIGRATIONS: await readD1Migrations("./migrations"),
          JWT_SECRET: "test-jwt-secret",
          CODE_SECRET: "test-code-secret",
          SEAL_SECRET: "test-seal-secret",
          OPERATOR_TOKEN: "test-operator-token",
          RATE_LIMITS: "off",
          DOH_URL: "",
          // Reserved names, as on a local installation. The tests of proofs trust none.
          TRUSTED_DOMAINS: "example",
          MAIL_FROM: "mail@referrals.test",
          BACKUP_DAYS: "",
          PUBLIC_URL: "https://referrals.test",
          // What is random comes from one seed: the same at every run, so that a change is judged by what it changed. SEED=<n> or
          // SEED=random looks elsewhere, RUNS=<n> does n times as much.
          TEST_SEED: process.env.SEED === "random" ? String(Date.now() % 2 ** 31) : (process.env.SEED ?? "20261122"),
          TEST_RUNS: process.env.RUNS ?? "1",
        },
      },
    }),
  ],
  test: {
    // Tests side by side wait for deadlines, and do nothing else.
    maxConcurrency: 20,
    include: ["test/*.test.ts"],
    setupFiles: ["test/support/setup.ts"],
    // One runtime for all files: to start one and load the product into it costs more than most files do.
    isolate: false,
    // A slow and busy machine is no failure.
    testTimeout: 1_800_000,
    hookTimeout: 1_800_000,
    silent: "passed-only" as const,
  },
}));
