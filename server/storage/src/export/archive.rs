//! A ZIP archive that is written forward alone: what is made of it goes into the store at once, so it is never whole in memory.

use crate::UploadWriter;
use bytes::Bytes;
use market::export;
use market::id::ExportId;
use market::{Duration, Market, Result, Time};
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

/// The bytes that are collected before they go to the store.
const CHUNK: usize = 256 << 10;
/// The time after which the worker says again that it is still there.
const HEARTBEAT: Duration = Duration::minutes(1);

/// The end of the archive that is not in the store yet.
#[derive(Clone, Default)]
struct Pipe(Arc<Mutex<Vec<u8>>>);

impl Pipe {
    /// Takes what was written, if it is at least so much.
    fn take(&self, least: usize) -> Option<Bytes> {
        let mut written = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (written.len() >= least.max(1)).then(|| std::mem::take(&mut *written).into())
    }
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// An archive on its way into the store.
pub(super) struct Archive<'a> {
    market: &'a Market,
    id: &'a ExportId,
    zip: ZipWriter<StreamWriter<Pipe>>,
    pipe: Pipe,
    upload: UploadWriter,
    /// The store's name for the parts, as it is noted in the export's row.
    parts: Option<String>,
    seen_at: Time,
}

impl<'a> Archive<'a> {
    pub(super) fn new(market: &'a Market, id: &'a ExportId, upload: UploadWriter) -> Self {
        let pipe = Pipe::default();
        Self { market, id, zip: ZipWriter::new_stream(pipe.clone()), pipe, upload, parts: None, seen_at: market.clock.now() }
    }

    /// Begins a file of the archive: text, which is compressed, or a file of a known size as it is.
    pub(super) async fn begin(&mut self, name: &str, size: Option<u64>) -> Result<()> {
        let method = if size.is_some() { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let is_large = size.is_some_and(|size| size >= u32::MAX.into());
        let options = SimpleFileOptions::default().compression_method(method).large_file(is_large);
        self.zip.start_file(name, options).map_err(|error| unwritten(&error))?;
        self.store(CHUNK).await
    }

    /// Writes bytes of the file that was begun last.
    pub(super) async fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.zip.write_all(bytes).map_err(|error| unwritten(&error))?;
        self.store(CHUNK).await
    }

    /// Ends the archive and returns its size, once all of it is in the store.
    pub(super) async fn finish(mut self) -> Result<i64> {
        let zip = std::mem::replace(&mut self.zip, ZipWriter::new_stream(Pipe::default()));
        zip.finish().map_err(|error| unwritten(&error))?;
        self.store(1).await?;
        Ok(self.upload.finish().await?.size)
    }

    /// Moves what was written to the store, if it is enough, and notes the progress.
    async fn store(&mut self, least: usize) -> Result<()> {
        let Some(bytes) = self.pipe.take(least) else { return Ok(()) };
        self.upload.write(bytes).await?;
        let now = self.market.clock.now();
        let has_new_parts = self.upload.parts() != self.parts.as_deref();
        if has_new_parts || now.since(self.seen_at) >= HEARTBEAT {
            self.parts = self.upload.parts().map(str::to_owned);
            self.seen_at = now;
            let (id, parts) = (self.id, self.parts.as_deref());
            market::act!(self.market, |tx| export::still_coming(tx, id, parts).await)?;
        }
        Ok(())
    }
}

fn unwritten(error: &dyn std::fmt::Display) -> market::Error {
    crate::broken("an archive could not be written", error)
}
