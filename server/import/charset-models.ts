/**
 * What texts look like in languages that were written in encodings of their own: the letters beyond ASCII, a few words
 * that every page has, and for East Asia the commonest signs. Enough to tell whether a decoding gives that language;
 * nothing is learnt from it about the text.
 */

export interface AlphabetModel {
  readonly encodings: readonly string[];
  /** Letters beyond ASCII, small. */
  readonly letters: string;
  readonly words: string;
}

const western = ['windows-1252'];
const central = ['windows-1250', 'iso-8859-2'];
const baltic = ['windows-1257', 'iso-8859-13', 'iso-8859-4'];
const cyrillic = ['windows-1251', 'koi8-u', 'koi8-r', 'ibm866', 'iso-8859-5', 'x-mac-cyrillic'];

export const alphabets: readonly AlphabetModel[] = [
  {
    encodings: western,
    letters: 'éèêçñöüïôáíóûœæ',
    words:
      'the and of to in that is was for it with as on be by this are from at have not his which had has were said its but',
  },
  {
    encodings: western,
    letters: 'äöüßéèà',
    words:
      'der die das und in den von zu mit ist des nicht ein eine auf dem für sich im auch es an als nach wie bei aus einer werden wird über war hat sind noch',
  },
  {
    encodings: western,
    letters: 'éèêàçùôîâïûœëæÿü',
    words:
      'de la le les et des en un une du est que qui dans pour par sur au pas plus ne ce il avec sont à a été se aux mais cette',
  },
  {
    encodings: western,
    letters: 'áéíóúñüºª',
    words:
      'de la que el en y los se del las un por con una su para es al lo como más no sobre este ha fue pero entre años',
  },
  {
    encodings: western,
    letters: 'ãáàâçéêíõóôúüºª',
    words: 'de a o que e do da em um para com não uma os no se na por mais as dos como foi ao das à são ou é',
  },
  {
    encodings: western,
    letters: 'àèéìòùîóú',
    words:
      'di e il la che in un a per è una del i le da non con si dei della al sono alla nel anche più ha gli lo come',
  },
  {
    encodings: western,
    letters: 'ëéïöüèêóáà',
    words:
      'de van het een en in is dat op te zijn voor met die niet aan er om ook als bij dan maar door naar uit worden nog',
  },
  {
    encodings: western,
    letters: 'åäöéü',
    words:
      'och i att det som en på är av för med till den har de inte ett om men var sig så från vi han kan när',
  },
  {
    encodings: western,
    letters: 'æøåéöäü',
    words:
      'og i det at er en til på som for med den de av af ikke har et om var seg sig men fra så han kan vi også',
  },
  {
    encodings: western,
    letters: 'äöåšžé',
    words: 'ja on ei että oli se hän mutta ovat myös kun niin ole tai joka kuin sen mukaan vuonna jo vain',
  },
  {
    encodings: western,
    letters: 'áðéíóúýþæö',
    words: 'og að í er á sem til um við var en það af hann fyrir með ekki eru því hefur frá',
  },
  {
    encodings: central,
    letters: 'ąćęłńóśźż',
    words:
      'i w na z do się nie że to jest o jak po od za są przez dla ma ale co był czy ich tym które który roku',
  },
  {
    encodings: central,
    letters: 'áčďéěíňóřšťúůýž',
    words: 'a v na se je že to s z do o i k pro jako za by ale podle od po jsou byl který které roku není',
  },
  {
    encodings: central,
    letters: 'áäčďéíĺľňóôŕšťúýž',
    words: 'a v na sa je že to s z do o aj k pre ako za by ale podľa od po sú bol ktorý ktoré roku nie',
  },
  {
    encodings: central,
    letters: 'áéíóöőúüű',
    words: 'a az és hogy nem is egy meg ez volt már csak de mint van szerint még el ki ha azt után vagy lesz',
  },
  {
    encodings: central,
    letters: 'ăâîşţșțéá',
    words: 'de în și şi a la cu pe nu din o care că un să mai pentru este au fost sa se al ale prin după',
  },
  {
    encodings: central,
    letters: 'čćđšžäö',
    words:
      'i u je da se na su za od s a o ne kao bi što koji iz in v ki ne za so pa po bo ali tudi je da kako',
  },
  {
    encodings: ['windows-1254'],
    letters: 'çğıöşüâîûi̇',
    words:
      've bir bu da de için ile olarak çok daha olan ne gibi en sonra kadar ancak var göre değil o olduğunu dedi',
  },
  {
    encodings: baltic,
    letters: 'ąčęėįšųūž',
    words: 'ir į kad yra iš su buvo tai kaip bet už dėl apie metų nuo jo po per savo',
  },
  {
    encodings: baltic,
    letters: 'āčēģīķļņšūž',
    words: 'un ir ar ka no par uz kas gada bet tas tika arī pēc lai vai viņš nav pie',
  },
  {
    encodings: baltic,
    letters: 'äöõüšž',
    words: 'ja on et ei ka see oli kui aga mis ta seda oma nii kes aasta või ning pole',
  },
  {
    encodings: cyrillic,
    letters: 'абвгдеёжзийклмнопрстуфхцчшщъыьэюя',
    words:
      'и в не на что с по а как к из за он от это для о у же так но его до бы или года было быть только также',
  },
  {
    encodings: cyrillic,
    letters: 'абвгґдеєжзиіїйклмнопрстуфхцчшщьюя',
    words: 'і в не на що з та до у як за про це від його але року для є або також він які було під',
  },
  {
    encodings: cyrillic,
    letters: 'абвгдежзийклмнопрстуфхцчшщъьюя',
    words: 'на и в да се от за не с е че по са до ще като през но към или която които след един си',
  },
  {
    encodings: cyrillic,
    letters: 'абвгдђежзијклљмнњопрстћуфхцчџшѓќѕ',
    words: 'и у је да се на су за од са а о не као који што из али из је по',
  },
  {
    encodings: ['windows-1253', 'iso-8859-7'],
    letters: 'αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ',
    words: 'και το του να της η την τον με για που από στο οι σε τα των θα στην είναι ο δεν μια ότι',
  },
  {
    encodings: ['windows-1255', 'iso-8859-8'],
    letters: 'אבגדהוזחטיךכלםמןנסעףפץצקרשת',
    words: 'של את על לא זה הוא כי עם אל גם היא או יש אך רק אם כל אני אין היה',
  },
  {
    encodings: ['windows-1256', 'iso-8859-6'],
    letters: 'ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگکیہھے',
    words:
      'في من على إلى أن عن مع هذا التي الذي لا ما كان بعد هذه أو ذلك كما قال قد بين و که از به در را این با است',
  },
];

