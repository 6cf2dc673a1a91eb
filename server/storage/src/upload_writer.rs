//! The writer of an upload: it measures and hashes the bytes while they are stored, at most some megabytes behind the sender.

use bytes::Bytes;
use market::Result;
use market::file::ReceivedFile;
use market::text::hex;
use sha2::{Digest, Sha256};
use std::io::{self, ErrorKind};

/// The destination of an upload. `put` returns while its batch is still being written; the next call waits for it.
pub(crate) enum Writer {
    /// The real one was taken away.
    Closed,
    Folder(crate::folder::Writer),
    Bucket(crate::bucket::Writer),
}

/// Writes one upload into the store. The caller removes an upload that was dropped before `finish`.
pub struct UploadWriter {
    writer: Writer,
    held: Vec<Bytes>,
    held_bytes: usize,
    size: u64,
}

impl UploadWriter {
    pub(crate) fn new(writer: Writer) -> Self {
        Self { writer, held: Vec::new(), held_bytes: 0, size: 0 }
    }

    /// Creates the writer that stays behind when the real one was taken.
    pub(crate) fn nothing() -> Self {
        Self::new(Writer::Closed)
    }

    /// Writes some more bytes.
    pub async fn write(&mut self, bytes: Bytes) -> Result<()> {
        self.size += bytes.len() as u64;
        self.held_bytes += bytes.len();
        self.held.push(bytes);
        if self.held_bytes >= self.writer.batch() {
            self.held_bytes = 0;
            let batch = std::mem::take(&mut self.held);
            self.writer.put(batch).await.map_err(|error| unwritten(&error))?;
        }
        Ok(())
    }

    /// Returns the number of bytes written so far.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Returns the bucket's upload id once there is one. The caller must note it before the next call, because removing the
    /// parts later needs it.
    pub fn parts(&self) -> Option<&str> {
        match &self.writer {
            Writer::Bucket(writer) => writer.parts(),
            Writer::Folder(_) | Writer::Closed => None,
        }
    }

    /// Waits until the whole file is stored. Nothing can be added afterwards.
    pub async fn finish(&mut self) -> Result<ReceivedFile> {
        let rest = std::mem::take(&mut self.held);
        let hash = match &mut self.writer {
            Writer::Folder(writer) => writer.finish(rest).await,
            Writer::Bucket(writer) => writer.finish(rest).await,
            Writer::Closed => Err(ErrorKind::BrokenPipe.into()),
        };
        let hash = hash.map_err(|error| unwritten(&error))?;
        let sha256 = hex(&hash.finalize());
        Ok(ReceivedFile { size: i64::try_from(self.size).unwrap_or(i64::MAX), sha256 })
    }

    /// Waits until the current batch is written or has failed: only then can the whole upload be removed.
    pub async fn wait_idle(&mut self) {
        let settled = match &mut self.writer {
            Writer::Folder(writer) => writer.settled().await.map(drop),
            Writer::Bucket(writer) => writer.settled().await,
            Writer::Closed => Ok(()),
        };
        if let Err(error) = settled {
            tracing::debug!(%error, "what was consumed up could not be written either");
        }
    }
}

impl Writer {
    fn batch(&self) -> usize {
        match self {
            Writer::Folder(_) | Writer::Closed => crate::folder::BATCH,
            Writer::Bucket(_) => crate::bucket::PART,
        }
    }

    async fn put(&mut self, batch: Vec<Bytes>) -> io::Result<()> {
        match self {
            Writer::Folder(writer) => writer.put(batch).await,
            Writer::Bucket(writer) => writer.put(batch).await,
            Writer::Closed => Err(ErrorKind::BrokenPipe.into()),
        }
    }
}

fn unwritten(error: &io::Error) -> market::Error {
    crate::broken("a file could not be written", error)
}

/// Adds a batch to the hash.
pub(crate) fn hashed(hash: &mut Sha256, batch: &[Bytes]) {
    for bytes in batch {
        hash.update(bytes);
    }
}
