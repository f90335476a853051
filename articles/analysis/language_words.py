"""What gives a language away: its commonest words, its own letters, the endings of its words.

Written from common knowledge of the languages, not learnt from a corpus. A word that several languages have is listed
in each and counts for less (``language.py`` works that out), so the lists need not be made apart from one another.
"""

from .lexicon import words

SMALL_WORDS = {
    "en": words(
        """
    the of and to in a is that for it on was with as by he at from his be this are have had has an but not which or
    its they were their who been will would said after more about one all when there she her we you i says if so no
    do my me him them what than then into out up over can could should may might must also just only some any other
    two three new first last before because between during since through under against while where how why our your
    us did does done being these those such very most many much own same told met yes here now still even both each
    made make took year years day days week people man men woman home house police court city state government
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
    october november december
    """
    ),
    "de": words(
        """
    der die und das den von zu mit ist im nicht ein eine des dem sich auf für als auch es an er hat aus bei sie nach
    wird sind einer um am noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein
    wurde sei hatte kann gegen vom können schon wenn habe seine ihre dann unter wir soll ich eines jahr jahren
    wurden sagte ihrer seiner worden müssen dieser diese dieses will zwischen werden weil dass daß seit nun etwas
    keine kein ab wieder was nichts uhr heute gestern sehr gab ihm ihn uns mir mich da wer wo beim damit dabei waren
    laut neue neuen montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz april mai juni
    juli august september oktober november dezember menschen polizei stadt niemand
    """
    ),
    "es": words(
        """
    el la los las de que y en un una por con del se para es al lo su como más pero sus le ya o este sí porque esta
    entre cuando muy sin sobre también me hasta hay donde quien desde todo nos durante todos uno les ni contra otros
    ese eso había ante ellos e esto mí antes algunos qué unos yo otro otras otra él tanto esa estos mucho quienes
    nada muchos cual fue ha han sido está están dijo según años año tras dos son ser tiene hace no era fueron será
    día lunes martes ayer hoy miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio
    agosto septiembre octubre noviembre diciembre personas policía ciudad nadie quiere cerca
    """
    ),
    "fr": words(
        """
    le la les des et en du un une que pour dans est il au par sur qui pas ne de à se ce a plus avec son sa ses ont
    été sont aux d l qu n s c elle cette ces mais ou où nous vous ils elles lui leur leurs je on y était être avoir
    fait comme tout tous sans sous entre après avant depuis pendant contre selon deux deja déjà même aussi très peu
    bien encore alors donc si dont ans cet avait avaient étaient avons lundi mardi hier dit afin lors chez mercredi
    jeudi vendredi samedi dimanche janvier février mars avril mai juin juillet août septembre octobre novembre
    décembre personnes police ville rien personne veut près
    """
    ),
    "it": words(
        """
    il di che la e un per non in una sono con del della si le da dei ha nel al dal alla è gli lo i a come anche più
    ma delle degli nella sul sulla dalla dopo stato stata hanno questo questa era essere suo sua ai alle ed se ci
    due quando tra fra fino prima contro senza molto così poi già anni dove chi cui quello quella detto secondo
    tutti tutto ogni ancora sia o ne ho mi ti noi loro lui lei su nei nelle dall dell nell all ieri lunedì martedì
    oggi mercoledì giovedì venerdì sabato domenica gennaio febbraio marzo aprile maggio giugno luglio agosto
    settembre ottobre novembre dicembre persone polizia città sulle sui sugli negli vuole nulla niente nessuno
    vicino
    """
    ),
    "pt": words(
        """
    o a os que de do da em um uma para com não por no na se dos mais ao das como mas foi ele à seu sua ou ser quando
    muito há nos já está eu também só pelo pela até isso ela entre era depois sem mesmo aos ter seus quem nas me
    esse eles estão você tinha foram essa num nem suas meu às minha têm numa pelos elas havia seja qual será nós
    tenho lhe deles essas esses pelas este disse segundo após são anos dois e é contra sobre onde porque ontem hoje
    segunda feira terça quarta quinta sexta sábado domingo janeiro fevereiro março abril maio junho julho agosto
    setembro outubro novembro dezembro pessoas polícia cidade ninguém nada quer perto
    """
    ),
    "nl": words(
        """
    de het een van en in is dat op te zijn met voor niet aan er om ook als bij die was door naar heeft hij ze uit
    nog maar worden wordt over tot werd deze dit hebben meer kan we je al dan zich ik geen had of moet zou hun haar
    wel zo onder tegen na toen omdat onze ons jaar veel waren tussen wat wie waar hoe ging zegt zei volgens twee
    andere alle mensen vanaf sinds kunnen zullen moeten hem mijn gaan daar tijdens eerste nieuwe maandag gisteren
    dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart april mei juni juli augustus september
    oktober november december politie stad wij jij niets niemand wil willen elk iets
    """
    ),
    "da": words(
        """
    og i at det er en til af på for med de den der ikke som har et om han var men kan vi så eller skal fra sig hun
    ved jeg blev efter bliver være havde over nu siger sagde også mere når ud op hans hvor hvad ham mod mellem alle
    hele meget noget nogle uden her få ville må kunne skulle blevet deres mange end selv kun både inden år dem to
    tre bare hvis hvordan derfor mandag tirsdag ifølge samt siden onsdag torsdag fredag lørdag søndag januar februar
    marts april maj juni juli august september oktober november december mennesker personer politiet byen ingen gav
    tog
    """
    ),
    "no": words(
        """
    og i at det er en til av på for med de den der ikke som har et om han var men kan vi så eller skal fra seg hun
    ved jeg ble etter blir være hadde over nå sier sa også mer når ut opp hans hvor hva ham mot mellom alle hele mye
    noe noen uten her få ville må kunne skulle blitt deres mange enn selv bare både innen år dem ei to tre hvis
    hvordan derfor mandag tirsdag ifølge samt siden ikkje ein eit frå vart hos fordi vært onsdag torsdag fredag
    lørdag søndag januar februar mars april mai juni juli august september oktober november desember mennesker
    personer politiet byen ingen gav tok
    """
    ),
    "sv": words(
        """
    och i att det är en till av på för med de den där inte som har ett om han var men kan vi så eller ska från sig
    hon vid jag blev efter blir vara hade över nu säger sade också mer när ut upp hans hur vad honom mot mellan alla
    hela mycket något några utan här få ville måste kunde skulle blivit deras många än själv bara både inom år dem
    två tre sedan enligt samt varit under fick mig oss dess detta denna dessa eftersom måndagen måndag tisdag sa
    onsdag torsdag fredag lördag söndag onsdagen torsdagen fredagen lördagen söndagen tisdagen januari februari mars
    april maj juni juli augusti september oktober november december människor personer polisen staden ingen gav tog
    vill
    """
    ),
    "fi": words(
        """
    ja on ei että se oli hän mutta ovat kuin myös joka niin mukaan jo sen vain kun hänen tai ole jotka sekä nyt mitä
    olla minä ne vielä sitä voi jos olisi siitä sanoi kertoi kaksi kanssa jälkeen ennen aikana vuonna vuoden koska
    kaikki mikä hyvin oma siinä tämä tämän he me hänet olivat ollut enää sitten mukaa noin kuitenkin eivät ettei
    sanoo kertoo eli yli asti saakka vastaan ilman alle yksi kolme maanantaina tiistaina eilen keskiviikkona
    torstaina perjantaina lauantaina sunnuntaina tammikuussa helmikuussa maaliskuussa huhtikuussa toukokuussa
    kesäkuussa heinäkuussa elokuussa syyskuussa lokakuussa marraskuussa joulukuussa ihmistä ihmiset poliisi
    kaupungin heitä mikään kukaan aikoo haluaa
    """
    ),
    "pl": words(
        """
    w i z na do nie się że jest to o a po od za przez jak ale dla co są przy było był była być tym tak jego jej ich
    oraz czy które który która którzy także już tylko jeszcze ze we pod nad bez przed między może mają ma tego ten
    ta te go mu jako więc gdy kiedy gdzie roku lat dwa trzy wszystkich wszystko bardzo został została zostały
    powiedział powiedziała według podczas ponieważ mnie sobie nas nam nich im tej tych temu będzie będą aby żeby lub
    ani więcej poniedziałek wtorek wczoraj dziś środę środa czwartek piątek sobotę sobota niedzielę niedziela
    stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia osób osoby
    policja miasta nikt nic chce
    """
    ),
    "cs": words(
        """
    a v se na je že s z do o to i ve si by jsem ale jak po podle za jako který která které kteří pro tak také už jen
    při až nebo od ze byl byla bylo byly být není jsou jeho jejich její své svůj co k ke ho mu má mají tím tom této
    tento tato toto když kde před mezi bez pod nad let roku dva tři více však ještě proto protože kdy jsme budou
    bude řekl řekla uvedl uvedla může mohl kvůli proti během všechny všech pondělí úterý včera dnes středu středa
    čtvrtek pátek sobotu sobota neděli neděle ledna února března dubna května června července srpna září října
    listopadu prosince lidí lidé policie města nic nikdo chce nedaleko
    """
    ),
    "tr": words(
        """
    ve bir bu da de için ile olarak çok daha olan gibi en kadar sonra ise ne var ama o dedi değil ya ki her iki göre
    yeni ilk söyledi oldu olduğunu tarafından arasında şey mi mı mu mü ben sen biz siz onlar bunu şu çünkü ancak hem
    üzere önce karşı yıl yılında gün eden etti edildi ettiği ediyor olduğu zaman içinde üzerinde diye büyük bütün
    hiç yok bana ona bunun onun belirtti açıkladı pazartesi salı dün bugün çarşamba perşembe cuma cumartesi ocak
    şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık kişi polis şehir bundan bizim istiyor
    kimse
    """
    ),
    "id": words(
        """
    yang dan di itu dengan untuk tidak ini dari dalam akan pada juga saya ke karena tersebut bisa ada mereka lebih
    kata tahun sudah atau saat oleh menjadi orang telah bahwa kita dia kami anda adalah dapat sebagai banyak hari
    seperti masih secara serta setelah bagi para satu dua tiga hanya namun kepada sangat belum bukan harus ketika
    antara terhadap sebelum sampai hingga pun lagi agar maka mengatakan ujar ujarnya katanya menurut warga jika
    sejak senin selasa kemarin rabu kamis jumat sabtu minggu januari februari maret april mei juni juli agustus
    september oktober november desember polisi kota sebuah dekat ingin jalan pemerintah tewas korban kecelakaan tahu
    apa ia mau
    """
    ),
    "hu": words(
        """
    a az és hogy nem is egy ez azt meg csak el ki van volt már mint még de ha fel be le sem ezt vagy mert kell lesz
    szerint után között lehet több majd két volna most ami aki amely arra erre minden nagyon olyan így úgy pedig
    valamint azonban mondta közölte ezek azok őket neki nekik alatt előtt miatt ellen által során egyik másik való
    nincs ők én te mi ti akik amikor ahol hanem voltak lett évben év hétfőn kedden tegnap ma szerdán csütörtökön
    pénteken szombaton vasárnap január február március április május június július augusztus szeptember október
    november december ember emberek rendőrség város semmi semmit senki egyes
    """
    ),
    "ro": words(
        """
    și de în a la cu pe nu că o un este din se au pentru mai fi care sunt ca ce după lui fost dar al ai ale sau ei
    prin până când sa să va iar cea cel cei cele acest această aceasta acestui asta fără sub între foarte doar unei
    unui unor era erau avea are am ani an către dintre potrivit declarat spus doi două trei despre peste toate toți
    tot cum unde deja însă astfel asupra într ne le îi își lor luni marți ieri azi si in miercuri joi vineri sâmbătă
    duminică ianuarie februarie martie aprilie iunie iulie august septembrie octombrie noiembrie decembrie persoane
    oameni poliția orașul noi voi nimic nimeni vrea
    """
    ),
}

