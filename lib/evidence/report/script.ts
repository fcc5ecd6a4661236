import { SCRIPT } from '../html/style';

/**
 * Shows in the pictures what a loss takes, opens what a link leads into and what goes to paper. The page reads as well
 * without it: every loss stands in a table.
 */
export const REPORT_SCRIPT = `${SCRIPT}
const mark = (picture, name, kind, isOf) => {
  for (const part of picture.querySelectorAll('[data-' + name + ']'))
    part.classList.toggle(kind, isOf(part.getAttribute('data-' + name).split(' ')));
};
const reveal = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let part = target; part; part = part.parentElement) if (part.tagName === 'DETAILS') part.open = true;
  if (target) target.scrollIntoView();
};
const go = (id) => {
  location.hash = id;
  reveal();
  document.getElementById(id).focus();
};
for (const box of document.querySelectorAll('.losses')) {
  const buttons = [...box.querySelectorAll('.lose button')];
  const said = box.querySelector('.said');
  const made = box.querySelector('.said-of');
  const words = (list) => (list || '').split(' ');
  const show = (button) => {
    for (const each of buttons) each.setAttribute('aria-pressed', String(each === button));
    said.textContent = button.dataset.said;
    said.classList.toggle('stops', button.dataset.stops === 'yes');
    made.hidden = !button.dataset.row;
    made.querySelector('a').href = '#' + button.dataset.row;
    const [failed, impaired, places] = ['failed', 'impaired', 'places'].map((name) => words(button.dataset[name]));
    const fails = (own) => own.every((key) => failed.includes(key));
    const less = (own) => !fails(own) && own.some((key) => failed.includes(key) || impaired.includes(key));
    for (const picture of box.querySelectorAll('svg')) {
      mark(picture, 'component', 'lost', fails);
      mark(picture, 'component', 'impaired', less);
      mark(picture, 'place', 'lost', (own) => own.some((key) => places.includes(key)));
    }
  };
  for (const button of buttons) button.addEventListener('click', () => show(button));
  for (const picture of box.querySelectorAll('.picture svg')) {
    picture.classList.add('live');
    picture.addEventListener('click', (event) => {
      const drawn = event.target.closest('.box');
      if (drawn) go(box.dataset.rows + drawn.dataset.component.split(' ')[0]);
      const target = event.target.closest('[data-lose]');
      const button = target && buttons.find((each) => each.dataset.key === target.dataset.lose);
      if (button) show(button.getAttribute('aria-pressed') === 'true' ? buttons[0] : button);
    });
  }
  for (const hidden of box.querySelectorAll('[data-script]')) hidden.hidden = false;
}
for (const part of document.querySelectorAll('.scroll, .picture'))
  if (part.scrollWidth > part.clientWidth) part.tabIndex = 0;
addEventListener('hashchange', reveal);
if (location.hash) reveal();
let opened = [];
addEventListener('beforeprint', () => {
  opened = [...document.querySelectorAll('details:not(.trace):not([open]), .recovery details:not([open])')];
  for (const each of opened) each.open = true;
});
addEventListener('afterprint', () => {
  for (const each of opened) each.open = false;
});
`;
