import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, CfnResource, Stack } from 'aws-cdk-lib/core';
import { Graph } from '../../../../lib/assembly/graph';
import { load } from '../../../../lib/assembly/source/load';
import { audit } from '../../../../lib/audit/engine';
import { RULES } from '../../../../lib/audit/rules';
import type { Verdict } from '../../../../lib/audit/verdict';
import { declareService } from '../../../../lib/constructs/governance/service-scope';
import type { ServiceProps } from '../../../../lib/objectives/service';
import { TODAY } from '../../../support/rule-cases';
import { ACCOUNT, shopOf } from '../../fixtures';

/** What of our rules an app is told about alarms, after its synthesis. */
export function verdictsOf(
  build: (stack: Stack) => void,
  options: Partial<ServiceProps> = {},
): readonly Verdict[] {
  const outdir = mkdtempSync(join(tmpdir(), 'nines-mandatory-'));
  try {
    const app = new App({ outdir, analyticsReporting: false });
    // CloudFront reports to us-east-1 alone.
    const stack = new Stack(app, 'Shop', { env: { account: ACCOUNT, region: 'us-east-1' } });
    declareService(stack, shopOf(options.tier ?? 1, options));
    build(stack);
    app.synth();
    const graphs = load([outdir]).apps.map((each) => new Graph(each));
    const rules = RULES.filter(({ id }) => /^X-7[0-6]$/.test(id));
    return audit(graphs, { rules, today: TODAY }).verdicts;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** A resource as a template has it, of no class of the CDK. */
export function plain(stack: Stack, type: string, properties: object = {}, id = 'It'): CfnResource {
  return new CfnResource(stack, id, { type, properties: properties as Record<string, unknown> });
}
