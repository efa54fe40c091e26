import type { Words } from './words';

export const GERMAN: Words = {
	language: 'de',
	order:
		'export* exportieren herunterlad* herunterzuladen heruntergeladen download* runterlad* runterzuladen lade_herunter lade_runter lad_runter lade_es lade_das lad_das render* ausspiel* rausrender*',
	give: 'schick* sende* send gib geben zuschicken zusenden mir_mal ich_will ich_möchte ich_brauche brauche will haben wo_ist wo_finde bekomm* krieg* speicher* abspeicher* sicher* teil* überg* mail* zeig_mir_das hätte_gern hätte schieb_rüber gib_ma schick_s rüberschick* rüber kannst_mir_schick*',
	result: 'videos filme ergebnis endfassung endversion schnitt fertige_fassung endergebnis es',
	file: 'datei download-link dateilink',
	work: 'werbung promo werbespot spot trailer teaser reel imagefilm projekt anzeige',
	the: 'das den die der dem mein meine meinen meines dieses diesen unser unseren unsere dein',
	a: 'ein eine einen einem einer neues neuen neue noch_ein weiteres',
	about: 'über von_einem von_einer darüber',
	credits:
		'guthaben kontostand punkte kosten kostet was_kostet wie_viel_kostet kredite aufladen preis preise kostenlos gratis umsonst kostenpflichtig zahlen bezahlen geld euro gebühr* wie_teuer teuer kostenlose kostenloser pro_video',
	ask: 'wie was wieviel* wie_viel* habe hab haben übrig noch zeig* sag* reicht reichen genug verbraucht* benutzt* gibt_es sind ist welche* mein prüf* verfügbar* kannst wie_teuer gibts gibt_s muss_ich muss_man',
	state:
		'stand fortschritt zeitleiste spuren wie_weit fertig bereit wieviel_sekunden bisher welche_clips was_ist_drin fertig_geworden läuft_es sekunden_lang zwischenstand wie_steht_s ist_schon_musik gibt_es_musik schon_musik_drin bist_du_schon wie_sieht_s wie_siehts wie_schaut_s im_video drin dauerts dauert_s läuft_s klappt_es hat_s_geklappt hängt hängt_das noch_nicht_fertig drin_ist immer_noch noch_nichts wo_stehen wo_sind_wir schon_was wie_läuft wie_läuft_s',
	query:
		'wie_lange wie_lang wann warum wieso dauert wie_viele_sekunden wie_viele_minuten dauer länge',
	hold: 'nicht_export* noch_nicht nicht_render* nicht_herunterlad* bevor abbrechen stopp nicht_sofort warte_mit nicht_download* kein_export',
	upload:
		'hochlad* hochzuladen lade_hoch lad_hoch upload* dir_schick* dir_send* ihnen_schick* ihnen_send* dir_geben zu_dir anhäng* angehängt dir_zuschick* dir_meine reinstell* einfügen_meine euch_schick* lade_meine wie_lade hoch',
	media: 'foto* bild* dateien clips aufnahmen material musik logo eigenen eigene videos',
	place: 'kanal seite webseite netz netzwerk',
	look: 'hochformat querformat quadratisch untertitel* musik lied audio ton stimme titel* text* übergang* effekt* filter* farb* schwarz weiß hintergrund sekunde* minute* englisch* spanisch* französisch* schrift* szene* mit_untertiteln ohne wasserzeichen vertikal*',
	edit: 'muss_raus weg_mit rückgängig mach mache machen erstell* erzeug* generier* produzier* bau füg* hinzu ergänz* änder* ersetz* tausch* lösch* entfern* schneid* kürz* verläng* beschleunig* verschieb* verbesser* bearbeit* korrigier* übersetz* setz* schreib* stell_den stell_die erhöh* senk* dreh* +lauter +leiser +heller +dunkler erklär* +länger +kürzer +schneller +langsamer +größer +kleiner +fröhlicher +wärmer +ruhiger +dynamischer +bunter zusammenschneid* zusammenfüg* zusammenbau* verbinde* kombinier*',
	content:
		'abspann* vorspann* kreditkarte* firma firmen unternehmen* laden geschäft* shop app apps knopf button* symbol* icon* animation* balken handel industrie bank* balance gleichgewicht work_life anleitung* tutorial* exporteur* exportgeschäft* exporthandel* exportfirma*',
	use: 'nimm nehmt verwend* benutz nutz* als_hintergrund* am_ende am_anfang oben unten rechts links einbau* einfüg* pack leg daraus draus',
	but: 'stimmt_nicht falsch fehler tippfehler aber jedoch außer allerdings',
	praise:
		'geil* mega hammer krass spitze spitzenmäßig bombe klasse wahnsinn genial traumhaft wunderschön hervorragend fantastisch großartig geworden gelungen begeistert liebs liebe_es lieb_es gefällt_mir gefällt_uns echt_gut echt_super richtig_gut richtig_super sehr_gut so_gut super_gemacht gut_gemacht gute_arbeit top_arbeit saubere_arbeit tausend_dank vielen_dank danke_dir dankeschön danke haha* sieht_super sieht_toll sieht_gut bin_begeistert genau_so_wollte mag_ich läuft_bei respekt richtig_stark stark_geworden sehr_stark der_hammer ein_traum traum feier_das feier_ich ich_feier genau_so_hab genau_so_habe genau_das_was genau_das_wollte vorgestellt_hab passt_perfekt sehr_schön sehr_cool sehr_nice voll_schön voll_gut voll_cool total_schön total_super einfach_nur_wow bin_sprachlos sprachlos großes_lob lob glückwunsch herzlichen_dank besten_dank danke_euch freut_mich freu_mich sieht_mega_aus sieht_hammer_aus sieht_geil_aus sieht_schön_aus sieht_professionell zufrieden liebe_das bestes beste_arbeit ihr_seid_die_besten du_bist_der_beste gefällt_sehr',
	able: 'bist_du_ein bist_du_eine bist_du_echt bist_n seid_ihr kannst_du_auch kannst_du_überhaupt könnt_ihr kann_man kann_ich_auch darf_ich geht_auch gehen_auch gibt_es_ein gibts_ein welche_formate welche_sprachen welches_format was_für_formate unterstützt* macht_ihr brauche_ich_ein formate dateiformate bot roboter limit maximal* begrenzung grenze muss_ich kostet_das sprichst sprecht wie_viele_fotos wieviele_fotos wie_viele_bilder vorlagen vorlage habt_ihr hast_du bist_du datenschutz sicher_sind speichert_ihr',
	filler:
		'nur_kurz mal_kurz kurze_frage kurz_gefragt bitte einfach jetzt können könntest könnt kann möchte mich fertige fertigen fertiges finale finalen einmal nochmal danke anzeigen viele viel oder aber herunter runter raus hoch sehr toll klasse prima perfekt passt sieht gefällt liebe schöne nein gerne nichts keine mehr alles dann wenn hallo heute morgen sofort gleich moment handy computer rechner kunde chef email endgültige endgültigen letzte komplette ganze version weiteres_video ein_weiteres_video noch_ein_video ein_video einem_video geworden wird werden wurde bist hier bereits gerade aktuell frage bräuchte würdest doch denn lassen lass dazu damit auch eben halt inzwischen endlich zufrieden fein wunderbar großartig für_mich alles_gut mir jaja ne na noch_lang schon spaß der_spaß das_was man mal',
};

