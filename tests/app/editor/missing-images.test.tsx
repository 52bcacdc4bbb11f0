// @vitest-environment happy-dom
import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, describe, expect, test } from 'vitest';
import { watchImages } from '../../../app/_editor/missing-images.ts';
import { StaticText } from '../../../app/_editor/static-text.tsx';
import { figure, paragraph } from '#tests/support/figure-report.ts';
import { chart } from '#tests/support/images.ts';

let stop = (): void => undefined;
afterEach(() => {
  stop();
  document.body.replaceChildren();
});

function show(...content: Parameters<typeof figure>[]): HTMLElement {
  const root = document.body.appendChild(document.createElement('div'));
  const blocks = [paragraph('Before.'), ...content.map((each) => figure(...each))];
  root.innerHTML = renderToStaticMarkup(<StaticText doc={{ type: 'doc', content: blocks }} claims={[]} />);
  // What a browser says of an image that is under way.
  for (const image of root.querySelectorAll('img'))
    Object.defineProperty(image, 'complete', { value: false, configurable: true });
  return root;
}

const figureIn = (root: HTMLElement): HTMLElement => root.querySelector<HTMLElement>('figure[data-image]')!;
const tell = (root: HTMLElement, name: 'error' | 'load'): void =>
  void root.querySelector('img')?.dispatchEvent(new Event(name));

describe('a figure', () => {
  test('UI41 shows its image, from where images are, and what it is called', () => {
    const [image, caption] = figureIn(show([chart, 'Counts <b>by</b> hour', [320, 180]])).children;
    expect(image?.getAttribute('src')).toBe(`/api/v1/images/${chart.sha256}`);
    expect([image?.getAttribute('width'), image?.getAttribute('height')]).toEqual(['320', '180']);
    expect(image?.getAttribute('alt')).toBe('Counts <b>by</b> hour');
    // Once for a screen reader: by the image.
    expect([caption?.textContent, caption?.getAttribute('aria-hidden')]).toEqual([
      'Counts <b>by</b> hour',
      'true',
    ]);
  });

  test('UI41 without a name has no caption, and no address of ours', () => {
    const shown = figureIn(show([{ sha256: '../members' }]));
    expect(shown.children).toHaveLength(1);
    expect(shown.querySelector('img')?.getAttribute('src')).toBe('data:,');
  });

  test('UI42 says when its image does not come, and no more when it does', () => {
    const root = show([chart, 'Counts']);
    stop = watchImages(root, 'Image not available');
    tell(root, 'error');
    expect(figureIn(root).dataset['missing']).toBe('Image not available');
    tell(root, 'load');
    expect(figureIn(root).dataset['missing']).toBeUndefined();
  });

  test('UI42 says so of an image that failed before anybody listened', () => {
    const root = show([chart]);
    for (const image of root.querySelectorAll('img')) {
      Object.defineProperty(image, 'complete', { value: true, configurable: true });
      Object.defineProperty(image, 'naturalWidth', { value: 0 });
    }
    stop = watchImages(root, 'Image not available');
    expect(figureIn(root).dataset['missing']).toBe('Image not available');
  });

  test('UI42 asks again for what is missing when the network is back', () => {
    const root = show([chart]);
    stop = watchImages(root, 'Image not available');
    tell(root, 'error');
    const image = root.querySelector('img')!;
    const asked: string[] = [];
    Object.defineProperty(image, 'src', {
      get: () => '/x',
      set: (address: string) => {
        asked.push(address);
      },
    });
    window.dispatchEvent(new Event('online'));
    expect(asked).toEqual(['/x']);
    expect(image.loading).toBe('eager');
  });
});
