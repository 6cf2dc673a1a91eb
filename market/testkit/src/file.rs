//! A job with files.

use crate::job::JobFixture;
use crate::{TestApp, act, look};
use market::file::{self, File, Kind, ReceivedFile};
use market::{Actor, Kind as Refused, Result};

impl JobFixture {
    /// Somebody sends a file of nine bytes.
    pub async fn send(&self, app: &TestApp, who: &Actor, kind: Kind) -> Result<File> {
        let sent = act!(app, file::begin(who, &self.job.id, kind, "log.txt", "text/plain"))?;
        act!(app, file::finish(who, &sent.id, &ReceivedFile { size: 9, sha256: "0".repeat(64) }))
    }

    /// Returns true if an actor may read a file, by its path and by its link alike.
    pub async fn may_read(&self, app: &TestApp, who: &Actor, file: &File) -> bool {
        let read = look!(app, file::by_path(who, &self.job.id, &file.path()));
        let followed = match file::link(&app.market, who, &self.job.id, file.id.as_str()).await {
            Ok(_) => true,
            Err(error) => {
                assert_eq!(error.kind, Refused::NotFound, "{error}");
                false
            }
        };
        assert_eq!(read.is_ok(), followed);
        followed
    }
}
