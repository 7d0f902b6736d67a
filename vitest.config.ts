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
        bindings: {
          TEST_MIGRATIONS: await readD1Migrations("./migrations"),
          JWT_SECRET: "test-jwt-secret",
          CODE_SECRET: "test-code-secret",
          SEAL_SECRET: "test-seal-secret",
          OPERATOR_TOKEN: "test-operator-token",
          RATE_LIMITS: "off",
          DOH_URL: "",
          // SEED=<n> repeats what was random in a run, RUNS=<n> does n times as much of it.
          TEST_SEED: process.env.SEED ?? String(Date.now() % 2 ** 31),
          TEST_RUNS: process.env.RUNS ?? "1",
        },
      },
    }),
  ],
  test: {
    include: ["test/*.test.ts"],
    setupFiles: ["test/support/setup.ts"],
    testTimeout: 30_000,
    silent: "passed-only" as const,
  },
}));
