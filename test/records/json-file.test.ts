import { parseJsonFile } from '../../lib/records/json-file';

test('what stands in a file that is no JSON cannot steer a terminal', () => {
  const refused = () => parseJsonFile('{"a": \u001b[31mred', 'a.json', 'write JSON');
  expect(refused).toThrow(/^a\.json: .*not valid JSON/);
  expect(refused).not.toThrow('\u001b');
});
