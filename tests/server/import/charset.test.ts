import { describe, expect, test } from 'vitest';
import { decodeText } from '#server/import/charset.ts';
import { encode } from './encode.ts';
import { readBytes } from './read.ts';

const ru =
  'Правительство сообщило, что переговоры не будут отложены: «Мы готовы к ним», заявил министр в понедельник.';
const uk =
  'Уряд повідомив, що перемовини не будуть відкладені, і що ціни на газ зросли на 12 відсотків за рік.';
const bg =
  'Правителството съобщи, че преговорите няма да бъдат отложени и че цената на тока ще се повиши със седем процента.';
const sr =
  'Влада је саопштила да преговори неће бити одложени и да су цене струје порасле за дванаест одсто у овој години.';
const de =
  'Die Regierung erklärte am Montag, dass die Gespräche nicht verschoben würden; die Kosten seien für alle zu hoch.';
const fr =
  'Le gouvernement a déclaré que les négociations ne seraient pas reportées, et que le coût était plus élevé que prévu.';
const es =
  'El gobierno dijo que las negociaciones no se aplazarán y que los precios subieron más de un 12 % en los últimos años.';
const pt =
  'O governo disse que as negociações não serão adiadas e que os preços subiram mais de 12 % nos últimos anos.';
const sv =
  'Regeringen säger att förhandlingarna inte kommer att skjutas upp och att priserna på el har ökat med tolv procent.';
const en =
  'The minister said “we are ready” — that is, the café’s owner and the naïve rest of us are not yet at that point.';
const pl =
  'Rząd ogłosił, że rozmowy nie zostaną odłożone, a ceny prądu wzrosły w tym roku o dwanaście procent, choć nie wszędzie.';
const cs =
  'Vláda oznámila, že jednání nebudou odložena a že ceny elektřiny se v tomto roce zvýšily o dvanáct procent.';
const hu =
  'A kormány közölte, hogy a tárgyalásokat nem halasztják el, és az áram ára tizenkét százalékkal nőtt az idén.';
const ro =
  'Guvernul a anunţat că negocierile nu vor fi amânate şi că preţurile la energie au crescut cu doisprezece la sută.';
const hr =
  'Vlada je objavila da se pregovori neće odgoditi i da su cijene struje porasle za dvanaest posto, što je više nego lani.';
const tr =
  'Hükümet, görüşmelerin ertelenmeyeceğini ve elektrik fiyatlarının bu yıl yüzde on iki arttığını açıkladı, ancak daha çok var.';
const lt =
  'Vyriausybė pranešė, kad derybos nebus atidėtos ir kad elektros kainos šiais metais išaugo dvylika procentų.';
const lv =
  'Valdība paziņoja, ka sarunas netiks atliktas un ka elektrības cenas šajā gadā ir augušas par divpadsmit procentiem.';
const el =
  'Η κυβέρνηση ανακοίνωσε ότι οι συνομιλίες δεν θα αναβληθούν και ότι οι τιμές του ρεύματος αυξήθηκαν κατά δώδεκα τοις εκατό.';
const he = 'הממשלה הודיעה כי השיחות לא יידחו וכי מחירי החשמל עלו השנה בשנים עשר אחוזים, אך לא בכל הארץ.';
const ar = 'أعلنت الحكومة أن المحادثات لن تؤجل وأن أسعار الكهرباء ارتفعت هذا العام بنسبة اثني عشر في المئة.';
const ja =
  '政府は月曜日、交渉を延期しないと発表し、電気料金が今年は十二パーセント上がったことを明らかにした。';
const zhHans = '政府星期一宣布，谈判不会推迟，今年的电价已经上涨了百分之十二，但是各个地方的情况并不一样。';
const zhHant = '政府星期一宣布，談判不會推遲，今年的電價已經上漲了百分之十二，但是各個地方的情況並不一樣。';
const ko = '정부는 월요일 협상을 연기하지 않을 것이며 올해 전기 요금이 십이 퍼센트 올랐다고 발표했다.';

