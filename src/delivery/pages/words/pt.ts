import type { PageWords } from './types.js'

/** In words that are at home in Portugal and in Brazil. */
export const PORTUGUESE: PageWords = {
  lang: 'pt',
  picture: 'O seu cartão',
  yourCards: 'Os seus cartões',
  addToApple: 'Adicionar à Apple Wallet',
  appleHint: 'A Wallet abre e mostra o cartão. Toque em “Adicionar” e pronto.',
  elseSafari: 'Nada acontece? Abra esta página no Safari.',
  onlySafari:
    'Esta página está aberta no navegador de outro aplicativo, que não consegue adicionar cartões. Abra o menu, escolha “Abrir no Safari” ou “Abrir no navegador” e adicione o cartão lá.',
  onIphone: 'Num iPhone',
  openInWallet: 'Abrir num aplicativo wallet',
  androidHint: 'O cartão fica guardado no telefone. Abra-o com um aplicativo que leia cartões Wallet, por exemplo:',
  onAndroid: 'Num telefone Android',
  scan: 'Leia com o telefone',
  scanHint: 'Aponte a câmera do telefone para o código. Esta página abre lá, e você adiciona o cartão.',
  qr: 'Código QR com o endereço desta página',
  otherPhone: 'Noutro telefone',
  download: 'Baixar o cartão',
  downloadAll: 'Baixar todos os cartões',
  address: 'Endereço desta página',
  oneByOne: 'Se o telefone não aceitar todos os cartões de uma vez, adicione um de cada vez.',
  onlyThis: 'Adicionar só este cartão',
  voided: {
    short: 'Sem validade',
    title: 'Este cartão já não é válido',
    text: 'Já não pode ser adicionado. Se achar que é um engano, fale com quem lhe deu o cartão.',
  },
  expired: {
    short: 'Expirado',
    title: 'Este cartão expirou',
    text: 'Já não pode ser adicionado. Quem lhe deu o cartão pode dizer como obter um novo.',
  },
  forYou: 'Este link é só seu: quem o tiver pode adicionar o seu cartão.',
  notFound: {
    title: 'Não há nenhum cartão aqui',
    text: 'Verifique se o endereço está completo ou leia o código mais uma vez.',
  },
  linkExpired: {
    title: 'Este link expirou',
    text: 'Para sua segurança, os links dos cartões só funcionam durante algum tempo. Peça um novo onde recebeu este.',
  },
}
