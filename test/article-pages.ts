/**
 * Pages written for the tests of the article room: one small story told in many languages, set as a news site sets it.
 * In: a language. Out: markup, and the sentences that must and must not come out of it.
 */

export interface TestStory {
  readonly language: string;
  readonly title: string;
  readonly author: string;
  readonly paragraphs: readonly string[];
  readonly caption: string;
  readonly related: readonly string[];
  readonly prompt: string;
}

export const STORIES: readonly TestStory[] = [
  {
    language: 'en',
    title: 'Ferry resumes crossings after storm closes the harbour for a week',
    author: 'Maya Lindqvist',
    paragraphs: [
      'The ferry between the two islands sailed again on Monday morning, a week after a storm tore away part of the northern pier and left some three hundred people without a way home.',
      'The harbour master, Tomas Ek, said that divers had looked at every pillar of the pier. “We would not have opened it if there had been any doubt,” he told reporters at the quay.',
      'Shops on the smaller island had run short of bread and medicine, and the council had asked the coast guard to bring supplies by helicopter on Thursday and again on Saturday.',
      'A second storm is expected on Friday. The company that runs the ferry said it would decide on Thursday evening whether to keep the boats in port.',
    ],
    caption: 'Passengers wait at the repaired pier early on Monday. Photo: Anna Holm',
    related: ['Council votes on a new bridge', 'Fishermen count the cost of winter'],
    prompt: 'Sign up to our newsletter to get the islands in your inbox',
  },
  {
    language: 'ar',
    title: 'العبّارة تستأنف رحلاتها بعد عاصفة أغلقت الميناء أسبوعا كاملا',
    author: 'سلمى الحداد',
    paragraphs: [
      'أبحرت العبّارة بين الجزيرتين من جديد صباح الاثنين، بعد أسبوع من عاصفة اقتلعت جزءا من الرصيف الشمالي وتركت نحو ثلاثمئة شخص بلا طريق إلى بيوتهم.',
      'وقال مدير الميناء إن الغواصين فحصوا كل أعمدة الرصيف، وأضاف: «لم نكن لنفتحه لو بقي لدينا أي شك»، في حديث إلى الصحفيين عند المرفأ.',
      'وكانت متاجر الجزيرة الصغيرة قد عانت نقصا في الخبز والدواء، فطلب المجلس البلدي من خفر السواحل نقل الإمدادات بالمروحية يوم الخميس ثم يوم السبت.',
    ],
    caption: 'ركاب ينتظرون عند الرصيف بعد إصلاحه. تصوير: ليلى منصور',
    related: ['المجلس يصوت على جسر جديد', 'الصيادون يحصون خسائر الشتاء'],
    prompt: 'اشترك في نشرتنا البريدية',
  },
  {
    language: 'ckb',
    title: 'کەشتییەکە دوای هەفتەیەک لە داخرانی بەندەرەکە گەشتەکانی دەست پێکردەوە',
    author: 'شیلان ئەحمەد',
    paragraphs: [
      'کەشتییەکە لە نێوان هەردوو دوورگەکە بەیانی دووشەممە جارێکی تر کەوتە ڕێ، هەفتەیەک دوای ئەوەی زریانێک بەشێکی شۆستەی باکووری تێکشکاند و نزیکەی سێ سەد کەسی بێ ڕێگا هێشتەوە.',
      'بەڕێوەبەری بەندەرەکە گوتی مەلەوانەکان هەموو پایەکانی شۆستەکەیان پشکنیوە و زیادی کرد: «ئەگەر گومانێکمان هەبووایە نەماندەکردەوە»، ئەمەی بە ڕۆژنامەنووسان گوت.',
      'دووکانەکانی دوورگە بچووکەکە نان و دەرمانیان کەم بووبوو، بۆیە ئەنجوومەنی شارەوانی داوای لە پاسەوانی کەنار کرد ڕۆژی پێنجشەممە بە هەلیکۆپتەر پێداویستی بگەیەنن.',
    ],
    caption: 'گەشتیاران لە شۆستە چاککراوەکە چاوەڕێن',
    related: ['ئەنجوومەن دەنگ لەسەر پردێکی نوێ دەدات', 'ماسیگرەکان زیانی زستان دەژمێرن'],
    prompt: 'بەشداری لە هەواڵنامەکەمان بکە',
  },
  {
    language: 'kmr',
    title: 'Keştî piştî bahozê dîsa di navbera her du giravan de diçe û tê',
    author: 'Rojda Demir',
    paragraphs: [
      'Keştiya di navbera her du giravan de sibeha duşemê dîsa bi rê ket, hefteyek piştî ku bahozekê beşek ji pira bakur hilweşand û nêzîkî sêsed kes bê rê man.',
      'Rêveberê benderê got ku noqavan li hemû stûnên pirê nêrîn û got: «Eger gumanek hebûya me ew venedikir», wî ev yek ji rojnamevanan re got.',
      'Li dikanên girava biçûk nan û derman kêm bûbûn, ji ber vê yekê şaredariyê ji parêzvanên peravê xwest ku roja pêncşemê bi helîkopterê alîkariyê bînin.',
    ],
    caption: 'Rêwî li ber pira nûkirî li bendê ne',
    related: ['Meclîs li ser pireke nû deng dide', 'Masîgir zirara zivistanê dijmêrin'],
    prompt: 'Bibin abone û nûçeyan bistînin',
  },
  {
    language: 'fa',
    title: 'کشتی مسافربری پس از یک هفته توقف به خاطر طوفان دوباره به راه افتاد',
    author: 'نگار کریمی',
    paragraphs: [
      'کشتی مسافربری میان دو جزیره صبح دوشنبه دوباره به راه افتاد، یک هفته پس از آن که طوفان بخشی از اسکلهٔ شمالی را کند و نزدیک به سیصد نفر را بی‌راه گذاشت.',
      'رئیس بندر گفت غواصان همهٔ پایه‌های اسکله را بررسی کرده‌اند و افزود: «اگر کوچک‌ترین تردیدی بود آن را باز نمی‌کردیم». او این را به خبرنگاران گفت.',
      'مغازه‌های جزیرهٔ کوچک‌تر با کمبود نان و دارو روبه‌رو شده بودند و شورای شهر از گارد ساحلی خواسته بود روز پنجشنبه با بالگرد کمک برساند.',
    ],
    caption: 'مسافران کنار اسکلهٔ تعمیرشده منتظرند. عکس: مهدی راد',
    related: ['شورا دربارهٔ پل تازه رأی می‌دهد', 'ماهیگیران زیان زمستان را می‌شمارند'],
    prompt: 'در خبرنامهٔ ما عضو شوید',
  },
  {
    language: 'tr',
    title: 'Fırtına yüzünden bir hafta duran feribot seferleri yeniden başladı',
    author: 'Elif Kaya',
    paragraphs: [
      'İki ada arasındaki feribot, fırtınanın kuzey iskelesinin bir bölümünü koparmasından ve yaklaşık üç yüz kişiyi evine dönemez halde bırakmasından bir hafta sonra pazartesi sabahı yeniden sefere çıktı.',
      'Liman başkanı, dalgıçların iskelenin bütün ayaklarını incelediğini söyledi ve “En küçük bir kuşkumuz olsaydı açmazdık” diye ekledi.',
      'Küçük adadaki dükkânlarda ekmek ve ilaç azalmış, belediye meclisi sahil güvenlikten perşembe ve cumartesi günleri helikopterle yardım getirmesini istemişti.',
    ],
    caption: 'Yolcular onarılan iskelede bekliyor. Fotoğraf: Can Ersoy',
    related: ['Meclis yeni köprüyü oyluyor', 'Balıkçılar kışın bilançosunu çıkarıyor'],
    prompt: 'Bültenimize abone olun',
  },
  {
    language: 'ru',
    title: 'Паром возобновил рейсы после шторма, на неделю закрывшего порт',
    author: 'Ирина Волкова',
    paragraphs: [
      'Паром между двумя островами снова вышел в море утром в понедельник, через неделю после шторма, который сорвал часть северного причала и оставил около трёхсот человек без дороги домой.',
      'Начальник порта сообщил, что водолазы осмотрели каждую опору причала. «Мы не открыли бы его, если бы оставались сомнения», — сказал он журналистам на набережной.',
      'В магазинах меньшего острова не хватало хлеба и лекарств, и совет попросил береговую охрану доставить припасы вертолётом в четверг и ещё раз в субботу.',
    ],
    caption: 'Пассажиры ждут у отремонтированного причала. Фото: Олег Седов',
    related: ['Совет голосует за новый мост', 'Рыбаки подсчитывают убытки зимы'],
    prompt: 'Подпишитесь на нашу рассылку',
  },
  {
    language: 'uk',
    title: 'Пором відновив рейси після шторму, який на тиждень закрив порт',
    author: 'Оксана Литвин',
    paragraphs: [
      'Пором між двома островами знову вийшов у море вранці в понеділок, через тиждень після шторму, який зірвав частину північного причалу й залишив близько трьохсот людей без дороги додому.',
      'Начальник порту повідомив, що водолази оглянули кожну опору причалу. «Ми не відкрили б його, якби лишався сумнів», — сказав він журналістам на набережній.',
      'У крамницях меншого острова бракувало хліба та ліків, і рада попросила берегову охорону доправити припаси гелікоптером у четвер і ще раз у суботу.',
    ],
    caption: 'Пасажири чекають біля відремонтованого причалу. Фото: Андрій Гай',
    related: ['Рада голосує за новий міст', 'Рибалки рахують збитки зими'],
    prompt: 'Підпишіться на нашу розсилку',
  },
  {
    language: 'he',
    title: 'המעבורת חזרה להפליג לאחר סערה שסגרה את הנמל לשבוע שלם',
    author: 'נועה ברק',
    paragraphs: [
      'המעבורת בין שני האיים הפליגה שוב ביום שני בבוקר, שבוע לאחר שסערה קרעה חלק מהרציף הצפוני והותירה כשלוש מאות בני אדם בלי דרך חזרה הביתה.',
      'מנהל הנמל אמר כי צוללנים בדקו כל עמוד ועמוד ברציף. "לא היינו פותחים אותו אילו נותר ספק כלשהו", אמר לעיתונאים על המזח.',
      'בחנויות באי הקטן אזלו לחם ותרופות, והמועצה ביקשה ממשמר החופים להביא אספקה במסוק ביום חמישי ושוב בשבת.',
    ],
    caption: 'נוסעים ממתינים ליד הרציף המתוקן. צילום: דן לוי',
    related: ['המועצה מצביעה על גשר חדש', 'הדייגים סופרים את נזקי החורף'],
    prompt: 'הירשמו לניוזלטר שלנו',
  },
  {
    language: 'zh',
    title: '风暴关闭港口一周后两岛之间渡轮恢复通航',
    author: '林晓梅',
    paragraphs: [
      '两座岛屿之间的渡轮周一早晨重新启航。一周前，一场风暴冲毁了北侧码头的一部分，约三百人因此无法回家，只能在临时安置点等候消息。',
      '港务负责人表示，潜水员已经检查了码头的每一根桩柱。“如果还有任何疑问，我们就不会开放”，他在岸边对记者说，并感谢居民的耐心。',
      '较小的岛上面包和药品一度短缺，镇议会请求海岸警卫队在周四和周六用直升机运送物资。渡轮公司说，周五可能还有一场风暴。',
    ],
    caption: '乘客周一清晨在修好的码头等候。',
    related: ['议会就新桥进行表决', '渔民清点冬季损失'],
    prompt: '订阅我们的新闻邮件',
  },
  {
    language: 'ja',
    title: '嵐で一週間閉鎖された港、島を結ぶフェリーが運航を再開',
    author: '佐々木 由美',
    paragraphs: [
      '二つの島を結ぶフェリーが月曜日の朝、運航を再開した。一週間前の嵐で北側の桟橋の一部が流され、およそ三百人が自宅に戻れなくなっていた。',
      '港の責任者は、潜水士が桟橋のすべての柱を調べたと説明し、「少しでも疑いがあれば再開しなかった」と岸壁で記者団に語った。',
      '小さい島の商店ではパンや薬が不足し、議会は沿岸警備隊に対し、木曜日と土曜日にヘリコプターで物資を運ぶよう求めていた。金曜日には次の嵐が予想されている。',
    ],
    caption: '修理された桟橋で待つ乗客＝月曜日早朝',
    related: ['新しい橋をめぐり議会が採決', '漁師らが冬の被害を集計'],
    prompt: 'メールマガジンに登録する',
  },
  {
    language: 'fr',
    title: 'Le ferry reprend ses traversées après une tempête qui a fermé le port une semaine',
    author: 'Claire Moreau',
    paragraphs: [
      'Le ferry qui relie les deux îles a repris la mer lundi matin, une semaine après qu’une tempête a arraché une partie de la jetée nord et laissé quelque trois cents personnes sans moyen de rentrer.',
      'Le capitaine du port a indiqué que des plongeurs avaient examiné chaque pilier de la jetée. « Nous ne l’aurions pas rouverte s’il restait un doute », a-t-il déclaré à la presse.',
      'Les commerces de la petite île manquaient de pain et de médicaments, et le conseil avait demandé aux garde-côtes d’apporter des vivres par hélicoptère jeudi puis samedi.',
    ],
    caption: 'Des passagers attendent devant la jetée réparée. Photo : Luc Perrin',
    related: ['Le conseil vote un nouveau pont', 'Les pêcheurs comptent les pertes de l’hiver'],
    prompt: 'Inscrivez-vous à notre lettre d’information',
  },
  {
    language: 'es',
    title: 'El ferri vuelve a cruzar tras la tormenta que cerró el puerto una semana',
    author: 'Lucía Ferrer',
    paragraphs: [
      'El ferri que une las dos islas volvió a navegar el lunes por la mañana, una semana después de que una tormenta arrancara parte del muelle norte y dejara a unas trescientas personas sin poder volver a casa.',
      'El capitán del puerto dijo que los buzos habían revisado cada pilar del muelle. «No lo habríamos abierto si quedara alguna duda», declaró a los periodistas.',
      'En las tiendas de la isla menor faltaban pan y medicinas, y el concejo había pedido a los guardacostas que llevaran víveres en helicóptero el jueves y de nuevo el sábado.',
    ],
    caption: 'Pasajeros esperan en el muelle reparado. Foto: Jorge Sanz',
    related: ['El concejo vota un puente nuevo', 'Los pescadores cuentan las pérdidas del invierno'],
    prompt: 'Suscríbete a nuestro boletín',
  },
];

