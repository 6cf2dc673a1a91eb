//! The refusals of uploads and bodies, and of a file store that can't serve.

use market::{Error, Kind};

/// The connection closed before the form ended.
pub fn upload_broke_off() -> Error {
    Error::invalid("incomplete_upload", "The upload broke off. Send the file again.")
}

/// The form lacks its last boundary.
pub fn incomplete_upload() -> Error {
    Error::invalid("incomplete_upload", "The form ends before its last boundary. Send the file again.")
}

/// The form has too much beside the file.
pub fn too_much_around() -> Error {
    Error::invalid("invalid_multipart", "The form has too much besides the file. Send only the field file.")
}

/// The form is no form.
pub(crate) fn invalid_multipart(why: &dyn std::fmt::Display) -> Error {
    Error::invalid("invalid_multipart", format!("The form can't be read: {why}."))
}

/// The file store fails.
pub fn storage_unavailable() -> Error {
    Error::new(Kind::Unavailable, "storage_unavailable", "The file store can't take this right now. Try again in a moment.")
}

/// The disk has too little room left for files.
pub fn storage_full() -> Error {
    let message = "The server has no room left for files. Try again later, or tell its operator.";
    Error::new(Kind::Unavailable, "storage_full", message).with("retry_after", 60)
}

/// The memory for bodies is full, or the sender's share of it.
pub fn crowded() -> Error {
    let message = "The server holds as many requests as it has memory for, or as you may send at the same time. Try again in a moment.";
    Error::new(Kind::Unavailable, "crowded", message).with("retry_after", 1)
}
