//! A file that was answered for already and comes again: it is read to know it by, and nothing of it is kept.
//!
//! Nobody is asked whether it may be sent now: it was. Whether it is the same file, the fingerprint tells.

use crate::receive::{Form, named, the_file, unread};
use crate::sip::{Given, Sip};
use market::{Market, Result, file};
use multer::Multipart;
use sha2::{Digest, Sha256};

/// What a file that comes again is known by; the same as [`Received::fingerprint`](crate::Received::fingerprint).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    name: String,
    sha256: String,
}

impl Known {
    /// What tells this file from another that is sent under the same name of a request.
    pub fn fingerprint(&self) -> [&[u8]; 2] {
        [self.name.as_bytes(), self.sha256.as_bytes()]
    }
}

/// Reads the file of a form without keeping it. Fails where no such form could ever have been taken in: it can't be read,
/// or its file is too large.
pub async fn recognize(market: &Market, form: Form) -> Result<Known> {
    let given = Given::default();
    let mut parts = Multipart::new(Sip::new(form.body.into_data_stream(), given.clone()), form.boundary);
    let mut field = the_file(&mut parts).await?;
    let name = named(&field)?;
    let (mut hash, mut size) = (Sha256::new(), 0);
    while let Some(bytes) = field.chunk().await.map_err(unread)? {
        given.back(bytes.len());
        size += bytes.len() as u64;
        file::must_fit(&market.terms, size)?;
        hash.update(&bytes);
    }
    let sha256 = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Known { name, sha256 })
}
