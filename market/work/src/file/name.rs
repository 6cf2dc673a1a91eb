//! File names: any name is reduced to one harmless line.

/// The longest name, in bytes: file systems stop at 255, and a browser may add a number.
const BYTES_MAX: usize = 200;
/// The longest extension that is kept when a name is cut.
const ENDING_MAX: usize = 20;
/// The names that Windows reserves for devices, whatever follows the dot.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// Cleans a name for storage and display: no path, no control or direction characters, nothing that is special to a shell or file
/// system. Empty if nothing is left.
pub fn clean(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|c| !is_hidden(*c)).map(|c| if "<>:\"|?*".contains(c) { '_' } else { c }).collect();
    let words: Vec<_> = plain.split_whitespace().collect();
    let line = words.join(" ");
    let line = line.trim_matches(|c| c == '.' || c == ' ');
    let line = if is_device(line) { format!("_{line}") } else { line.to_owned() };
    shortened(&line)
}

/// Returns the extension of a name in lower case: `pdf`.
pub(super) fn ending(name: &str) -> Option<String> {
    let (stem, ending) = name.rsplit_once('.')?;
    (!stem.is_empty() && !ending.is_empty()).then(|| ending.to_lowercase())
}

/// Returns true for control characters and for those without width or that change direction: `invoice\u{202e}fdp.exe`.
fn is_hidden(c: char) -> bool {
    (c.is_control() && !c.is_whitespace())
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_lowercase();
    let (word, digit) = stem.split_at_checked(3).unwrap_or((&stem, ""));
    DEVICES.contains(&word)
        && match word {
            "com" | "lpt" => matches!(digit.as_bytes(), [b'1'..=b'9']),
            _ => digit.is_empty(),
        }
}

/// Shortens a name in its middle, so that the extension stays.
fn shortened(name: &str) -> String {
    if name.len() <= BYTES_MAX {
        return name.to_owned();
    }
    let tail = ending(name).map(|ending| ending.len() + 1).filter(|length| *length <= ENDING_MAX).unwrap_or_default();
    let (stem, tail) = name.split_at_checked(name.len() - tail).unwrap_or((name, ""));
    let most = (0..=BYTES_MAX - tail.len()).rev().find(|at| stem.is_char_boundary(*at)).unwrap_or_default();
    format!("{}{tail}", stem[..most].trim_end()).trim_end_matches(['.', ' ']).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_lose_what_is_no_name() {
        for (sent, kept) in [
            ("report.pdf", "report.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\me\\brief.docx", "brief.docx"),
            ("..", ""),
            ("...hidden.", "hidden"),
            (" two\t words\n.txt ", "two words .txt"),
            ("a\0b\u{7}.txt", "ab.txt"),
            ("invoice\u{202e}fdp.exe", "invoicefdp.exe"),
            ("a<b>:\"c\"|?*.md", "a_b___c____.md"),
            ("con", "_con"),
            ("NUL.txt", "_NUL.txt"),
            ("com1.log", "_com1.log"),
            ("com10.log", "com10.log"),
            ("console.log", "console.log"),
            ("żółć 图.csv", "żółć 图.csv"),
            ("", ""),
        ] {
            assert_eq!(clean(sent), kept, "{sent:?}");
        }
    }

    #[test]
    fn long_names_keep_their_ending() {
        let long = clean(&format!("{}.tar.gz", "ü".repeat(300)));
        assert!(long.len() <= BYTES_MAX && long.ends_with("ü.gz"), "{long}");
        assert_eq!(clean(&format!("a.{}", "x".repeat(300))).len(), BYTES_MAX);
    }

    #[test]
    fn endings_are_what_follows_the_last_dot() {
        for (name, want) in [("a.PDF", Some("pdf")), ("a.tar.gz", Some("gz")), ("Makefile", None), (".env", None), ("a.", None)] {
            assert_eq!(ending(name).as_deref(), want, "{name}");
        }
    }

    proptest! {
        #[test]
        fn a_clean_name_is_clean(name in "\\PC{0,40}|.{0,300}|[./\\\\]{0,9}\\PC{0,9}") {
            let kept = clean(&name);
            prop_assert!(kept.len() <= BYTES_MAX);
            prop_assert!(!kept.contains(['/', '\\', '\0', '\r', '\n', '"']) && kept != "." && kept != "..");
            prop_assert!(!kept.chars().any(char::is_control));
            prop_assert_eq!(clean(&kept), kept);
        }
    }
}
