//! Limits on the size and number of files.

use super::StorageUsage;
use super::errors;
use kernel::error::Result;
use platform::rules::Rules;

/// The most attachments of a job, and the most files that may wait to be handed in.
pub const FILES_MAX: i64 = 50;
/// The most concurrent uploads of a team.
pub const AT_ONCE_MAX: i64 = 8;

/// Fails if a file is larger than the limit.
pub fn must_fit(rules: &Rules, size: u64) -> Result<()> {
    if i64::try_from(size).is_ok_and(|size| size <= rules.file_max) {
        return Ok(());
    }
    Err(errors::file_too_large(rules.file_max))
}

impl StorageUsage {
    /// Fails if `size` more bytes exceed the team's quota.
    pub(super) fn must_hold(self, size: i64) -> Result<()> {
        if self.used.saturating_add(size) <= self.most {
            return Ok(());
        }
        Err(errors::storage_full(self.used, self.most, size))
    }
}

/// Formats a size in the largest whole binary unit: `100 MiB`.
pub fn in_words(bytes: i64) -> String {
    let units = [(30, "GiB"), (20, "MiB"), (10, "KiB")];
    match units.iter().find(|(shift, _)| bytes >= 1 << shift && bytes % (1 << shift) == 0) {
        Some((shift, unit)) => format!("{} {unit}", bytes >> shift),
        None => format!("{bytes} B"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_a_most() {
        let rules = Rules::default();
        must_fit(&rules, 100 << 20).expect("exactly");
        let error = must_fit(&rules, (100 << 20) + 1).expect_err("one more");
        assert_eq!((error.kind.status(), error.code.as_ref()), (413, "file_too_large"));
        assert!(error.message.contains("104857600 bytes (100 MiB)"), "{error}");
        must_fit(&rules, u64::MAX).expect_err("far more");
    }

    #[test]
    fn a_team_has_a_most() {
        let room = StorageUsage { used: 90, most: 100 };
        room.must_hold(10).expect("exactly");
        let error = room.must_hold(11).expect_err("one more");
        assert_eq!((error.kind.status(), error.code.as_ref()), (409, "storage_full"));
        room.must_hold(i64::MAX).expect_err("far more");
    }

    #[test]
    fn sizes_in_words() {
        for (bytes, told) in [(100 << 20, "100 MiB"), (5 << 30, "5 GiB"), (1500, "1500 B"), (2048, "2 KiB")] {
            assert_eq!(in_words(bytes), told);
        }
    }
}
