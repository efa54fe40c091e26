import type { Messages } from './messages';

const FORMATS =
	'vídeo MP4, MOV, AVI, WebM o MKV; imagen JPG, PNG, GIF o WebP; audio MP3, WAV, M4A o AAC';

export const spanish: Messages = {
	settingUp: 'Preparando...',
	busy: 'Sigo con tu último mensaje. Este es el siguiente.',
	atWork: 'NemoVideo sigue trabajando en tu último mensaje. Hasta ahora:',
	gettingStarted:
		'Envía imágenes o texto y dime qué necesitas: yo me encargo del vídeo. Por ejemplo:\n- «convierte cinco fotos de producto y un texto en un MP4 de 1080p»\n- «haz con estas imágenes un vídeo promocional de 30 segundos con música de fondo»\n\nDi «exportar» para recibir el MP4, «estado» para ver la línea de tiempo, «créditos» para ver el saldo. No cuesta nada.',
	welcome: '¡De nada! Di qué cambiar, o «exportar» para recibir el vídeo en MP4.',
	whatNext: 'Di qué hacer o cambiar, o «exportar» para recibir el vídeo en MP4.',
	cannotStop:
		'Aquí no puedo detener nada: lo que NemoVideo ha empezado sigue y se cobra. Di qué cambiar cuando termine.',
	askSend:
		'Puede ser una pregunta o un deseo, y la respuesta de NemoVideo puede costar créditos; por eso no lo he enviado. Di «sí» para enviarlo, «ayuda» para ver qué sé hacer, o «estado» para ver qué hay en el vídeo.',
	sayNew:
		'Este chat conserva su proyecto y no se ha enviado nada. Di qué debe mostrar el nuevo vídeo: eso va a NemoVideo y cuesta créditos.',
	emptyMessage: 'El mensaje está vacío. Di qué debe mostrar el vídeo o envía imágenes.',
	nothingYet:
		'Todavía no hay ningún vídeo en este chat. Envía imágenes o di qué debe mostrar el vídeo.',
	askForFiles:
		'Envía los archivos junto con un mensaje: imágenes, vídeos o audio, 500 MB por archivo como máximo.',
	sayExport: 'Di «exportar» para recibir el vídeo en MP4.',
	sayEdit: 'Para mover o cambiar algo, o aplicar una sugerencia, dilo y lo paso como edición.',
	exporting: 'Exportando, suele tardar de 30 a 90 segundos…',
	rendering: (percent) => `Renderizando: ${percent} %`,
	askWish: (wish) =>
		`Puedo exportar el vídeo tal como está. También has pedido «${wish}», que sería una edición y cuesta créditos. Di «sí» para hacerla y exportar, o «exportar» para el vídeo tal como está.`,
	cannotChoose: (words) =>
		`No he podido tener en cuenta «${words}»: los vídeos son MP4, con la resolución que fija este flujo de trabajo.`,
	cannotTake: (name, reason, what = '') =>
		({
			fileType: `No puedo usar «${name}»${what}: este tipo de archivo no se admite. Acepto ${FORMATS}.`,
			fileSize: `No puedo usar «${name}»: supera los 500 MB. Comprímelo o recórtalo y envíalo de nuevo.`,
			empty: `No puedo usar «${name}»: el archivo está vacío.`,
			link: `No puedo usar «${name}»: no es un enlace directo a un archivo que acepto. Adjunta el archivo: ${FORMATS}.`,
			refused: `NemoVideo no aceptó «${name}».`,
			notDownloaded: `n8n no ha descargado el archivo de este mensaje, así que no se ha enviado ni cambiado nada. En el flujo de trabajo lo descarga: ${name}.`,
			noFile:
				'El Telegram Trigger de n8n no entrega los archivos de mensajes de voz, audios, stickers ni GIF, así que no se ha enviado ni cambiado nada. Envíalo como documento, por ejemplo en MP3 o MP4.',
		})[reason],
	restUnused: (rest) =>
		`El resto del mensaje tampoco se ha añadido ni enviado: ${rest}. Envíalo de nuevo por separado.`,
	uploaded: (names) =>
		names.length === 1
			? `1 archivo subido: ${names.join(', ')}.`
			: `${names.length} archivos subidos: ${names.join(', ')}.`,
	askForWords: () => 'Ahora di qué hacer con ello.',
	credits: ({ available, frozen }) => {
		const reserved = frozen > 0 ? `, y ${frozen} están reservados por trabajos en curso` : '';
		return `Hay ${available} créditos disponibles${reserved}. Crear o cambiar un vídeo gasta créditos, y NemoVideo fija cuántos; exportar no cuesta ninguno.`;
	},
	ready: (link, fileSize) => {
		const size = fileSize === undefined ? '' : ` (${fileSize})`;
		return `Tu vídeo está listo${size}: ${link}`;
	},
	download: 'Descargar el vídeo',
	mayLack: 'No sé qué pasó con un mensaje anterior: puede que su cambio no esté en este vídeo.',
	stillRendering: (status, renderId) =>
		`El vídeo aún se está renderizando (${status}). Di «exportar» otra vez dentro de un rato. Render: ${renderId}`,
	noSubtitles: (summary) => `La línea de tiempo no tiene texto para hacer subtítulos. ${summary}`,
	answerIn: 'Responde en español, por favor.',
	timeline: {
		head: (tracks) => `Línea de tiempo (${tracks} ${tracks === 1 ? 'pista' : 'pistas'}):`,
		more: (count) => `y ${count} más`,
		parts: (count) => `en ${count} partes`,
		nothing: 'todavía vacía',
		video: 'Vídeo',
		audio: 'Música',
		text: 'Título',
		other: 'Otro',
		added: 'Añadido',
		removed: 'Quitado',
		changed: 'NemoVideo cambió la línea de tiempo.',
		unchanged: 'NemoVideo terminó sin mensaje y la línea de tiempo sigue igual.',
	},
};
