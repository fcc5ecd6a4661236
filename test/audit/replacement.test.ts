import { audit } from '../../lib/audit/engine';
import { isEmptyWhenNew, replacingProperty } from '../../lib/audit/replacement';
import type { Rule } from '../../lib/audit/rule';
import { RULES } from '../../lib/audit/rules';
import type { Verdict } from '../../lib/audit/verdict';
import { allCases } from '../support/all-cases';
import { graphOf } from '../support/graph';
import { causesReplacement } from '../support/replacing-properties';
import { appOf, type RuleCases, TODAY } from '../support/rule-cases';

/** Fixes that leave the property alone that is found wanting, although its change would replace the resource. */
const LEFT_ALONE: Readonly<Record<string, string>> = {
  'EC2-06': 'an instance of no subnet stands in a default network: it is moved in any case',
  'ENU-04': 'a value that the service does not know was never deployed',
  'LIF-01': 'what has ended works no longer',
  'RDS-02': 'it asks for another instance',
  'X-31': 'it asks for another store, or for another objective',
  'X-34': 'a copy takes its data from the original',
  'X-47': 'instances are made from an image, which is named elsewhere',
  'X-82': 'a copy takes its data from the original',
};

/** Marks that CloudFormation's schema does not bear out, and the page that does. */
const BY_HAND: Readonly<Record<string, string>> = {
  'AWS::EC2::Volume Encrypted':
    'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-volume.html: not updated',
};

/** Every fail of some cases of a rule on what holds data. */
function failsOf(rule: Rule, cases: RuleCases): readonly Verdict[] {
  return Object.values(cases.fails).flatMap((one) =>
    audit([graphOf(appOf(rule, one))], {
      rules: [rule],
      today: TODAY,
      ...(cases.config && { config: cases.config }),
    }).verdicts.filter(({ verdict, type }) => verdict === 'fail' && isEmptyWhenNew(type)),
  );
}

const fails = [...allCases().values()].flatMap(({ rule, cases, further }) =>
  [cases, ...further].flatMap((one) => failsOf(rule, one).map((verdict) => ({ rule, verdict }))),
);

describe('rules whose fix replaces what holds data', () => {
  it('are marked wherever CloudFormation replaces the resource to change the property', () => {
    const unmarked = fails
      .filter(({ rule, verdict }) => replacingProperty(rule, verdict) === undefined)
      .filter(({ verdict: { type, property } }) => causesReplacement(type, property ?? '') === 'yes')
      .map(({ rule }) => rule.id);
    expect([...new Set(unmarked)].sort()).toEqual(Object.keys(LEFT_ALONE));
  });

  it('are marked for what does replace it', () => {
    const wrong = fails
      .map(({ rule, verdict }) => ({ rule, verdict, path: replacingProperty(rule, verdict) }))
      .filter(({ path }) => path !== undefined)
      .filter(({ verdict: { type }, path = '' }) => causesReplacement(type, path) === 'no')
      .map(({ verdict: { type }, path }) => `${type} ${path}`);
    expect([...new Set(wrong)]).toEqual(Object.keys(BY_HAND));
  });

  it('say so in the finding, with the property', () => {
    const [volume] = audit([graphOf({ Resources: { V: { Type: 'AWS::EC2::Volume', Properties: {} } } })], {
      rules: RULES.filter(({ id }) => id === 'EBS-03'),
    }).verdicts;
    expect(volume?.fix).toMatch(
      /encrypted copies of their snapshots \(changing Encrypted in place replaces the resource by a new, empty one\)$/,
    );
  });

  it('do not say so of what passes, or of another property', () => {
    const [shared] = audit(
      [
        graphOf({
          Resources: {
            F: { Type: 'AWS::EFS::FileSystem', Properties: { Encrypted: true } },
          },
        }),
      ],
      { rules: RULES.filter(({ id }) => id === 'EFS-03') },
    ).verdicts;
    expect(shared?.fix).not.toMatch(/in place/);
  });
});
