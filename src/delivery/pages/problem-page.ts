import type { HttpReply } from '../../kit/http.js'
import { html } from './html.js'
import { pageReply } from './page-frame.js'
import type { PageWords, ProblemWords } from './words/types.js'

export interface ProblemInput {
  readonly status: 404 | 410 | 429
  readonly words: PageWords
  readonly organization: string
  readonly styleSheet: string
  /** What to say. */
  readonly problem: ProblemWords
}

/** A page for links that lead to no card, or not now. It says nothing about any card. */
export function problemPage({ status, words, organization, styleSheet, problem }: ProblemInput): HttpReply {
  const { title, text } = problem
  return pageReply({
    status,
    lang: words.lang,
    title: `${title} – ${organization}`,
    styleSheet,
    body: html`<body>
<main class="problem">
<p class="organization">${organization}</p>
<h1>${title}</h1>
<p class="lead">${text}</p>
</main>
</body>`,
  })
}
