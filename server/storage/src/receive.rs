//! Receiving a file: the form is read as it arrives, and its file goes to the store piece by piece.
//!
//! The row is written before the first byte. Until the caller confirms the upload, its bytes are removed again however the
//! request ends; the sweep finds by their rows the uploads that a killed process left.

use crate::bounded_body::{BoundedBody, Consumed, OverheadExceeded};
use crate::{FileStore, UploadWriter, errors, file_name};
use axum::body::Body;
use axum::http::{HeaderMap, header};
use bytes::{Bytes, BytesMut};
use market::db::Tx;
use market::file::{self, File, HEAD, Kind, ReceivedFile};
use market::id::{FileId, JobId};
use market::{Actor, Error, Market, Result};
use multer::{Field, Multipart};
use std::time::{Duration, Instant};
use tracing::Instrument;

/// The name of the form field that holds the file.
const FIELD: &str = "file";
/// The interval at which the row of a running upload is touched.
const BEAT: Duration = Duration::from_secs(60);

/// A multipart form with a file.
#[derive(Debug)]
pub struct Form {
    pub(crate) boundary: String,
    length: Option<u64>,
    pub(crate) body: Body,
}

impl Form {
    /// Wraps the body of a request; none unless it is `multipart/form-data`.
    pub fn of(headers: &HeaderMap, body: Body) -> Option<Self> {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let boundary = multer::parse_boundary(text(header::CONTENT_TYPE)?).ok()?;
        Some(Self { boundary, length: text(header::CONTENT_LENGTH).and_then(|length| length.parse().ok()), body })
    }
}

/// An upload whose bytes are stored but not recorded yet. Dropping it removes the bytes.
#[must_use]
#[derive(Debug)]
pub struct Received {
    pending: PendingUpload,
    name: String,
    arrived: ReceivedFile,
}

impl Received {
    /// Returns the fields that distinguish this file from another that is sent under the same idempotency key.
    pub fn fingerprint(&self) -> [&[u8]; 2] {
        [self.name.as_bytes(), self.arrived.sha256.as_bytes()]
    }

    /// Records the upload in the market, if the actor may still send it.
    pub async fn record(&self, tx: &mut Tx, actor: &Actor) -> Result<File> {
        file::finish(tx, actor, &self.pending.id, &self.arrived).await
    }

    /// Records the upload in a transaction of its own and confirms it.
    pub async fn record_now(self, market: &Market, actor: &Actor) -> Result<File> {
        let file = market::act!(market, |tx| self.record(tx, actor).await)?;
        self.confirm();
        Ok(file)
    }

    /// Keeps the bytes, because the record is committed.
    pub fn confirm(mut self) {
        self.pending.is_confirmed = true;
    }
}

/// Receives the file of a form. The actor's permission is checked before any of it is read.
///
/// A request that is dropped half-way does not drop this: the form ends early, and the bytes are removed in order.
pub async fn receive(market: &Market, store: &FileStore, actor: &Actor, job: &JobId, kind: Kind, form: Form) -> Result<Received> {
    let (market, store, actor, job) = (market.clone(), store.clone(), actor.clone(), job.clone());
    let receiving = async move { taken_in(&market, &store, &actor, &job, kind, form).await };
    tokio::spawn(receiving.in_current_span()).await.map_err(|_| Error::internal())?
}

async fn taken_in(market: &Market, store: &FileStore, actor: &Actor, job: &JobId, kind: Kind, form: Form) -> Result<Received> {
    file::must_be_allowed(&mut market.read().await?, actor, job, kind).await?;
    if let Some(length) = form.length {
        file::must_fit(&market.rules, length.saturating_sub(crate::bounded_body::OVERHEAD_MAX))?;
    }
    let consumed = Consumed::default();
    let body = BoundedBody::new(form.body.into_data_stream(), consumed.clone());
    let mut parts = Multipart::new(body, form.boundary);
    let mut field = the_file(&mut parts).await?;
    let name = named(&field)?;
    let head = head(&mut field, &consumed).await?;
    let content_type = file::content_type(&name, &head[..head.len().min(HEAD)])?;
    let begun = market::act!(market, |tx| file::begin(tx, actor, job, kind, &name, content_type).await)?;
    let mut pending = PendingUpload::new(market, store, begun.id)?;
    pending.take(head).await?;
    while let Some(bytes) = field.chunk().await.map_err(unread)? {
        consumed.add(bytes.len());
        pending.take(bytes).await?;
    }
    drop(field);
    if parts.next_field().await.map_err(unread)?.is_some() {
        return Err(Error::field(FIELD, "The form goes on after the file; send the file as the last field, one file in each request."));
    }
    let arrived = pending.writer.finish().await?;
    Ok(Received { pending, name, arrived })
}

