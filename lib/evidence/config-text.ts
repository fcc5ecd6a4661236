import type { FoundService } from '../audit/found-services';

/**
 * The text of a `nines.config.yaml` for services that were found.
 *
 * @param schema where editors find the JSON Schema
 */
export function configText(services: readonly FoundService[], schema: string): string {
  const head = `# yaml-language-server: $schema=${schema}
schema: cdk-nines.config/1

# What stands here was found by tag and by stack. Tell how critical each service is, 0 the most:
# 0 mission critical, 1 business critical, 2 important, 3 standard.
`;
  const entries = services.map(entryOf);
  return `${head}services:${entries.length === 0 ? ' []\n' : `\n${entries.join('')}`}`;
}

function entryOf({ name, tier, tierIsKnown, owner, stacks, tag }: FoundService): string {
  const lines = [
    `  - name: ${quoted(name)}`,
    `    tier: ${tier}${tierIsKnown ? '' : ' # assumed'}`,
    ...(owner === undefined ? [] : [`    owner: ${quoted(owner)}`]),
    ...(tag ? [`    tags: { ${quoted(tag.key)}: ${quoted(tag.value)} }`] : []),
    ...(stacks ? [`    stacks: [${stacks.map(quoted).join(', ')}]`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** JSON is YAML: what a template holds stays a text, and what cannot be printed is escaped. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
