//! The limits of one request: a stranger's server holds neither a connection nor memory for longer or larger than these.

use kernel::time::Duration;

/// The longest that a webhook's receiver may take to be found, connected to and encrypted with.
const CONNECT_WITHIN: Duration = Duration::seconds(5);
/// The longest that a webhook's delivery may take, with the connection and the start of the answer.
const ANSWER_WITHIN: Duration = Duration::seconds(15);
/// The most bytes of a webhook's answer that are read.
const ANSWER_BYTES_MAX: usize = 4 * 1024;

/// The limits of a client's requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The most time for the look-up of the name, the connection and its encryption.
    pub connect: Duration,
    /// The most time for the whole request, with the connection and the start of the answer.
    pub total: Duration,
    /// The most bytes of an answer's body that are read.
    pub body_bytes_max: usize,
}

impl Limits {
    /// The limits of a webhook's delivery.
    pub const DELIVERY: Self = Self { connect: CONNECT_WITHIN, total: ANSWER_WITHIN, body_bytes_max: ANSWER_BYTES_MAX };
}
