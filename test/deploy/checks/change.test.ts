import { changeFindings } from './change';

const found = (...lines: string[]) =>
  changeFindings({ context: { tier: '2' }, inPlace: { MultiAZ: 'page' } }, lines.join('\n')).map(
    (each) => each.found,
  );

test('what changes in place is no finding', () => {
  expect(
    found('[~] AWS::RDS::DBCluster Orders/Cluster OrdersCluster94F1AC59', ' └─ [~] DatabaseInsightsMode'),
  ).toEqual([]);
});

test('what holds no data may go', () => {
  expect(found('[-] AWS::CloudWatch::Alarm Web/Errors WebErrors destroy')).toEqual([]);
});

test.each(['replace', 'may be replaced', 'destroy'])(
  'fails when something that holds data would %s',
  (word) => {
    const line = `[~] AWS::RDS::DBCluster Orders/Cluster OrdersCluster94F1AC59 ${word}`;
    expect(found(line)).toEqual([line]);
  },
);

test('fails when nothing would change: then nothing was looked at', () => {
  expect(found('There were no differences')).toHaveLength(1);
});

const INSTANCE = '[~] AWS::RDS::DBInstance Orders OrdersB1C24132 may be replaced';

test('what a page says to change in place may be said to cause a replacement', () => {
  expect(found(INSTANCE, ' └─ [+] MultiAZ (may cause replacement)', '     └─ true')).toEqual([]);
});

test('fails when another property beside it may cause one', () => {
  const lines = [' ├─ [+] MultiAZ (may cause replacement)', ' └─ [~] Engine (may cause replacement)'];
  expect(found(INSTANCE, ...lines)).toEqual([INSTANCE]);
});
