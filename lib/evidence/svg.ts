import type { ServiceAssessment } from '../assessment/assessment';
import { labelOf } from '../assessment/stages';
import { topologyOf } from '../assessment/topology';
import type { Leaning } from '../assessment/topology/view';
import type { AssessmentRenderer } from './assessment-evidence';
import { el, type Html, htmlOf, raw } from './html/element';
import { COLOURS } from './html/style';
import { PICTURE_LIGHT } from './picture/colours';
import { draw } from './picture/draw';
import { clean } from './picture/labels';
import { layout } from './picture/layout';
import { LINE_WORDS, lineSample, SIGN_WORDS } from './picture/legend';
import { PICTURE_STYLE } from './picture/style';

const WIDTH = 1140;
const TITLE = 44;
const LEGEND = 30;

/** Colours that stand in the file: what shows it may know no custom properties. */
const OWN = Object.entries({ ...COLOURS, ...PICTURE_LIGHT, line: '#c5ccd3' }).reduce(
  (style, [name, colour]) => style.replaceAll(`var(--${name})`, colour),
  `${PICTURE_STYLE}text { font: 12px system-ui, sans-serif; fill: var(--ink); }\n.service { font-size: 16px; font-weight: 600; }\n`,
);

/** The topology of each service as one SVG for documents, one below the other. Light, as paper is. */
export const svg: AssessmentRenderer = function* ({ assessment }) {
  const pictures = assessment.services.map(pictureOf);
  const width = Math.max(WIDTH, ...pictures.map((each) => each.width));
  const drawn = pictures.reduce((sum, each) => sum + each.height, 0);
  const height = drawn + LEGEND;
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  const markup = htmlOf(
    el(
      'svg',
      {
        xmlns: 'http://www.w3.org/2000/svg',
        viewBox: `0 0 ${width} ${height}`,
        width,
        height,
        role: 'img',
        'aria-label': 'Topology',
      },
      raw('style', OWN),
      el('rect', { width, height, fill: '#ffffff' }),
      placed(pictures),
      legend(drawn),
    ),
  );
  // What ends a section of XML is no text in it, and of no meaning in HTML.
  yield markup.replaceAll(']]>', ']]&gt;');
  yield '\n';
};

interface ServicePicture {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly drawing: (y: number) => Html;
}

function pictureOf({ service, availability }: ServiceAssessment): ServicePicture {
  const roles = new Map([...service.roles].map(([region, role]) => [region, String(role)]));
  const picture = layout(topologyOf(availability), { width: WIDTH, stacked: false, roles });
  const title = clean(`${labelOf(service)}, tier ${service.tier}`);
  return {
    width: picture.width,
    height: picture.height + TITLE + 16,
    title,
    drawing: (y) => draw(picture, { label: title, attributes: { y } }),
  };
}

function placed(pictures: readonly ServicePicture[]): Html {
  let top = 0;
  return pictures.map(({ height, title, drawing }) => {
    const y = top;
    top += height;
    return [el('text', { class: 'service', x: 8, y: y + 26 }, title), drawing(y + TITLE - 10)];
  });
}

function legend(y: number): Html {
  const lineKinds = Object.entries(LINE_WORDS) as readonly (readonly [Leaning, string])[];
  const lines = lineKinds.map(([leaning, words], index) => [
    lineSample(leaning, 10 + index * 230, y + 5),
    el('text', { class: 'small', x: 50 + index * 230, y: y + 14 }, words),
  ]);
  return [
    lines,
    el('text', { class: 'small', x: 10 + lineKinds.length * 230, y: y + 14 }, SIGN_WORDS.join('; ')),
  ];
}
