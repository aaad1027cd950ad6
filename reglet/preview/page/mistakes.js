// Mistakes and places of the source, each with its line and the way to an editor.

const AROUND = 90

export class Mistakes {
  #list
  #none
  #card
  #told
  #current = -1
  #sources = []
  #chosen = null

  constructor(root, told) {
    this.#list = root.querySelector("#mistakes ol")
    this.#none = root.querySelector("#mistakes .none")
    this.#card = root.querySelector("#source")
    this.#told = told
  }

  update(mistakes, fault) {
    const rows = mistakes.map((mistake, n) => this.#row(mistake, n))
    if (fault) rows.unshift(row("fault", [element("p", "what", fault)]))
    this.#sources = mistakes.map(({ source }) => source)
    this.#current = -1
    this.#list.replaceChildren(...rows)
    this.#none.hidden = rows.length > 0
  }

  // Show the line that something on a page comes from.
  show(source) {
    this.#chosen = source
    this.#current = -1
    this.#mark()
    this.#card.hidden = false
    this.#card.querySelector(".card").replaceChildren(...this.#line(source), this.#go(source))
  }

  step(way) {
    const count = this.#sources.length
    if (!count) return
    this.#choose(this.#current < 0 ? (way > 0 ? 0 : count - 1) : (this.#current + way + count) % count)
  }

  open() {
    const source = this.#sources[this.#current] ?? this.#chosen
    if (source?.open) location.assign(source.open)
    else if (source) this.#copy(source)
  }

  #choose(n) {
    this.#current = n
    this.#mark()
    this.#list.querySelectorAll(".mistake:not(.fault)")[n]?.scrollIntoView({ block: "nearest" })
    if (this.#sources[n].line) this.#told.chosen(this.#sources[n])
  }

  #mark() {
    this.#list.querySelectorAll(".mistake:not(.fault)").forEach((item, n) => {
      item.setAttribute("aria-current", n === this.#current)
    })
  }

  #row({ severity, code, message, hint, source }, n) {
    const what = element("p", "what")
    what.append(element("span", "severity", severity), " ", ...coded(message))
    const parts = [what, ...this.#line(source)]
    if (hint) {
      const said = element("p", "hint")
      said.append(...coded(hint))
      parts.push(said)
    }
    const go = this.#go(source, () => this.#choose(n))
    go.append(element("span", "hint", code))
    return row(severity, [...parts, go])
  }

  #line({ text, column, length }) {
    if (text === null || text === undefined) return []
    const start = Math.max(column - 1, 0)
    const [before, own, after] = [text.slice(0, start), text.slice(start, start + length), text.slice(start + length)]
    const line = element("pre", "line")
    line.append(shorter(before, -AROUND), element("mark", "", own || " "), shorter(after, AROUND))
    return [line]
  }

  #go(source, see) {
    const go = element("p", "go")
    if (!source.place) return go
    if (see && source.line) {
      const place = element("button", "at", source.place)
      place.type = "button"
      place.title = "Show it on its page"
      place.addEventListener("click", see)
      go.append(place)
    } else {
      go.append(element("span", "at", source.place))
    }
    if (source.open) {
      const link = element("a", "open", "Open")
      link.href = source.open
      go.append(link)
    } else if (source.line) {
      const copy = element("button", "copy", "Copy")
      copy.type = "button"
      copy.addEventListener("click", () => this.#copy(source, copy))
      go.append(copy)
    }
    return go
  }

  async #copy({ place }, button) {
    await navigator.clipboard.writeText(place)
    if (!button) return
    button.textContent = "Copied"
    setTimeout(() => { button.textContent = "Copy" }, 1200)
  }
}

function element(tag, name, text) {
  const made = document.createElement(tag)
  if (name) made.className = name
  if (text !== undefined) made.textContent = text
  return made
}

function row(kind, parts) {
  const item = element("li", `mistake ${kind}`)
  item.append(...parts)
  return item
}

function coded(text) {
  return text.split("`").map((part, n) => n % 2 ? element("code", "", part) : part)
}

function shorter(text, most) {
  if (text.length <= Math.abs(most)) return text
  return most < 0 ? `…${text.slice(most)}` : `${text.slice(0, most)}…`
}