export const DUTCH: Words = {
	language: 'nl',
	order: 'export* exporteren download* render* binnenhalen',
	give: 'stuur* sturen geef geven ik_wil wil waar_is waar_vind heb_nodig nodig mail* opslaan bewaar* sla_op deel krijg* ontvang* hebben gooi_maar stuur_hem stuur_op doorsturen',
	result: 'filmpje resultaat eindversie montage eindresultaat hem',
	file: 'bestand',
	work: 'promo reclame spot trailer teaser reel project',
	the: 'de het mijn deze dit onze',
	a: 'een nieuwe andere',
	about: 'over_een over_de over_mijn',
	credits:
		'tegoed saldo punten wat_kost hoeveel_kost kost_het prijs prijzen kost kosten gratis betalen geld euro',
	ask: 'hoeveel wat welke heb over nog laat_zien toon zijn_er genoeg gebruikt verbruikt mijn hoe check is wat_kost hoeveel_kost',
	state:
		'voortgang tijdlijn sporen klaar af hoe_ver gereed lengte tot_nu_toe welke_clips stand_van_zaken bijna hoe_staat_het zit_er_al_muziek is_er_al_muziek al_klaar hoe_gaat_het_met hoe_staat_het_ervoor in_de_video zit_er_in hoe_ver_ben nog_steeds nog_niks bezig vastgelopen hoelang_nog',
	query: 'hoe_lang wanneer waarom duurt hoeveel_seconden hoelang',
	hold: 'niet_export* nog_niet niet_download* annuleer* stop voordat exporteer_niet',
	upload: 'upload* stuur_je stuur_ik_je je_sturen toevoegen_eigen bijvoeg* aanlever*',
	media:
		'foto* afbeelding* beelden bestanden clips opnames materiaal muziek logo eigen video_s plaatjes',
	place: 'kanaal pagina site website',
	look: 'verticaal horizontaal vierkant ondertitel* muziek liedje audio geluid stem titel* tekst* overgang* effect* filter* kleur* zwart wit achtergrond second* minu* engels* spaans* lettertype scène* zonder watermerk staand liggend',
	edit: 'maak maken creëer genereer* voeg toevoegen zet verander* wijzig* vervang* verwijder* knip* verkort* verleng* versnel* vertraag* verplaats* verbeter* bewerk* vertaal* pas_aan schrijf* +harder +zachter +korter +langer +sneller +langzamer +groter +vrolijker plak combineer* samenvoeg*',
	content:
		'aftiteling creditcard* bedrijf* winkel* app knop* icoon animatie* balk handel industrie bank balans uitleg*',
	use: 'gebruik* boven onder rechts links hiervan ervan',
	but: 'fout verkeerd typfout echter behalve',
	praise:
		'geworden gelukt gaaf vet heel_mooi prachtig geweldig schitterend fantastisch perfect dankjewel bedankt haha* ziet_er_geweldig ziet_er_goed hartstikke geweldig_zeg super_gedaan topper toppie tevreden complimenten superbedankt',
	able: 'ben_je_een ben_jij_een kun_je_ook kan_je_ook kan_ik_ook kunnen_jullie welke_formaten welke_talen formaten formaat bot robot limiet maximum ondersteun* spreek hoeveel_foto_s hoeveel_foto sjablonen templates hebben_jullie ben_je privacy',
	filler:
		'alsjeblieft kunt graag laat zien zijn video naar voor ziet goed mooi prachtig prima geweldig niks niets maar even uiteindelijke definitieve laatste hele versie hallo bedankt dank vandaag morgen meteen direct telefoon computer klant baas alles waar jullie een_video nog_een_video kunnen definitief door eens',
};
