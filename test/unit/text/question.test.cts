import { asksSomething } from '../../../src/text/question';

describe('words that ask something', () => {
	it.each([
		'Which music do you want?',
		'I looked at your photos. Which music do you want?',
		'Which music do you want?\n1. Lo-fi\n2. Pop\n3. None',
		'Which style?\n\n- Warm\n- Cold\n',
		'Do you want it "loud"?',
		'Should I go on? I can also make it shorter.',
		'你想要什么音乐？',
		'请告诉我你想要的风格。',
		'需要我继续吗',
		'ما هي الموسيقى؟',
		'Please choose a style.',
		'Please upload the photos first.',
		'Tell me which clip you mean.',
		'I need more details about the product.',
		'Bitte wählen Sie eine Musik.',
		'Por favor, elige un estilo.',
		'Veuillez choisir une musique.',
		'**Which one?**',
		'どの音楽がよろしいでしょうか。',
		'商品の名前を教えてください。',
		'어떤 음악을 원하시나요.',
		'음악을 선택해 주세요.',
		'Por favor, escolha um estilo.',
		'Per favore scegli uno stile.',
		'Пожалуйста, выберите стиль.',
		'Ποια μουσική θέλετε;',
		'Ποια μουσική θέλετε\u037E',
		'Ποια μουσική θέλετε; Μπορώ να προτείνω τρεις.',
		'Bitte sag mir, welche Farbe das Auto haben soll.',
		'Bitte teile mir mit, welche Musik du möchtest.',
		'Bitte teilen Sie mir den Namen des Produkts mit.',
		'Lass mich wissen, welche Musik du möchtest.',
		'Dites-moi quelle musique vous voulez.',
		'Dime qué música quieres.',
		'Me diga qual música você quer.',
		'Dimmi quale musica vuoi.',
		'Vertel me welke muziek je wilt.',
		'Proszę wybrać styl.',
		'Lütfen bir stil seçin.',
		'Скажите, какую музыку вы хотите.',
		'Vui lòng chọn một phong cách.',
		'Silakan pilih gaya.',
		'Vänligen välj en stil.',
		'Prosím, vyberte styl.',
		'Vă rog să alegeți un stil.',
		'Kérem, válassza ki a stílust.',
		'Παρακαλώ επιλέξτε στυλ.',
		'يرجى اختيار النمط.',
		'"Which music do you want?"',
		'Shall I call it "Are you ready?"',
	])('ask: %j', (text) => expect(asksSomething(text)).toBe(true));

	it.each([
		'Your video is ready.',
		'What a day! Your video is ready.',
		'You asked "Which music?" and I chose Lo-fi. It fits the pace. The film is done.',
		'See https://example.com/watch?v=1 for a preview.',
		'Why a film? Because it sells. The timeline has three scenes. All are in color.',
		'Which music do you want?\n\nI chose Lo-fi. The film is ready.\n\nIt is 30 seconds long. Enjoy it.',
		"Let me know if you'd like any changes.",
		'视频已经完成。',
		'動画が完成しました。変更があれば教えてください。',
		'영상이 완성되었습니다. 변경이 필요하면 알려 주세요.',
		'',
		'   ',
		'1. Video\n2. Music',
		'I would call the film "Are you ready?"',
		'Title added: “Are you ready?”',
		'Ich nenne den Film „Bist du bereit?“',
		'Le film s’appelle « Prêt ? ».',
		'我把标题改成了「准备好了吗？」',
		'Sag mir, wenn du Änderungen möchtest.',
		'The film is done; it has two scenes;',
	])('do not ask: %j', (text) => expect(asksSomething(text)).toBe(false));

	it('are read in linear time', () => {
		const started = performance.now();
		asksSomething('Why? '.repeat(50_000));
		asksSomething('- item\n'.repeat(50_000));
		asksSomething('bitte '.repeat(50_000));
		asksSomething('sag mir '.repeat(50_000));
		asksSomething('lütfen "'.repeat(50_000));
		expect(performance.now() - started).toBeLessThan(2_000);
	});
});
