//! Rendering of delivered work. It is untrusted input: nothing in it becomes markup, loads anything, or runs.

mod changes;
mod guess;
mod lines;
mod markdown;
mod sheet;

use super::shown::Shown;
pub(crate) use changes::changes;
pub(crate) use guess::{Form, guess, of_type};

/// Renders a text in its form; as plain lines if `source` is set or the text does not parse.
pub(crate) fn show(text: &str, form: Form, source: bool) -> Shown {
    let rich = match form {
        _ if source => None,
        Form::Markdown => Some(Shown::Prose(markdown::html(text))),
        Form::Separated(by) => sheet::separated(text, by).map(Shown::Sheet),
        Form::Json => sheet::json(text).map(Shown::Sheet).or_else(|| Some(Shown::Lines(lines::lines(&sheet::pretty(text)?)))),
        Form::JsonLines => sheet::json_lines(text).map(Shown::Sheet),
        Form::Plain => None,
    };
    rich.unwrap_or_else(|| Shown::Lines(lines::lines(text)))
}
