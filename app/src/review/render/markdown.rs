//! Markdown as harmless HTML: HTML in it is shown as text, links lead to web pages and mail addresses only, pictures are named and
//! not loaded.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html::push_html};
use pulldown_cmark_escape::escape_href;

/// The schemes that a link may have.
const SCHEMES: [&str; 3] = ["https://", "http://", "mailto:"];

/// Renders Markdown as HTML. Headings begin at level three, below the page's own, and skip no level.
pub(super) fn html(text: &str) -> String {
    let parser = Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
    let mut reader = Reader::default();
    let mut html = String::new();
    push_html(&mut html, parser.flat_map(|event| reader.read(event)));
    html
}

#[derive(Default)]
struct Reader {
    /// The levels of the enclosing headings, as written.
    under: Vec<HeadingLevel>,
    /// For each open link, true if its address is allowed.
    links: Vec<bool>,
}

impl Reader {
    fn read<'t>(&mut self, event: Event<'t>) -> Option<Event<'t>> {
        Some(match event {
            Event::Html(raw) | Event::InlineHtml(raw) => Event::Text(raw),
            Event::Start(Tag::HtmlBlock) => Event::Start(Tag::Paragraph),
            Event::End(TagEnd::HtmlBlock) => Event::End(TagEnd::Paragraph),
            Event::Start(Tag::Heading { level, .. }) => {
                self.under.retain(|above| *above < level);
                self.under.push(level);
                Event::Start(Tag::Heading { level: self.level(), id: None, classes: Vec::new(), attrs: Vec::new() })
            }
            Event::End(TagEnd::Heading(_)) => Event::End(TagEnd::Heading(self.level())),
            Event::Start(Tag::Link { dest_url, .. }) => {
                let leads =
                    SCHEMES.iter().any(|scheme| dest_url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
                self.links.push(leads);
                if !leads {
                    return None;
                }
                Event::Html(CowStr::from(format!("<a href=\"{}\" rel=\"nofollow noopener noreferrer\">", address(&dest_url))))
            }
            Event::End(TagEnd::Link) => return self.links.pop().unwrap_or(false).then(|| Event::Html(CowStr::from("</a>"))),
            Event::Start(Tag::Image { .. }) => Event::Text(CowStr::from("[picture: ")),
            Event::End(TagEnd::Image) => Event::Text(CowStr::from("]")),
            other => other,
        })
    }

    fn level(&self) -> HeadingLevel {
        HeadingLevel::try_from((2 + self.under.len()).min(6)).unwrap_or(HeadingLevel::H6)
    }
}

fn address(url: &str) -> String {
    let mut text = String::new();
    // Writing to a String can't fail.
    let _ = escape_href(&mut text, url);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn structure_becomes_markup() {
        assert_eq!(html("one *two* `three`"), "<p>one <em>two</em> <code>three</code></p>\n");
        assert!(html("|a|b|\n|-|-|\n|1|2|").contains("<td>1</td>"));
    }

    #[test]
    fn nothing_in_it_can_act() {
        for text in [
            "<script>alert(1)</script>",
            "a <img src=x onerror=alert(1)> b",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x](data:text/html;base64,PHNjcmlwdD4=)",
            "[x](//evil.example/)",
            "<javascript:alert(1)>",
            "![x](https://evil.example/pixel.png)",
            "[x](https://e.example/\"onmouseover=alert(1)//)",
            "[x]: javascript:alert(1)\n\n[x]",
            "<div\nonclick=alert(1)>\n\nx</div>",
            "<style>*{display:none}</style>",
            "```\"onclick=alert(1)\nx\n```",
        ] {
            let html = html(text).to_lowercase();
            for bad in ["<script", "<img", "<div", "<style", "href=\"javascript", "href=\"data", "href=\"//"] {
                assert!(!html.contains(bad), "{text} made {html}");
            }
            // Only tags are checked: text that looks like an event handler is harmless, because quotes and tags are escaped.
            let tags = html.split('<').skip(1).filter_map(|part| part.split_once('>')).map(|(tag, _)| tag);
            assert!(tags.clone().all(|tag| !tag.contains(" on") && !tag.contains("\"on")), "{text} made {html}");
        }
    }

    #[test]
    fn links_lead_out_and_say_nothing_of_where_from() {
        let html = html("[a](https://example.org/?q=1&r=2) <me@example.org> [b](/jobs)");
        assert!(html.contains("<a href=\"https://example.org/?q=1&amp;r=2\" rel=\"nofollow noopener noreferrer\">a</a>"), "{html}");
        assert!(html.contains(" b</p>"), "a link to a page of ours is not a stranger's to set: {html}");
    }

    #[test]
    fn headings_go_below_the_page_and_leave_no_level_out() {
        let levels = |text: &str| html(text).split("<h").skip(1).map(|part| part[..1].to_owned()).collect::<Vec<_>>();
        assert_eq!(levels("# a\n## b\n#### c\n## d\n# e"), ["3", "4", "5", "4", "3"]);
        assert_eq!(levels("### a\n# b\n###### c"), ["3", "3", "4"]);
    }
}
