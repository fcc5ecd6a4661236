import { join } from 'node:path';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { App, Aspects, Stack, Validations } from 'aws-cdk-lib/core';
import { AwsSolutionsChecks } from 'cdk-nag';
import { readValidationReport } from '../../lib/assembly/source/validation-report';
import { otherFindings } from '../../lib/audit/other-findings';
import { NinesNagPack } from '../../lib/synth/nag';
import { NinesAspect } from '../../lib/synth/nines-aspect';
import { NinesChecks } from '../../lib/synth/nines-checks';
import { Scratch } from '../support/scratch';

/** What the CDK reports of an app in which all our doors, and a pack of cdk-nag, stand open. */
function reportOf(build: (stack: Stack) => void): string {
  const app = new App({ context: { '@aws-cdk/core:annotationsInValidationReport': true } });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new NinesNagPack(), new NinesChecks());
  Aspects.of(app).add(new NinesAspect());
  build(new Stack(app, 'Shop', { env: { account: '123456789012', region: 'eu-west-1' } }));
  const exitCode = process.exitCode;
  try {
    app.synth();
  } catch {
    // What is found stops the synthesis; the report is written all the same.
  }
  process.exitCode = exitCode;
  return join(app.outdir, 'validation-report.json');
}

describe('the report of cdk synth', () => {
  const scratch = new Scratch();
  beforeEach(() => void jest.spyOn(console, 'error').mockImplementation());
  afterAll(() => scratch.remove());

  it('gives the findings of other plug-ins, those that somebody accepted with the reason, and none of ours', () => {
    const report = reportOf((stack) => {
      const bucket = new Bucket(stack, 'Data');
      Validations.of(bucket).acknowledge({ id: 'AwsSolutions::AwsSolutions-S1', reason: 'no access log' });
    });
    const violations = readValidationReport(report);
    expect(new Set(violations.map(({ plugin }) => plugin))).toEqual(
      new Set(['AwsSolutions', 'cdk-nines', 'cdk-nines-nag', 'Construct Annotations']),
    );
    const others = otherFindings(violations, []);
    expect(others).toMatchObject([
      { tool: 'AwsSolutions', rule: 'AwsSolutions-S1', accepted: { reason: 'no access log' } },
      {
        tool: 'AwsSolutions',
        rule: 'AwsSolutions-S10',
        severity: 'error',
        constructPath: 'Shop/Data/Resource',
      },
    ]);
    expect(others[1]?.accepted).toBe(undefined);
  });

  it('tells a plug-in that failed without a word', () => {
    const pluginReports = [{ pluginName: 'Mute', conclusion: 'failure', violations: [] }];
    const file = scratch.write('mute.json', { pluginReports });
    expect(otherFindings(readValidationReport(file), [])).toMatchObject([
      { tool: 'Mute', rule: 'failure', severity: 'error' },
    ]);
  });

  it('is refused where it is none', () => {
    expect(() => readValidationReport(scratch.write('none.json', {}))).toThrow('has no list pluginReports');
    expect(() => readValidationReport(scratch.write('odd.json', { pluginReports: [1] }))).toThrow(
      'without pluginName',
    );
  });
});
