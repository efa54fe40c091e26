import type { Words } from './words';

export const RUSSIAN: Words = {
	language: 'ru',
	order: 'экспорт* скачива* скача* выгруз* выгруж* рендер* отрендер* выведи загрузить_готов*',
	give: 'пришли* пришлёшь отправь* дай* скинь* скинешь хочу нужен нужно нужна где сохран* получить забрать передай перешли* поделись кидай вышли* покажи_готов* отправ* кинь* скидывай присылай присылать высылай',
	result: 'видео ролик* видеоролик* фильм* результат* клип* монтаж* итог видос*',
	file: 'файл ссылк* линк',
	work: 'промо реклам* трейлер* тизер* проект',
	the: 'мой моё моего этот это эту наш готов*',
	a: '',
	about: 'про о об',
	credits:
		'кредит* баланс* остаток сколько_стоит сколько_это_стоит почём токен* пополнить стоит стоимость цена цены бесплатн* платн* платить заплатить деньги денег',
	ask: 'сколько какой какая какие что остал* остаётся у_меня есть покажи показать хватит хватает достаточно потрат* израсход* скажи узнать провер* мой доступно как сколько_стоит сколько_это_стоит почём',
	state:
		'статус* состояни* прогресс* таймлайн* дорожк* уже_готово закончил* закончен* завершён* какая_длина длина длится как_дела_с как_продвигается на_каком_этапе как_там доделал* что_уже готово готов готова готовы уже_готов музыка_уже_есть есть_музыка есть_ли_музыка скоро в_видео что_сейчас долго_ещё ещё_долго что_там ну_что всё_ещё завис* делается в_процессе',
	query:
		'как_долго когда почему сколько_длится сколько_секунд сколько_времени сколько_ждать сколько_минут долго_ещё',
	hold: 'не_экспорт* не_скачив* пока_не ещё_не_надо подожди* отмени* стоп не_рендер* не_надо не_выгруж* до_экспорта',
	upload:
		'загружать загружу загруз* залить прикреп* тебе_отправ* вам_отправ* отправить_тебе отправить_вам скинуть_тебе тебе_скин* прислать_тебе прислать_вам добавить_свои',
	media:
		'фото* фотк* снимк* картинк* изображени* файлы клипы материал* музык* логотип* свои своих видеозапис* кадры',
	place: 'канал* сайт* ютуб* инстаграм* тикток*',
	look: 'вертикальн* горизонтальн* квадрат* субтитр* музык* песн* звук* голос* заголов* титр* надпис* текст* переход* эффект* фильтр* цвет* чёрн* бел* фон* секунд* минут* английск* испанск* шрифт* сцен* без водян*',
	edit: 'сделай сделать сделайте создай* создать сгенериру* добавь* добавить замени* измени* поменяй* убери* убрать удали* обреж* укороти* удлини* ускор* замедл* вставь* перемест* улучши* отредактир* исправ* перевед* напиши* поставь* увелич* уменьш* +громче +тише +ярче объясн* +короче +крупнее +темнее +длиннее +быстрее +медленнее больше_музыки +веселее +спокойнее смонтируй* собери склей* соедини* подреж*',
	content:
		'конечные_титры финальные_титры кредитн* компани* фирм* магазин* приложени* кнопк* иконк* анимац* полос* торговл* бизнес* банк* баланс_белого баланс_между туториал* урок*',
	use: 'используй* использу* возьми в_конец в_конце справа слева сверху снизу из_этих',
	but: 'неправильн* ошибк* опечатк* но однако кроме слишком',
	praise:
		'крут* огонь огонёк вау класс* супер* шикарн* бомба бомбически обалден* офиген* охренен* офигеть потряса* восхитительно восторг* великолепн* прекрасн* замечательно отлично красота красиво красотища молод* умниц* получилось вышло зашло спасиб* спс благодар* ахах* хаха* лучший лучшие браво респект топ кайф люблю обожаю в_восторге блин как_же_круто очень_красиво как_красиво как_классно прелесть чудо чудесно вы_лучшие ты_лучший доволен довольна довольны жиза зачет годно имба пушка пушечно кайфово ого охуен*',
	able: 'ты_бот ты_робот ты_человек вы_бот вы_умеете ты_умеешь умеешь умеете можно_ли можно_загрузить а_можно какие_форматы какой_формат какие_языки формат* поддержива* бот робот лимит* максимальн* ограничени* говоришь говорите сколько_фото шаблон* кто_вы ты_ии нейросеть конфиденциальн*',
	filler:
		'пожалуйста сейчас теперь меня можешь можете можно могу хотел хотела итоговое итоговый финальный финальное спасибо отлично супер класс здорово хорошо нравится понравилось идеально привет здравствуйте сегодня завтра телефон компьютер здесь мне_нужно надо давай давайте пора просто только ничего менять больше_ничего тогда потом теперь-то версия версию последний полностью целиком клиент начальник почту было быть будет всё норм ну как мне пока',
};

