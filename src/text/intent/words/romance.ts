import type { Words } from './words';

export const SPANISH: Words = {
	language: 'es',
	order:
		'export* descarg* bajar bajarlo bajarme bájalo bájame baja_el_video renderi* para_descargar',
	give: 'envíame* envíanos envía envíalo mándame* manda pásame* me_pasas me_pasa me_mandas me_envías me_das me_puedes_mandar me_puedes_enviar enviarme* mandarme* pasarme* dame* quiero necesito dónde_está dónde_veo obtener tener ver guardar guarda guárdalo entrégame entregar compárteme compartir suéltame mándanoslo envíanoslo mandalo me_lo_pasas me_lo_mandas me_lo_envías me_la_pasas pásalo suéltalo',
	result: 'vídeos película resultado montaje versión_final edición corte_final producto_final lo',
	file: 'enlace archivo fichero enlace_de_descarga liga',
	work: 'anuncio* promo comercial tráiler reel spot corto teaser presentación proyecto',
	the: 'el la los las mi mis este esta ese esa nuestro nuestra tu',
	a: 'un una unos unas otro otra nuevo nueva',
	about: 'sobre acerca_de que_muestre que_hable',
	credits:
		'crédito* saldo cuánto_cuesta cuánto_vale cuánto_cobra* cuánto_me_cuesta qué_precio puntos recargar cuesta cuestan cuanto_vale vale_un precio precios gratis gratuito gratuita pagar pago cobran cobra dinero plata cuánto_sale cuánto_es cobran_por cobras_por me_va_a_salir me_sale',
	ask: 'cuánto* cuál* qué que_hay quedan queda tengo tenemos me_quedan me_alcanza alcanza alcanzan gast* us* he_usado ver muéstrame muestra dime dígame hay consultar consulta suficiente* cómo disponible* sobran restan mi acabaron acabado agotaron cuánto_cuesta cuánto_vale cobran_por cobras_por me_va_a_salir me_sale cuánto_sale',
	state:
		'cuánto_le_falta estado progreso línea_de_tiempo pistas cómo_va cómo_vamos está_listo ya_está lista listo terminado terminada terminaste terminó acabado acabaste acabó duración en_qué_va por_dónde_vas avance qué_clips qué_hay qué_tenemos hasta_ahora cómo_está_quedando por_dónde_va hay_música tiene_música hay_subtítulos en_el_video cómo_va_el quedó_listo ya_casi qué_tiene_el q_hay todavía_nada sigue_en en_proceso en_qué_quedamos aún_nada se_trabó se_colgó sigues_ahí',
	query:
		'cuánto_dura cuánto_tarda cuánto_falta cuándo por_qué cuánto_tiempo cuántos_segundos falta_mucho',
	hold: 'no_export* no_lo_export* no_descarg* no_lo_descarg* todavía_no aún_no espera_con no_quiero antes_de cancela* deten* no_renderi*',
	upload:
		'subir subo subirlo subirlas subirlos súbe* sube_mis cargar* cargo adjunt* te_mand* te_envi* enviarte* mandarte* pasarte* te_puedo_mandar te_puedo_enviar poner_mis meter_mis te_paso te_pasamos te_pasé',
	media:
		'foto* imagen* clips archivos ficheros grabaciones material música logo propias propios videos',
	place: 'canal página web red redes',
	look: 'vertical* horizontal* cuadrado subtitul* música canción audio sonido voz título* texto* transicion* efecto* filtro* color* blanco negro fondo segundo* minuto* inglés español francés alemán letra* fuente escena* final_de sin_música más* marca_de_agua',
	edit: 'haz haga hacer hazme hagas hazlo crea* añad* agreg* pon ponle pongo poner ponga cambi* quita* elimina* borra* recort* corta* acort* alarg* acelera* ralentiza* reemplaz* sustitu* inserta* mueve mejora* edita* arregla* corrige* tradu* ajusta* sube_el baja_la baja_el sube_la dise* mezcl* diga muestre explic* más_corto más_largo más_rápido más_lento más_grande más_alegre genera_un genera_una genérame generar_un generar_una júnta* une* combina* monta móntalo',
	content:
		'créditos_finales créditos_iniciales créditos_del títulos_de_crédito tarjeta_de_crédito tarjetas_de_crédito empresa* negocio* tienda* app aplicación botón* icono* animación* barra* anuncio_de comercio industria banco vida_laboral equilibrio balance_de tutorial* guía',
	use: 'usa usar usen úsal* utiliza* al_final al_principio arriba abajo derecha izquierda con_estas con_esto',
	but: 'mal_escrito equivocado error errata pero salvo excepto aunque demasiado',
	praise:
		'encanta encantan encantó fascina quedó quedado quedaron brutal increíble* espectacular* buenísim* chulo chula chulísim* guay qué_chul* hermos* precios* bellísim* padrísim* chingon chido chida bacán bacano bárbaro excelente* maravill* fantástic* impresionante* alucinante genial genialidad fenomenal crack máquina jaja* jeje* mil_gracias muchas_gracias gracias buen_trabajo gran_trabajo bien_hecho te_luciste la_rompiste amo_esto amé qué_lindo qué_bonito qué_bueno qué_bien me_gusta_mucho me_gustó_mucho de_lujo te_pasaste se_pasaron sin_palabras no_tengo_palabras qué_belleza qué_hermos* qué_precios* qué_genial qué_guay qué_pasada una_pasada pasada flipante flipo mola molan molón me_flipa ole de_diez un_10 impecable súper_bien súper_lindo está_genial está_increíble está_hermos* está_perfect* está_buenísim* está_precios* está_muy_bien está_muy_lind* muy_bueno muy_buena muy_lindo muy_bonito exactamente_lo_que justo_lo_que lo_máximo eres_el_mejor eres_la_mejor son_los_mejores felicidades felicitaciones enhorabuena agradecid* satisfech*',
	able: 'eres_un eres_una puedes_hacer pueden_hacer haces hacen se_puede_subir se_pueden se_puede qué_formatos qué_idiomas cuáles_formatos formatos formato aceptas aceptan soporta* admite* bot robot humano límite máximo hay_algún_límite hablas hablan plantilla* cuántas_fotos cuántos_videos cuántas_imágenes guardas quién_eres eres_ia privacidad seguro',
	filler:
		'esto favor porfa porfavor ahora puedes puede podrías podemos puedo quisiera quería gustaría final finales gracias mostrar para todo toda todos bien genial perfecto perfecta lindo linda bonito excelente encanta gusta gustó quedó mañana momento mismo actual actualmente aquí desde hasta teléfono móvil celular computadora ordenador hola bueno buena vale disculpa perdón nada sin_cambios pues entonces solo haber vida cliente jefe correo todavía después luego antes además también completo completa definitivo definitiva última último versión otro_video cuenta quedado generar contento contenta aprobado encantó porfis pa q ya listo tengo_que hay_que dale va sale sirve me',
};

