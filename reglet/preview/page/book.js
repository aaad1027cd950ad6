// The EPUB: one chapter in a frame in which nothing runs; the next is laid behind it, then shown.

export class Book {
  #shelf
  #list
  #told
  #edition = null
  #frame = null // that is seen
  #coming = null // that was asked for last
  #href = sessionStorage.getItem("chapter") ?? ""

  constructor(shelf, list, told) {
    this.#shelf = shelf
    this.#list = list
    this.#told = told
    list.addEventListener("change", () => this.open(list.value))
  }

  async update(edition) {
    if (this.#edition?.version === edition.version) return
    this.#edition = edition
    this.#list.replaceChildren(...edition.chapters.map(([href, title]) => new Option(title || href, href)))
    const known = edition.chapters.some(([href]) => href === this.#href)
    const first = edition.chapters.find(([, , written]) => written) ?? edition.chapters[0]
    if (!known) this.#href = first?.[0] ?? ""
    await this.open(this.#href, { keep: known })
  }

  step(way) {
    const hrefs = this.#edition?.chapters.map(([href]) => href) ?? []
    const next = hrefs[hrefs.indexOf(this.#href) + way]
    if (next) this.open(next)
  }

  async show({ chapter, at }) {
    if (chapter !== this.#href) await this.open(chapter)
    const found = this.#frame?.contentDocument?.querySelector(`[data-at="${CSS.escape(at)}"]`)
    if (!found) return
    const { top, bottom } = found.getBoundingClientRect()
    if (top < 0 || bottom > this.#frame.clientHeight) found.scrollIntoView({ block: "center" })
    const paint = [{ backgroundColor: "rgb(230 160 40 / .32)" }, { backgroundColor: "transparent" }]
    found.animate(paint, { duration: 2400, easing: "ease-out" })
  }

  open(href, { keep = false } = {}) {
    const edition = this.#edition
    if (!edition || !href) return Promise.resolve()
    const scroll = keep ? this.#scroll() : 0
    const frame = document.createElement("iframe")
    frame.title = `${edition.name}, ${href}`
    frame.sandbox = "allow-same-origin"
    frame.src = `/book/${edition.version}/${href}`
    this.#href = href
    this.#coming = frame
    return new Promise(done => {
      frame.addEventListener("load", () => {
        if (frame === this.#coming && frame !== this.#frame) this.#lay(frame, scroll)
        if (frame === this.#frame) this.#turned(frame)
        else frame.remove()
        done()
      })
      this.#shelf.append(frame)
    })
  }

  #lay(frame, scroll) {
    const inside = frame.contentDocument?.scrollingElement
    if (inside) inside.scrollTop = scroll
    frame.className = "open"
    this.#frame?.remove()
    this.#frame = frame
  }

  #scroll() {
    const kept = Number(sessionStorage.getItem("chapter-scroll")) || 0
    return this.#frame?.contentDocument?.scrollingElement?.scrollTop ?? kept
  }

  // A chapter has been opened, by us or by a link in another.
  #turned(frame) {
    const inside = frame.contentDocument
    if (!inside) return
    const href = decodeURIComponent(new URL(inside.URL).pathname).split("/").slice(3).join("/")
    this.#href = href
    this.#list.value = href
    sessionStorage.setItem("chapter", href)
    inside.addEventListener("click", event => this.#clicked(event, inside))
    inside.addEventListener("keydown", event => this.#told.key(event))
    inside.addEventListener("scroll", () => {
      sessionStorage.setItem("chapter-scroll", inside.scrollingElement.scrollTop)
    }, { passive: true })
  }

  #clicked(event, inside) {
    const link = event.target.closest?.("a[href]")
    if (link) {
      const outside = new URL(link.href, inside.URL).origin !== location.origin
      if (outside) {
        event.preventDefault()
        if (/^https?:/.test(link.href)) open(link.href, "_blank", "noopener")
      }
      return
    }
    const element = event.target.closest?.("[data-at]")
    if (!element || !inside.getSelection().isCollapsed) return
    const [node, offset] = caret(inside, event.clientX, event.clientY)
    const own = node?.nodeType === Node.TEXT_NODE && element.contains(node)
    this.#told.chosen({ at: element.dataset.at, words: own ? node.data : "", offset: own ? offset : 0 })
  }
}

function caret(inside, x, y) {
  if (inside.caretPositionFromPoint) {
    const found = inside.caretPositionFromPoint(x, y)
    return found ? [found.offsetNode, found.offset] : []
  }
  const range = inside.caretRangeFromPoint(x, y)
  return range ? [range.startContainer, range.startOffset] : []
}