/// Finds the form's file; short fields before it are skipped.
pub(crate) async fn the_file<'f>(parts: &mut Multipart<'f>) -> Result<Field<'f>> {
    loop {
        match parts.next_field().await.map_err(unread)? {
            Some(field) if field.name() == Some(FIELD) => return Ok(field),
            Some(_) => {}
            None => return Err(Error::field(FIELD, "It is required: send the file in the field file.")),
        }
    }
}

/// Returns the cleaned file name.
pub(crate) fn named(field: &Field<'_>) -> Result<String> {
    let name = file_name::sent(field).map(|name| file::clean(&name)).unwrap_or_default();
    match name.is_empty() {
        true => Err(Error::field(FIELD, "It has no file name; send it as a file: -F file=@report.pdf.")),
        false => Ok(name),
    }
}

/// Reads the first bytes, enough to recognise the file type.
async fn head(field: &mut Field<'_>, consumed: &Consumed) -> Result<Bytes> {
    let mut head = BytesMut::new();
    while head.len() < HEAD {
        let Some(bytes) = field.chunk().await.map_err(unread)? else { break };
        consumed.add(bytes.len());
        if head.is_empty() && bytes.len() >= HEAD {
            return Ok(bytes);
        }
        head.extend_from_slice(&bytes);
    }
    Ok(head.freeze())
}

pub(crate) fn unread(error: multer::Error) -> Error {
    match error {
        multer::Error::StreamReadFailed(cause) if cause.is::<OverheadExceeded>() => errors::too_much_around(),
        multer::Error::StreamReadFailed(_) => errors::upload_broke_off(),
        multer::Error::IncompleteStream | multer::Error::IncompleteFieldData { .. } => errors::incomplete_upload(),
        other => errors::invalid_multipart(&other),
    }
}

/// A pending file row and its bytes. Dropping it removes both, unless the upload was confirmed.
struct PendingUpload {
    market: Market,
    store: FileStore,
    id: FileId,
    writer: UploadWriter,
    noted: bool,
    beat: Instant,
    is_confirmed: bool,
}

impl std::fmt::Debug for PendingUpload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PendingUpload({})", self.id)
    }
}

impl PendingUpload {
    fn new(market: &Market, store: &FileStore, id: FileId) -> Result<Self> {
        let (market, store, writer) = (market.clone(), store.clone(), UploadWriter::nothing());
        // The guard comes first, so that a store without room leaves no row behind.
        let mut pending = Self { market, store, id, writer, noted: false, beat: Instant::now(), is_confirmed: false };
        pending.writer = pending.store.put(&pending.id)?;
        Ok(pending)
    }

    /// Writes some more bytes, and touches the row now and then.
    async fn take(&mut self, bytes: Bytes) -> Result<()> {
        file::must_fit(&self.market.rules, self.writer.size() + bytes.len() as u64)?;
        self.writer.write(bytes).await?;
        let parts = self.writer.parts().filter(|_| !self.noted);
        if parts.is_some() || self.beat.elapsed() >= BEAT {
            market::act!(self.market, |tx| file::still_coming(tx, &self.id, parts).await)?;
            self.noted |= parts.is_some();
            self.beat = Instant::now();
        }
        Ok(())
    }
}

impl Drop for PendingUpload {
    fn drop(&mut self) {
        if self.is_confirmed {
            return;
        }
        let (market, store, id) = (self.market.clone(), self.store.clone(), self.id.clone());
        let mut writer = std::mem::replace(&mut self.writer, UploadWriter::nothing());
        let clean_up = async move {
            writer.wait_idle().await;
            if let Err(error) = clean_up(&market, &store, &id, writer.parts()).await {
                tracing::warn!(code = %error.code, "an upload that broke off is left to the sweep");
            }
        };
        // Without a runtime the program is ending; the sweep of the next one finds the row.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(clean_up);
        }
    }
}

async fn clean_up(market: &Market, store: &FileStore, id: &FileId, parts: Option<&str>) -> Result<()> {
    if market::act!(market, |tx| file::abandon(tx, id).await)? {
        crate::sweep::remove(market, store, id, parts).await?;
    }
    Ok(())
}
