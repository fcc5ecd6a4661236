import { validateXML } from 'xmllint-wasm';
import { svg } from '../../lib/evidence/svg';
import { assessedApp, hostileApp, ONE_REGION } from './assessed-app';

const svgOf = (app: Parameters<typeof assessedApp>[0]) =>
  [...svg({ assessment: assessedApp(app).assessment, version: '1.2.3' })].join('');

const picture = svgOf(ONE_REGION);

async function wellFormed(xml: string): Promise<boolean> {
  const { valid } = await validateXML({ xml: { fileName: 'picture.svg', contents: xml }, schema: ANYTHING });
  return valid;
}

/** A schema that any well-formed document meets. */
const ANYTHING = `<?xml version="1.0"?><xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
  targetNamespace="http://www.w3.org/2000/svg"><xs:element name="svg"/></xs:schema>`;

describe('the SVG of an assessment', () => {
  it.each([
    ['an app', ONE_REGION],
    ['hostile texts', hostileApp()],
    ['nothing', { Resources: {} }],
  ])('is well-formed XML of %s', async (_, app) => {
    expect(await wellFormed(svgOf(app))).toBe(true);
  });

  it('loads and runs nothing', () => {
    for (const xml of [picture, svgOf(hostileApp())]) {
      const tags =
        xml.match(/<[a-z](?:[^"'>]|"[^"]*")*>/g)?.map((tag) => tag.replace(/"[^"]*"/g, '""')) ?? [];
      expect(tags.filter((tag) => /^<(?:script|image|use|foreignObject)|href=| on[a-z]+=/.test(tag))).toEqual(
        [],
      );
      expect(xml.match(/<style>/g)).toHaveLength(1);
      expect(/<style>([^<]*)<\/style>/.exec(xml)?.[1]).not.toMatch(/url\(|@import|var\(/);
    }
  });

  it('names the service and its components', () => {
    expect(picture).toContain('>app, tier 1<');
    expect(picture).toContain('<title>Shop/Workers</title>');
    expect(picture).toMatch(/>Region eu-west-1</);
  });

  it('says what its lines mean', () => {
    expect(picture).toContain('>cannot do without<');
    expect(picture).toContain('▲ stops the service alone');
  });

  it('is the same for the same input', () => expect(svgOf(ONE_REGION)).toBe(picture));
});

it('the check of XML fails when a tag is left open', async () => {
  expect(await wellFormed('<svg xmlns="http://www.w3.org/2000/svg"><g></svg>').catch(() => false)).toBe(
    false,
  );
});
