// The pages of the PDF: each drawn when it comes near the window, and kept in place over builds.

const NEAR = "800px 0px"
const STEPS = [.5, .67, .8, 1, 1.25, 1.5, 2, 3]

export class Pages {
  #desk
  #edition = null
  #sheets = []
  #zoom = Number(sessionStorage.getItem("zoom")) || 1
  #near
  #told
  #restored = false
  #at // the page one was at, and the share of it above the window, before its size changed
  #share

  constructor(desk, told) {
    this.#desk = desk
    this.#told = told
    this.#near = new IntersectionObserver(entries => {
      for (const { target, isIntersecting } of entries) {
        target.near = isIntersecting
        isIntersecting ? this.#draw(target) : this.#clear(target)
      }
    }, { root: desk, rootMargin: NEAR })
    desk.addEventListener("scroll", () => this.#moved(), { passive: true })
    desk.addEventListener("click", event => this.#clicked(event))
    new ResizeObserver(() => this.#stay(() => this.#resize())).observe(desk)
  }

  get page() {
    const middle = this.#desk.getBoundingClientRect().top + this.#desk.clientHeight / 3
    const passed = this.#sheets.filter(sheet => sheet.getBoundingClientRect().top <= middle)
    return Math.max(passed.length, 1)
  }

  async update(edition) {
    if (this.#edition?.version === edition.version) return
    const same = this.#edition?.name === edition.name
    const kept = same ? this.#place() : null
    this.#edition = edition
    const top = kept ? await this.#moveTo(kept, edition) : null
    if (this.#edition !== edition) return
    this.#arrange()
    if (top !== null) this.#desk.scrollTop = this.#topOf(top.page) + top.share * this.#heightOf(top.page)
    else this.#restore()
    for (const sheet of this.#sheets) if (sheet.near) this.#draw(sheet)
    this.#moved()
  }

  goTo(page) {
    const last = this.#sheets.length
    const number = Math.min(Math.max(page || 1, 1), last)
    if (last) this.#desk.scrollTop = this.#topOf(number) - 16
  }

  // Show a place, moving as little as there is need for, and mark it for a moment.
  show({ page, box: [left, top, width, height] }) {
    const sheet = this.#sheets[page - 1]
    if (!sheet) return
    const [, whole] = this.#edition.pages[page - 1]
    const desk = this.#desk
    const at = this.#topOf(page) + top / whole * this.#heightOf(page)
    if (at < desk.scrollTop + 24 || at > desk.scrollTop + desk.clientHeight - 60) {
      desk.scrollTop = at - desk.clientHeight / 3
    }
    this.#mark(sheet, [left, top, width, height])
  }

  zoom(way) {
    const steps = way > 0 ? STEPS : STEPS.toReversed()
    this.#zoom = way ? steps.find(step => (step - this.#zoom) * way > .01) ?? this.#zoom : 1
    sessionStorage.setItem("zoom", this.#zoom)
    this.#stay(() => this.#resize())
  }

  // Do what changes the sheets' sizes, and stand where one stood.
  #stay(change) {
    const page = this.#at ?? this.page
    const share = this.#share ?? (this.#desk.scrollTop - this.#topOf(page)) / this.#heightOf(page)
    change()
    this.#desk.scrollTop = this.#topOf(page) + share * this.#heightOf(page)
  }

  // where the reader is

  #place() {
    const edge = this.#desk.scrollTop
    const page = this.#sheets.findIndex((_, n) => this.#topOf(n + 1) + this.#heightOf(n + 1) > edge) + 1
    if (!page) return null
    const inside = (edge - this.#topOf(page)) / this.#heightOf(page)
    const [, whole] = this.#edition.pages[page - 1]
    const rows = this.#sheets[page - 1].rows ?? []
    const row = rows.find(([, top, , height, , words]) => top + height > inside * whole && words.length > 8)
    return { page, inside, whole, row }
  }

  async #moveTo({ page, inside, whole, row }, edition) {
    if (row) {
      const query = new URLSearchParams({ at: row[4], words: row[5], page })
      const found = await ask(`/again/${edition.version}?${query}`)
      if (found) return { page: found.page, share: inside + (found.box[1] - row[1]) / whole }
    }
    return { page: Math.min(page, edition.pages.length), share: inside }
  }

  #restore() {
    if (this.#restored) return
    this.#restored = true
    const { page, share } = JSON.parse(sessionStorage.getItem("pages") ?? "{}")
    if (page && this.#sheets[page - 1]) this.#desk.scrollTop = this.#topOf(page) + share * this.#heightOf(page)
  }

  #moved() {
    if (!this.#sheets.length) return
    const page = this.page
    const share = (this.#desk.scrollTop - this.#topOf(page)) / this.#heightOf(page)
    this.#at = page
    this.#share = share
    sessionStorage.setItem("pages", JSON.stringify({ page, share }))
    this.#told.moved(page)
  }

  #topOf(page) { return this.#sheets[page - 1]?.offsetTop - this.#desk.offsetTop || 0 }
  #heightOf(page) { return this.#sheets[page - 1]?.offsetHeight || 1 }

  // sheets

  #arrange() {
    const { pages } = this.#edition
    while (this.#sheets.length > pages.length) {
      const sheet = this.#sheets.pop()
      this.#near.unobserve(sheet)
      sheet.remove()
    }
    while (this.#sheets.length < pages.length) {
      const sheet = document.createElement("div")
      sheet.className = "sheet"
      sheet.dataset.page = this.#sheets.length + 1
      this.#sheets.push(sheet)
      this.#desk.append(sheet)
      this.#near.observe(sheet)
    }
    this.#resize()
  }

  #resize() {
    if (!this.#edition) return
    const { pages } = this.#edition
    const widest = Math.max(...pages.map(([width]) => width))
    const room = this.#desk.clientWidth - 32
    const scale = Math.max(room, 120) * this.#zoom / widest
    const before = this.#sheets[0]?.style.width
    this.#sheets.forEach((sheet, n) => {
      sheet.style.width = `${pages[n][0] * scale}px`
      sheet.style.height = `${pages[n][1] * scale}px`
    })
    if (before !== this.#sheets[0]?.style.width) {
      for (const sheet of this.#sheets) if (sheet.near) this.#draw(sheet)
    }
  }

  async #draw(sheet) {
    const { version, name } = this.#edition
    const page = sheet.dataset.page
    const wide = Math.round(sheet.clientWidth * devicePixelRatio)
    const address = `/page/${version}/${page}?width=${wide}`
    if (sheet.wanted === address) return
    sheet.wanted = address
    const image = new Image()
    image.alt = `Page ${page} of ${name}`
    image.src = address
    const rows = ask(`/words/${version}/${page}`)
    try { await image.decode() } catch { return }
    const found = await rows
    if (sheet.wanted !== address || !sheet.near) return
    sheet.rows = found ?? []
    sheet.replaceChildren(image, this.#words(sheet), ...sheet.querySelectorAll(".spot"))
    sheet.dataset.version = version
  }

  #words(sheet) {
    const [width, height] = this.#edition.pages[sheet.dataset.page - 1]
    const layer = document.createElement("div")
    layer.className = "words"
    sheet.rows.forEach(([left, top, wide, high, , words], n) => {
      const span = document.createElement("span")
      span.dataset.row = n
      span.textContent = words
      span.style.left = `${left / width * 100}%`
      span.style.top = `${top / height * 100}%`
      span.style.width = `${wide / width * 100}%`
      span.style.height = `${high / height * 100}%`
      span.style.fontSize = `${high * .62 / width * 100}cqi`
      layer.append(span)
    })
    return layer
  }

  #clear(sheet) {
    sheet.wanted = ""
    sheet.replaceChildren()
  }

  #mark(sheet, [left, top, width, height]) {
    const [wide, high] = this.#edition.pages[sheet.dataset.page - 1]
    for (const old of this.#desk.querySelectorAll(".spot")) old.remove()
    const spot = document.createElement("div")
    spot.className = "spot"
    spot.style.left = `${(left - 3) / wide * 100}%`
    spot.style.top = `${(top - 1) / high * 100}%`
    spot.style.width = `${(width + 6) / wide * 100}%`
    spot.style.height = `${(height + 2) / high * 100}%`
    spot.addEventListener("animationend", () => spot.remove())
    sheet.append(spot)
  }

  #clicked(event) {
    const sheet = event.target.closest(".sheet")
    if (!sheet?.rows || !getSelection().isCollapsed) return
    const { left, top, width, height } = sheet.getBoundingClientRect()
    const [wide, high] = this.#edition.pages[sheet.dataset.page - 1]
    const x = (event.clientX - left) / width * wide
    const y = (event.clientY - top) / height * high
    const row = nearest(sheet.rows, x, y)
    if (!row) return
    const offset = Math.floor(Math.min(Math.max((x - row[0]) / row[2], 0), .999) * row[5].length)
    this.#mark(sheet, row)
    this.#told.chosen({ at: row[4], words: row[5], offset })
  }
}

// The row under a point, or the one that is least far away: above all in height.
function nearest(rows, x, y) {
  const away = (value, start, size) => Math.max(start - value, 0, value - start - size)
  const far = ([left, top, width, height]) => away(y, top, height) * 4 + away(x, left, width)
  return rows.reduce((best, row) => !best || far(row) < far(best) ? row : best, null)
}

export async function ask(address) {
  try {
    const answer = await fetch(address)
    return answer.ok ? await answer.json() : null
  } catch {
    return null
  }
}
