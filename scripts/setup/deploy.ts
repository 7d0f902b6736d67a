import { parseArgs } from "node:util";
import { build } from "../build.ts";
import { SECRETS } from "../secrets.ts";
import { preparedInstallation, setupOf } from "./prepared.ts";
import { databaseOf, expectJurisdiction, secretsOf } from "./resources.ts";
import { Wrangler } from "./wrangler.ts";

try {
  await deploy();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/** Builds, migrates the remote database, and deploys. The old code serves until then, on the new schema. */
async function deploy() {
  const { values } = parseArgs({ options: { installation: { type: "string", default: "production" } } });
  const setup = setupOf(values.installation);
  const { installation, file } = await preparedInstallation(values.installation);

  const wrangler = new Wrangler(installation.account_id);
  const database = await databaseOf(wrangler, installation);
  if (!database)
    throw new Error(`The account has no database ${installation.database_id}. Restore it, or run ${setup}`);
  expectJurisdiction(database, installation);
  const secrets = await secretsOf(wrangler, installation.name);
  const missing = SECRETS.filter((name) => !secrets.has(name));
  if (missing.length > 0) throw new Error(`The Worker has no ${missing.join(", ")}. Run ${setup}`);

  await build();
  await wrangler.show(["d1", "migrations", "apply", "DB", "--remote", "--config", file]);
  await wrangler.show(["deploy", "--config", file]);
}
