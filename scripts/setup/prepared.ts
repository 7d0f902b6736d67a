import { configOf, trackedConfig, writeConfig } from "./config.ts";
import { filesOf, readInstallation } from "./installation.ts";

/** The command that prepares an installation. */
export const setupOf = (label: string) =>
  `npm run setup -- ${label === "production" ? "" : `--installation ${label} `}--apply`;

/**
 * An installation that was set up, and the configuration that wrangler reads.
 * @throws if it was not set up
 */
export async function preparedInstallation(label: string) {
  const installation = readInstallation(filesOf(label).values);
  if (!installation?.database_id) throw new Error(`There is no installation ${label} yet. Run ${setupOf(label)}`);
  const config = configOf(await trackedConfig(), installation);
  return { installation, config, file: writeConfig(config) };
}
