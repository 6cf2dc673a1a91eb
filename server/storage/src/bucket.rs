//! Files in an S3 bucket. A large file is uploaded in parts, which become an object only at the end; until then the
//! parts are invisible, and removing them needs the upload id that the bucket gave.

use crate::Outgoing;
use crate::upload_writer::{self, hashed};
use bytes::Bytes;
use futures::{StreamExt, TryStreamExt};
use market::Time;
use market::id::FileId;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::multipart::{MultipartStore, PartId};
use object_store::path::Path;
use object_store::{Error, GetOptions, GetRange, ObjectStore, ObjectStoreExt, PutPayload, RetryConfig};
use sha2::Sha256;
use std::io;
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::{JoinHandle, spawn_blocking};

/// The size of one part: the smallest that S3 accepts.
pub(crate) const PART: usize = 5 << 20;
/// The number of retries of a request that failed through the network's or the bucket's fault.
const RETRIES_MAX: usize = 3;
/// The time limit for a request, retries included.
const WITHIN: Duration = Duration::from_secs(20);

/// A bucket and the settings to reach it.
#[derive(Clone, Default)]
pub struct Bucket {
    /// Its name.
    pub name: String,
    /// The endpoint, if it is not Amazon's: `http://127.0.0.1:9000`.
    pub endpoint: Option<String>,
    /// The region.
    pub region: Option<String>,
    /// The access key and its secret; without them the environment is read as Amazon's tools do.
    pub key: Option<(String, String)>,
}

impl std::fmt::Debug for Bucket {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Bucket({})", self.name)
    }
}

/// The part of a bucket that belongs to one database.
#[derive(Debug)]
pub(crate) struct Objects {
    bucket: Arc<AmazonS3>,
    home: Path,
}

impl Objects {
    pub(crate) fn open(bucket: &Bucket, home: &str) -> Result<Self, String> {
        let mut builder = match &bucket.key {
            Some((id, secret)) => AmazonS3Builder::new().with_access_key_id(id).with_secret_access_key(secret),
            None => AmazonS3Builder::from_env(),
        };
        if let Some(endpoint) = &bucket.endpoint {
            builder = builder.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
        }
        if let Some(region) = &bucket.region {
            builder = builder.with_region(region);
        }
        let retry = RetryConfig { max_retries: RETRIES_MAX, retry_timeout: WITHIN, ..RetryConfig::default() };
        let built = builder.with_bucket_name(&bucket.name).with_retry(retry).build();
        Ok(Self { bucket: Arc::new(built.map_err(|error| error.to_string())?), home: Path::from(home) })
    }

    /// Checks that the bucket can be read.
    pub(crate) async fn look(&self) -> Result<(), String> {
        match self.bucket.list(Some(&self.home)).next().await {
            Some(Err(error)) => Err(error.to_string()),
            _ => Ok(()),
        }
    }

    fn path(&self, id: &FileId) -> Path {
        self.home.clone().join(id.as_str())
    }

    pub(crate) fn writer(&self, id: &FileId) -> upload_writer::Writer {
        upload_writer::Writer::Bucket(Writer {
            bucket: self.bucket.clone(),
            path: self.path(id),
            parts: None,
            next: Vec::new(),
            sent: Vec::new(),
            sending: None,
            hash: Some(Sha256::default()),
        })
    }

    pub(crate) async fn read(&self, id: &FileId, range: Range<u64>) -> io::Result<Outgoing> {
        let options = GetOptions { range: Some(GetRange::Bounded(range)), ..GetOptions::default() };
        let got = self.bucket.get_opts(&self.path(id), options).await?;
        Ok(Box::pin(got.into_stream().map_err(io::Error::from)))
    }

    pub(crate) async fn remove(&self, id: &FileId, parts: Option<&str>) -> io::Result<()> {
        let path = self.path(id);
        if let Some(parts) = parts {
            unless_missing(self.bucket.abort_multipart(&path, &parts.to_owned()).await)?;
        }
        unless_missing(self.bucket.delete(&path).await)
    }

