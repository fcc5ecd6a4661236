import { type RegisterEntry, stateInWords } from '../../audit/register';
import { isAccepted } from '../../audit/report';
import type { Verdict } from '../../audit/verdict';
import type { Evidence } from '../evidence';
import { whereOf } from '../worst-first';
import { el, type Html } from './element';
import { lines, section, table } from './table';

/** The register of exceptions, the findings that they answer for, and what the configuration turns off. */
export function registerSection({ result, register = [] }: Evidence): Html {
  const accepted = result.verdicts.filter(isAccepted);
  const { turnedOff = [] } = result;
  const nothing = register.length + accepted.length + turnedOff.length === 0;
  return section(
    'register',
    'Register of accepted risks',
    nothing && el('p', {}, 'Nothing is accepted, weakened, acknowledged or turned off.'),
    table(
      'Exceptions, and whether they hold today',
      ['State', 'What', 'Rules', 'Scope', 'Reason', 'Who answers', 'From, until', 'Answers for', 'Problems'],
      register.map(entryRow),
    ),
    table(
      'Findings that somebody answers for',
      ['Rule', 'Where', 'Found', 'Reason', 'By', 'Until'],
      accepted.map(acceptedRow),
    ),
    table(
      'What the configuration turns off',
      ['Rule', 'For', 'Reason', 'Source'],
      turnedOff.map(({ rule, scope, reason, source }) => [rule, scope, reason, placeOf(source)]),
    ),
  );
}

function entryRow(entry: RegisterEntry): readonly Html[] {
  const { kind, rules, scope, reason, compensatingControl, created, expires, accepts, problems, fix } = entry;
  return [
    stateInWords(entry),
    [kind, el('div', { class: 'quiet' }, placeOf(entry.source))],
    rules.join(', '),
    scope,
    lines([reason, ...(compensatingControl === undefined ? [] : [`compensated by ${compensatingControl}`])]),
    lines(answerable(entry)),
    lines([created, expires ?? 'no end'].filter((day) => day !== undefined)),
    accepts,
    lines([...problems, ...(fix === undefined ? [] : [`fix: ${fix}`])]),
  ];
}

function answerable(entry: RegisterEntry): readonly string[] {
  const { owner, author, approver, secondApprover, ticket, signature } = entry;
  const named = { owner, author, approver, 'second approver': secondApprover, ticket, signature };
  return Object.entries(named).flatMap(([name, value]) => (value === undefined ? [] : [`${name} ${value}`]));
}

function acceptedRow(verdict: Verdict): readonly Html[] {
  const { rule, message, accepted } = verdict;
  return [rule, whereOf(verdict), message, accepted?.reason, accepted?.by, accepted?.until ?? 'no end'];
}

function placeOf(source: { readonly file: string; readonly line: number } | undefined): string {
  return source === undefined ? '' : `${source.file}:${source.line}`;
}
