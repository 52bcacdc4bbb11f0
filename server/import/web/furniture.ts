/**
 * What of a page is furniture, by what it is called: elements, roles, and the words in `class` and `id`. A name is a
 * hint and never a proof ("shareholders", "has-comments", a wrapper of everything called "paywall"), so words are
 * compared whole, and what holds the page's heading or much of its prose is never taken for furniture by name.
 */
import { isInline, linkShare, type Measured } from './measure.ts';

/** In the order in which they are told to people. */
export const furnitureKinds = [
  'navigation',
  'header',
  'cookies',
  'ads',
  'share',
  'related',
  'comments',
  'subscribe',
  'sidebar',
  'topics',
  'author',
  'form',
  'footer',
  'hidden',
] as const;
export type FurnitureKind = (typeof furnitureKinds)[number];

const list = (names: string): ReadonlySet<string> => new Set(names.split(' '));

/** Whole words of `class` and `id`; two words joined by `-` stand next to each other. The first that fits counts. */
const names: readonly (readonly [FurnitureKind, ReadonlySet<string>])[] = [
  [
    'hidden',
    list(
      'visually-hidden visuallyhidden sr-only screen-reader screenreader assistive-text a11y-hidden print-only',
    ),
  ],
  [
    'cookies',
    list(
      'cookie cookies cookiebar cookiebanner cookienotice cookieconsent cookie-consent consent-banner consent-layer gdpr ccpa cmp onetrust didomi usercentrics cookiebot truste sp-message privacy-banner privacy-notice',
    ),
  ],
  [
    'comments',
    list(
      'comments commentlist comment-list comment-section commentsection comments-section comment-form commentform comment-respond disqus respond reader-comments user-comments viafoura coral kommentare commentaires comentarios leserkommentare',
    ),
  ],
  [
    'ads',
    list(
      'ad ads adslot adsbygoogle adbox adunit adwrapper advert adverts advertise advertisement advertisements advertising anzeige werbung publicite dfp gpt-ad sponsor sponsored sponsors promo promos promotion promoted taboola outbrain commercial teads affiliate',
    ),
  ],
  [
    'share',
    list(
      'share sharing sharebar sharebuttons share-bar share-buttons share-tools sharetools sharedaddy social socials social-media social-links socialmedia addtoany addthis follow-us teilen partager',
    ),
  ],
  [
    'related',
    list(
      'related relateds related-articles related-links related-content related-posts related-stories recommended recommendation recommendations recirc recirculation more-stories more-news more-from most-read mostread most-popular popular-posts trending read-more readmore read-next readnext read-also also-read up-next you-may-also onward onwards further-stories teaser-list teasers latest-news latest-posts jp-relatedposts zergnet verwandte-artikel mehr-zum-thema a-lire',
    ),
  ],
  [
    'subscribe',
    list(
      'newsletter newsletters newsletter-signup subscribe subscription subscription-box signup sign-up email-signup regwall registration-wall paywall donate donation donations membership-box support-us crowdfunding app-banner appbanner download-app push-notification',
    ),
  ],
  [
    'navigation',
    list(
      'nav navbar navigation navi menu menus megamenu submenu topmenu mainmenu nav-menu breadcrumb breadcrumbs crumbs pagination pager paging skip skiplink skip-link skip-to skip-nav toc table-of-contents jumplinks toolbar mw-editsection mw-jump-link navbox catlinks noprint printfooter page-tools language-switcher langswitch lang-switcher post-navigation nav-links prev-next back-to-top backtotop',
    ),
  ],
  [
    'sidebar',
    list(
      'sidebar side-bar sidecolumn side-column rightrail right-rail leftrail rail widget widgets widget-area secondary-column',
    ),
  ],
  [
    'topics',
    list(
      'tags taglist tag-list tag-cloud tagcloud article-tags post-tags entry-tags topics topic-list keywords categories',
    ),
  ],
  [
    'author',
    list(
      'author-bio authorbio author-box authorbox about-author about-the-author author-card author-info author-profile bio-box',
    ),
  ],
  [
    'header',
    list(
      'masthead topbar top-bar site-header siteheader page-header-bar global-header ticker breaking-news-bar weather',
    ),
  ],
  [
    'footer',
    list(
      'footer site-footer sitefooter page-footer pagefooter colophon imprint impressum copyright legal disclaimer-bar footerlinks global-footer',
    ),
  ],
  [
    'form',
    list(
      'search searchbox searchform search-form login login-form loginbox account-menu feedback rating poll survey',
    ),
  ],
];
/** The word after these says how a part is, not what it is. */
const stateWords = list('has with no is not without js show hide enable enabled supports allow can');
/** What stands apart from an article and still belongs to it. */
const belongs =
  /(^|[\s_-])(fact-?box|info-?box|infobox|key-?(points|facts|takeaways)|timeline|correction|corrections|clarification|footnotes?|endnotes?|references?|reflist|sources?|standfirst|summary|abstract|note-to-editors?)([\s_-]|$)/i;

