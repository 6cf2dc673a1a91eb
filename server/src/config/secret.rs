//! The secret that signs tokens: given by the operator, or generated once in the sandbox and kept in the data folder.

use super::Refusal;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

const BYTES_MIN: usize = 32;

/// The source of the secret. It is never printed.
#[derive(Clone)]
pub enum Secret {
    /// Given in the settings.
    Given(Arc<[u8]>),
    /// Kept in a file, which is created if it is missing.
    Kept(PathBuf),
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Secret {
    pub(super) fn given(text: String) -> Result<Self, Refusal> {
        if text.len() < BYTES_MIN {
            return Err(Refusal(format!(
                "GUILDHALL_SECRET has {} bytes and needs {BYTES_MIN} or more; make one with: openssl rand -base64 48",
                text.len()
            )));
        }
        Ok(Secret::Given(text.into_bytes().into()))
    }

    pub(super) fn kept(data: &Path) -> Self {
        Secret::Kept(data.join("secret"))
    }

    /// Returns the secret; in the sandbox it is generated and stored at the first call.
    pub fn bytes(&self) -> Result<Arc<[u8]>, Refusal> {
        match self {
            Secret::Given(bytes) => Ok(bytes.clone()),
            Secret::Kept(path) => kept(path).map_err(|error| Refusal(format!("{} can't be used: {error}", path.display()))),
        }
    }
}

fn kept(path: &Path) -> io::Result<Arc<[u8]>> {
    match fs::read(path) {
        Ok(bytes) if bytes.len() >= BYTES_MIN => return Ok(bytes.into()),
        Ok(_) => return Err(io::Error::other("it is too short; remove it and a new one is made")),
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        Err(_) => {}
    }
    let mut bytes = vec![0; 48];
    fs::File::open("/dev/urandom")?.read_exact(&mut bytes)?;
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(&bytes)?;
    Ok(bytes.into())
}
