import { audit } from '../../lib/audit/engine';
import { withoutIndices } from '../../lib/audit/property-path';
import { RULES } from '../../lib/audit/rules';
import type { Verdict } from '../../lib/audit/verdict';
import { allCases } from '../support/all-cases';
import { graphOf, type TestApp } from '../support/graph';
import { appOf, TODAY } from '../support/rule-cases';

/** Every fail of the cases of all rules. */
const fails: readonly Verdict[] = [...allCases().values()].flatMap(({ rule, cases, further }) =>
  [cases, ...further].flatMap((each) =>
    Object.values(each.fails).flatMap((one) =>
      audit([graphOf(appOf(rule, one))], {
        rules: [rule],
        today: TODAY,
        ...(each.config && { config: each.config }),
      }).verdicts.filter(({ verdict }) => verdict === 'fail'),
    ),
  ),
);

function said(app: TestApp, id: string): readonly string[] {
  const rules = RULES.filter((rule) => rule.id === id);
  const { verdicts } = audit([graphOf(app)], { rules, today: TODAY });
  return verdicts
    .filter(({ verdict }) => verdict === 'fail')
    .map(({ message, fix }) => `${message}; fix: ${fix}`);
}

const one = (Type: string, Properties: object = {}): TestApp => ({
  Resources: { One: { Type, Properties } },
});

describe('what findings say', () => {
  it('names what is missing once', () => {
    const twice = fails.filter(({ message }) => {
      const [, found = '', needed = ''] =
        /found no (.*), needs (?:an? |the |at least 1 )?(.*)$/.exec(message) ?? [];
      return found !== '' && (needed.startsWith(found) || found.startsWith(needed));
    });
    expect(twice.map(({ message }) => message)).toEqual([]);
  });

  it('counts one day as one', () => {
    expect(fails.filter(({ message }) => /\b1 days\b/.test(message)).map(({ message }) => message)).toEqual(
      [],
    );
  });

  it('is found and needed, in that order', () => {
    expect(
      fails.filter(({ message }) => !/found .+, needs .+/.test(message)).map(({ rule }) => rule),
    ).toEqual([]);
  });

  it('has a fix for each property that a rule names one for', () => {
    const named = new Set(
      fails.flatMap(({ rule, type, property = '' }) => [
        `${rule} ${withoutIndices(property)}`,
        `${rule} ${type} ${withoutIndices(property)}`,
      ]),
    );
    const fixes = RULES.flatMap(({ id, fixes: own = {} }) => Object.keys(own).map((path) => `${id} ${path}`));
    expect(fixes.filter((each) => !named.has(each))).toEqual([]);
  });

  it.each([
    [
      'LAM-08',
      one('AWS::Lambda::Function', { MemorySize: 256 }),
      'Timeout: found no value, so the default (3 s), needs a value of yours; fix: set Timeout to what was measured',
    ],
    [
      'EKS-03',
      one('AWS::EKS::Cluster', {
        Logging: { ClusterLogging: { EnabledTypes: [{ Type: 'api' }, { Type: 'audit' }] } },
      }),
      'Logging.ClusterLogging.EnabledTypes: found api, audit, needs authenticator, controllerManager, scheduler too; fix: enable api, audit, authenticator, controllerManager and scheduler in Logging.ClusterLogging',
    ],
    [
      'RDS-18',
      one('AWS::RDS::DBInstance', { Engine: 'mysql', EnableCloudwatchLogsExports: ['error'] }),
      'EnableCloudwatchLogsExports: found error, needs audit, general, slowquery too; fix: list all log types of the engine in EnableCloudwatchLogsExports',
    ],
    [
      'CFN-01',
      { stacks: { Shop: { template: one('AWS::SNS::Topic') as never } } },
      'found termination protection off, the default, needs termination protection on; fix: set terminationProtection: true on the stack',
    ],
    [
      'WAF-01',
      one('AWS::WAFv2::WebACL'),
      'found none, needs a logging configuration; fix: add an AWS::WAFv2::LoggingConfiguration for the web ACL',
    ],
  ])('is plain: %s', (id, app, text) => expect(said(app, id)).toEqual([text]));
});
