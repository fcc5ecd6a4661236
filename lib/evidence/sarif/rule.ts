import { visible } from '../../assembly/source/printable';
import type { Control } from '../../audit/controls';
import type { Rule } from '../../audit/rule';
import type { Severity } from '../../audit/severity';
import { TIERS } from '../../objectives/tier';
import { messageText } from './text';

/** Code scanning shows ten tags of a rule, and refuses a log where one has more than twenty. */
const MOST_TAGS = 10;

export const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

/** A rule as SARIF describes it. Its level is that of tier 1, at which resources of no declared service are judged. */
export function descriptorOf(rule: Rule): object {
  const { id, title, why, severity, sources = [], kind } = rule;
  const controls = (rule.controls ?? []).map(controlName);
  const tags = ['availability', kind, ...tagsOf(rule.controls ?? [])].slice(0, MOST_TAGS);
  const helpUri = sources.find((source) => /^https:\/\/[^\s<>"{}|\\^`]+$/.test(source));
  return {
    id,
    shortDescription: { text: messageText(title) },
    fullDescription: { text: messageText(why) },
    help: { text: messageText(helpText(rule)), markdown: helpMarkdown(rule, controls) },
    ...(helpUri !== undefined && { helpUri }),
    defaultConfiguration: { level: LEVELS[severity[1]] },
    properties: {
      tags,
      kind,
      precision: 'high',
      'problem.severity': severity[1] === 'info' ? 'recommendation' : severity[1],
      levelByTier: Object.fromEntries(TIERS.map((tier) => [tier, LEVELS[severity[tier]]])),
      ...(controls.length > 0 && { controls }),
    },
  };
}

/** The first control of each framework, then the rest: so that a cut leaves no framework out. */
function tagsOf(controls: readonly Control[]): readonly string[] {
  const seen = new Set<string>();
  const firsts = controls.filter(({ framework }) => !seen.has(framework) && seen.add(framework));
  return [...firsts, ...controls.filter((control) => !firsts.includes(control))].map(controlName);
}

function controlName({ framework, id, ourReading = false }: Control): string {
  return visible(`${framework} ${id}${ourReading ? ' (our reading)' : ''}`);
}

function helpText({ why, fix }: Rule): string {
  return `${why} Fix: ${fix}.`;
}

function helpMarkdown({ title, why, fix, sources = [] }: Rule, controls: readonly string[]): string {
  return [
    `**${title}**`,
    why,
    `**Fix:** ${fix}.`,
    ...(controls.length > 0 ? [`**Supports:** ${controls.join(', ')}`] : []),
    ...(sources.length > 0 ? [`**See:** ${sources.join(' ')}`] : []),
  ]
    .map(messageText)
    .join('\n\n');
}
