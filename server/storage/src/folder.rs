//! Files in a local folder: one each, named by its id. An incomplete file ends in `.part`.
//!
//! A file gets its final name only once all of it is on disk, so a file with a final name is complete even after a crash.

use crate::upload_writer::{self, hashed};
use crate::{Outgoing, errors, free_space};
use bytes::Bytes;
use futures::stream;
use market::id::FileId;
use market::{Result, Time};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use tokio::task::{JoinHandle, spawn_blocking};

/// The number of bytes written at a time. An upload holds up to two batches: one that arrives, and one that is being written.
pub(crate) const BATCH: usize = 256 << 10;
/// The number of bytes read at a time.
const CHUNK: usize = 256 << 10;
const PART: &str = "part";

/// The folder that holds one database's files.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    /// The bytes of the disk that stay free.
    free_min: u64,
}

impl Folder {
    /// Creates the folder if it is missing, readable by its owner only.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let mut builder = fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.recursive(true).create(path)?;
        Ok(Self { path: path.to_owned(), free_min: 0 })
    }

    pub(crate) fn keeping_free(&self, bytes: u64) -> Self {
        Self { path: self.path.clone(), free_min: bytes }
    }

    /// Fails if the disk has less room than is kept free.
    pub(crate) fn must_have_room(&self) -> Result<()> {
        match free_space(&self.path) {
            Ok(free) if free < self.free_min => Err(errors::storage_full()),
            // Writing says what is wrong with the folder.
            _ => Ok(()),
        }
    }

    pub(crate) fn writer(&self, id: &FileId) -> upload_writer::Writer {
        let whole = self.path.join(id.as_str());
        upload_writer::Writer::Folder(Writer { folder: self.path.clone(), part: whole.with_extension(PART), whole, writing: None })
    }

    pub(crate) async fn read(&self, id: &FileId, range: Range<u64>) -> io::Result<Outgoing> {
        let path = self.path.join(id.as_str());
        let file = run(move || {
            let mut file = File::open(path)?;
            file.seek(SeekFrom::Start(range.start))?;
            Ok(file)
        });
        let left = range.end - range.start;
        let chunks = stream::try_unfold((file.await?, left), |(mut file, left)| async move {
            if left == 0 {
                return Ok(None);
            }
            run(move || {
                let mut chunk = vec![0; usize::try_from(left).unwrap_or(CHUNK).min(CHUNK)];
                file.read_exact(&mut chunk)?;
                let left = left - chunk.len() as u64;
                Ok(Some((Bytes::from(chunk), (file, left))))
            })
            .await
        });
        Ok(Box::pin(chunks))
    }

    pub(crate) async fn remove(&self, id: &FileId) -> io::Result<()> {
        let whole = self.path.join(id.as_str());
        run(move || {
            for path in [whole.with_extension(PART), whole] {
                match fs::remove_file(path) {
                    Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
                    _ => {}
                }
            }
            Ok(())
        })
        .await
    }

    pub(crate) async fn older_than(&self, before: Time) -> io::Result<Vec<FileId>> {
        let folder = self.path.clone();
        run(move || {
            let mut found = BTreeSet::new();
            for entry in fs::read_dir(folder)? {
                let entry = entry?;
                let written = match entry.metadata() {
                    Ok(metadata) => metadata.modified()?,
                    Err(_) => continue, // It was removed meanwhile.
                };
                let ms = written.duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
                let name = Path::new(&entry.file_name()).with_extension("");
                if i64::try_from(ms).is_ok_and(|ms| ms < before.ms()) {
                    found.extend(name.to_str().map(str::to_owned));
                }
            }
            Ok(found.into_iter().map(FileId::from).collect())
        })
        .await
    }
}

/// A file that is being written. If the writer is dropped, the part stays until it is removed.
pub(crate) struct Writer {
    folder: PathBuf,
    part: PathBuf,
    whole: PathBuf,
    writing: Option<JoinHandle<io::Result<(File, Sha256)>>>,
}

impl Writer {
    pub(crate) async fn put(&mut self, batch: Vec<Bytes>) -> io::Result<()> {
        let begun = self.settled().await?;
        let part = self.part.clone();
        self.writing = Some(spawn_blocking(move || {
            let (mut file, mut hash) = match begun {
                Some(begun) => begun,
                None => (create(&part)?, Sha256::new()),
            };
            hashed(&mut hash, &batch);
            batch.iter().try_for_each(|bytes| file.write_all(bytes))?;
            Ok((file, hash))
        }));
        Ok(())
    }

    pub(crate) async fn finish(&mut self, rest: Vec<Bytes>) -> io::Result<Sha256> {
        self.put(rest).await?;
        let (file, hash) = self.settled().await?.ok_or(ErrorKind::BrokenPipe)?;
        let (part, whole, folder) = (self.part.clone(), self.whole.clone(), self.folder.clone());
        self.writing = Some(spawn_blocking(move || {
            file.sync_all()?;
            fs::rename(part, whole)?;
            // The new name is durable only after the folder is synced.
            File::open(folder)?.sync_all()?;
            Ok((file, hash))
        }));
        Ok(self.settled().await?.ok_or(ErrorKind::BrokenPipe)?.1)
    }

    /// Waits for the batch that is being written.
    pub(crate) async fn settled(&mut self) -> io::Result<Option<(File, Sha256)>> {
        match &mut self.writing {
            None => Ok(None),
            Some(writing) => {
                let written = writing.await.map_err(io::Error::other)?;
                self.writing = None;
                written.map(Some)
            }
        }
    }
}

fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Runs work that waits for the disk on a blocking thread.
async fn run<T: Send + 'static>(work: impl FnOnce() -> io::Result<T> + Send + 'static) -> io::Result<T> {
    spawn_blocking(work).await.map_err(io::Error::other)?
}
