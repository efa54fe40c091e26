import type { Messages } from './messages';

const FORMATS =
	'vidéo MP4, MOV, AVI, WebM ou MKV ; image JPG, PNG, GIF ou WebP ; audio MP3, WAV, M4A ou AAC';

export const french: Messages = {
	settingUp: 'Préparation...',
	busy: 'Votre dernier message est encore en cours. Celui-ci vient ensuite.',
	atWork: 'NemoVideo travaille encore sur votre dernier message. Pour l’instant :',
	gettingStarted:
		'Envoyez des images ou du texte et dites ce qu’il vous faut : je m’occupe de la vidéo. Par exemple :\n- « fais de ces cinq photos de produit et d’une légende un MP4 en 1080p »\n- « transforme ces images en vidéo promo de 30 secondes avec de la musique »\n\nDites « exporter » pour recevoir le MP4, « statut » pour la timeline, « crédits » pour le solde. Cela ne coûte rien.',
	welcome: 'Avec plaisir ! Dites quoi changer, ou « exporter » pour recevoir la vidéo en MP4.',
	whatNext: 'Dites quoi faire ou changer, ou « exporter » pour recevoir la vidéo en MP4.',
	cannotStop:
		'Je ne peux rien arrêter ici : ce que NemoVideo a commencé continue et sera facturé. Dites quoi changer quand ce sera fini.',
	askSend:
		'C’est peut-être une question, peut-être un souhait, et la réponse de NemoVideo peut coûter des crédits : je n’ai donc rien transmis. Dites « oui » pour l’envoyer, « aide » pour voir ce que je sais faire, ou « statut » pour le contenu de la vidéo.',
	sayNew:
		'Ce chat garde son projet et rien n’a été envoyé. Dites ce que la nouvelle vidéo doit montrer : cela part à NemoVideo et coûte des crédits.',
	emptyMessage: 'Le message est vide. Dites ce que la vidéo doit montrer, ou envoyez des images.',
	nothingYet:
		'Il n’y a pas encore de vidéo dans cette discussion. Envoyez des images ou dites ce que la vidéo doit montrer.',
	askForFiles:
		'Envoyez les fichiers avec un message : images, vidéos ou audio, 500 Mo par fichier au plus.',
	sayExport: 'Dites « exporter » pour recevoir la vidéo en MP4.',
	sayEdit:
		'Pour déplacer ou changer quelque chose, ou appliquer une suggestion, dites-le : je le transmets comme modification.',
	exporting: 'Export en cours, cela prend en général de 30 à 90 secondes…',
	rendering: (percent) => `Rendu : ${percent} %`,
	askWish: (wish) =>
		`Je peux exporter la vidéo telle quelle. Vous avez aussi demandé « ${wish} », ce qui serait une modification et coûte des crédits. Dites « oui » pour la faire puis exporter, ou « exporter » pour la vidéo telle quelle.`,
	cannotChoose: (words) =>
		`Je n’ai pas pu tenir compte de « ${words} » : les vidéos sont en MP4, dans la résolution fixée par ce workflow.`,
	cannotTake: (name, reason, what = '') =>
		({
			fileType: `Je ne peux pas utiliser « ${name} »${what} : ce type de fichier n’est pas pris en charge. J’accepte : ${FORMATS}.`,
			fileSize: `Je ne peux pas utiliser « ${name} » : le fichier dépasse 500 Mo. Compressez-le ou raccourcissez-le, puis renvoyez-le.`,
			empty: `Je ne peux pas utiliser « ${name} » : le fichier est vide.`,
			link: `Je ne peux pas utiliser « ${name} » : ce n’est pas un lien direct vers un fichier que j’accepte. Joignez le fichier lui-même : ${FORMATS}.`,
			refused: `NemoVideo n’a pas accepté « ${name} ».`,
			notDownloaded: `n8n n’a pas téléchargé le fichier de ce message : rien n’a été envoyé ni modifié. Dans le workflow, ceci le télécharge : ${name}.`,
			noFile:
				'Le Telegram Trigger de n8n ne transmet pas les fichiers des messages vocaux, audios, stickers et GIF : rien n’a été envoyé ni modifié. Envoyez-le comme document, par exemple en MP3 ou MP4.',
		})[reason],
	restUnused: (rest) =>
		`Le reste du message n’a pas été ajouté ni envoyé non plus : ${rest}. Renvoyez-le séparément.`,
	uploaded: (names) =>
		names.length === 1
			? `1 fichier envoyé : ${names.join(', ')}.`
			: `${names.length} fichiers envoyés : ${names.join(', ')}.`,
	askForWords: () => 'Dites maintenant ce qu’il faut en faire.',
	credits: ({ available, frozen }) => {
		const reserved = frozen > 0 ? `, et ${frozen} sont réservés par un travail en cours` : '';
		return `${available} crédits sont disponibles${reserved}. Créer ou modifier une vidéo en consomme, NemoVideo fixe combien ; l’export n’en coûte aucun.`;
	},
	ready: (link, fileSize) => {
		const size = fileSize === undefined ? '' : ` (${fileSize})`;
		return `Votre vidéo est prête${size} : ${link}`;
	},
	download: 'Télécharger la vidéo',
	mayLack:
		'Je ne sais pas ce qu’est devenu un message précédent : sa modification manque peut-être dans cette vidéo.',
	stillRendering: (status, renderId) =>
		`La vidéo est encore en cours de rendu (${status}). Redites « exporter » dans un moment. Rendu : ${renderId}`,
	noSubtitles: (summary) => `La timeline n’a pas de texte pour des sous-titres. ${summary}`,
	answerIn: 'Réponds en français, s’il te plaît.',
	timeline: {
		head: (tracks) => `Timeline (${tracks} ${tracks === 1 ? 'piste' : 'pistes'}) :`,
		more: (count) => `et ${count} de plus`,
		parts: (count) => `en ${count} parties`,
		nothing: 'encore vide',
		video: 'Vidéo',
		audio: 'Musique',
		text: 'Titre',
		other: 'Autre',
		added: 'Ajouté',
		removed: 'Retiré',
		changed: 'NemoVideo a modifié la timeline.',
		unchanged: 'NemoVideo a terminé sans message et la timeline n’a pas changé.',
	},
};