export const POLISH: Words = {
	language: 'pl',
	order: 'eksport* wyeksport* pobierz pobrać pobieram ściągnij ściągnąć wyrenderuj renderuj zgraj',
	give: 'wyślij* prześlij_mi przesłać_mi wysłać daj* chcę chciałbym gdzie_jest potrzebuję podeślij* zapisz zapisać dostać otrzymać udostępnij dawaj podrzuć wysyłaj prześlij',
	result: 'wideo filmik filmu wynik klip montaż',
	file: 'plik',
	work: 'reklam* promo zwiastun teaser projekt spot',
	the: 'mój moje moją ten ta to tego gotowy gotowe gotowego nasz',
	a: '',
	about: 'o na_temat',
	credits:
		'kredyt* saldo stan_konta ile_kosztuje punkty token* doładować kosztuje kosztują cena ceny darmow* bezpłatn* za_darmo płatn* płacić zapłacić pieniądze',
	ask: 'ile jaki jaka jakie co mam zostało zostały pokaż czy wystarczy starczy zużyte zużył* powiedz sprawdź moje dostępn* jak ile_kosztuje',
	state:
		'stan postęp* oś_czasu ścieżki gotow* skończon* skończył* zakończ* na_jakim_etapie jak_idzie długość dotychczas czy_jest_muzyka czy_jest_już_muzyka ile_jeszcze długo_jeszcze w_filmie co_jest jak_tam gotowe_już wciąż utknęł* w_trakcie',
	query: 'jak_długo jak_długi ile_trwa kiedy dlaczego ile_sekund ile_czasu ile_minut',
	hold: 'nie_eksport* jeszcze_nie nie_pobieraj anuluj* zatrzymaj* zanim poczekaj_z nie_renderuj',
	upload:
		'prześlij przesłać wgraj wgrać wgrywam dodać_własne dodać_swoje załącz* wysłać_ci wyślę_ci przesłać_ci przesłać_swoje wgrać_swoje',
	media:
		'zdjęci* zdjęć obraz* pliki plików klipy nagrania materiał* muzyk* logo własne swoje filmy',
	place: 'kanał stronę stronie',
	look: 'pion* poziom* kwadrat* napis* muzyk* piosenk* dźwięk* głos* tytuł* tekst* przejści* efekt* filtr* kolor* czarn* biał* tło sekund* minut* angielsk* czcionk* scen* bez znak*',
	edit: 'ścisz* zrób zrobić stwórz wygeneruj* dodaj dodać zmień zmienić zamień* usuń* przytnij* skróć* wydłuż* przyspiesz* zwolnij* wstaw* przesuń* popraw* edytuj* przetłumacz* napisz* ustaw* +głośniej* ciszej* wyjaśni* +krótsz* +dłuższ* +szybciej +wolniej +większ* połącz* złóż zmontuj* sklej*',
	content:
		'napisy_końcowe karta_kredytowa firm* sklep* aplikacj* przycisk* ikon* animacj* pasek handel* biznes* bank* balans* równowag* poradnik*',
	use: 'użyj użyć wykorzystaj z_tego',
	but: 'błąd błędn* literówk* ale jednak oprócz zbyt',
	praise:
		'ekstra rewelacj* rewelka rewelacyjn* bomba sztos mega zajebist* wyszło wyszedł piękn* cudownie cudo cudne wspanial* fantastyczn* genialn* doskonal* brawo uwielbiam kocham zachwyc* dziękuję dziękujemy dzięks dzieki haha* hehe* ale_super ale_fajn* fajne fajnie super_robota czad bajka petarda mistrzostwo przepięknie prześliczn* ślicznie zadowolon* wow_ale gratulacje serdeczne',
	able: 'jesteś_botem jesteś_robotem czy_jesteś jesteś_człowiekiem jakie_formaty jaki_format jakie_języki obsługuje* umiesz potrafisz czy_można formaty formatów format bot robot limit* maksymaln* mówisz mówicie ile_zdjęć szablony szablon czy_masz czy_macie',
	filler:
		'proszę teraz jako film jest możesz może mogę można chciałabym świetnie wygląda wyszło dobrze idealnie podoba ostateczn* końcow* finaln* gdzie dziękuję cześć dzień dobry dziś jutro telefon komputer jeszcze zmian bez_zmian wszystko wersję klient szef więc tylko razu swój także potem jedno jeden no to mi',
};

