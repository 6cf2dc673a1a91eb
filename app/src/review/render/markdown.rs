//! Markdown as harmless HTML: HTML in it is shown as text, links lead to web pages and email addresses only, pictures are named and
//! not loaded. Line breaks stay as they are written.

mod links;

use links::Piece;
use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, TextMergeStream, html::push_html};
use pulldown_cmark_escape::escape_href;

/// The schemes that a link may have.
const SCHEMES: [&str; 3] = ["https://", "http://", "mailto:"];

/// Renders Markdown as HTML. Headings begin at level three, below the page's own, and skip no level.
pub(super) fn html(text: &str) -> String {
    let parser = Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH);
    let mut reader = Reader::default();
    let mut html = String::new();
    // Text comes in pieces, and an address may be cut between two of them.
    push_html(&mut html, TextMergeStream::new(parser).flat_map(|event| reader.read_all(event)));
    html
}

#[derive(Default)]
struct Reader {
    /// The levels of the enclosing headings, as written.
    under: Vec<HeadingLevel>,
    /// For each open link, true if its address is allowed.
    links: Vec<bool>,
    /// True inside a block of code.
    is_in_code: bool,
}

impl Reader {
    fn read_all<'t>(&mut self, event: Event<'t>) -> Vec<Event<'t>> {
        match event {
            Event::Text(text) if self.links.is_empty() && !self.is_in_code && links::has_any(&text) => linked(&text),
            event => {
                match event {
                    Event::Start(Tag::CodeBlock(_)) => self.is_in_code = true,
                    Event::End(TagEnd::CodeBlock) => self.is_in_code = false,
                    _ => {}
                }
                self.read(event).into_iter().collect()
            }
        }
    }

    fn read<'t>(&mut self, event: Event<'t>) -> Option<Event<'t>> {
        Some(match event {
            Event::Html(raw) | Event::InlineHtml(raw) => Event::Text(raw),
            Event::SoftBreak => Event::HardBreak,
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
                opened(&dest_url)
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

/// Makes links of the web addresses in a text.
fn linked(text: &str) -> Vec<Event<'static>> {
    let plain = |text: &str| Event::Text(CowStr::from(text.to_owned()));
    let events = links::pieces(text).into_iter().flat_map(|piece| match piece {
        Piece::Text(text) => vec![plain(text)],
        Piece::Address(url) => vec![opened(url), plain(url), Event::Html(CowStr::from("</a>"))],
    });
    events.collect()
}

/// Opens a link that says nothing of where its reader came from, and lends the address no credit.
fn opened(url: &str) -> Event<'static> {
    Event::Html(CowStr::from(format!("<a href=\"{}\" rel=\"nofollow noopener noreferrer\">", address(url))))
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
        assert_eq!(html("one\ntwo"), "<p>one<br />\ntwo</p>\n", "a line break is not swallowed");
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
    fn bare_addresses_are_linked() {
        let link = |url: &str| format!("<a href=\"{url}\" rel=\"nofollow noopener noreferrer\">{url}</a>");
        assert_eq!(html("see https://example.org/a_b_c."), format!("<p>see {}.</p>\n", link("https://example.org/a_b_c")));
        assert_eq!(html("[https://a.example](https://b.example)").matches("<a ").count(), 1, "one link is not in another");
        for text in ["`https://a.example`", "```\nhttps://a.example\n```", "xhttps://a.example"] {
            assert!(!html(text).contains("<a "), "{text}");
        }
        let quoted = html("https://a.example/\"onclick=alert(1)");
        assert!(quoted.ends_with("</a>\"onclick=alert(1)</p>\n"), "a quotation mark ends the address: {quoted}");
    }

    #[test]
    fn headings_go_below_the_page_and_leave_no_level_out() {
        let levels = |text: &str| html(text).split("<h").skip(1).map(|part| part[..1].to_owned()).collect::<Vec<_>>();
        assert_eq!(levels("# a\n## b\n#### c\n## d\n# e"), ["3", "4", "5", "4", "3"]);
        assert_eq!(levels("### a\n# b\n###### c"), ["3", "3", "4"]);
    }
}
