// Hears from reglet what there is, and hands it to the panes; keys and buttons, and the panes' widths.

import { Book } from "./book.js"
import { Mistakes } from "./mistakes.js"
import { ask, Pages } from "./pages.js"

const find = selector => document.querySelector(selector)
const token = find("meta[name=reglet-token]").content
const main = find("main")

const pages = new Pages(find(".desk"), { moved: page => told(page), chosen })
const book = new Book(find(".shelf"), find("#chapter"), { chosen, key: pressed })
const mistakes = new Mistakes(find("#side"), { chosen: ({ at }) => show(at) })
const shown = { pages: "", book: "" }
let state = null
let edits = null
let arranged = Promise.resolve()
let follows = sessionStorage.getItem("follow") !== "no"

// what reglet says

const events = new EventSource("/events")
events.addEventListener("state", ({ data }) => update(JSON.parse(data)))
events.addEventListener("stage", ({ data }) => {
  state.stage = JSON.parse(data)
  say()
})
events.addEventListener("error", () => mood("gone", "reglet serve has ended"))

function update(fresh) {
  const first = !state
  state = fresh
  document.title = find("#title").textContent = fresh.title || "reglet"
  if (!fresh.building || fresh.mistakes.length || first) mistakes.update(fresh.mistakes, fresh.fault)
  find("#stale").hidden = !failed(fresh) || !fresh.editions.length
  say()
  edits ??= fresh.edits
  arranged = arranged.then(() => state === fresh && arrange(fresh))
}

// Show the editions of a state; a newer one waits until that is done.
async function arrange(fresh) {
  const sheets = choose("pages", fresh.editions.filter(({ kind }) => kind === "pdf"))
  const chapters = choose("book", fresh.editions.filter(({ kind }) => kind === "epub"))
  main.classList.toggle("no-pages", !sheets && Boolean(chapters))
  main.classList.toggle("no-book", !chapters && Boolean(sheets) && !fresh.building)
  await Promise.all([sheets && pages.update(sheets), chapters && book.update(chapters)])
  if (sheets) told(pages.page)
  if (fresh.edits > edits && !fresh.building && !failed(fresh)) {
    edits = fresh.edits
    if (follows) await show(fresh.edit)
  }
  document.documentElement.dataset.builds = fresh.builds
}

function failed({ fault, mistakes }) {
  return Boolean(fault) || mistakes.some(({ severity }) => severity === "error")
}

function say() {
  if (state.building) return mood("busy", state.stage || "Reading")
  const count = kind => state.mistakes.filter(({ severity }) => severity === kind).length
  const [errors, warnings] = [count("error"), count("warning")]
  const words = [[errors, "error"], [warnings, "warning"]]
    .filter(([n]) => n).map(([n, word]) => `${n} ${word}${n > 1 ? "s" : ""}`).join(", ")
  if (state.fault) return mood("bad", "Not built")
  mood(errors ? "bad" : warnings ? "warn" : "good", words || "In order")
}

function mood(name, words) {
  find("#status").dataset.mood = name
  find("#status-words").textContent = words
}

// Offer the editions of a pane, and return the one to show.
function choose(pane, editions) {
  const list = find(`#${pane} .edition`)
  const names = editions.map(({ name }) => name)
  if (names.join() !== [...list.options].map(({ value }) => value).join()) {
    list.replaceChildren(...names.map(name => new Option(name)))
  }
  list.classList.toggle("single", names.length < 2)
  const chosen = editions.find(({ name }) => name === shown[pane]) ?? editions[0]
  if (chosen) list.value = shown[pane] = chosen.name
  return chosen
}

for (const pane of ["pages", "book"]) {
  find(`#${pane} .edition`).addEventListener("change", ({ target }) => {
    shown[pane] = target.value
    update(state)
  })
}

// places

async function show(at) {
  const found = at && await ask(`/place?${new URLSearchParams({ at })}`)
  if (!found) return
  if (found[shown.pages]) pages.show(found[shown.pages])
  if (found[shown.book]) await book.show(found[shown.book])
}

async function chosen({ at, words, offset }) {
  const source = await ask(`/source?${new URLSearchParams({ at, words, offset })}`)
  if (!source) return
  mistakes.show(source)
  const found = await ask(`/place?${new URLSearchParams({ at: source.at ?? at })}`)
  if (found?.[shown.book]) await book.show(found[shown.book])
}

function told(page) {
  const field = find("#page")
  if (document.activeElement !== field) field.value = page
  const count = state?.editions.find(({ name }) => name === shown.pages)?.pages.length
  find("#count").textContent = count ? `/ ${count}` : ""
}

// buttons and keys

const follow = find("#follow")
function setFollow(wanted) {
  follows = wanted
  follow.setAttribute("aria-pressed", wanted)
  sessionStorage.setItem("follow", wanted ? "yes" : "no")
}
setFollow(follows)

async function build() {
  const answer = await fetch("/build", { method: "POST", headers: { "X-Reglet-Token": token } })
  if (answer.status === 403) location.reload()
}

function goToPage() {
  pages.goTo(Number(find("#page").value))
  find(".desk").focus()
}

const KEYS = {
  n: () => mistakes.step(1),
  p: () => mistakes.step(-1),
  o: () => mistakes.open(),
  g: () => find("#page").select(),
  j: () => pages.goTo(pages.page + 1),
  k: () => pages.goTo(pages.page - 1),
  "[": () => book.step(-1),
  "]": () => book.step(1),
  "+": () => pages.zoom(1),
  "-": () => pages.zoom(-1),
  0: () => pages.zoom(0),
  f: () => setFollow(!follows),
  b: build,
  "?": () => find("#keys").showModal(),
}

function pressed(event) {
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !KEYS[event.key]) return
  event.preventDefault()
  KEYS[event.key]()
}

document.addEventListener("keydown", pressed)
follow.addEventListener("click", () => setFollow(!follows))
find("#build").addEventListener("click", build)
find("#help").addEventListener("click", KEYS["?"])
find("#smaller").addEventListener("click", KEYS["-"])
find("#larger").addEventListener("click", KEYS["+"])
find("#fit").addEventListener("click", KEYS[0])
find("#page").addEventListener("change", goToPage)
find("#page").addEventListener("keydown", ({ key }) => { if (key === "Enter") goToPage() })

// widths

for (const divider of document.querySelectorAll(".divider")) {
  const pane = divider.dataset.for
  const name = `--${pane}-width`
  const set = width => {
    main.style.setProperty(name, `${width}px`)
    sessionStorage.setItem(name, width)
  }
  const kept = sessionStorage.getItem(name)
  if (kept) set(kept)
  const width = () => find(`#${pane}`).getBoundingClientRect().width
  divider.addEventListener("pointerdown", event => {
    divider.setPointerCapture(event.pointerId)
    const from = width() - event.clientX
    const drag = moved => set(from + moved.clientX)
    divider.addEventListener("pointermove", drag)
    divider.addEventListener("lostpointercapture", () => divider.removeEventListener("pointermove", drag), { once: true })
  })
  divider.addEventListener("keydown", event => {
    const way = { ArrowLeft: -24, ArrowRight: 24 }[event.key]
    if (way) set(width() + way)
  })
}
