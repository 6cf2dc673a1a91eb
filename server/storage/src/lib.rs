//! The bytes of files: received as they arrive, stored in a local folder or an S3 bucket, and sent out again, whole or one
//! range at a time.
//!
//! The market knows the files and decides who may read them. This crate decides nothing and never holds a whole file in
//! memory.

pub mod body_budget;
mod bounded_body;
mod bucket;
pub mod errors;
pub mod etag;
mod export;
mod file_name;
mod fingerprint;
mod folder;
mod free_space;
mod lingering_body;
mod receive;
mod send;
mod sweep;
mod upload_writer;
mod whole_body;

pub use body_budget::BodyBudget;
pub use bucket::Bucket;
use bucket::Objects;
pub use export::{archive_id, export_due};
pub use fingerprint::{UploadFingerprint, fingerprint_upload};
use folder::Folder;
pub use free_space::free_space;
use futures::stream::{self, BoxStream};
pub use lingering_body::LingeringBody;
use market::id::FileId;
use market::{Error, Result, Time};
pub use receive::{Form, Received, receive};
pub use send::{Attachment, send};
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
pub use sweep::{sweep, sweep_orphans};
pub use upload_writer::UploadWriter;
pub use whole_body::{BodyFault, whole};

/// A stream of a stored file's bytes.
pub type Outgoing = BoxStream<'static, io::Result<bytes::Bytes>>;

/// The store of file bytes: a folder or an S3 bucket. Cheap to clone.
#[derive(Clone, Debug)]
pub struct FileStore {
    backend: Backend,
    /// True while all files together take as much as the operator allows.
    is_full: Arc<AtomicBool>,
}

#[derive(Clone, Debug)]
enum Backend {
    Folder(Arc<Folder>),
    Bucket(Arc<Objects>),
}

impl FileStore {
    /// Opens a folder, creating it if it is missing; `home` is this database's part of it.
    pub fn folder(path: &Path, home: &str) -> io::Result<Self> {
        Ok(Self::of(Backend::Folder(Arc::new(Folder::open(&path.join(home))?))))
    }

    /// Keeps so many bytes of a folder's disk free: no upload begins below. A bucket has no such bound.
    pub fn keeping_free(self, bytes: u64) -> Self {
        match self.backend {
            Backend::Folder(folder) => Self::of(Backend::Folder(Arc::new(folder.keeping_free(bytes)))),
            bucket => Self::of(bucket),
        }
    }

    fn of(backend: Backend) -> Self {
        Self { backend, is_full: Arc::default() }
    }

    /// Refuses further uploads, or takes them again. A worker calls this when it has added up the sizes of all files.
    pub fn refuse_uploads(&self, is_full: bool) {
        self.is_full.store(is_full, Ordering::Relaxed);
    }

    /// Opens a bucket under the prefix `home`. Fails with a message for the operator if the bucket can't be read.
    pub async fn bucket(bucket: &Bucket, home: &str) -> std::result::Result<Self, String> {
        let objects = Objects::open(bucket, home)?;
        objects.look().await?;
        Ok(Self::of(Backend::Bucket(Arc::new(objects))))
    }

    /// Begins to write a file.
    pub fn put(&self, id: &FileId) -> Result<UploadWriter> {
        if self.is_full.load(Ordering::Relaxed) {
            return Err(errors::storage_full());
        }
        match &self.backend {
            Backend::Folder(folder) => {
                folder.must_have_room()?;
                Ok(UploadWriter::new(folder.writer(id)))
            }
            Backend::Bucket(objects) => Ok(UploadWriter::new(objects.writer(id))),
        }
    }

    /// Reads a range of a file's bytes; the range must lie within the file.
    pub async fn get(&self, id: &FileId, range: Range<u64>) -> Result<Outgoing> {
        if range.is_empty() {
            // A bucket refuses to read nothing.
            return Ok(Box::pin(stream::empty()));
        }
        let opened = match &self.backend {
            Backend::Folder(folder) => folder.read(id, range).await,
            Backend::Bucket(objects) => objects.read(id, range).await,
        };
        opened.map_err(|error| broken("a file could not be read", &error))
    }

    /// Removes a file's bytes, or those of an incomplete upload. Succeeds if there are none.
    pub async fn remove(&self, id: &FileId, parts: Option<&str>) -> Result<()> {
        let removed = match &self.backend {
            Backend::Folder(folder) => folder.remove(id).await,
            Backend::Bucket(objects) => objects.remove(id, parts).await,
        };
        removed.map_err(|error| broken("a file could not be removed", &error))
    }

    /// Lists the files, complete or not, that were last written before a time.
    pub async fn older_than(&self, before: Time) -> Result<Vec<FileId>> {
        let listed = match &self.backend {
            Backend::Folder(folder) => folder.older_than(before).await,
            Backend::Bucket(objects) => objects.older_than(before).await,
        };
        listed.map_err(|error| broken("the files could not be listed", &error))
    }
}

/// Logs the cause and returns an error that tells the caller to try again later.
fn broken(what: &str, error: &dyn std::fmt::Display) -> Error {
    tracing::error!(%error, "{what}");
    errors::storage_unavailable()
}
