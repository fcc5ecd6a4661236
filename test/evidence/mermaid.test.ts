import { mermaid } from '../../lib/evidence/mermaid';
import { assessedApp, hostileApp, ONE_REGION } from './assessed-app';

const textOf = (app: Parameters<typeof assessedApp>[0]) =>
  [...mermaid({ assessment: assessedApp(app).assessment, version: '1.2.3' })].join('');

/** Every line that may stand in our diagrams: labels hold letters, digits, plain signs and numbers of characters. */
const LABEL = String.raw`"(?:[\p{L}\p{N} ,.+▲/_-]|#\d+;|<br/>)*"`;
const LINES = [
  '```(?:mermaid)?',
  'flowchart TB',
  String.raw` *subgraph (?:service|r\d+(?:z\d+)?)\[${LABEL}\]`,
  ' *end',
  String.raw` *(?:c\d+|more)\[${LABEL}\](?::::alone)?`,
  String.raw`  c\d+ (?:-->|-\.->|-\. fails over to \.->) c\d+`,
  '  classDef alone stroke-width:3px',
].map((line) => new RegExp(`^${line}$`, 'u'));

describe('the Mermaid of an assessment', () => {
  const text = textOf(ONE_REGION);

  it.each([
    ['an app', ONE_REGION],
    ['hostile texts', hostileApp()],
    ['nothing', { Resources: {} }],
  ])('has only lines that we write for %s', (_, app) => {
    const strange = textOf(app)
      .trimEnd()
      .split('\n')
      .filter((line) => line !== '' && !LINES.some((known) => known.test(line)));
    expect(strange).toEqual([]);
  });

  it('stands in one fence for each service', () => {
    expect(text.match(/^```/gm)).toHaveLength(2);
    expect(text.startsWith('```mermaid\nflowchart TB\n')).toBe(true);
  });

  it('leaves no link and no mention of what templates say', () => {
    expect(textOf(hostileApp())).not.toMatch(/https?:|www\.|@|javascript:/);
  });

  it('places what stands in one zone in it', () => {
    expect(text).toMatch(/subgraph r0z0\["zone eu-west-1a"\]\n +c\d+\["▲ Db/);
  });

  it('leads from what leans to what it leans on', () => {
    const id = (name: string) => new RegExp(`(c\\d+)\\["(?:▲ )?${name}`).exec(text)?.[1];
    expect(text).toContain(`${id('Front')} --> ${id('Workers')}`);
  });

  it('ends every group that it begins', () => {
    for (const each of [text, textOf(hostileApp())])
      expect(each.match(/^ *subgraph /gm)?.length).toBe(each.match(/^ *end$/gm)?.length);
  });

  it('is the same for the same input', () => expect(textOf(ONE_REGION)).toBe(text));
});
