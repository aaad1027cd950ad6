// A reading system of one page: epub.js shows the book, a chapter at a time, by day or by night.
// `window.reader` is what the test asks.
const book = ePub()
const faults = []
let rendition

const contents = () => rendition.getContents()[0]
const painted = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))

// The colour that a style names, and how opaque it is.
const channels = text => {
  const [red, green, blue, alpha = 1] = text.match(/[\d.]+/g).map(Number)
  return { rgb: [red, green, blue], alpha }
}

const luminance = rgb => {
  const [red, green, blue] = rgb.map(part => part / 255)
    .map(part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4)
  return .2126 * red + .7152 * green + .0722 * blue
}

// The first colour that is painted behind an element.
const ground = element => {
  for (let at = element; at; at = at.parentElement) {
    const { rgb, alpha } = channels(getComputedStyle(at).backgroundColor)
    if (alpha > .5) return rgb
  }
  return [255, 255, 255]
}

window.reader = {
  faults,
  open: async dark => {
    const data = await (await fetch('/book.epub')).arrayBuffer()
    await book.open(data, 'binary')
    rendition = book.renderTo('book', { width: '100%', height: '100%', flow: 'paginated' })
    if (dark) {
      rendition.themes.override('background', '#121212')
      rendition.themes.override('color', '#e4e1dc')
    }
    await rendition.display()
    return book.spine.spineItems.map(({ href }) => href)
  },
  goTo: async target => {
    await rendition.display(target)
    await contents().document.fonts.ready
    await painted()
  },
  // The words of the chapter that is shown.
  words: () => contents().document.body.innerText,
  // What is wider than the chapter's columns.
  wide: () => {
    const { document: doc } = contents()
    const { columnWidth } = getComputedStyle(doc.body)
    const room = parseFloat(columnWidth) || doc.body.clientWidth
    return [...doc.querySelectorAll('table, pre, figure, img, svg, ul, p, h1, h2')]
      .filter(element => {
        const { scrollWidth: whole, clientWidth: seen } = element
        const parted = element.getClientRects().length > 1 // by columns, which count as width
        if (element.tagName === 'FIGURE') return whole > room + 1 // whose pictures epub.js widens
        return (!parted && seen && whole > seen + 1) || seen > room + 1
      })
      .map(({ tagName, textContent }) => `${tagName} ${textContent.slice(0, 40)}`)
  },
  // The families of the fonts that are loaded of those that the book brings along.
  fonts: () => [...contents().document.fonts]
    .filter(({ status }) => status === 'loaded').map(({ family }) => family),
  failed: () => [...contents().document.fonts]
    .filter(({ status }) => status === 'error').map(({ family }) => family),
  // The words that have too little contrast with what they stand on.
  pale: least => {
    const { document: doc } = contents()
    const walker = doc.createTreeWalker(doc.body, NodeFilter.SHOW_TEXT)
    const found = []
    while (walker.nextNode()) {
      const { textContent, parentElement: element } = walker.currentNode
      if (!textContent.trim() || !element.getClientRects().length || element.closest('svg')) continue
      const style = getComputedStyle(element)
      const lights = [channels(style.color).rgb, ground(element)].map(luminance).sort()
      const [low, high] = lights[0] < lights[1] ? lights : [lights[1], lights[0]]
      const ratio = (high + .05) / (low + .05)
      if (ratio < least) found.push(`${element.tagName} ${textContent.trim().slice(0, 40)} ${ratio.toFixed(2)}`)
    }
    return found
  },
  // Follows the nth link to a note, and returns the identifier that is then in sight.
  follow: async nth => {
    const link = contents().document.querySelectorAll('a[role=doc-noteref]')[nth]
    const target = link.getAttribute('href').split('#')[1]
    const moved = new Promise(done => rendition.once('relocated', done))
    link.click()
    await moved
    await painted()
    const { document: doc } = contents()
    const note = doc.getElementById(target)
    const frame = doc.defaultView.frameElement.getBoundingClientRect()
    const left = frame.x + note.getClientRects()[0].x
    return left >= -1 && left < innerWidth ? target : `${target} at ${left}`
  },
  calls: () => [...contents().document.querySelectorAll('a[role=doc-noteref]')]
    .map(link => link.getAttribute('href').split('#')[1]),
}
