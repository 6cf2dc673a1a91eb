//! Rendering of delivered text outside the review page, for a poster who judges it alone.

use super::layouts::lay_out;
use super::render::{TextFormat, detect, show, written};
use super::rendered::RenderedWork;
use super::workspace::artifact::ArtifactView;
use leptos::prelude::*;
use market::Result;
use market::deliverable::Deliverable;

/// The bytes of text after which older versions are shown as they were handed in.
const BYTES_MAX: usize = 1 << 20;

/// Renders the text of each version, the newest first, until together they are too long for one page.
pub(crate) async fn all_laid_out(versions: &[Deliverable]) -> Result<Vec<Option<RenderedWork>>> {
    let mut left = BYTES_MAX;
    let mut all = Vec::with_capacity(versions.len());
    for version in versions {
        let fits = version.content.len() <= left;
        left = left.saturating_sub(version.content.len());
        all.push(if fits { laid_out(&version.content).await? } else { None });
    }
    Ok(all)
}

/// Renders a text that is not sent yet as its page will: a deliverable's in its form, others as prose.
pub(crate) async fn previewed(text: String, is_work: bool) -> Result<String> {
    if !is_work {
        return lay_out(move || written(&text)).await;
    }
    Ok(match laid_out(&text).await? {
        Some(shown) => view! { <ArtifactView shown=shown name="The work".to_owned() at=None /> }.to_html(),
        None => view! { <pre class="code">{text}</pre> }.to_html(),
    })
}

/// Renders a text as prose or as a table, if it has such a form; none for plain text.
async fn laid_out(text: &str) -> Result<Option<RenderedWork>> {
    let form = detect(text);
    if form == TextFormat::Plain {
        return Ok(None);
    }
    let text = text.to_owned();
    let laid = lay_out(move || show(&text, form, false)).await?;
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