export const PORTUGUESE: Words = {
	language: 'pt',
	order:
		'export* baixar baixe baixá-lo baixar_o baixa_o_vídeo* baixa_o_arquivo baixa_ele baixa_isso baixa_pra baixa_aí baixa_para baixa_agora como_baixo onde_baixo eu_baixo baixo_o_vídeo* render* descarreg* faz_o_download',
	give: 'envia-me me_envie envie mande manda me_manda* me_mande manda-me me_passa passa-me me_passe me_dá me_dê dá-me quero preciso cadê onde_está onde_fica obter receber me_entrega compartilh* salvar salva guardar ver pode_enviar ter manda_pra_cá manda_logo mandar me_envia manda_o manda_a_versão',
	result: 'vídeos filme resultado clipe versão_final edição montagem produto_final corte_final',
	file: 'arquivo ficheiro ligação',
	work: 'anúncio* promo comercial trailer reel teaser projeto propaganda',
	the: 'o os as meu minha meus minhas este esta esse essa nosso nossa do da no na',
	a: 'um uma uns umas outro outra novo nova',
	about: 'sobre que_mostre que_fale',
	credits:
		'crédito* saldo quanto_custa quanto_vai_custar quanto_vale qual_o_preço pontos recarregar quanto_me_custa quanto_custam custa custam preço preços valor grátis gratuito gratuita de_graça pagar pago cobra cobram dinheiro vcs_cobram vocês_cobram vc_cobra quanto_sai quanto_fica é_pago qto_custa qto_fica qnto_custa',
	ask: 'qto qtos qnto qnts quanto* qual quais o_que restam resta tenho temos sobra* gast* us* ver mostra* diga diz há suficiente* como dá_para disponí* meu ainda acabaram acabou quanto_me_custa quanto_custa quanto_custam quanto_vale vcs_cobram vocês_cobram vc_cobra quanto_sai quanto_fica qto_custa qto_fica qnto_custa',
	state:
		'estado progresso andamento linha_do_tempo faixas como_está como_vai está_pronto ficou_pronto pronto pronta terminou terminado acabou acabaste finalizado duração em_que_pé até_agora quais_clipes o_que_tem já_terminou concluído concluiu em_que_ponto tem_música já_tem_música tem_legenda* tem_no_vídeo o_que_tem_no já_ficou como_tá como_anda como_que_tá falta_quanto falta_pra quanto_falta demorando tá_fazendo ainda_nada travou cadê_o_andamento em_processo',
	query:
		'quanto_tempo quando por_que porque_que quanto_falta quantos_segundos falta_muito quantos_minutos',
	hold: 'não_export* não_baix* ainda_não cancela* para_de antes_de espera_para não_renderiz* não_descarreg* não_quero',
	upload:
		'carregar carrego enviar_arquivo* enviar_foto* enviar_minhas enviar_meus enviar_as enviar_uma* subir subo anexar anexo anexei te_mand* te_envi* mandar_minhas mandar_meus mandar_as te_pass* mando_minhas mando_as envio_minhas envio_as envio_os colocar_minhas pôr_as',
	media:
		'foto* imagem imagens clipes arquivos ficheiros gravações material música logo próprias próprios vídeos',
	place: 'canal página site rede redes',
	look: 'vertical* horizontal* quadrado legend* música canção áudio som voz título* texto* transiç* efeito* filtro* cor cores preto branco fundo segundo* minuto* inglês espanhol francês fonte cena* mais* marca_d_água sem',
	edit: 'faz faça fazer cria* crie gera gerar gere produz* adicion* acrescent* coloc* põe ponha bota mud* troc* tir* remov* apag* cort* encurt* along* aceler* substitu* inser* mov* melhor* edit* arrum* corrig* traduz* ajust* aument* diminu* baixa_a baixa_o abaixa* abaixe +mais_baix* mais_alt* diga mostre explic* mais_curto mais_longo mais_rápido mais_lento mais_alegre junta junte juntar monta monte une combina* quero_um_vídeo',
	content:
		'créditos_finais créditos_iniciais cartão_de_crédito empresa* negócio* loja* app aplicativo botão ícone animação barra comércio indústria banco equilíbrio vida_profissional',
	use: 'usa use usar usem utiliza* no_final no_começo embaixo direita esquerda com_essas',
	but: 'errado erro ficou_baix* mas porém só_que exceto',
	praise:
		'amei adorei ficou ficaram demais show sensacional* incrível* maravilh* perfeit* lind* top irado sinistro arrasou mandou_bem mandaram_bem massa foda fantástico excelente* espetacular* muito_bom muito_boa bom_demais ótimo_trabalho bom_trabalho parabéns kk* rsrs* haha* valeu obrigad* brigad* caraca nossa que_lindo gostei_muito curti arrasaram sem_palavras coisa_linda que_coisa_linda uau tá_ótimo bom_pra_caramba show_de_bola nota_10 nota_dez impecável impressionante exatamente_o_que exatamente_como superou você_é_demais vocês_são_demais agradeço agradecid* feliz_com amando apaixonad* espetáculo maneiro maneira bacana daora da_hora tooop perfeição',
	able: 'você_é_um você_é_uma vc_é és_um você_faz vocês_fazem vcs_fazem dá_pra_fazer consegue_fazer conseguem_fazer vcs_conseguem vocês_conseguem quais_formatos que_formatos quais_idiomas formatos formato aceita aceitam suporta* robô bot humano limite máximo tem_limite fala falam quantas_fotos quantos_vídeos modelos templates você_é_ia vc_é_um seguro privacidade',
	filler:
		'isto isso favor agora pode poderia posso podemos podes final de_novo obrigado obrigada queria gostaria para tudo todo muito ficou ótimo ótima lindo linda perfeito perfeita adorei amei gostei legal massa beleza assim você hoje amanhã momento aqui celular telemóvel computador desculpa nada sem_mudanças sido gerado gerada feito conta outro_vídeo depois então também completo completa definitivo definitiva última último versão cliente chefe email porque gente onde consigo consegue aprovado pra mim aí tá fechou tem_que pro hein vc vcs',
};

