import type { PageWords } from './types.js'

export const FRENCH: PageWords = {
  lang: 'fr',
  picture: 'Votre carte',
  yourCards: 'Vos cartes',
  addToApple: 'Ajouter à Apple Wallet',
  appleHint: 'Wallet s’ouvre et affiche la carte. Touchez « Ajouter », et c’est fait.',
  elseSafari: 'Rien ne se passe ? Ouvrez cette page dans Safari.',
  onlySafari:
    'Vous êtes dans le navigateur d’une autre application, qui ne peut pas ajouter de cartes. Ouvrez son menu, choisissez « Ouvrir dans Safari » ou « Ouvrir dans le navigateur », puis ajoutez-y la carte.',
  onIphone: 'Sur un iPhone',
  openInWallet: 'Ouvrir dans une application wallet',
  androidHint:
    'La carte est enregistrée sur votre téléphone. Ouvrez-la avec une application qui lit les cartes Wallet, par exemple :',
  onAndroid: 'Sur un téléphone Android',
  scan: 'Scannez avec votre téléphone',
  scanHint: 'Visez le code avec l’appareil photo de votre téléphone. Cette page s’y ouvre et vous ajoutez la carte.',
  qr: 'Code QR contenant l’adresse de cette page',
  otherPhone: 'Sur un autre téléphone',
  download: 'Télécharger la carte',
  downloadAll: 'Télécharger toutes les cartes',
  address: 'Adresse de cette page',
  oneByOne: 'Si votre téléphone n’accepte pas toutes les cartes à la fois, ajoutez-les une par une.',
  onlyThis: 'Ajouter seulement cette carte',
  voided: {
    short: 'Plus valable',
    title: 'Cette carte n’est plus valable',
    text: 'Elle ne peut plus être ajoutée. S’il s’agit d’une erreur, adressez-vous à l’émetteur de la carte.',
  },
  expired: {
    short: 'Expirée',
    title: 'Cette carte a expiré',
    text: 'Elle ne peut plus être ajoutée. L’émetteur de la carte vous dira comment en obtenir une nouvelle.',
  },
  forYou: 'Ce lien n’est destiné qu’à vous : toute personne qui l’a peut ajouter votre carte.',
  notFound: {
    title: 'Il n’y a pas de carte ici',
    text: 'Vérifiez que l’adresse est complète, ou scannez le code encore une fois.',
  },
  linkExpired: {
    title: 'Ce lien a expiré',
    text: 'Pour votre sécurité, les liens vers les cartes ne fonctionnent qu’un temps limité. Demandez-en un nouveau là où vous avez reçu celui-ci.',
  },
  busy: {
    title: 'Cette carte est très demandée en ce moment',
    text: 'Elle est toujours là. Rouvrez la page dans une minute.',
  },
}
