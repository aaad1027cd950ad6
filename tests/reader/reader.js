// A reading system of one page: foliate-js shows the book and pops its notes up, one over another.
// `window.reader` is what the test asks; points are in pixels of the window.
import '/foliate/view.js'
import { FootnoteHandler } from '/foliate/footnotes.js'

const view = document.querySelector('#book')
const layers = document.querySelector('#notes')
const footnotes = new FootnoteHandler()
const faults = []

const shown = () => layers.lastElementChild?.querySelector('foliate-view')
const contents = of => of.renderer.getContents()[0]

// Closes the notes above the first so many.
const close = (left = 0) => [...layers.children].slice(left).forEach(layer => {
  layer.querySelector('foliate-view').close()
  layer.remove()
})

// The book's own links go where they lead; a link in a note closes the notes and leads there too.
const follow = (of, event) => {
  const note = footnotes.handle(view.book, event)
  if (note) return note.catch(fault => faults.push(String(fault)))
  if (of === view) return
  event.preventDefault()
  close()
  view.goTo(event.detail.href)
}
view.addEventListener('link', event => follow(view, event))

footnotes.addEventListener('before-render', ({ detail: { view: note } }) => {
  const layer = document.createElement('div')
  layer.className = 'note'
  layer.append(note)
  layers.append(layer)
  note.renderer.setAttribute('flow', 'scrolled')
  note.addEventListener('link', event => follow(note, event))
})
footnotes.addEventListener('render', ({ detail: { view: note } }) => note.setAttribute('ready', ''))

const painted = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))

// The middle of a link's first box, of the book (layer 0) or of a note that is open.
const point = (of, link) => {
  const frame = link.ownerDocument.defaultView.frameElement.getBoundingClientRect()
  const box = [...link.getClientRects()].find(({ width, height }) => width && height)
  return box && { x: frame.x + box.x + box.width / 2, y: frame.y + box.y + box.height / 2 }
}

window.reader = {
  faults,
  open: async () => {
    await view.open('/book.epub')
    view.renderer.setAttribute('max-column-count', '1')
    await view.init({})
    return view.book.sections.map(({ id, linear }) => ({ id, linear }))
  },
  goTo: async target => {
    await view.goTo(target)
    await painted()
  },
  close,
  // Whether so many notes stand open and the last of them is set.
  ready: count => layers.childElementCount === count && shown().hasAttribute('ready'),
  // What stands open last: its visible words, and its links in order.
  note: async () => {
    await painted()
    const { doc } = contents(shown())
    const links = [...doc.querySelectorAll('a[role]')].map(link => ({
      role: link.getAttribute('role'),
      href: link.getAttribute('href'),
      id: link.id,
      text: link.textContent,
    }))
    return { text: doc.body.innerText, links }
  },
  // Where the call stands on the page that the book shows, if it does.
  call: id => {
    const { doc, index } = contents(view)
    const link = doc.getElementById(id)
    return { file: view.book.sections[index].id, point: link && point(view, link) }
  },
  // Where the link with this role, the nth of them in the open note, stands; scrolled to if need be.
  link: async (role, nth) => {
    const { doc } = contents(shown())
    const link = doc.querySelectorAll(`a[role="${role}"]`)[nth]
    await shown().renderer.scrollToAnchor(link)
    await painted()
    return point(shown(), link)
  },
}
