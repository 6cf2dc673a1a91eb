//! Rendering of delivered work. It is untrusted input: nothing in it becomes markup, loads anything, or runs.

mod changes;
mod detect;
mod json;
mod lines;
mod markdown;
mod table;

use super::rendered::RenderedWork;
pub(crate) use changes::changes;
pub(crate) use detect::{TextFormat, detect, of_type};

/// Renders what somebody wrote in a form, a brief or a message: as Markdown, or as the lines they are if they look like a program.
pub(crate) fn written(text: &str) -> String {
    if detect::is_program(text) { lines::html(text) } else { markdown::html(text) }
}

/// Renders a text in its form; as plain lines if `source` is set or the text does not parse.
pub(crate) fn show(text: &str, form: TextFormat, source: bool) -> RenderedWork {
    let rich = match form {
        _ if source => None,
        TextFormat::Markdown => Some(RenderedWork::Prose(markdown::html(text))),
        TextFormat::Separated(by) => table::separated(text, by).map(RenderedWork::Table),
        TextFormat::Json => table::json(text).map(RenderedWork::Table).or_else(|| json::indented(text).map(RenderedWork::Lines)),
        TextFormat::JsonLines => table::json_lines(text).map(RenderedWork::Table),
        TextFormat::Plain => None,
    };
    rich.unwrap_or_else(|| RenderedWork::Lines(lines::lines(text)))
}
