import type { Messages } from './messages';

const FORMATS =
	'vídeo MP4, MOV, AVI, WebM ou MKV; imagem JPG, PNG, GIF ou WebP; áudio MP3, WAV, M4A ou AAC';

export const portuguese: Messages = {
	settingUp: 'Preparando...',
	busy: 'Ainda estou na sua última mensagem. Esta é a próxima.',
	atWork: 'O NemoVideo ainda está trabalhando na sua última mensagem. Até agora:',
	gettingStarted:
		'Envie imagens ou texto e diga do que precisa: eu cuido do vídeo. Por exemplo:\n- “transforme cinco fotos de produto e uma legenda em um MP4 de 1080p”\n- “faça destas imagens um vídeo promocional de 30 segundos com música de fundo”\n\nDiga “exportar” para receber o MP4, “status” para ver a linha do tempo, “créditos” para ver o saldo. Isso não custa nada.',
	welcome: 'De nada! Diga o que mudar, ou “exportar” para receber o vídeo em MP4.',
	whatNext: 'Diga o que fazer ou mudar, ou “exportar” para receber o vídeo em MP4.',
	cannotStop:
		'Não posso parar nada aqui: o que o NemoVideo começou continua e será cobrado. Diga o que mudar quando terminar.',
	askSend:
		'Isso pode ser uma pergunta ou um pedido, e a resposta do NemoVideo pode custar créditos; por isso não enviei. Diga "sim" para enviar, "ajuda" para ver o que sei fazer, ou "status" para ver o que há no vídeo.',
	sayNew:
		'Este chat mantém seu projeto e nada foi enviado. Diga o que o novo vídeo deve mostrar: isso vai para o NemoVideo e custa créditos.',
	emptyMessage: 'A mensagem está vazia. Diga o que o vídeo deve mostrar ou envie imagens.',
	nothingYet:
		'Ainda não há vídeo nesta conversa. Envie imagens ou diga o que o vídeo deve mostrar.',
	askForFiles:
		'Envie os arquivos junto com uma mensagem: imagens, vídeos ou áudio, no máximo 500 MB por arquivo.',
	sayExport: 'Diga “exportar” para receber o vídeo em MP4.',
	sayEdit: 'Para mover ou mudar algo, ou aplicar uma sugestão, é só dizer: eu repasso como edição.',
	exporting: 'Exportando, costuma levar de 30 a 90 segundos…',
	rendering: (percent) => `Renderizando: ${percent}%`,
	askWish: (wish) =>
		`Posso exportar o vídeo como está. Você também pediu “${wish}”, que seria uma edição e custa créditos. Diga “sim” para fazer a edição e exportar, ou “exportar” para o vídeo como está.`,
	cannotChoose: (words) =>
		`Não pude considerar “${words}”: os vídeos são MP4, na resolução definida por este fluxo.`,
	cannotTake: (name, reason, what = '') =>
		({
			fileType: `Não posso usar “${name}”${what}: este tipo de arquivo não é aceito. Aceito ${FORMATS}.`,
			fileSize: `Não posso usar “${name}”: passa de 500 MB. Comprima ou corte e envie de novo.`,
			empty: `Não posso usar “${name}”: o arquivo está vazio.`,
			link: `Não posso usar “${name}”: não é um link direto para um arquivo que aceito. Anexe o próprio arquivo: ${FORMATS}.`,
			refused: `O NemoVideo não aceitou “${name}”.`,
			notDownloaded: `O n8n não baixou o arquivo desta mensagem, então nada foi enviado nem alterado. No fluxo, isto o baixa: ${name}.`,
			noFile:
				'O Telegram Trigger do n8n não repassa os arquivos de mensagens de voz, áudios, figurinhas e GIFs, então nada foi enviado nem alterado. Envie como documento, por exemplo em MP3 ou MP4.',
		})[reason],
	restUnused: (rest) =>
		`O resto da mensagem também não foi adicionado nem enviado: ${rest}. Envie-o de novo em separado.`,
	uploaded: (names) =>
		names.length === 1
			? `1 arquivo enviado: ${names.join(', ')}.`
			: `${names.length} arquivos enviados: ${names.join(', ')}.`,
	askForWords: () => 'Agora diga o que fazer com isso.',
	credits: ({ available, frozen }) => {
		const reserved = frozen > 0 ? `, e ${frozen} estão reservados por trabalhos em andamento` : '';
		return `Há ${available} créditos disponíveis${reserved}. Criar ou mudar um vídeo gasta créditos, e o NemoVideo define quantos; exportar não custa nenhum.`;
	},
	ready: (link, fileSize) => {
		const size = fileSize === undefined ? '' : ` (${fileSize})`;
		return `Seu vídeo está pronto${size}: ${link}`;
	},
	download: 'Baixar o vídeo',
	mayLack:
		'Não sei o que aconteceu com uma mensagem anterior: a alteração dela pode não estar neste vídeo.',
	stillRendering: (status, renderId) =>
		`O vídeo ainda está sendo renderizado (${status}). Diga “exportar” de novo daqui a pouco. Render: ${renderId}`,
	noSubtitles: (summary) => `A linha do tempo não tem texto para legendas. ${summary}`,
	answerIn: 'Responda em português, por favor.',
	timeline: {
		head: (tracks) => `Linha do tempo (${tracks} ${tracks === 1 ? 'faixa' : 'faixas'}):`,
		more: (count) => `e mais ${count}`,
		parts: (count) => `em ${count} partes`,
		nothing: 'ainda vazia',
		video: 'Vídeo',
		audio: 'Música',
		text: 'Título',
		other: 'Outro',
		added: 'Adicionado',
		removed: 'Removido',
		changed: 'O NemoVideo alterou a linha do tempo.',
		unchanged: 'O NemoVideo terminou sem mensagem e a linha do tempo não mudou.',
	},
};
