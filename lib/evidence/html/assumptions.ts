import { RUNTIME_RULES } from '../../audit/runtime-rules';
import type { Evidence } from '../evidence';
import { el, type Html } from './element';
import { section, table } from './table';

/** What the audit takes for granted, and what it cannot see. */
export function assumptionsOf({ result, at }: Evidence): Html {
  const assumed = new Set(
    result.verdicts.filter(({ service }) => service === undefined).map(({ tier }) => tier),
  );
  return section(
    'assumptions',
    'Assumptions',
    el('ul', {}, [
      ...[...assumed]
        .sort()
        .map((tier) =>
          el(
            'li',
            {},
            `Resources of no declared service are judged at tier ${tier}: assumed, nobody declared it.`,
          ),
        ),
      el(
        'li',
        {},
        'What is judged are templates, before a deploy. Changes made by hand in accounts are not seen.',
      ),
      el('li', {}, 'Where a template leaves a property out, the default of the AWS service counts.'),
      el(
        'li',
        {},
        'Zones that are named by their place in a list only (Fn::GetAZs) are taken for different ones.',
      ),
      el('li', {}, `Exceptions are judged on ${at.toISOString().slice(0, 10)}.`),
      el(
        'li',
        {},
        'A rule that passes shows that what it asks for is written down, not that it works: try it.',
      ),
    ]),
    table(
      'What only a running account shows',
      ['Rule', 'What should hold', 'Why no template decides it', 'Watched by'],
      RUNTIME_RULES.map(({ id, title, why, configRules = [], watch }) => [
        id,
        title,
        why,
        configRules.length > 0 ? `AWS Config: ${configRules.join(', ')}` : watch,
      ]),
    ),
  );
}
