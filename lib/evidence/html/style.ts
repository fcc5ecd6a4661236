/** Colours of text, each readable on the background of the page and of tables (WCAG 2.2, AA). */
export const COLOURS = {
  ink: '#1b1f24',
  quiet: '#4d5660',
  error: '#a40e26',
  warning: '#7a4b00',
  info: '#0550ae',
  good: '#116329',
  link: '#0550ae',
} as const;

/** Backgrounds that text stands on. */
export const BACKGROUNDS = { page: '#ffffff', head: '#f0f2f5' } as const;

const { ink, quiet, error, warning, info, good, link } = COLOURS;

/** How the page looks: on screens, on paper, and without any script. */
export const STYLE = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 75rem; padding: 1rem 1.5rem 4rem; background: ${BACKGROUNDS.page}; color: ${ink};
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1, h2, h3, h4 { line-height: 1.25; }
h2 { margin-top: 3rem; border-bottom: 2px solid ${ink}; }
h3 { margin-top: 2rem; }
h4 { margin: 1.5rem 0 .25rem; }
a { color: ${link}; }
a:focus-visible, input:focus-visible { outline: 3px solid ${link}; outline-offset: 2px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; padding: 0; list-style: none; }
dl.figures { display: flex; flex-wrap: wrap; gap: 1rem 2rem; }
dl.figures div { display: flex; flex-direction: column-reverse; }
dl.figures dd { margin: 0; font-size: 1.75rem; font-weight: 600; }
table { width: 100%; margin: .75rem 0 1.5rem; border-collapse: collapse; font-size: .9rem; }
caption { padding: .25rem 0; text-align: left; font-weight: 600; }
th, td { padding: .35rem .5rem; border: 1px solid #c5ccd3; text-align: left; vertical-align: top; }
thead th { background: ${BACKGROUNDS.head}; }
tbody th { font-weight: 500; }
.quiet { color: ${quiet}; }
.badge { font-weight: 700; white-space: nowrap; }
.error, .not-supported { color: ${error}; }
.warning, .unknown { color: ${warning}; }
.info, .not-assessable { color: ${info}; }
.pass, .supported { color: ${good}; }
.filter { margin: 1rem 0; padding: .5rem 1rem; border: 1px solid #c5ccd3; }
.filter label { margin-right: 1.5rem; }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  nav, .filter, .skip { display: none; }
  thead { display: table-header-group; }
  tr, h3, h4 { break-inside: avoid; }
  h2, h3, h4, caption { break-after: avoid; }
  a { color: inherit; text-decoration: none; }
}
`;

/** Hides findings by words and level. The page reads as well without it. */
export const SCRIPT = `
'use strict';
const form = document.getElementById('filter');
const findings = document.querySelectorAll('.finding');
const apply = () => {
  const words = form.elements.words.value.toLowerCase();
  const levels = [...form.querySelectorAll('[name=level]:checked')].map((box) => box.value);
  let shown = 0;
  for (const finding of findings) {
    finding.hidden = !levels.includes(finding.dataset.level) || !finding.textContent.toLowerCase().includes(words);
    if (!finding.hidden) shown += 1;
  }
  form.querySelector('output').textContent = shown + ' of ' + findings.length + ' shown';
};
if (form) {
  form.hidden = false;
  form.addEventListener('input', apply);
  form.addEventListener('submit', (event) => event.preventDefault());
}
`;
