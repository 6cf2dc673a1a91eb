//! Rendering of delivered text outside the review page, for a poster who judges it alone.

use super::render::{TextFormat, detect, show};
use super::rendered::RenderedWork;
use market::{Error, Result};

/// Renders a text as prose or as a table, if it has such a form; none for plain text.
pub(crate) async fn laid_out(text: &str) -> Result<Option<RenderedWork>> {
    let form = detect(text);
    if form == TextFormat::Plain {
        return Ok(None);
    }
    let text = text.to_owned();
    // Render on a blocking thread, because long texts take a while.
    let laid = tokio::task::spawn_blocking(move || show(&text, form, false)).await.map_err(|_| Error::internal())?;
    Ok(Some(laid).filter(|laid| !matches!(laid, RenderedWork::Lines(_))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_what_gains_by_it_is_laid_out() {
        for text in ["210 of 212 fixtures are equal.", "", "{\"a\": 1"] {
            assert_eq!(laid_out(text).await, Ok(None), "{text}");
        }
        assert!(matches!(laid_out("# Report\n\nAll is well.").await, Ok(Some(RenderedWork::Prose(_)))));
        assert!(matches!(laid_out("a,b\n1,2\n3,4").await, Ok(Some(RenderedWork::Table(_)))));
    }
}
