import type { DeployedStack } from '../deployed';
import { type DesignFinding, Expectations, ofType } from './design';

/** Every key of ours is rotated every year. */
export function keyFindings(stack: DeployedStack): DesignFinding[] {
  const expectations = new Expectations(stack.name);
  const keys = ofType(stack, 'AWS::KMS::Key');
  expectations.expect('there are keys', true, keys.length > 0);
  for (const { logicalId, live } of keys) {
    expectations.expect(`${logicalId} is rotated`, true, live?.EnableKeyRotation);
  }
  return expectations.findings;
}
