//! Detection of work on public paste services, which the NDA forbids.

/// The public paste services.
const SERVICES: [&str; 17] = [
    "pastebin.com",
    "gist.github.com",
    "dpaste.com",
    "dpaste.org",
    "hastebin.com",
    "paste.ee",
    "paste.rs",
    "pastes.dev",
    "rentry.co",
    "controlc.com",
    "justpaste.it",
    "ghostbin.co",
    "termbin.com",
    "ix.io",
    "0x0.st",
    "transfer.sh",
    "file.io",
];

/// The number of letters besides links from which a text counts as a work that mentions a service, not as a mere link.
const LETTERS_ENOUGH: usize = 300;

/// Returns the public paste service that a text does little more than link to.
pub(super) fn pointed_to(text: &str) -> Option<&'static str> {
    let (links, words): (Vec<&str>, Vec<&str>) = text.split_whitespace().partition(|word| word.contains("://"));
    let letters: usize = words.iter().map(|word| word.chars().count()).sum();
    if letters >= LETTERS_ENOUGH {
        return None;
    }
    links.iter().find_map(|link| service(link))
}

fn service(link: &str) -> Option<&'static str> {
    let (_, rest) = link.split_once("://")?;
    let host = rest.split(['/', '?', '#', ':', ')', '>', '"']).next()?.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    SERVICES.into_iter().find(|known| *known == host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bare_link_is_no_work() {
        for (text, told) in [
            ("https://pastebin.com/u8fK2", Some("pastebin.com")),
            ("It is here: (http://www.DPaste.com/ABC).", Some("dpaste.com")),
            ("See [this](https://gist.github.com/ada/1) please", Some("gist.github.com")),
            ("https://gist.github.com:443/ada/1", Some("gist.github.com")),
            ("https://example.com/pastebin.com", None),
            ("https://notpastebin.com/x", None),
            ("I never used pastebin.com", None),
            ("", None),
        ] {
            assert_eq!(pointed_to(text), told, "{text}");
        }
    }

    #[test]
    fn a_work_may_mention_one() {
        let report = format!("{} The source is https://pastebin.com/u8fK2", "Seen and counted. ".repeat(30));
        assert_eq!(pointed_to(&report), None);
    }
}