export function belongsToArticle(element: Element): boolean {
  const role = element.getAttribute('role') ?? '';
  return (
    /^doc-(endnotes|footnote|bibliography|abstract|appendix|conclusion|epigraph|introduction)/.test(role) ||
    belongs.test(nameOf(element))
  );
}

/** What an element or role says outright, whatever is in it. */
export function isSurelyFurniture(element: Element): boolean {
  const role = (element.getAttribute('role') ?? '').toLowerCase();
  return (
    /^(nav|dialog)$/.test(element.localName) ||
    /^(navigation|dialog|alertdialog|contentinfo|search)$/.test(role)
  );
}

/** By element, role or name; null when nothing says so. `isInside`: within an article or the main part. */
export function furnitureKind(element: Element, measured: Measured, isInside: boolean): FurnitureKind | null {
  if (/^(html|body|main|h1)$/.test(element.localName)) return null;
  return byRole(element, measured, isInside) ?? byName(element, measured);
}

function byRole(element: Element, measured: Measured, isInside: boolean): FurnitureKind | null {
  const role = (element.getAttribute('role') ?? '').toLowerCase();
  const name = element.localName;
  if (name === 'nav' || /^(navigation|menu|menubar|toolbar|directory)$/.test(role)) return 'navigation';
  if (role === 'search') return 'form';
  if (/^(dialog|alertdialog)$/.test(role) || name === 'dialog')
    return byName(element, measured) ?? 'subscribe';
  if (role === 'contentinfo') return 'footer';
  if (role === 'banner') return 'header';
  if (name === 'footer') return !isInside || measured.proseChars === 0 ? 'footer' : null;
  if (name === 'header') return isInside ? null : 'header';
  if (name === 'aside' || role === 'complementary') {
    if (belongsToArticle(element)) return null;
    const isProse = measured.proseChars > 0 && linkShare(measured) < 0.3 && measured.inputs === 0;
    return isInside && isProse ? null : 'sidebar';
  }
  if (name === 'form') return measured.proseChars > 200 ? null : 'form';
  if (name === 'a' && element.getAttribute('href')?.startsWith('#') === true && isSkipLink(element))
    return 'navigation';
  return null;
}

function isSkipLink(element: Element): boolean {
  return /^\s*(skip|jump) to\b/i.test(element.textContent?.slice(0, 100) ?? '');
}

function byName(element: Element, measured: Measured): FurnitureKind | null {
  // Headings, cells and quotations carry names made from their own words.
  if (/^(h[1-6]|td|th|tr|tbody|blockquote|pre|code|figcaption|caption|dt|dd)$/.test(element.localName))
    return null;
  const words = wordsOf(nameOf(element));
  if (words.length === 0 || belongsToArticle(element)) return null;
  const isPart = !isInline(element) && !/^(p|li)$/.test(element.localName);
  for (const [kind, known] of names) {
    const fits = words.some((word, i) => {
      if (stateWords.has(words[i - 1] ?? '')) return false;
      return (
        known.has(word) ||
        known.has(`${word}-${words[i + 1] ?? ''}`) ||
        known.has(`${word}-${words[i + 1] ?? ''}-${words[i + 2] ?? ''}`)
      );
    });
    if (fits && fitsItsLooks(kind, measured) && (isPart || smallKinds.has(kind))) return kind;
  }
  return null;
}

/** Some names are also given to parts of an article; then the looks decide. */
function fitsItsLooks(kind: FurnitureKind, measured: Measured): boolean {
  if (kind === 'topics' || kind === 'navigation')
    return measured.proseChars === 0 || linkShare(measured) > 0.5;
  if (kind === 'form') return measured.inputs > 0 || measured.proseChars === 0;
  if (kind === 'related') return linkShare(measured) > 0.25;
  // A class of that name also stands on what is behind a paywall.
  if (kind === 'subscribe') return measured.proseChars === 0 || measured.links + measured.inputs > 0;
  return true;
}

/** Of paragraphs, items and words in a line only these are told by their name: others are named for their place. */
const smallKinds: ReadonlySet<FurnitureKind> = new Set([
  'hidden',
  'share',
  'ads',
  'topics',
  'navigation',
  'related',
  'subscribe',
]);

function nameOf(element: Element): string {
  const name = `${element.getAttribute('class') ?? ''} ${element.getAttribute('id') ?? ''}`;
  return name.length > 2_000 ? name.slice(0, 2_000) : name;
}

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}
