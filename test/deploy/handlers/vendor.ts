import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type DesignFinding, Expectations } from '../checks/designs/design';
import type { Metrics, Watched } from './metrics';
import type { Standing } from './standing';

/** The status page of a third party, on a free port of this machine. */
class StatusPage {
  /** What it says of its API; that it cannot be read where it says nothing. */
  says: string | undefined;

  readonly asked: (string | undefined)[] = [];

  private readonly server = createServer(({ url }, response) => {
    this.asked.push(url);
    const components = [{ name: 'API', status: this.says }];
    response.writeHead(this.says === undefined ? 503 : 200).end(JSON.stringify({ components }));
  });

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** The alarms on a third party see what its page says, and whether it can be read. */
export async function vendorFindings(standing: Standing, metrics: Metrics): Promise<DesignFinding[]> {
  const expectations = new Expectations(standing.stack.name);
  const page = new StatusPage();
  const address = await page.open();
  try {
    const says = (await standing.propertiesOf(standing.idOf('PaymentsSays'))) as unknown as Watched;
    const readable = { ...says, MetricName: 'Readable' };
    const { Targets } = await standing.propertiesOf(standing.idOf('PaymentsPoll'));
    const [{ Input: input }] = Targets as [{ readonly Input: string }];
    const seen = async (status: string | undefined): Promise<unknown> => {
      page.says = status;
      const said = await standing.call(standing.idOf('VendorWatchHandler'), JSON.parse(input), {
        pages: address,
      });
      await metrics.takeFrom(said);
      const least = await metrics.seenBy({ ...readable, Statistic: 'Minimum' });
      return [await metrics.seenBy(says), least];
    };
    expectations.expect(
      'status and readability of a page that says all is well',
      [0, 1],
      await seen('operational'),
    );
    expectations.expect('of one that says that it is down', [4, 1], await seen('major_outage'));
    expectations.expect('of one that cannot be read', [4, 0], await seen(undefined));
    const summary = '/api/v2/summary.json';
    expectations.expect('what is read', [summary, summary, summary], page.asked);
    return expectations.findings;
  } finally {
    await page.close();
  }
}
