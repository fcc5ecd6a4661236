import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type IPolicyValidationContext, Stage } from 'aws-cdk-lib/core';
import { load } from '../assembly/source/load';
import type { SourceApp } from '../assembly/source/source';

/** The app whose assembly is being written: its manifest is complete when plug-ins are called. */
export function assemblyUnder({
  appConstruct,
  stackTemplates,
}: IPolicyValidationContext): readonly SourceApp[] {
  const outdir = Stage.isStage(appConstruct) ? appConstruct.outdir : undefined;
  const whole = outdir !== undefined && existsSync(join(outdir, 'manifest.json'));
  return load(whole ? [outdir] : stackTemplates.map(({ templatePath }) => templatePath), { together: true })
    .apps;
}
