//! Settings of file storage: a folder, or an S3 bucket.

use super::Refusal;
use clap::Args;
use std::path::{Path, PathBuf};
use storage::{Bucket, FileStore};

/// The location of files, and how a bucket is reached.
#[derive(Args, Clone, Default)]
pub struct FileSettings {
    /// Where uploaded files are kept: a folder, or s3://BUCKET [default: files in the data folder]
    #[arg(long, env = "GUILDHALL_FILES", value_name = "FOLDER|s3://BUCKET", global = true, help_heading = "Place")]
    pub files: Option<String>,
    /// The address of the bucket's server, if it is not Amazon's, like https://s3.example.org
    #[arg(long, env = "GUILDHALL_S3_ENDPOINT", value_name = "URL", global = true, help_heading = "Outside")]
    pub s3_endpoint: Option<String>,
    /// The bucket's region [default: us-east-1]
    #[arg(long, env = "GUILDHALL_S3_REGION", value_name = "NAME", global = true, help_heading = "Outside")]
    pub s3_region: Option<String>,
    /// The key for the bucket; without it Amazon's own variables and roles are used
    #[arg(long, env = "GUILDHALL_S3_KEY_ID", value_name = "ID", hide_env_values = true, global = true, help_heading = "Outside")]
    pub s3_key_id: Option<String>,
    /// The secret of that key
    #[arg(long, env = "GUILDHALL_S3_SECRET", value_name = "TEXT", hide_env_values = true, global = true, help_heading = "Outside")]
    pub s3_secret: Option<String>,
}

impl std::fmt::Debug for FileSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("FileSettings").field("files", &self.files).field("s3_endpoint", &self.s3_endpoint).finish_non_exhaustive()
    }
}

/// The location of files, checked.
#[derive(Clone, Debug)]
pub enum FilePlace {
    /// A folder on this machine.
    Folder(PathBuf),
    /// An S3 bucket.
    Bucket(Bucket),
}

impl FileSettings {
    pub(super) fn check(self, data: &Path) -> Result<FilePlace, Refusal> {
        let given = |value: Option<String>| value.filter(|text| !text.trim().is_empty());
        let key = match (given(self.s3_key_id), given(self.s3_secret)) {
            (Some(id), Some(secret)) => Some((id, secret)),
            (None, None) => None,
            _ => return Err(Refusal("GUILDHALL_S3_KEY_ID and GUILDHALL_S3_SECRET go together: set both or neither".into())),
        };
        let endpoint = given(self.s3_endpoint);
        if let Some(url) = endpoint.as_ref().filter(|url| !url.starts_with("https://") && !url.starts_with("http://")) {
            return Err(Refusal(format!(
                "GUILDHALL_S3_ENDPOINT is '{url}'; it must begin with https:// or http://, like https://s3.example.org"
            )));
        }
        match given(self.files) {
            None => Ok(FilePlace::Folder(data.join("files"))),
            Some(place) => match place.strip_prefix("s3://") {
                None if place.contains("://") => {
                    Err(Refusal(format!("GUILDHALL_FILES is '{place}'; it must be a folder, or s3:// and the name of a bucket")))
                }
                None => Ok(FilePlace::Folder(place.into())),
                Some(name) if is_bucket(name) => {
                    Ok(FilePlace::Bucket(Bucket { name: name.to_owned(), endpoint, region: given(self.s3_region), key }))
                }
                Some(_) => Err(Refusal(format!(
                    "GUILDHALL_FILES is '{place}'; a bucket's name has 3 to 63 small letters, digits, dots and dashes, like s3://guildhall-files"
                ))),
            },
        }
    }
}

fn is_bucket(name: &str) -> bool {
    (3..=63).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b".-".contains(&b))
}

impl FilePlace {
    /// Opens the storage for a database whose files are under `home`.
    pub(crate) async fn open(&self, home: &str) -> Result<FileStore, Refusal> {
        match self {
            FilePlace::Folder(path) => {
                FileStore::folder(path, home).map_err(|error| Refusal(format!("GUILDHALL_FILES is {}: {error}", path.display())))
            }
            FilePlace::Bucket(bucket) => FileStore::bucket(bucket, home)
                .await
                .map_err(|error| Refusal(format!("GUILDHALL_FILES is s3://{}, which can't be read: {error}", bucket.name))),
        }
    }
}
