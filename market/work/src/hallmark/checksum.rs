//! The checksum of a hallmark: SHA-256 over every version, the checksums of its files, and every verdict.

use super::store;
use crate::job::JobKey;
use kernel::Result;
use kernel::text::hex;
use platform::db::Conn;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A file that was handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FileChecksum {
    /// The file's id.
    pub(super) id: String,
    /// The SHA-256 of its bytes.
    pub(super) sha256: String,
}

/// Computes the checksum of a job from its rows as they are now, and from these files. A version is read at a time, so that the
/// longest job takes no more memory than its longest version.
pub(super) async fn of(conn: &mut Conn, job: JobKey, files: &[FileChecksum]) -> Result<String> {
    let mut sum = Sum::default();
    sum.line("guildhall hallmark 1");
    for version in store::versions(conn, job).await? {
        let content = store::content(conn, job, version).await?;
        sum.fields("version", [version.to_string(), content.content, content.note, content.created_at.to_string()]);
    }
    for file in files {
        sum.fields("file", [file.id.clone(), file.sha256.clone()]);
    }
    for id in store::verdicts(conn, job).await? {
        let one = store::verdict(conn, &id).await?;
        let numbers = [one.round.to_string(), one.score.to_string(), one.submitted_at.to_string()];
        sum.fields(
            "verdict",
            [id, one.verdict, one.sections, one.items, one.reason, one.summary, one.agent_feedback].into_iter().chain(numbers),
        );
    }
    Ok(sum.done())
}

/// A hash of texts, each with its length before it, so that no two lists of texts have one hash.
#[derive(Default)]
struct Sum(Sha256);

impl Sum {
    fn line(&mut self, text: &str) {
        self.0.update(text.len().to_be_bytes());
        self.0.update(text.as_bytes());
    }

    fn fields(&mut self, kind: &str, texts: impl IntoIterator<Item = String>) {
        self.line(kind);
        texts.into_iter().for_each(|text| self.line(&text));
    }

    fn done(self) -> String {
        hex(&self.0.finalize())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_that_moves_to_the_next_field_changes_the_checksum() {
        let of = |texts: [&str; 2]| {
            let mut sum = Sum::default();
            sum.fields("version", texts.map(str::to_owned));
            sum.done()
        };
        assert_ne!(of(["ab", "c"]), of(["a", "bc"]));
        assert_eq!(of(["ab", "c"]).len(), 64);
    }
}
