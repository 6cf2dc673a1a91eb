//! The fingerprint of an upload that is repeated under its idempotency key: the file is hashed, and nothing is stored.
//!
//! Permission is not checked again, because the first request was answered; the fingerprint tells whether it is the same file.

use crate::bounded_body::{BoundedBody, Consumed};
use crate::receive::{Form, named, the_file, unread};
use market::text::hex;
use market::{Market, Result, file};
use multer::Multipart;
use sha2::{Digest, Sha256};

/// The name and hash of a repeated upload, equal to [`Received::fingerprint`](crate::Received::fingerprint).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UploadFingerprint {
    name: String,
    sha256: String,
}

impl UploadFingerprint {
    /// Returns the fields that distinguish this file from another that is sent under the same idempotency key.
    pub fn fingerprint(&self) -> [&[u8]; 2] {
        [self.name.as_bytes(), self.sha256.as_bytes()]
    }
}

/// Reads the file of a form without storing it. Fails if the form could never have been accepted: it is malformed, or its
/// file is too large.
pub async fn fingerprint_upload(market: &Market, form: Form) -> Result<UploadFingerprint> {
    let consumed = Consumed::default();
    let mut parts = Multipart::new(BoundedBody::new(form.body.into_data_stream(), consumed.clone()), form.boundary);
    let mut field = the_file(&mut parts).await?;
    let name = named(&field)?;
    let (mut hash, mut size) = (Sha256::new(), 0);
    while let Some(bytes) = field.chunk().await.map_err(unread)? {
        consumed.add(bytes.len());
        size += bytes.len() as u64;
        file::must_fit(&market.rules, size)?;
        hash.update(&bytes);
    }
    let sha256 = hex(&hash.finalize());
    Ok(UploadFingerprint { name, sha256 })
}
