import { expectFresh } from '../../support/fresh';
import { RULES_INDEX, renderRulesIndex } from '../../support/rules-index';

describe('the list of rules', () => {
  it('holds every file of the folder', () => expectFresh(RULES_INDEX, renderRulesIndex()));
});
