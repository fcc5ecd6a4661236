import { type RegisterEntry, stateInWords } from '../audit/register';
import type { Palette } from './text';

/** The register of exceptions for a person: what holds, until when, who answers for it, and what is wrong with it. */
export function renderRegister(register: readonly RegisterEntry[], palette: Palette): string {
  if (register.length === 0) return '';
  return [palette.bold('Exceptions'), ...register.flatMap((entry) => renderEntry(entry, palette))].join('\n');
}

function renderEntry(entry: RegisterEntry, palette: Palette): readonly string[] {
  const { kind, rules, scope, reason, problems, fix, source, accepts } = entry;
  const where = source ? palette.dim(`  ${source.file}:${source.line}`) : '';
  return [
    `  ${paint(entry, palette)}  ${kind} of ${palette.bold(rules.join(', '))} on ${scope}${where}`,
    `    ${[...answerable(entry), `answers for ${accepts}`].join(', ')}: ${reason}`,
    ...problems.map((problem) => `    ${problem}`),
    ...(fix === undefined ? [] : [`    fix: ${fix}`]),
  ];
}

function paint(entry: RegisterEntry, palette: Palette): string {
  const words = stateInWords(entry);
  if (entry.state !== 'in force') return palette.red(words);
  return entry.problems.length > 0 ? palette.yellow(words) : palette.green(words);
}

function answerable(entry: RegisterEntry): readonly string[] {
  const { owner, author, approver, secondApprover, ticket, signature } = entry;
  const approvers = [approver, secondApprover].filter((each) => each !== undefined).join(' and ');
  return [
    ...(owner === undefined ? [] : [`owner ${owner}`]),
    ...(author === undefined ? [] : [`author ${author}`]),
    ...(approvers === '' ? [] : [`approved by ${approvers}`]),
    ...(ticket === undefined ? [] : [ticket]),
    ...(signature === undefined ? [] : [`signature ${signature}`]),
  ];
}
