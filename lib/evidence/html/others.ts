import type { OtherFinding } from '../../audit/other-findings';
import type { Evidence } from '../evidence';
import { groupBy } from '../group-by';
import { whereOf, worstFirst } from '../worst-first';
import { el, type Html } from './element';
import { badge, section, table } from './table';

/** What other tools found, a table for each. */
export function othersOf({ others = [] }: Evidence): Html {
  if (others.length === 0) return undefined;
  return section(
    'others',
    'Other tools',
    el('p', {}, 'What these tools found counts neither in the figures above nor for the exit code.'),
    [...groupBy(others, ({ tool }) => tool)].map(([tool, findings]) =>
      table(tool, ['Level', 'Rule', 'Where', 'Found'], findings.map(otherRow)),
    ),
  );
}

function otherRow(finding: OtherFinding): readonly Html[] {
  const { severity, verdict, rule, message, accepted } = finding;
  const level = accepted ? 'accepted' : verdict === 'unknown' ? 'unknown' : severity;
  const found = accepted ? `${message}; accepted: ${accepted.reason}` : message;
  return [badge(level), rule, whereOf(finding), found];
}

/** Every pass, only where all is asked for. */
export function passesOf({ result, all = false }: Evidence): Html {
  if (!all) return undefined;
  const passes = worstFirst(result.verdicts, true).filter(({ verdict }) => verdict === 'pass');
  return section(
    'passes',
    'Passes',
    table(
      'What passes',
      ['Rule', 'Where', 'Stack', 'What holds'],
      passes.map((verdict) => [verdict.rule, whereOf(verdict), verdict.stack, verdict.message]),
    ),
  );
}
