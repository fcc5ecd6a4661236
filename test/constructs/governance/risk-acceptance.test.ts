import { Template } from 'aws-cdk-lib/assertions';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { App, Aws, Stack, Stage, Validations } from 'aws-cdk-lib/core';
import type { IConstruct } from 'constructs';
import { RiskAcceptance, type RiskAcceptanceProps } from '../../../lib/constructs/governance/risk-acceptance';
import { declareService } from '../../../lib/constructs/governance/service-scope';
import { ConfigurationError } from '../../../lib/errors';
import { readCatalogue } from '../../../lib/objectives/catalogue-reader';
import { Service } from '../../../lib/objectives/service';
import { Tier } from '../../../lib/objectives/tier';
import { RECORD } from '../../records/fixtures';

const { scope: _, ...PROPS } = RECORD;

function shop(tier?: Tier) {
  const stack = new Stack(new App(), 'Shop');
  if (tier !== undefined) declareService(stack, new Service({ name: 'shop', tier, owner: 'team-shop' }));
  return { stack, bucket: new CfnBucket(stack, 'Files') };
}

function refusal(scope: IConstruct, props: Partial<RiskAcceptanceProps> = {}): string {
  try {
    RiskAcceptance.of(scope).accept({ ...PROPS, ...props });
  } catch (error) {
    if (error instanceof ConfigurationError) return error.line;
    throw error;
  }
  return 'accepted';
}

const catalogueOf = (stack: Stack) => Template.fromStack(stack).toJSON().Metadata?.['cdk-nines'];

describe('RiskAcceptance', () => {
  it('is acknowledged in the report of the CDK, rule by rule, with who answers for it', () => {
    const { bucket } = shop();
    RiskAcceptance.of(bucket).accept({ ...PROPS, rules: ['S3-01', 'S3-02'] });
    const key = Validations.ACKNOWLEDGED_RULES_METADATA_KEY;
    const data = bucket.node.metadata.filter(({ type }) => type === key).map((entry) => entry.data);
    const reason =
      'the move to Aurora ends in March (owner head of logistics, approved by head of payments until 2027-03-31, ' +
      'RISK-142; meanwhile: a restore is rehearsed each week)';
    expect(data).toEqual([{ 'cdk-nines::S3-01': reason }, { 'cdk-nines::S3-02': reason }]);
  });

  it('stands in the template, so that the audit knows who answers for it and until when', () => {
    const { stack, bucket } = shop();
    RiskAcceptance.of(bucket).accept({ ...PROPS, secondApprover: 'board', signature: 'c2ln' });
    const acceptance = {
      ...PROPS,
      scope: { path: 'Shop/Files' },
      secondApprover: 'board',
      signature: 'c2ln',
    };
    const catalogue = catalogueOf(stack);
    expect(catalogue).toEqual({ schema: 'cdk-nines.catalogue/1', services: [], acceptances: [acceptance] });
    expect(readCatalogue(catalogue)).toEqual({ catalogue });
  });

  it('stands beside the services of the stack, in one order', () => {
    const texts = [['S3-01'], ['S3-02']].map((rules, index, all) => {
      const { stack, bucket } = shop(Tier.BUSINESS_CRITICAL);
      RiskAcceptance.of(bucket).accept({ ...PROPS, rules });
      RiskAcceptance.of(stack).accept({ ...PROPS, rules: all[1 - index] ?? [] });
      RiskAcceptance.of(bucket).accept({ ...PROPS, rules: all[1 - index] ?? [] });
      RiskAcceptance.of(stack).accept({ ...PROPS, rules });
      return catalogueOf(stack);
    });
    expect(texts[0].services.map(({ name }: { name: string }) => name)).toEqual(['shop']);
    expect(texts[0].acceptances).toHaveLength(4);
    expect(JSON.stringify(texts[0])).toBe(JSON.stringify(texts[1]));
  });

  it.each([
    [
      0,
      91,
      '2027-04-11',
      /Shop\/Files: it runs for 91 d .* tier 0 allows 90 d; fix: let it expire on 2027-04-10/,
    ],
    [
      1,
      181,
      '2027-07-10',
      /runs for 181 d .* tier 1 allows 180 d; fix: let it expire on 2027-07-09 or before/,
    ],
    [
      2,
      366,
      '2028-01-11',
      /runs for 366 d .* tier 2 allows 365 d; fix: let it expire on 2028-01-10 or before/,
    ],
    [3, 366, '2028-01-11', /tier 3 allows 365 d/],
    [undefined, 366, '2028-01-11', /tier 3 allows 365 d/],
  ])(
    'at tier %s is refused for %s days, with the last day that is allowed',
    (tier, _days, expires, message) => {
      expect(refusal(shop(tier).bucket, { expires })).toMatch(message);
      const last = /on (\d{4}-\d\d-\d\d) or before/.exec(refusal(shop(tier).bucket, { expires }))?.[1];
      expect(refusal(shop(tier).bucket, { expires: last ?? '' })).toBe('accepted');
    },
  );

  it('is refused outside of any stack, where no assembly would keep it', () => {
    const app = new App();
    expect(refusal(app)).toMatch(/: a risk is accepted outside of any stack; fix: accept it on a stack/);
    expect(refusal(new Stage(app, 'Prod'))).toMatch(/^Prod: a risk is accepted outside/);
  });

  const WRONG: Readonly<Record<string, readonly [props: Partial<RiskAcceptanceProps>, message: RegExp]>> = {
    'a family of rules': [
      { rules: ['S3-*'] },
      /^Shop\/Files: "S3-\*" stands for a family of rules; fix: name each/,
    ],
    'no rule': [{ rules: [] }, /it names no rules/],
    'the rule on exceptions': [{ rules: ['X-84'] }, /X-84 judges the acceptances/],
    'no reason': [{ reason: ' ' }, /reason is " ", not a text; fix: write reason in words/],
    'no ticket': [{ ticket: '' }, /ticket is missing; fix: set ticket/],
    'the author as approver': [
      { approver: 'team-shop' },
      /approver "team-shop" is its author; fix: have a business/,
    ],
    'an address': [
      { owner: 'jo@bank.example' },
      /owner "jo@bank\.example" is an address; fix: name the role/,
    ],
    'what only the deploy knows': [
      { ticket: Aws.STACK_NAME },
      /ticket is known only at deploy; fix: write ticket/,
    ],
    'no day': [{ expires: 'soon' }, /expires is "soon", which is no date; fix: write a day as YYYY-MM-DD/],
  };
  for (const [name, [props, message]] of Object.entries(WRONG)) {
    it(`is refused with ${name}`, () => expect(refusal(shop().bucket, props)).toMatch(message));
  }

  it('is refused with all mistakes at once', () =>
    expect(refusal(shop().bucket, { ticket: '', expires: '' })).toMatch(
      /2 mistakes: \(1\) ticket.* \(2\) expires/,
    ));
});
