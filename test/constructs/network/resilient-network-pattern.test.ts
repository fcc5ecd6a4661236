import { resilientNetwork } from '../../patterns/resilient-network';
import { acceptPattern, findingsIn, type Pattern, surroundings } from '../../support/pattern';
import { WEAKENING } from '../fixtures';

acceptPattern(resilientNetwork);

it('has no finding in one zone that somebody answers for', () => {
  const inOneZone: Pattern = {
    construct: 'ResilientNetwork',
    build: (stack, around) => resilientNetwork.buildWith?.(stack, { zones: 1, weakening: WEAKENING }, around),
  };
  const found = () => findingsIn(inOneZone, surroundings(inOneZone, 2), { nag: false, drawn: true });
  expect(found().audit).toEqual([]);
});