const cases: readonly (readonly [encoding: string, language: string, text: string])[] = [
  ['windows-1251', 'Russian', ru],
  ['koi8-r', 'Russian', ru.replace(/[«»]/g, '"')],
  ['ibm866', 'Russian', ru.replace(/[«»]/g, '"')],
  ['iso-8859-5', 'Russian', ru.replace(/[«»]/g, '"')],
  ['x-mac-cyrillic', 'Russian', ru],
  ['windows-1251', 'Ukrainian', uk],
  ['koi8-u', 'Ukrainian', uk],
  ['windows-1251', 'Bulgarian', bg],
  ['windows-1251', 'Serbian', sr],
  ['windows-1252', 'German', de],
  ['windows-1252', 'French', fr],
  ['windows-1252', 'Spanish', es],
  ['windows-1252', 'Portuguese', pt],
  ['windows-1252', 'Swedish', sv],
  ['windows-1252', 'English', en],
  ['windows-1250', 'Polish', pl],
  ['iso-8859-2', 'Polish', pl],
  ['windows-1250', 'Czech', cs],
  ['iso-8859-2', 'Czech', cs],
  ['windows-1250', 'Hungarian', hu],
  ['windows-1250', 'Romanian', ro],
  ['windows-1250', 'Croatian', hr],
  ['iso-8859-2', 'Croatian', hr],
  ['windows-1254', 'Turkish', tr],
  ['windows-1257', 'Lithuanian', lt],
  ['windows-1257', 'Latvian', lv],
  ['windows-1253', 'Greek', el],
  ['iso-8859-7', 'Greek', el],
  ['windows-1255', 'Hebrew', he],
  ['windows-1256', 'Arabic', ar],
  ['iso-8859-6', 'Arabic', ar],
  ['shift_jis', 'Japanese', ja],
  ['euc-jp', 'Japanese', ja],
  ['gb18030', 'Chinese', zhHans],
  ['big5', 'Chinese', zhHant],
  ['euc-kr', 'Korean', ko],
];

describe('older encodings', () => {
  test.each(cases)('IM60 %s: a sentence in %s is read right', (encoding, _, text) => {
    expect(decodeText(encode(text, encoding))?.text).toBe(text);
  });

  test.each(cases)('IM60 %s: a long text in %s is read right', (encoding, _, text) => {
    const long = `${text}\n\n`.repeat(400);
    expect(decodeText(encode(long, encoding))?.text).toBe(long);
  });

  test.each(cases)('IM60 %s: a few words in %s are read right or refused', (encoding, _, text) => {
    const few = text.slice(0, 24);
    let read: string | undefined = few;
    try {
      read = decodeText(encode(few, encoding))?.text;
    } catch (error) {
      expect(error).toMatchObject({ code: 'undecodable' });
    }
    expect(read).toBe(few);
  });

  test('IM60 ISO-2022-JP is told by its escapes', () => {
    const bytes = Buffer.from('\x1b$B@/I\\\x1b(B 2026', 'latin1');
    expect(decodeText(bytes)).toEqual({ text: '政府 2026', encoding: 'iso-2022-jp' });
  });

  test.each(['le', 'be'] as const)('IM60 UTF-32 %s is told by its mark', (order) => {
    const bytes = new Uint8Array(4 * 5);
    const view = new DataView(bytes.buffer);
    [0xfeff, 0x41, 0x1f600, 0x20, 0x436].forEach((code, i) => view.setUint32(4 * i, code, order === 'le'));
    expect(decodeText(bytes)?.text).toBe('A😀 ж');
  });

  test('IM60 UTF-8 with a sign cut in half keeps all the others, and says so', async () => {
    const bytes = Buffer.concat([Buffer.from(ru), Buffer.of(0xd0, 0x20), Buffer.from(ru)]);
    const { text, unreadable } = await readBytes(bytes, { name: 'a.txt' });
    expect(text).toBe(`${ru}\ufffd ${ru}`);
    expect(unreadable).toEqual(['One sign is damaged in the source and stands as \ufffd.']);
  });
});

describe('what is said of the encoding', () => {
  const page = (charset: string, words: string) => `<html><meta charset="${charset}"><p>${words}</p></html>`;

  test('IM61 a page that names its encoding is believed', async () => {
    expect((await readBytes(encode(page('windows-1250', pl), 'windows-1250'))).text).toBe(pl);
    expect((await readBytes(encode(page('shift_jis', ja), 'shift_jis'))).text).toBe(ja);
  });

  test('IM61 a page that names another one is read by its bytes', async () => {
    expect((await readBytes(encode(page('iso-8859-1', ru), 'windows-1251'))).text).toBe(ru);
    expect((await readBytes(new TextEncoder().encode(page('iso-8859-1', de)))).text).toBe(de);
    expect((await readBytes(encode(page('utf-8', de), 'windows-1252'))).text).toBe(de);
    expect((await readBytes(encode(page('no-such-thing', fr), 'windows-1252'))).text).toBe(fr);
  });

  test('IM61 a server that names the encoding is believed if the bytes fit', () => {
    expect(decodeText(encode('łódź', 'iso-8859-2'), 'ISO-8859-2')?.text).toBe('łódź');
    expect(decodeText(new TextEncoder().encode('łódź'), 'ISO-8859-2')?.text).toBe('łódź');
    expect(decodeText(encode(ru, 'windows-1251'), 'iso-8859-1')?.text).toBe(ru);
  });
});
