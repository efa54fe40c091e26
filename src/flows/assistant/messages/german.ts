import type { Messages } from './messages';

const FORMATS =
	'Video MP4, MOV, AVI, WebM oder MKV; Bild JPG, PNG, GIF oder WebP; Audio MP3, WAV, M4A oder AAC';

export const german: Messages = {
	settingUp: 'Einen Moment...',
	busy: 'Deine letzte Nachricht ist noch in Arbeit. Diese kommt als nächste.',
	atWork: 'NemoVideo arbeitet noch an deiner letzten Nachricht. Bisher:',
	gettingStarted:
		'Schick Bilder oder Text und sag, was du brauchst: Ich kümmere mich um das Video. Zum Beispiel:\n- „mach aus diesen fünf Produktfotos und einem Text ein MP4 in 1080p“\n- „mach aus diesen Bildern ein 30-sekündiges Promo-Video mit Musik“\n\nSag „exportieren“ für das MP4, „Status“ für die Timeline, „Guthaben“ für die Credits. Das kostet nichts.',
	welcome: 'Gern! Sag, was sich ändern soll, oder „exportieren“ für das Video als MP4.',
	whatNext: 'Sag, was ich machen oder ändern soll, oder „exportieren“ für das Video als MP4.',
	cannotStop:
		'Hier kann ich nichts anhalten: Was NemoVideo begonnen hat, läuft weiter und wird berechnet. Sag, was sich ändern soll, wenn es fertig ist.',
	askSend:
		'Das kann eine Frage oder ein Wunsch sein, und eine Antwort von NemoVideo kann Credits kosten, darum habe ich es nicht weitergegeben. Sag „ja“ zum Senden, „Hilfe“ für das, was ich kann, oder „Status“ für den Inhalt des Videos.',
	sayNew:
		'Dieser Chat behält sein Projekt, und gesendet wurde nichts. Sag, was das neue Video zeigen soll: Das geht an NemoVideo und kostet Credits.',
	emptyMessage: 'Die Nachricht ist leer. Sag, was das Video zeigen soll, oder schick Bilder.',
	nothingYet:
		'In diesem Chat gibt es noch kein Video. Schick Bilder oder sag, was das Video zeigen soll.',
	askForFiles:
		'Schick die Dateien zusammen mit einer Nachricht: Bilder, Videos oder Audio, höchstens 500 MB pro Datei.',
	sayExport: 'Sag „exportieren“ für das Video als MP4.',
	sayEdit:
		'Um etwas zu verschieben, zu ändern oder einen Vorschlag zu übernehmen, sag es einfach: Ich gebe es als Änderung weiter.',
	exporting: 'Export läuft, das dauert meist 30 bis 90 Sekunden…',
	rendering: (percent) => `Rendern: ${percent} %`,
	askWish: (wish) =>
		`Ich kann das Video so exportieren, wie es ist. Du hast auch „${wish}“ gewünscht, das wäre eine Änderung und kostet Credits. Sag „ja“ für die Änderung mit Export, oder „exportieren“ für das Video, wie es ist.`,
	cannotChoose: (words) =>
		`„${words}“ konnte ich nicht berücksichtigen: Videos kommen als MP4 in der Auflösung, die dieser Workflow vorgibt.`,
	cannotTake: (name, reason, what = '') =>
		({
			fileType: `„${name}“${what} kann ich nicht verwenden: Dieser Dateityp wird nicht unterstützt. Möglich sind ${FORMATS}.`,
			fileSize: `„${name}“ kann ich nicht verwenden: Die Datei ist größer als 500 MB. Komprimiere oder kürze sie und schick sie noch einmal.`,
			empty: `„${name}“ kann ich nicht verwenden: Die Datei ist leer.`,
			link: `„${name}“ kann ich nicht verwenden: Das ist kein direkter Link zu einer passenden Datei. Häng die Datei selbst an: ${FORMATS}.`,
			refused: `NemoVideo hat „${name}“ nicht angenommen.`,
			notDownloaded: `n8n hat die Datei dieser Nachricht nicht heruntergeladen, darum wurde nichts gesendet oder geändert. Im Workflow lädt sie: ${name}.`,
			noFile:
				'Der Telegram Trigger von n8n gibt die Dateien von Sprachnachrichten, Audios, Stickern und GIFs nicht weiter, darum wurde nichts gesendet oder geändert. Schick sie als Dokument, zum Beispiel als MP3 oder MP4.',
		})[reason],
	restUnused: (rest) =>
		`Auch der Rest der Nachricht wurde nicht hinzugefügt oder gesendet: ${rest}. Schick ihn für sich noch einmal.`,
	uploaded: (names) =>
		names.length === 1
			? `1 Datei hochgeladen: ${names.join(', ')}.`
			: `${names.length} Dateien hochgeladen: ${names.join(', ')}.`,
	askForWords: () => 'Sag jetzt, was daraus werden soll.',
	credits: ({ available, frozen }) => {
		const reserved = frozen > 0 ? `, ${frozen} sind für laufende Arbeit reserviert` : '';
		return `${available} Credits sind verfügbar${reserved}. Ein Video zu machen oder zu ändern kostet Credits, wie viele bestimmt NemoVideo; Exportieren kostet keine.`;
	},
	ready: (link, fileSize) => {
		const size = fileSize === undefined ? '' : ` (${fileSize})`;
		return `Dein Video ist fertig${size}: ${link}`;
	},
	download: 'Video herunterladen',
	mayLack:
		'Was aus einer früheren Nachricht wurde, weiß ich nicht: Ihre Änderung fehlt vielleicht in diesem Video.',
	stillRendering: (status, renderId) =>
		`Das Video wird noch gerendert (${status}). Sag in einer Weile noch einmal „exportieren“. Render: ${renderId}`,
	noSubtitles: (summary) => `Die Timeline hat keinen Text für Untertitel. ${summary}`,
	answerIn: 'Bitte antworte auf Deutsch.',
	timeline: {
		head: (tracks) => `Timeline (${tracks} ${tracks === 1 ? 'Spur' : 'Spuren'}):`,
		more: (count) => `und ${count} weitere`,
		parts: (count) => `in ${count} Teilen`,
		nothing: 'noch leer',
		video: 'Video',
		audio: 'Musik',
		text: 'Titel',
		other: 'Anderes',
		added: 'Hinzugefügt',
		removed: 'Entfernt',
		changed: 'NemoVideo hat die Timeline geändert.',
		unchanged: 'NemoVideo war ohne Antwort fertig, die Timeline ist unverändert.',
	},
};