/** The story as a news site sets it: navigation, a figure, share links, related stories, a newsletter prompt, a footer. */
export function buildPage(story: TestStory, options: { readonly head?: string; readonly afterBody?: string } = {}): string {
  const rtl = ['ar', 'ckb', 'fa', 'he'].includes(story.language) ? ' dir="rtl"' : '';
  return `<!doctype html><html lang="${story.language}"${rtl}><head><meta charset="utf-8"><title>${story.title} | The Islander</title>
<meta property="og:title" content="${story.title}"><meta property="og:site_name" content="The Islander"><meta property="og:type" content="article">
<meta property="article:published_time" content="2026-03-02T08:15:00+01:00"><meta property="article:modified_time" content="2026-03-02T11:40:00+01:00">
<meta name="author" content="${story.author}"><link rel="canonical" href="https://islander.example/news/ferry-resumes">${options.head ?? ''}</head>
<body class="page single"><header class="site-header"><nav class="main-nav"><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li></ul></nav></header>
<main><article class="article"><h1 class="article-title">${story.title}</h1>
<p class="byline">${story.author}</p><time datetime="2026-03-02T08:15:00+01:00">2 March 2026</time>
<div class="share-links"><a href="#">Facebook</a> <a href="#">Twitter</a></div>
<figure><img src="pier.jpg" alt=""><figcaption>${story.caption}</figcaption></figure>
<div class="article-body">${story.paragraphs.map((paragraph) => `<p>${paragraph}</p>`).join('\n')}
<aside class="related"><h3>Related</h3><ul>${story.related.map((title) => `<li><a href="/x">${title}</a></li>`).join('')}</ul></aside></div>
<div class="newsletter-signup"><p>${story.prompt}</p><form><input type="email"><button>OK</button></form></div></article>${options.afterBody ?? ''}</main>
<footer class="site-footer"><ul><li><a href="/about">About us</a></li><li><a href="/privacy">Privacy</a></li></ul><p>© 2026 The Islander</p></footer></body></html>`;
}
