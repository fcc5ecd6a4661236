import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nines, SINGLE_AZ } from '../support/command';
import { Scratch } from '../support/scratch';

describe('nines report', () => {
  const scratch = new Scratch();
  const template = scratch.write('shop.template.json', SINGLE_AZ);
  const out = join(scratch.folder, 'report.html');
  afterAll(() => scratch.remove());

  it('writes one page, and says where', async () => {
    const { code, out: written, err } = await nines('report', template, '--out', out);
    expect({ code, written }).toEqual({ code: 0, written: '' });
    expect(err).toBe(`nines: wrote ${out}\n`);
    expect(readFileSync(out, 'utf8')).toMatch(/^<!doctype html>[\s\S]*Availability report[\s\S]*<\/html>\n$/);
  });

  it('writes to standard output where asked', async () => {
    const { out: written, err } = await nines('report', template, '--out', '-');
    expect(written).toMatch(/^<!doctype html>/);
    expect(err).toBe('');
  });

  it('reports on the frameworks that are named, or on all', async () => {
    const some = await nines('report', template, '--framework', 'dora', '--out', '-');
    expect(some.out.match(/<h3 id="framework-/g)).toHaveLength(1);
    const all = await nines('report', template, '--out', '-');
    expect(all.out.match(/<h3 id="framework-/g)?.length).toBeGreaterThan(1);
  });

  it('reports on one service where one is named', async () => {
    const { out: assessment } = await nines('assess', template, '--format', 'json');
    const [{ name }] = JSON.parse(assessment).services;
    const { out: written } = await nines('report', template, '--service', name, '--out', '-');
    expect(written).toContain('id="service-1"');
  });

  it('tells how long incidents took, and what they cost', async () => {
    const file = scratch.write('incidents.json', {
      incidents: [
        { id: 'INC-1', from: '2026-11-01T10:00:00Z', until: '2026-11-01T10:30:00Z', service: 'shop' },
      ],
    });
    const config = scratch.write('nines.config.yaml', {
      services: [
        { name: 'shop', tier: 2, stacks: ['shop*'], costOfDowntime: { perHour: 12_000, currency: 'EUR' } },
      ],
    });
    const flags = ['--incidents', file, '--config', config, '--today', '2026-11-23', '--out', '-'];
    const { out: written } = await nines('report', template, ...flags);
    expect(written).toContain('Median 30 min, p90 30 min, n = 1');
    expect(written).toMatch(/[\d,.]+ EUR a year at best/);
  });

  it('fails when there is no such service', async () => {
    const { code, err } = await nines('report', template, '--service', 'none', '--out', '-');
    expect(code).toBe(2);
    expect(err).toMatch(/^nines: --service none: there is no such service; fix: name one of .+\n$/);
  });
});

describe('nines assess', () => {
  const scratch = new Scratch();
  const template = scratch.write('shop.template.json', SINGLE_AZ);
  afterAll(() => scratch.remove());

  it.each([
    ['mermaid', /^```mermaid\n/],
    ['svg', /^<\?xml .*\n<svg /],
    ['open-psa', /^<\?xml .*\n<opsa-mef>/],
    ['json', /^\{\n/],
    ['text', /^./],
  ])('writes %s', async (format, begins) => {
    const { out } = await nines('assess', template, '--format', format);
    expect(out).toMatch(begins);
  });

  it('fails when a fault tree is asked of several services at once', async () => {
    scratch.write('two.template.json', {
      Resources: {
        A: { ...SINGLE_AZ.Resources.Db, Tags: [] },
      },
    });
    const { code, err } = await nines('assess', scratch.folder, '--format', 'open-psa');
    expect(code).toBe(2);
    expect(err).toMatch(/--format open-psa: there are 2 services.*add --service with one of/);
  });
});
