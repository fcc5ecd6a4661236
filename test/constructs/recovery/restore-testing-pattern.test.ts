import { CfnDBInstance } from 'aws-cdk-lib/aws-rds';
import { RestoreTesting } from '../../../lib/constructs/recovery/restore-testing';
import { TIERS } from '../../../lib/objectives/tier';
import { restoreTesting } from '../../patterns/restore-testing';
import { acceptPattern, findingsIn, type Pattern, surroundings } from '../../support/pattern';

acceptPattern(restoreTesting);

/** Tests that restore into a network, of a database that the packs find fault with. */
const intoNetwork: Pattern = {
  construct: 'RestoreTesting',
  build: (stack) => {
    new CfnDBInstance(stack, 'Database', { engine: 'postgres' });
    new RestoreTesting(stack, 'RestoreTests');
  },
};

it.each(TIERS)('have no finding of the packs in their network at tier %i', (tier) => {
  const { nag } = findingsIn(intoNetwork, surroundings(intoNetwork, tier));
  expect(nag.filter((finding) => finding.includes('/RestoreTests'))).toEqual([]);
});
