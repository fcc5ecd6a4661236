import { existsSync, readFileSync } from 'node:fs';
import { Graph } from '../assembly/graph';
import type { SourceApp } from '../assembly/source/source';
import { type AuditResult, audit } from '../audit/engine';
import { RULES } from '../audit/rules';
import { CONFIG_FILE, type Config, parseConfig } from '../records/config';

/** What the synth integrations have in common. */
export interface NinesProps {
  /**
   * The file that declares the services of the app.
   *
   * @default - `nines.config.yaml` in the folder of `cdk.json`, if there is one
   */
  readonly config?: string;

  /**
   * The day on which exceptions are judged.
   *
   * @default - the system date
   */
  readonly today?: Date;
}

/**
 * Judges apps by every rule, with the services that the configuration declares.
 *
 * @internal
 */
export function judgeApps(apps: readonly SourceApp[], props: NinesProps, unfinished?: string): AuditResult {
  const config = readConfig(props.config);
  return audit(
    apps.map((app) => new Graph(app, unfinished)),
    { rules: RULES, today: props.today ?? new Date(), ...(config && { config }) },
  );
}

/** Read when it is needed, not when the plug-in is registered: a missing default is no mistake. */
function readConfig(named: string | undefined): Config | undefined {
  const file = named ?? CONFIG_FILE;
  return named !== undefined || existsSync(file) ? parseConfig(readFileSync(file, 'utf8'), file) : undefined;
}
