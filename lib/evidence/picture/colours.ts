/** Colours of pictures and bars; each is told apart by shape, dashes or words as well. */
export const PICTURE_LIGHT = {
  region: '#f6f8fa',
  zone: '#e9edf2',
  box: '#ffffff',
  edge: '#57606a',
  partA: '#9cc4f0',
  partB: '#c9def5',
  partC: '#7fb0e6',
  bad: '#fde3e5',
} as const;

export const PICTURE_DARK: Readonly<Record<keyof typeof PICTURE_LIGHT, string>> = {
  region: '#1a2027',
  zone: '#232b34',
  box: '#14181d',
  edge: '#9aa5b1',
  partA: '#2f5a86',
  partB: '#24405d',
  partC: '#336494',
  bad: '#4a1c22',
};