export interface SignModel {
  readonly encodings: readonly string[];
  /** Signs of the script. */
  readonly script: RegExp;
  /** The commonest of them: about a third of all signs of a text. */
  readonly common: string;
}

export const signs: readonly SignModel[] = [
  {
    encodings: ['gb18030'],
    script: /[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]/,
    common:
      '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运',
  },
  {
    encodings: ['big5'],
    script: /[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]/,
    common:
      '的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指克許統區保至隊形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且權思王象完設式色路記南品住告類求據程北邊死張該交規萬取拉格望覺術領共確傳師觀清今切院讓識候帶導爭運',
  },
  {
    encodings: ['shift_jis', 'euc-jp'],
    script: /[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f\uac00-\ud7af]/,
    common:
      'のにはをたがとでてしいるれこあさなかっまもりらすくきけそんうだよえみおせつちわどじやめほへとンースルトリラクイアシカタッドレロプマフジコバテサム日本人年大国会中出時行見月分後前生五間上東四今金九入学高円子外八六下来気小七山話女北午百書先名川千水半男西電校語土木食車何南万毎白天母火右読友左休父雨私自的社事者地業方新場員立開手力問代明動京目通言理体田主題意不作用度強公持野以思家世多正安院心界教文元重近考画海売知道集別物使品計死特始朝運終台広住真有口少町料工建空急止送切転研足究楽起着店病質待試族銀早映親験英医仕去味写字答夜音注帰古歌買悪図週室歩風紙黒花春赤青館屋色走秋夏習駅洋旅服夕借曜飲肉貸堂鳥飯勉冬昼茶弟牛魚兄犬妹姉漢',
  },
  {
    encodings: ['euc-kr'],
    script: /[\uac00-\ud7af\u3400-\u9fff\u3040-\u30ff]/,
    common:
      '이다의에을가는은를한고하지로도사기대자어나서리인시정해일수과아라들국부제전보으그만주원장구스상동있것했성공한등연비관세계위학경조문까면음결와실년월미회민법당무신방화교후유바안중개금합물재본질치현거통분산업',
  },
];
