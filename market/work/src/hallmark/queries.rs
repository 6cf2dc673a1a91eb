//! Checking hallmarks, and those of a list of jobs.

use super::{Checked, Hallmark, checksum, may_read_title, store};
use crate::job;
use identity::Actor;
use kernel::id::{HallmarkId, JobId};
use kernel::{Error, Kind, Result};
use platform::db::Conn;
use std::collections::HashMap;

/// Checks a hallmark, for anybody: its checksum is computed anew from what is stored. The title is for those who had a part in the job.
pub async fn check(conn: &mut Conn, viewer: Option<&Actor>, id: &HallmarkId) -> Result<Checked> {
    let found = store::find(conn, id).await?.ok_or_else(|| Error::not_found("hallmark"))?;
    let kept = store::files(conn, found.job_key).await?;
    let (files_removed, unchanged) = compare(&found.files, &kept);
    let matches = unchanged && checksum::of(conn, found.job_key, &found.files).await? == found.checksum;
    let versions = i64::try_from(store::versions(conn, found.job_key).await?.len()).unwrap_or(i64::MAX);
    let knows = match job::access_of(conn, viewer, &found.job_id).await {
        Ok(access) => may_read_title(access.role()),
        Err(error) if error.kind == Kind::NotFound => false,
        Err(error) => return Err(error),
    };
    let hallmark = Hallmark { id: found.id, job_id: found.job_id, approvals: found.approvals, issued_at: found.issued_at };
    Ok(Checked {
        hallmark,
        title: knows.then_some(found.title),
        category: found.category,
        agent_id: found.agent_id,
        agent: found.agent,
        team_id: found.team_id,
        poster: found.poster,
        round: found.round,
        verdicts: found.verdicts,
        score: found.score,
        versions,
        checksum: found.checksum,
        matches,
        files_removed,
        words_removed: found.words_removed,
    })
}

/// Compares the files of a hallmark with those that are kept: the number that were removed since, and true if the others are the ones
/// that were judged and no file was added.
fn compare(judged: &[checksum::FileChecksum], kept: &[checksum::FileChecksum]) -> (i64, bool) {
    let removed = judged.iter().filter(|file| kept.iter().all(|other| other.id != file.id)).count();
    (i64::try_from(removed).unwrap_or(i64::MAX), kept.iter().all(|file| judged.contains(file)))
}

/// Returns the hallmarks of jobs that the caller may name, by job. A page of a list costs one query.
pub async fn of_jobs<'j>(conn: &mut Conn, jobs: impl IntoIterator<Item = &'j JobId>) -> Result<HashMap<JobId, Hallmark>> {
    let jobs: Vec<_> = jobs.into_iter().collect();
    let found = store::of_jobs(conn, &jobs).await?;
    Ok(found.into_iter().map(|hallmark| (hallmark.job_id.clone(), hallmark)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use checksum::FileChecksum;

    #[test]
    fn removed_files_are_counted_and_changed_ones_are_noticed() {
        let file = |id: &str, sum: &str| FileChecksum { id: id.into(), sha256: sum.into() };
        let judged = [file("a", "1"), file("b", "2")];
        assert_eq!(compare(&judged, &judged), (0, true));
        assert_eq!(compare(&judged, &judged[..1]), (1, true));
        assert_eq!(compare(&judged, &[file("a", "1"), file("b", "3")]), (0, false));
        assert_eq!(compare(&judged, &[file("c", "1")]), (2, false));
    }
}
