import { htmlOf } from '../../../lib/evidence/html/element';
import { thirdPartySection } from '../../../lib/evidence/report/third-parties';
import { DependencyKind } from '../../../lib/objectives/dependency';
import type { ThirdParty } from '../../../lib/objectives/third-party';
import * as third from '../../support/third-party';

const TODAY = new Date('2027-03-31T00:00:00Z');

/** The table of a service that needs some third parties, as text between bars. */
function shown(...thirdParties: readonly ThirdParty[]): string {
  const part = { assessed: { service: { thirdParties } }, id: 's1' };
  const html = htmlOf(thirdPartySection(part as unknown as Parameters<typeof thirdPartySection>[0], TODAY));
  return html
    .replace(/<[^>]*>/g, '|')
    .replace(/\|+/g, '|')
    .split('Status page|')
    .slice(1)
    .join('');
}

const credits = [...(third.cards.contract?.credits ?? [])].reverse();
const cards: ThirdParty = {
  ...third.cards,
  name: 'cards <inc>',
  contract: { ...third.cards.contract, credits },
};

describe('the services of others that a service needs', () => {
  it('stand in the report with their contracts', () => {
    expect(shown(cards)).toBe(
      'cards &lt;inc>|down without it|99.95 %|10 % below 99.95 %|25.5 % below 99.00 %|2027-03-31|plans/cards.md|https://status.example.org|',
    );
  });

  it('say that a review is overdue from the next day on', () => {
    const reviewed = (reviewBy: string) => shown({ ...cards, contract: { reviewBy } });
    expect(reviewed('2027-03-30')).toContain('2027-03-30 |overdue|');
    expect(reviewed('2027-03-31')).not.toContain('overdue');
  });

  it('say what nobody has said', () => {
    expect(shown({ name: 'mail', kind: DependencyKind.SOFT })).toBe(
      'mail|serving on without it|nothing|nobody has said|nobody has said|nobody has said|nobody has said|',
    );
  });

  it('are left out where there are none', () => {
    const part = { assessed: { service: { thirdParties: [] } }, id: 's1' };
    expect(
      thirdPartySection(part as unknown as Parameters<typeof thirdPartySection>[0], TODAY),
    ).toBeUndefined();
  });
});