# Letters that few languages write; foreign names bring them into English, so only words in lower case count.
LETTERS = {
    "de": "ßäöü",
    "es": "ñáéíóú",
    "id": "",
    "fr": "çèêëîïôûùéàœ",
    "it": "àèìòù",
    "pt": "ãõçáéíóúâêô",
    "nl": "ĳëï",
    "da": "æøå",
    "no": "æøå",
    "sv": "äöå",
    "fi": "äö",
    "pl": "ąćęłńóśźż",
    "cs": "ěščřžýáíéúůťďň",
    "tr": "ışğçöü",
    "hu": "őűáéíóöúü",
    "ro": "ăâîșțşţ",
}

# How words of five letters and more end, and in one language begin, where small words are few.
ENDINGS = {
    "en": tuple(words("ing ed tion tions ly ment ness ther ould ought")),
    "de": tuple(
        words(
            """
    lich liche lichen isch ische ischen keit heit schaft igen ungen chen ieren ierte tten enden
    """
        )
    ),
    "es": tuple(
        words(
            """
    ción ciones dad dades miento mente aron ieron ando iendo aba aban ería illo illa idos adas ados
    """
        )
    ),
    "fr": tuple(
        words(
            """
    eux euse ement aient ées ière ières eur eurs aux ique iques ois oise elle elles ette ettes ée
    """
        )
    ),
    "it": tuple(
        words(
            """
    zione zioni mente mento menti ità ando endo ato ata ati ate uto uti aggio issimo ezza erebbe erà
    """
        )
    ),
    "pt": tuple(
        words(
            """
    ção ções dade dades mente mento aram eram iram ando endo indo inho inha eiro eira eiros ável ões ão
    """
        )
    ),
    "nl": tuple(words("heid heden lijk lijke ingen tie ties schap eerd eerde elijk oor aan ijn ijk uit ers")),
    "da": tuple(words("else elser erne ede lige ligt hed heden ende ning ninger eren enes ernes")),
    "no": tuple(words("else elser ene ede lige lig het heten ende ning ninger eren enes ert sjon sjonen")),
    "sv": tuple(words("ningen ning ningar arna erna orna ade ligt liga het heten ande tion tionen aren igt iga")),
    "fi": tuple(
        words(
            """
    ssa ssä sta stä lla llä lta ltä lle nen sen iset isen sti ksi tta ttä tiin ttiin nut nyt vat vät aan een iin ään
    """
        )
    ),
    "pl": tuple(
        words(
            """
    ego emu ych ymi ach ami ował owała owali ości ość anie enie ania enia any ana ony ona owie ów
    """
        )
    ),
    "cs": tuple(
        words(
            """
    ého ému ých ými ách ami oval ovala ovali osti ost ání ení ován ována ový ové ová ům ství ského ské ský
    """
        )
    ),
    "tr": tuple(
        words(
            """
    ları leri ların lerin lara lere ında inde ının inin iyor ıyor uyor acak ecek mak mek dığını diğini ması mesi nın
    nin dan den tan ten ğı ği
    """
        )
    ),
    "id": tuple(words("kan nya")),
    "hu": tuple(
        words(
            """
    ban ben nak nek val vel ból ből ról ről hoz hez höz ság ség ték tek tak ott ett ött ták ója ője ását ését ások
    ések okat eket
    """
        )
    ),
    "ro": tuple(words("ului ilor elor ție ții ția ește esc ează area erea irea ări atului lor ază ele eau eze")),
}
BEGINNINGS = {"id": tuple(words("meng meny memb memp mend menj dip dit dib dik"))}
