import type { Graph } from '../assembly/graph';
import type { Resource } from '../assembly/resource';
import type { Stack } from '../assembly/stack';
import { CATALOGUE_KEY, type CatalogueAcceptance } from '../objectives/catalogue';
import { readCatalogue } from '../objectives/catalogue-reader';
import type { RiskAcceptanceRecord, RiskAcceptanceScope } from '../objectives/risk-acceptance';
import type { Tier } from '../objectives/tier';
import type { CheckSignature, FiledRiskAcceptance } from '../records/filed-acceptance';
import { constructPathOf, isAtOrAbove } from './acceptance';
import type { Rule } from './rule';
import type { ResolvedService } from './services';
import type { Verdict } from './verdict';

/** What is known of exceptions besides what the templates say. */
export interface ExceptionOptions {
  /** Risk acceptances from files. @default - none */
  readonly records?: readonly FiledRiskAcceptance[];

  /** Whether a finding is accepted only with a signature: everywhere, or at some tiers. @default false */
  readonly requireSignatures?: boolean | readonly Tier[];

  /** Checks a signature. @default - nobody said whose keys count, so none is checked */
  readonly checkSignature?: CheckSignature;

  /** Whether only a part of the app is judged: what is not needed there may be needed elsewhere. @default false */
  readonly partial?: boolean;
}

/** A verdict, and what it was judged on. */
export interface Judged {
  readonly rule: Rule;
  readonly resource: Resource;
  readonly service: ResolvedService;
  readonly verdict: Verdict;
}

/** A risk acceptance, from code or from a file. */
export interface FoundAcceptance {
  readonly record: RiskAcceptanceRecord;

  /** The stack that carries it. @default - it stands in a file */
  readonly stack?: Stack;

  /** Where it is written. @default - in code */
  readonly source?: FiledRiskAcceptance['source'];
}

/** Every risk acceptance of the apps: those of files, and those that constructs wrote into templates. */
export function acceptancesIn(
  graphs: readonly Graph[],
  { records = [] }: ExceptionOptions,
): readonly FoundAcceptance[] {
  const inCode = graphs
    .flatMap(({ stacks }) => stacks)
    .flatMap((stack) => catalogueAcceptances(stack).map((record) => ({ record, stack })));
  return [...records.map((record) => ({ record, source: record.source })), ...inCode];
}

/** The risks that the constructs of one stack accept. */
export function catalogueAcceptances({ source }: Stack): readonly CatalogueAcceptance[] {
  const { Metadata: metadata } = source.template;
  const written = metadata && Object.hasOwn(metadata, CATALOGUE_KEY) ? metadata[CATALOGUE_KEY] : undefined;
  if (written === undefined) return [];
  const reading = readCatalogue(written);
  return 'problem' in reading ? [] : (reading.catalogue.acceptances ?? []);
}

/** A resource, and the service that it belongs to. */
interface Covered extends Pick<Judged, 'resource'> {
  readonly service: Pick<ResolvedService, 'name'>;
}

/** Whether an acceptance answers for a resource: one that a template carries, only for what its stack builds. */
export function answersFor({ record, stack }: FoundAcceptance, judged: Covered): boolean {
  return covers(record.scope, judged) && (stack === undefined || isBelow(judged.resource.stack, stack));
}

function isBelow(stack: Stack | undefined, top: Stack): boolean {
  return stack !== undefined && (stack === top || isBelow(stack.parent, top));
}

/** Whether a scope holds a resource. */
export function covers(
  { path, stack, resource: logicalId, service }: RiskAcceptanceScope,
  judged: Covered,
): boolean {
  const { resource } = judged;
  if (path !== undefined) {
    const own = constructPathOf(resource);
    return own !== undefined && isAtOrAbove(path, own);
  }
  if (service !== undefined) return judged.service.name === service;
  if (stack === undefined) return false;
  if (logicalId !== undefined)
    return [resource.logicalId, resource.madeFrom].includes(logicalId) && isNamed(resource.stack, stack);
  return isWithin(resource.stack, stack);
}

function isWithin(stack: Stack | undefined, name: string): boolean {
  return stack !== undefined && (isNamed(stack, name) || isWithin(stack.parent, name));
}

function isNamed({ id, source }: Stack, name: string): boolean {
  return id === name || source.name === name;
}
