//! The number of files and sockets that the process may have open.

use rustix::process::{Resource, getrlimit, setrlimit};

/// The open files that are kept for the database, mail and buckets.
const RESERVE: u64 = 256;

/// Raises the soft limit on open files to the hard one, and returns how many connections fit below it. Service managers start
/// programs with a soft limit of 1,024, for the sake of programs that use `select`.
pub(crate) fn connections_max(wanted: usize) -> usize {
    let mut limit = getrlimit(Resource::Nofile);
    let soft = limit.current;
    limit.current = limit.maximum;
    let open_max = match setrlimit(Resource::Nofile, limit) {
        Ok(()) => limit.maximum,
        Err(error) => {
            tracing::warn!(%error, "the limit on open files could not be raised");
            soft
        }
    };
    let fitting = fitting(open_max, wanted);
    if fitting < wanted {
        tracing::warn!(connections = fitting, "the limit on open files is low, so fewer connections are taken: raise it (ulimit -n)");
    }
    fitting
}

/// Returns how many of the wanted connections fit below a limit on open files; no limit fits all. A third is left for the files that
/// connections send and receive, and a quarter of a very low limit is used in any case.
fn fitting(open_max: Option<u64>, wanted: usize) -> usize {
    let Some(open_max) = open_max else { return wanted };
    let fitting = (open_max.saturating_sub(RESERVE) / 3 * 2).max(open_max / 4).max(1);
    usize::try_from(fitting).map_or(wanted, |fitting| fitting.min(wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_leave_files_for_the_rest() {
        assert_eq!(fitting(None, 16_384), 16_384);
        assert_eq!(fitting(Some(1 << 20), 16_384), 16_384);
        assert_eq!(fitting(Some(1024), 16_384), 512);
        assert_eq!(fitting(Some(256), 16_384), 64);
        assert_eq!(fitting(Some(0), 16_384), 1);
    }
}
