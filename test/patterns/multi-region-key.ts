import fc from 'fast-check';
import { MultiRegionKey } from '../../lib/constructs/recovery/multi-region-key';
import { primaryKeyArn, roleIn } from '../constructs/recovery/fixtures';
import type { Pattern } from '../support/pattern';

interface Options {
  readonly alias: string | undefined;
  readonly ciphertextTravels: boolean;
  readonly primaryKnown: boolean;
  readonly administrated: boolean;
  readonly used: boolean;
}

export const multiRegionKey: Pattern<Options> = {
  construct: 'MultiRegionKey',
  build: (stack) => {
    // minimal
    new MultiRegionKey(stack, 'Key');
    // end
  },
  options: fc.record({
    alias: fc.constantFrom(undefined, 'orders', 'alias/orders', 'not an alias'),
    ciphertextTravels: fc.boolean(),
    primaryKnown: fc.boolean(),
    administrated: fc.boolean(),
    used: fc.boolean(),
  }),
  buildWith: (stack, { alias, ciphertextTravels, primaryKnown, administrated, used }, { regions }) => {
    new MultiRegionKey(stack, 'Key', {
      ...(alias !== undefined && { alias }),
      ciphertextTravels,
      ...(primaryKnown && { primaryKeyArn: primaryKeyArn([...regions].sort()[0] ?? '') }),
      ...(administrated && { administrators: [roleIn(stack, 'Administrator')] }),
      ...(used && { users: [roleIn(stack, 'User')] }),
    });
  },
};
