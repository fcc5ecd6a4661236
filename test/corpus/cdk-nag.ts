import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { App, CfnResource, Stack } from 'aws-cdk-lib/core';
import { type NagRuleResult, rules } from 'cdk-nag';
import { Graph } from '../../lib/assembly/graph';
import { load } from '../../lib/assembly/source/load';
import { audit } from '../../lib/audit/engine';
import { RULES } from '../../lib/audit/rules';
import mapped from './cdk-nag-rules.json';

/** What a checker says of a resource; `throws` where cdk-nag cannot read it, `silent` where a rule does not look at it. */
export type Said = 'fail' | 'pass' | 'notApplicable' | 'unknown' | 'throws' | 'silent';

/** One resource of a template, as cdk-nag and we see it. */
export interface Comparison {
  readonly rule: string;
  readonly file: string;
  readonly logicalId: string;
  readonly type: string;

  /** Whether a condition of the template decides that the resource exists. */
  readonly conditional: boolean;
  readonly nag: Said;
  readonly ours: Said;

  /** Our words, one for each finding, or the reason of another verdict. */
  readonly messages: readonly string[];
}

/** Our rules, each with those of cdk-nag that ask for parts of the same. */
export const MAPPED: Readonly<Record<string, readonly string[]>> = mapped;

type NagRule = (node: CfnResource) => NagRuleResult;

/** The rules of cdk-nag by name; the packs run no others. */
const NAG: ReadonlyMap<string, NagRule> = new Map(
  Object.values(rules).flatMap((group) => Object.entries(group as Readonly<Record<string, NagRule>>)),
);

/** Whether cdk-nag has all rules that the mapping names. */
export function missingInNag(): readonly string[] {
  return Object.values(MAPPED)
    .flat()
    .filter((name) => !NAG.has(name));
}

/** JSON templates below a folder: those whose names have the lowest hashes. */
export function pickTemplates(folder: string, size: number): readonly string[] {
  const hash = (file: string) =>
    createHash('sha256')
      .update(`nines-1|${relative(folder, file)}`)
      .digest('hex');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .map((file) => join(folder, file))
    .sort((a, b) => (hash(a) < hash(b) ? -1 : 1))
    .slice(0, size);
}

/** The resources of a template as the CDK includes them; undefined where it refuses the template. */
export function included(templateFile: string): readonly CfnResource[] | undefined {
  const stack = new Stack(new App(), 'Stack');
  try {
    new CfnInclude(stack, 'Template', { templateFile });
  } catch {
    return undefined;
  }
  return stack.node.findAll().filter(CfnResource.isCfnResource);
}

/** What cdk-nag says of a resource by some of its rules: the worst of all. */
function saidByNag(node: CfnResource, names: readonly string[]): Said {
  const said = names.map((name) => saidByRule(node, NAG.get(name)));
  const worst: readonly Said[] = ['fail', 'throws', 'pass'];
  return worst.find((each) => said.includes(each)) ?? 'silent';
}

function saidByRule(node: CfnResource, rule: NagRule | undefined): Said {
  if (!rule) return 'silent';
  try {
    const result = rule(node);
    if (Array.isArray(result)) return result.length > 0 ? 'fail' : 'pass';
    return result === 'Compliant' ? 'pass' : result === 'Non-Compliant' ? 'fail' : 'silent';
  } catch {
    return 'throws';
  }
}

/** Our verdicts on templates, by file, rule and logical id. */
function ourVerdicts(folder: string): ReadonlyMap<string, readonly { said: Said; message: string }[]> {
  const graphs = load([folder]).apps.map((app) => new Graph(app));
  const { verdicts } = audit(graphs, {
    rules: RULES.filter(({ id }) => id in MAPPED),
    today: new Date('2026-11-23'),
  });
  const byPlace = new Map<string, { said: Said; message: string }[]>();
  for (const { file, rule, logicalId, verdict, message } of verdicts) {
    const key = [file, rule, logicalId].join('|');
    byPlace.set(key, [...(byPlace.get(key) ?? []), { said: verdict, message }]);
  }
  return byPlace;
}

/** Every resource that cdk-nag or we judge by a rule that both have. */
export function compare(folder: string, files: readonly string[]): readonly Comparison[] {
  const ours = ourVerdicts(folder);
  return files.flatMap((file) =>
    (included(file) ?? []).flatMap((node) => {
      const logicalId = String(node.stack.resolve(node.logicalId));
      return Object.entries(MAPPED).flatMap(([rule, names]): readonly Comparison[] => {
        const nag = saidByNag(node, names);
        const verdicts = ours.get([file, rule, logicalId].join('|')) ?? [];
        const worst: readonly Said[] = ['fail', 'unknown', 'pass', 'notApplicable'];
        const said = worst.find((each) => verdicts.some((verdict) => verdict.said === each)) ?? 'silent';
        if (nag === 'silent' && said === 'silent') return [];
        const messages = verdicts.filter((verdict) => verdict.said === said).map(({ message }) => message);
        const conditional = node.cfnOptions.condition !== undefined;
        const place = {
          rule,
          file: relative(folder, file),
          logicalId,
          type: node.cfnResourceType,
          conditional,
        };
        return [{ ...place, nag, ours: said, messages }];
      });
    }),
  );
}

/**
 * Whether the two differ: cdk-nag has a verdict and ours is another, it throws where we decide, or it does not look
 * where we find something.
 */
export function differ({ nag, ours }: Comparison): boolean {
  if (nag === 'fail') return ours !== 'fail';
  if (nag === 'pass') return ours !== 'pass' && ours !== 'notApplicable';
  return nag === 'throws' ? ours === 'fail' || ours === 'pass' : ours === 'fail';
}
