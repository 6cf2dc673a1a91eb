//! The bytes of files: taken in as they arrive, kept in a folder of this machine or in a bucket that speaks S3, and sent
//! out again, a range at a time.
//!
//! Which files there are, and who may have them, is the market's. Here nothing is decided, and nothing is held whole in
//! memory.

mod bounded_body;
mod bucket;
mod fingerprint;
mod folder;
mod lingering_body;
mod receive;
mod send;
mod sweep;
mod upload_writer;

pub use bucket::Bucket;
use bucket::Objects;
pub use fingerprint::{UploadFingerprint, fingerprint_upload};
use folder::Folder;
use futures::stream::BoxStream;
pub use lingering_body::LingeringBody;
use market::id::FileId;
use market::{Error, Kind, Result, Time};
pub use receive::{Form, Received, receive};
pub use send::send;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
pub use sweep::{sweep, sweep_orphans};
pub use upload_writer::UploadWriter;

/// Bytes on their way out.
pub type Outgoing = BoxStream<'static, io::Result<bytes::Bytes>>;

/// The store of file bytes: a folder or an S3 bucket. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct FileStore(Backend);

#[derive(Clone, Debug, Default)]
enum Backend {
    /// Nobody said: nothing can be kept.
    #[default]
    Nowhere,
    Folder(Arc<Folder>),
    Bucket(Arc<Objects>),
}

impl FileStore {
    /// In a folder, which is made if it is not there; `home` is this database's part of it.
    pub fn folder(path: &Path, home: &str) -> io::Result<Self> {
        Ok(Self(Backend::Folder(Arc::new(Folder::open(&path.join(home))?))))
    }

    /// In a bucket, under `home`. Fails, with words for the operator, if it can't be read.
    pub async fn bucket(bucket: &Bucket, home: &str) -> std::result::Result<Self, String> {
        let objects = Objects::open(bucket, home)?;
        objects.look().await?;
        Ok(Self(Backend::Bucket(Arc::new(objects))))
    }

    /// Begins to take a file in.
    pub fn put(&self, id: &FileId) -> Result<UploadWriter> {
        match &self.0 {
            Backend::Nowhere => Err(Error::new(Kind::Unavailable, "no_file_store", "This server keeps no files.")),
            Backend::Folder(folder) => Ok(UploadWriter::new(folder.writer(id))),
            Backend::Bucket(objects) => Ok(UploadWriter::new(objects.writer(id))),
        }
    }

    /// A part of a file's bytes; it must lie within them.
    pub async fn get(&self, id: &FileId, range: Range<u64>) -> Result<Outgoing> {
        let opened = match &self.0 {
            Backend::Nowhere => Err(io::Error::from(io::ErrorKind::NotFound)),
            Backend::Folder(folder) => folder.read(id, range).await,
            Backend::Bucket(objects) => objects.read(id, range).await,
        };
        opened.map_err(|error| broken("a file could not be read", &error))
    }

    /// Removes a file's bytes and whatever of it arrived. Fine if there is nothing.
    pub async fn remove(&self, id: &FileId, parts: Option<&str>) -> Result<()> {
        let removed = match &self.0 {
            Backend::Nowhere => Ok(()),
            Backend::Folder(folder) => folder.remove(id).await,
            Backend::Bucket(objects) => objects.remove(id, parts).await,
        };
        removed.map_err(|error| broken("a file could not be removed", &error))
    }

    /// All that lies here and was last written before a time, whole or not.
    pub async fn older_than(&self, before: Time) -> Result<Vec<FileId>> {
        let listed = match &self.0 {
            Backend::Nowhere => Ok(Vec::new()),
            Backend::Folder(folder) => folder.older_than(before).await,
            Backend::Bucket(objects) => objects.older_than(before).await,
        };
        listed.map_err(|error| broken("the files could not be listed", &error))
    }
}

/// For the log what happened, for the caller that it may go better soon.
fn broken(what: &str, error: &dyn std::fmt::Display) -> Error {
    tracing::error!(%error, "{what}");
    Error::new(Kind::Unavailable, "storage_unavailable", "The file store can't take this right now. Try again in a moment.")
}
