//! File names: any name is reduced to one harmless line.

use kernel::text::{is_direction_control, is_invisible, is_joiner, nfc};

/// The longest name, in bytes: file systems stop at 255, and a browser may add a number.
const BYTES_MAX: usize = 200;
/// The longest extension that is kept when a name is cut.
const ENDING_MAX: usize = 20;
/// The names that Windows reserves for devices, whatever follows the dot.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// Cleans a name for storage and display: no path, no control or direction characters, nothing that is special to a shell or file
/// system, letters in normalisation form C. Empty if nothing is left. A leading dot belongs to the name, and so do the joiners of
/// Persian and of emoji between two characters.
pub fn clean(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|c| !is_hidden(*c)).map(|c| if "<>:\"|?*".contains(c) { '_' } else { c }).collect();
    let words: Vec<_> = plain.split_whitespace().map(|word| word.trim_matches(is_joiner)).filter(|word| !word.is_empty()).collect();
    let line = words.join(" ");
    let line = nfc(trimmed_end(&line));
    let line = if is_device(&line) { format!("_{line}") } else { line.into_owned() };
    shortened(&line)
}

/// Returns the extension of a name in lower case: `pdf`.
pub(super) fn ending(name: &str) -> Option<String> {
    let (stem, ending) = name.rsplit_once('.')?;
    (!stem.is_empty() && !ending.is_empty()).then(|| ending.to_lowercase())
}

/// Returns true for control characters and for those without width or that change direction: `invoice\u{202e}fdp.exe`.
fn is_hidden(c: char) -> bool {
    (c.is_control() && !c.is_whitespace()) || is_direction_control(c) || is_invisible(c)
}

/// Drops what a name can't end with: dots, spaces, and joiners that join nothing.
fn trimmed_end(name: &str) -> &str {
    name.trim_end_matches(|c| c == '.' || c == ' ' || is_joiner(c))
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
    trimmed_end(&format!("{}{tail}", trimmed_end(&stem[..most]))).to_owned()
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
            ("...hidden.", "...hidden"),
            (".gitignore", ".gitignore"),
            (".env.example", ".env.example"),
            ("می\u{200c}خواهم.txt", "می\u{200c}خواهم.txt"),
            ("👩\u{200d}💻.txt", "👩\u{200d}💻.txt"),
            ("\u{200d} \u{200c}a\u{200d}", "a"),
            ("Mu\u{308}ller.pdf", "M\u{fc}ller.pdf"),
            ("two\u{2028}lines.txt", "two lines.txt"),
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
