//! The folder of the sandbox's mail, as its pages read it. The server's mailer writes it, one file for each email.

use market::Time;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// The number of emails on the list, newest first.
const LISTED_MAX: usize = 100;

/// The folder of kept mail.
#[derive(Clone, Debug)]
pub struct KeptMail(pub PathBuf);

/// An email as it was kept.
#[derive(Clone, Debug)]
pub(super) struct StoredMail {
    /// The name of its file.
    pub(super) id: String,
    /// When it was written.
    pub(super) sent_at: Time,
    /// The text.
    pub(super) text: String,
    head: String,
}

impl KeptMail {
    /// Lists the newest emails.
    pub(super) fn newest(&self) -> Vec<StoredMail> {
        let Ok(entries) = fs::read_dir(&self.0) else { return Vec::new() };
        let dated = |entry: fs::DirEntry| Some((entry.metadata().ok()?.modified().ok()?, entry.path()));
        let mut files: Vec<_> =
            entries.flatten().filter_map(dated).filter(|(_, path)| path.extension().is_some_and(|e| e == "eml")).collect();
        files.sort_by(|one, other| other.cmp(one));
        files.iter().take(LISTED_MAX).filter_map(|(_, path)| StoredMail::read(path)).collect()
    }

    /// Finds an email by its id, which names a file of the folder and no other.
    pub(super) fn find(&self, id: &str) -> Option<StoredMail> {
        let is_name = !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        is_name.then(|| StoredMail::read(&self.0.join(format!("{id}.eml")))).flatten()
    }
}

impl StoredMail {
    fn read(path: &Path) -> Option<Self> {
        let whole = fs::read_to_string(path).ok()?;
        let (head, text) = whole.split_once("\r\n\r\n")?;
        let written = fs::metadata(path).ok()?.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        Some(Self {
            id: path.file_stem()?.to_str()?.to_owned(),
            sent_at: Time::from_ms(i64::try_from(written.as_millis()).ok()?),
            text: text.replace("\r\n", "\n"),
            head: head.to_owned(),
        })
    }

    /// Returns a line of the head; empty if it has none.
    pub(super) fn header(&self, name: &str) -> &str {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ")).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_leaves_the_folder() {
        let kept = KeptMail(PathBuf::from("/nowhere"));
        for id in ["", "..", "../secret", "a/b", "a.b"] {
            assert!(kept.find(id).is_none(), "{id}");
        }
    }
}