export const FRENCH: Words = {
	language: 'fr',
	order:
		'exporter exportez exporte export* télécharg* lance_le_rendu lancer_le_rendu lance_l_export faire_le_rendu rendu_final',
	give: 'm_envoyer m_envoies m_envoyez envoie envoyez donne-moi donnez-moi me_donner me_donnes me_passer passe-moi je_veux je_voudrais j_aimerais où_est où_puis-je récupér* recevoir avoir obtenir partage-moi transmet* m_envoyer_la enregistre* sauvegard* besoin_de besoin_du besoin_d voir livre-moi balance refile-moi l_envoyer l_envoies envoie_le envoie_la m_envoyer_ça envoyer me_l_envoyer me_l_envoies l_envoie me_le_passer',
	result: 'vidéos résultat montage version_finale rendu',
	file: 'fichier lien lien_de_téléchargement',
	work: 'pub publicité promo teaser trailer bande-annonce réel spot projet',
	the: 'le la les ma mon mes cette ce cet notre l',
	a: 'un une des autre nouvelle nouveau',
	about: 'sur à_propos qui_parle qui_montre',
	credits:
		'crédit* solde combien_coûte combien_ça_coûte combien_cela_coûte quel_prix points recharger ça_coûte_combien coûte coûtent coût prix tarif* gratuit* payant* payer payez cher facturé* argent c_cb c_combien ça_coûte coûte_combien une_modif_coûte',
	ask: 'combien quel quelle quels quelles reste* j_ai ai-je est-ce qu_est montre* affiche* voir dis-moi assez suffisamment utilisé* dépensé* consommé* comment disponible* mon consulter combien_coûte combien_ça_coûte ça_coûte coûte_combien coûte_combien_une',
	state:
		'état statut progression avancement pistes ligne_de_temps où_en_est où_en_es où_en_êtes où_en_sommes prêt prête fini finie terminé terminée durée ça_avance jusqu_à_présent quels_clips qu_y_a-t-il est-ce_prêt ça_donne combien_de_plans combien_de_scènes en_est_où y_a-t-il_de_la_musique y_a_déjà_de_la_musique y_a-t-il_déjà_de_la_musique dans_la_vidéo t_en_es où_t_en y_a_quoi bientôt avance toujours_rien bloqué ça_bosse où_on_en_est on_en_est en_cours toujours_en_cours',
	query:
		'combien_de_temps quand pourquoi dure combien_de_secondes combien_de_minutes dans_combien quelle_est_la_durée',
	hold: 'n_export* ne_l_export* ne_télécharg* n_exporte_pas pas_encore avant_d avant_de annule* arrête* ne_lance_pas pas_maintenant',
	upload:
		'téléverser téléverse importer importe uploader uploade envoyer_un_fichier envoyer_des envoyer_mes envoyer_nos t_envoie* t_envoy* vous_envoy* vous_envoie te_transmet* joindre joins mettre_mes ajouter_mes_propres déposer ajouter_mes ajouter_des_photos',
	media: 'photo* image* clips fichiers vidéos enregistrements rushes musique logo propres',
	place: 'chaîne page site réseau réseaux',
	look: 'vertical* horizontal* carré sous-titre* musique chanson audio son voix titre* texte* transition* effet* filtre* couleur* noir blanc fond seconde* minute* anglais espagnol allemand police scène* plus* sans filigrane format_portrait portrait paysage',
	edit: 'fais fait_une faire faites crée* génère* ajoute* mets mettez mettre change* remplace* enlève* supprime* retire* coupe* raccourci* rallong* accélèr* ralenti* insère* déplace* améliore* modifie* corrige* tradui* ajuste* augmente* baisse* monte_le dise dit affichant explique* plus_court plus_courte plus_long plus_longue plus_vite plus_lent plus_grand plus_joyeux monte-moi assemble* colle* combine* fusionne*',
	content:
		'générique* carte_de_crédit carte_bancaire entreprise* société* boutique* appli* bouton* icône* animation* barre* commerce industrie banque équilibre tuto*',
	use: 'utilise* utiliser sers à_la_fin avec_ça',
	but: 'faute erreur fausse faux mais sauf cependant',
	praise:
		'canon trop_bien trop_beau trop_belle trop_cool trop_fort_bravo top génial* magnifique* superbe* splendide* excellent* incroyable* parfait* impeccable chapeau adore j_adore kiffe dingue ouf mortel stylé stylée sublime formidable extra sensass chouette franchement mdr ptdr haha* merci mercii beau_travail bon_travail bien_joué rien_à_dire rien_à_redire réussi réussie ça_rend_bien waouh ouah wahou pile_ce_que exactement_ce_que tout_à_fait_ce_que j_en_reviens j_en_peux_plus au_top c_est_beau c_est_trop très_beau très_belle très_joli très_bon vraiment_bien vraiment_top félicitations bravo_à chapeau_bas remercie je_vous_remercie je_te_remercie ravi ravie j_aime_beaucoup j_aime_trop j_aime_bien de_la_balle une_tuerie tuerie du_lourd qualité_au_top',
	able: 'tu_es_un tu_es_une t_es_un t_es_une es_tu_un êtes_vous_un vous_êtes_un tu_fais_aussi vous_faites peut-on est-ce_qu_on on_peut quels_formats quel_format quelles_langues formats format acceptes acceptez accepte_quoi pris_en_charge supporte* robot bot humain limite maximum maximale vous_faites_aussi_des tu_fais_aussi_des parles parlez combien_de_photos combien_d_images modèles modèle es-tu êtes-vous sécurisé confidentialité',
	filler:
		'cela plaît vous maintenant peux pouvez peut puis veux voudrais finale final définitif définitive comme encore merci une_fois bien très parfait génial nickel excellent magnifique adore aime nous votre version complet complète dernier dernière aujourd demain moment instant pour_l_instant pour téléphone portable ordinateur ordi bonjour salut coucou rien dans avec tout toute toutes avant après alors donc aussi une_autre_vidéo nouvelle_vidéo une_vidéo ça_me_va être sera en_ce_moment actuellement client patron mail content contente validé stp svp c_est bon c_ok moi bcp tu faut il_faut',
};

