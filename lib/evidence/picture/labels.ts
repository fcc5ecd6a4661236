import { visible } from '../../assembly/source/printable';
import { nameOf } from '../../assessment/modelling';
import type { TopologyComponent } from '../../assessment/topology';

/** How wide a letter is at most on average in the fonts that may be there, in parts of its size. */
const LETTER = { bold: 0.71, plain: 0.6 } as const;

/** Code points that no XML document may hold, escaped or not. */
const NOT_XML = /[\ufffe\uffff]/g;

/** A name short enough to be read in a box: the construct path without its stack and without what the CDK adds. */
export function shortName({ resource }: TopologyComponent): string {
  const name = resource.type === 'AWS::Route53::RecordSet' ? resource.text('Name') : undefined;
  if (typeof name === 'string') return clean(name.replace(/\.$/, ''));
  const path = nameOf(resource).split('/');
  const own = path.length > 1 ? path.slice(1) : path;
  const told = own.filter((each, index) => each !== own[index - 1] && !(index > 0 && ADDED.includes(each)));
  return clean(told.join('/'));
}

const ADDED: readonly string[] = ['Resource', 'Default'];

/** `ECS Service` of `AWS::ECS::Service`. */
export function typeName(type: string): string {
  const [, service = '', name = ''] = type.split('::');
  return clean(`${SHORTER[service] ?? service} ${name}`.trim() || type);
}

const SHORTER: Readonly<Record<string, string>> = {
  ElasticLoadBalancingV2: 'ELB',
  ElasticLoadBalancing: 'Classic ELB',
  AutoScaling: '',
  EC2: '',
  SecretsManager: '',
  StepFunctions: '',
};

/** As much of a bold text of 12 px as fits into a width, its end rather than its beginning: that tells names apart. */
export function fitted(text: string, width: number): string {
  const room = Math.max(1, Math.floor(width / (LETTER.bold * 12)));
  const letters = [...text];
  return letters.length <= room ? text : `…${letters.slice(letters.length - room + 1).join('')}`;
}

/** Words with dots between, small: the first are left out where there is no room. */
export function fittedWords(words: readonly string[], width: number): string {
  const fits = (text: string) => [...text].length * LETTER.plain * 11 <= width;
  const texts = words.map((_, first) => words.slice(first).join(' · '));
  return texts.find(fits) ?? '';
}

/** Text of unknown origin for a picture: what cannot be shown, or stands in no XML, becomes its escape. */
export function clean(text: string): string {
  return visible(text).replace(NOT_XML, (character) => `\\u${character.charCodeAt(0).toString(16)}`);
}

/** `a` of `eu-west-1a` in `eu-west-1`. */
export function zoneLetter(zone: string, region: string): string {
  return clean(zone.startsWith(region) && zone.length > region.length ? zone.slice(region.length) : zone);
}
