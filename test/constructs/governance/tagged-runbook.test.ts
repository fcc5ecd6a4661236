import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { taggedRunbook } from '../../../lib/constructs/governance/tagged-runbook';
import { AlarmLayer } from '../../../lib/constructs/observe/alarm-tags';
import { AlarmTree } from '../../../lib/constructs/observe/correlation/alarm-tree';
import { refusal, shopStack } from '../fixtures';

function alarm(stack = shopStack(1)) {
  const metric = new Metric({ namespace: 'Shop', metricName: 'FailedPayments' });
  return new Alarm(stack, 'Checkout', { metric, threshold: 1, evaluationPeriods: 1 });
}

describe('the runbook of an alarm', () => {
  it('is refused where it is a word, whatever construct is given it', () => {
    const { path, problem } = refusal(() => taggedRunbook(alarm(), 'TODO'));
    expect(path).toBe('Shop/Checkout');
    expect(problem).toBe('the runbook "TODO" is neither a path nor an address, so it leads nobody anywhere');
    const stack = shopStack(1);
    const components = [
      { name: 'api', layer: AlarmLayer.APPLICATION, alarms: [alarm(stack)], runbook: 'none' },
    ];
    expect(refusal(() => new AlarmTree(stack, 'Alarms', { components })).problem).toContain('"none"');
  });

  it('may be a path or an address', () => {
    expect(taggedRunbook(alarm(), 'docs/shop.md')).toBe('docs/shop.md');
    expect(taggedRunbook(alarm(), 'http://wiki/shop?id=1')).toBe('http://wiki/shop=3Fid=1');
    expect(taggedRunbook(alarm(), undefined)).toBeUndefined();
  });
});