export const ITALIAN: Words = {
	language: 'it',
	order: 'esport* scaric* renderizz*',
	give: 'mandami* inviami* mandaci dammi* dacci mi_mandi mi_manda mi_invii mi_dai mi_passi passami* voglio vorrei ho_bisogno dov_è dove_è dove_trovo dove_posso mandarmi* inviarmi* mandare inviare avere ricevere salva* condivid* consegn* vedere girami serve mandamelo inviamelo mandalo invialo mandacelo',
	result: 'filmato risultato montaggio versione_finale prodotto_finale',
	file: 'collegamento',
	work: 'pubblicità promo spot trailer teaser reel progetto annuncio',
	the: 'il lo la i gli le l mio mia miei mie questo questa nostro nostra del dello della',
	a: 'un uno una un_altro un_altra nuovo nuova',
	about: 'su sul sulla riguardo che_parli',
	credits:
		'crediti credito saldo quanto_costa quanto_mi_costa quanto_viene punti ricaricare costa costano costo prezzo prezzi gratis gratuito gratuita pagare paga pagamento soldi a_pagamento',
	ask: 'quant* qual quale quali che_cosa cosa restano rimast* rimangono ho abbiamo mostra* dimmi vedere ci_sono bastano basta abbastanza usat* spes* consumat* come disponibil* mio quanto_costa finiti esauriti',
	state:
		'stato progresso avanzamento tracce a_che_punto pronto pronta finito finita terminato completato come_va durata fatto fino_a_ora finora quali_clip cosa_c_è è_pronto è_pronta è_finito c_è_musica c_è_già_musica c_è_già_la_musica nel_video che_punto c_è_nel manca quanto_manca a_che_punto_siamo ancora_niente bloccato in_corso ci_vuole',
	query:
		'quanto_dura quanto_tempo quando perché quanto_manca quanti_secondi quanti_minuti manca_molto quanto_è_lungo',
	hold: 'non_esport* non_scaric* non_ancora non_lo_esport* annulla* ferma* prima_di aspetta_a non_renderizz* non_voglio',
	upload:
		'carica caricare carico caricarle caricarlo allegare allego ti_mand* ti_invi* mandarti* inviarti* ti_pass* passarti mettere_le_mie inserire_le_mie',
	media:
		'foto immagin* clip file registrazioni materiale musica logo proprie propri fotografie video miei mie',
	place: 'canale pagina sito rete',
	look: 'vertical* orizzontal* quadrato sottotitol* musica canzone audio suono voce titol* test* transizion* effett* filtr* color* nero bianco sfondo second* minut* inglese spagnolo francese carattere scena scene più* senza filigrana',
	edit: 'fai fare fammi crea* genera* produci aggiung* metti mettere cambia* sostitu* togli* rimuov* elimina* taglia* accorcia* allunga* velocizza* accelera* rallenta* inserisci sposta* migliora* modifica* correggi* traduci* regola* alza* abbassa* dica spieg* più_corto più_lungo più_veloce più_lento più_grande più_allegr* monta montami unisci combina*',
	content:
		'titoli_di_coda titoli_di_testa carta_di_credito aziend* impres* negozi* app applicazione pulsante* icon* animazion* barra commercio industria banca equilibrio',
	use: 'usa usare usate utilizza* destra sinistra con_queste',
	but: 'sbagliato sbagliata errore ma però tranne',
	praise:
		'bellissim* stupend* spettacol* fantastic* meraviglios* splendid* fenomenale incredibile pazzesc* figo figata fighissim* grandios* eccezionale bravissim* brav* complimenti adoro amo venuto venuta grazie grazie_mille haha* ahah* mi_piace_molto top che_bello che_figata che_spettacolo proprio_come_volevo come_volevo è_bellissimo è_stupendo impeccabile soddisfatt* content* ringrazio vi_ringrazio ti_ringrazio capolavoro',
	able: 'sei_un sei_una puoi_fare_anche fate_anche fai_anche si_può che_formati quali_formati quali_lingue formati formato accetti accettate support* robot bot umano limite massimo massima parli parlate quante_foto quanti_video modelli template sei_una_ia privacy',
	filler:
		'favore piacere cortesia adesso puoi potresti posso possiamo finale nuovo_video grazie vedi alla bene così perfetto perfetta ottimo bello bellissimo bella piace adoro nessuna niente tutto tutta dove faccio oggi domani momento telefono cellulare computer ciao salve scusa per_favore un_altro_video ancora dopo quindi anche completo completa definitivo definitiva ultima ultimo versione cliente capo mail sono stato_fatto sul_telefono sul_computer solo lo_voglio piace piaciuto molto contento contenta approvato va si ora',
};
