-- Turns each note into a span of class "fn", which print.css sends to the page's foot.
function Note(note)
  return pandoc.Span(pandoc.utils.blocks_to_inlines(note.content), {class = "fn"})
end