    pub(crate) async fn older_than(&self, before: Time) -> io::Result<Vec<FileId>> {
        let all = self.bucket.list(Some(&self.home));
        let old = all.try_filter_map(|object| async move {
            let id = object.location.filename().map(FileId::from);
            Ok(id.filter(|_| object.last_modified.timestamp_millis() < before.ms()))
        });
        Ok(old.try_collect().await?)
    }
}

fn unless_missing(done: object_store::Result<()>) -> io::Result<()> {
    match done {
        Err(Error::NotFound { .. }) => Ok(()),
        done => Ok(done?),
    }
}

/// A file that is being uploaded. If the writer is dropped, the parts stay until they are removed.
pub(crate) struct Writer {
    bucket: Arc<AmazonS3>,
    path: Path,
    parts: Option<String>,
    /// The next part: nothing is sent before the caller could note the upload id.
    next: Vec<Bytes>,
    sent: Vec<PartId>,
    sending: Option<JoinHandle<io::Result<Option<PartId>>>>,
    hash: Option<Sha256>,
}

impl Writer {
    pub(crate) fn parts(&self) -> Option<&str> {
        self.parts.as_deref()
    }

    pub(crate) async fn put(&mut self, batch: Vec<Bytes>) -> io::Result<()> {
        if self.parts.is_none() {
            self.parts = Some(self.bucket.create_multipart(&self.path).await?);
        } else {
            self.send_next().await?;
        }
        self.hash(&batch).await?;
        self.next = batch;
        Ok(())
    }

    pub(crate) async fn finish(&mut self, rest: Vec<Bytes>) -> io::Result<Sha256> {
        let (bucket, path) = (self.bucket.clone(), self.path.clone());
        self.hash(&rest).await?;
        let Some(parts) = self.parts.clone() else {
            let payload: PutPayload = rest.into_iter().collect();
            self.sending = Some(tokio::spawn(async move {
                bucket.put(&path, payload).await?;
                Ok(None)
            }));
            self.settled().await?;
            return self.hash.take().ok_or_else(|| io::ErrorKind::BrokenPipe.into());
        };
        self.send_next().await?;
        if !rest.is_empty() {
            self.next = rest;
            self.send_next().await?;
        }
        self.settled().await?;
        let sent = std::mem::take(&mut self.sent);
        self.sending = Some(tokio::spawn(async move {
            bucket.complete_multipart(&path, &parts, sent).await?;
            Ok(None)
        }));
        self.settled().await?;
        self.hash.take().ok_or_else(|| io::ErrorKind::BrokenPipe.into())
    }

    /// Sends the waiting part once the part before it has arrived.
    async fn send_next(&mut self) -> io::Result<()> {
        self.settled().await?;
        let Some(parts) = self.parts.clone() else { return Ok(()) };
        let payload: PutPayload = std::mem::take(&mut self.next).into_iter().collect();
        let (bucket, path, number) = (self.bucket.clone(), self.path.clone(), self.sent.len());
        self.sending = Some(tokio::spawn(async move { Ok(Some(bucket.put_part(&path, &parts, number, payload).await?)) }));
        Ok(())
    }

    /// Waits for the part that is being sent.
    pub(crate) async fn settled(&mut self) -> io::Result<()> {
        if let Some(sending) = &mut self.sending {
            let sent = sending.await.map_err(io::Error::other)?;
            self.sending = None;
            self.sent.extend(sent?);
        }
        Ok(())
    }

    async fn hash(&mut self, batch: &[Bytes]) -> io::Result<()> {
        let (mut hash, batch) = (self.hash.take().ok_or(io::ErrorKind::BrokenPipe)?, batch.to_vec());
        let added = spawn_blocking(move || {
            hashed(&mut hash, &batch);
            hash
        });
        self.hash = Some(added.await.map_err(io::Error::other)?);
        Ok(())
    }
}
