import type { PageWords } from './types.js'

/** As it is written in Brazil, where most of those who speak it live. */
export const PORTUGUESE: PageWords = {
  lang: 'pt',
  picture: 'Seu cartão',
  yourCards: 'Seus cartões',
  addToApple: 'Adicionar à Apple Wallet',
  appleHint: 'A Wallet abre e mostra o cartão. Toque em “Adicionar” e pronto.',
  elseSafari: 'Nada acontece? Abra esta página no Safari.',
  onlySafari:
    'Esta página está aberta no navegador de outro aplicativo, que não consegue adicionar cartões. Abra o menu, escolha “Abrir no Safari” ou “Abrir no navegador” e adicione o cartão lá.',
  onIphone: 'Em um iPhone',
  openInWallet: 'Abrir em um aplicativo',
  androidHint: 'O cartão fica salvo no celular. Abra-o em um aplicativo que leia cartões Wallet, por exemplo:',
  onAndroid: 'Em um celular Android',
  scan: 'Leia com o celular',
  scanHint: 'Aponte a câmera do celular para o código. Esta página abre nele, e você adiciona o cartão.',
  qr: 'Código QR com o endereço desta página',
  otherPhone: 'Em outro celular',
  download: 'Baixar o cartão',
  downloadAll: 'Baixar todos os cartões',
  address: 'Endereço desta página',
  oneByOne: 'Se o celular não aceitar todos os cartões de uma vez, adicione um por um.',
  onlyThis: 'Adicionar só este cartão',
  voided: {
    short: 'Inválido',
    title: 'Este cartão não é mais válido',
    text: 'Ele não pode mais ser adicionado. Se você acha que é um engano, fale com quem lhe deu o cartão.',
  },
  expired: {
    short: 'Expirado',
    title: 'Este cartão expirou',
    text: 'Ele não pode mais ser adicionado. Quem lhe deu o cartão pode dizer como conseguir um novo.',
  },
  forYou: 'Este link é só para você: quem tiver o link pode adicionar seu cartão.',
  notFound: {
    title: 'Não há nenhum cartão aqui',
    text: 'Verifique se o endereço está completo ou leia o código mais uma vez.',
  },
  linkExpired: {
    title: 'Este link expirou',
    text: 'Para sua segurança, os links dos cartões funcionam só por algum tempo. Peça um novo onde você recebeu este.',
  },
  busy: {
    title: 'Este cartão está sendo aberto muitas vezes agora',
    text: 'Ele continua aqui. Abra a página de novo daqui a um minuto.',
  },
}
