//! The errors of both database drivers on their way to becoming an [`Error`].

use kernel::Error;

/// An error of a driver, already translated; the driver's own words are in the log.
///
/// `?` converts either driver's error into this and this into an [`Error`]: the two foreign types can't meet directly.
#[derive(Debug)]
pub(crate) struct DriverError(pub(super) Error);

/// Logs a stored row that contradicts itself, and returns the error that answers for it.
pub fn inconsistent(table: &str, row: &str, what: &str) -> Error {
    tracing::error!(table, row, what, "a stored row contradicts itself");
    Error::internal()
}

/// The result of a function that calls a driver.
pub(crate) type Result<T, E = DriverError> = std::result::Result<T, E>;

impl From<DriverError> for Error {
    fn from(error: DriverError) -> Self {
        error.0
    }
}

impl From<Error> for DriverError {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

/// The code of the refusal of writes while the disk is full.
pub const DISK_FULL: &str = "disk_full";

/// The disk under the database has too little room left.
pub(crate) fn disk_full() -> kernel::Error {
    let message = "The server's disk is full, so nothing can be changed now. Reading works. Try again later.";
    kernel::Error::new(kernel::Kind::Unavailable, DISK_FULL, message).with("retry_after", 60)
}