export const TURKISH: Words = {
	language: 'tr',
	order: 'dışa_aktar* dışarı_aktar* indir* export* render* çıktı_al*',
	give: 'gönder* ver verir* istiyorum nerede yolla* at atar kaydet* paylaş* lazım alabilir* almak ilet* ulaştır* atsana',
	result:
		'videoyu videom videomu videomuz videomun videonun videonuz filmi klip klibi sonuç sonucu montaj son_hali son_halini',
	file: 'dosya* bağlantı* linki linkini',
	work: 'reklam* tanıtım* fragman promo proje*',
	the: 'bu şu benim son bitmiş hazır',
	a: 'bir yeni başka',
	about: 'hakkında ilgili',
	credits:
		'kredi* bakiye* ne_kadar_tutar kaça kaç_para fiyat* jeton* ücret* ücretsiz bedava paralı para ödeme',
	ask: 'kaç ne_kadar var kaldı kalan göster* ne hangi yeter* harca* kullan* söyle* kontrol öğren* nedir mı kaç_para kaça ne_kadar_tutar',
	state:
		'durum* ilerleme* zaman_çizelgesi hazır_mı hazır bitti* tamamland* ne_durumda ne_kadar_sürüyor uzunlu* nasıl_gidiyor ne_aşamada şu_ana_kadar müzik_var_mı bitti_mi bitiyor_mu videoda içinde_ne ne_var oldu_mu hazır_mıdır ne_alemde bitmedi takıldı hâlâ',
	query: 'ne_kadar_sür* ne_zaman neden niye kaç_saniye kaç_dakika süresi',
	hold: 'dışa_aktarma indirme henüz iptal* durdur* bekle* önce daha_değil',
	upload: 'yükle* sana_gönder* size_gönder* ekleyebilir_miyim_kendi sana_at* sana_yolla*',
	media: 'fotoğraf* resim* görsel* dosyalar* klipler* kayıt* müzik* logo* kendi videolar*',
	place: 'kanal* site* sayfa*',
	look: 'ses*_indir ses*_biraz_indir dikey yatay kare altyazı* müzik* şarkı* ses* başlık* başlığ* yazı* metin* geçiş* efekt* filtre* renk* siyah beyaz arka_plan saniye* dakika* ingilizce* font* sahne* olmadan filigran*',
	edit: 'ses*_indir ses*_biraz_indir kıs kısar kapat kapatır yap yapar yapın oluştur* üret* ekle ekler ekleyin koy değiştir* kaldır* sil kes kısalt* uzat* hızlandır* yavaşlat* taşı* düzelt* düzenle* çevir* yaz yükselt* alçalt* artır* azalt* anlat* açıkla* +daha_kısa +daha_uzun +daha_hızlı +daha_yavaş +daha_büyük +daha_neşeli birleştir* kırp*',
	content:
		'jenerik kredi_kartı* şirket* firma* dükkan* mağaza* uygulama* düğme* buton* ikon* animasyon* çubuk* ticaret* banka* denge*',
	use: 'kullan kullanın sonuna başına sonunda başında arkaplana bunlardan bundan bunlarla bununla fotoğraflardan',
	but: 'yanlış hata ama fakat ancak',
	praise:
		'harika* muhteşem* mükemmel* efsane bayıldım bayıldık şahane süper* olmuş çok_güzel çok_beğendim beğendim ellerine helal vay vayy teşekkür* sağol eyvallah haha* ahah* tebrik* müthiş kusursuz sevdim vay_be çok_teşekkürler inanılmaz kralsınız kralsın çok_memnun memnun kaldım ellerinize enfes nefis iyi_olmuş',
	able: 'sen_bot bot_mu insan_mısın hangi_formatlar hangi_format hangi_diller desteklen* destekliyor* format* bot robot sınır* limit* maksimum yapabiliyor_musun yapabilir_misin_dikey misin konuşuyor* kaç_fotoğraf* şablon* yapay_zeka kimsin',
	filler:
		'lütfen şimdi bana olarak kadar video için güzel olmuş harika süper mükemmel beğendim tamam evet hayır misin musun miyim abilir hali daha bir_daha tekrar teşekkürler teşekkür ederim merhaba selam bugün yarın hemen telefon* bilgisayar* hesabımda hesabım nasıl nereden artık yani zaman müşteri patron tamamdır bir_video olur olsun eder edebilir edin etmek ediyor değişiklik gerek ya mi mı ne şu_an',
};
