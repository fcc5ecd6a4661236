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

/** The same for screens that are set to dark; paper is always light. */
export const DARK_COLOURS: Readonly<Record<keyof typeof COLOURS, string>> = {
  ink: '#e6eaef',
  quiet: '#a3adb8',
  error: '#ff8a93',
  warning: '#e8b04a',
  info: '#7ab8ff',
  good: '#6fce84',
  link: '#7ab8ff',
};

export const DARK_BACKGROUNDS: Readonly<Record<keyof typeof BACKGROUNDS, string>> = {
  page: '#14181d',
  head: '#1f252c',
};

const LIGHT = { ...COLOURS, ...BACKGROUNDS, line: '#c5ccd3' };
const DARK = { ...DARK_COLOURS, ...DARK_BACKGROUNDS, line: '#454e58' };

/** Colours as custom properties, for light and for dark. */
export function scheme(
  light: Readonly<Record<string, string>>,
  dark: Readonly<Record<string, string>>,
): string {
  const written = (colours: Readonly<Record<string, string>>) =>
    Object.entries(colours)
      .map(([name, colour]) => `--${name}: ${colour};`)
      .join(' ');
  return `:root { ${written(light)} }
@media screen and (prefers-color-scheme: dark) { :root { ${written(dark)} } }`;
}

/** How the page looks: on screens, on paper, and without any script. */
export const STYLE = `
:root { color-scheme: light dark; }
${scheme(LIGHT, DARK)}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 75rem; padding: 1rem 1.5rem 4rem; background: var(--page); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1, h2, h3, h4 { line-height: 1.25; }
h2 { margin-top: 3rem; border-bottom: 2px solid var(--ink); }
h3 { margin-top: 2rem; }
h4 { margin: 1.5rem 0 .25rem; }
a { color: var(--link); }
a:focus-visible, input:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -100rem; }
.skip:focus { left: 1rem; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; padding: 0; list-style: none; }
dl.figures { display: flex; flex-wrap: wrap; gap: 1rem 2rem; }
dl.figures div { display: flex; flex-direction: column-reverse; }
dl.figures dd { margin: 0; font-size: 1.75rem; font-weight: 600; }
table { width: 100%; margin: .75rem 0 1.5rem; border-collapse: collapse; font-size: .9rem; }
caption { padding: .25rem 0; text-align: left; font-weight: 600; }
th, td { padding: .35rem .5rem; border: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { background: var(--head); }
tbody th { font-weight: 500; }
.quiet { color: var(--quiet); }
.badge { font-weight: 700; white-space: nowrap; }
.error, .not-supported { color: var(--error); }
.warning, .unknown { color: var(--warning); }
.info, .not-assessable { color: var(--info); }
.pass, .supported { color: var(--good); }
.filter { margin: 1rem 0; padding: .5rem 1rem; border: 1px solid var(--line); }
.filter label { display: inline-block; margin-right: 1.5rem; }
@media screen and (max-width: 40rem) {
  body { padding: 1rem .75rem 3rem; }
  table, caption, tbody, tr, th, td { display: block; }
  thead { position: absolute; left: -100rem; }
  tr { margin: 0 0 .75rem; border: 1px solid var(--line); }
  tbody th, td { border: 0; padding: .25rem .5rem; }
  tbody th { background: var(--head); font-weight: 600; }
  td:empty { display: none; }
  td::before { content: attr(data-head) ': '; color: var(--quiet); }
}
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
