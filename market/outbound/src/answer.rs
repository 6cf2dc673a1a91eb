//! Answers of strangers' servers, read as far as the limits allow.

use kernel::time::{Duration, Time};
use reqwest::Response;
use reqwest::header::RETRY_AFTER;
use std::time::UNIX_EPOCH;

/// An answer, whatever its status. A redirect is an answer that is not followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The header `Retry-After`, if there is one that can be read.
    pub retry_after: Option<RetryAfter>,
    /// The start of the body. It is a stranger's: text in any encoding, or none.
    pub body_start: Vec<u8>,
    /// True if reading stopped at the limit; more of the body may have followed.
    pub is_cut: bool,
    /// The time from the begin of the request until the start of the answer was read.
    pub latency: Duration,
}

impl Answer {
    /// Returns true if the server took the request: a status from 200 to 299.
    pub const fn is_success(&self) -> bool {
        matches!(self.status, 200..=299)
    }

    /// Reads an answer until its end or the limit. The connection is closed at the limit, so that the rest is never sent.
    pub(crate) async fn read(mut response: Response, bytes_max: usize, latency: impl Fn() -> Duration) -> reqwest::Result<Self> {
        let status = response.status().as_u16();
        let retry_after = response.headers().get(RETRY_AFTER).and_then(|value| value.to_str().ok()).and_then(RetryAfter::read);
        let mut body_start = Vec::new();
        while body_start.len() < bytes_max {
            let Some(chunk) = response.chunk().await? else {
                return Ok(Self { status, retry_after, body_start, is_cut: false, latency: latency() });
            };
            body_start.extend_from_slice(&chunk[..chunk.len().min(bytes_max - body_start.len())]);
        }
        Ok(Self { status, retry_after, body_start, is_cut: true, latency: latency() })
    }
}

/// A server's wish for the time of the next request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RetryAfter {
    /// A duration after the answer.
    After(Duration),
    /// A point in time.
    At(Time),
}

impl RetryAfter {
    /// Returns the time of the wish. The caller bounds it: a stranger may wish for any year.
    pub const fn time(self, now: Time) -> Time {
        match self {
            Self::After(span) => now.after(span),
            Self::At(time) => time,
        }
    }

    /// Reads the header: whole seconds or an HTTP date (RFC 9110, 10.2.3).
    fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.bytes().all(|byte| byte.is_ascii_digit()) {
            return text.parse::<u32>().ok().map(|seconds| Self::After(Duration::seconds(seconds.into())));
        }
        let since = httpdate::parse_http_date(text).ok()?.duration_since(UNIX_EPOCH).ok()?;
        i64::try_from(since.as_millis()).ok().map(|ms| Self::At(Time::from_ms(ms)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let now = Time::parse("now", "2026-11-29T12:00:00Z").expect("a time");
        let time = |text: &str| RetryAfter::read(text).map(|wish| wish.time(now).to_string());
        assert_eq!(time("120").as_deref(), Some("2026-11-29T12:02:00.000Z"));
        assert_eq!(time(" 0 ").as_deref(), Some("2026-11-29T12:00:00.000Z"));
        for date in ["Sun, 29 Nov 2026 13:00:00 GMT", "Sunday, 29-Nov-26 13:00:00 GMT", "Sun Nov 29 13:00:00 2026"] {
            assert_eq!(time(date).as_deref(), Some("2026-11-29T13:00:00.000Z"), "{date}");
        }
        for bad in ["", "-1", "1.5", "soon", "99999999999999999999", "Thu, 01 Jan 1960 00:00:00 GMT", "2026-11-29T13:00:00Z"] {
            assert_eq!(time(bad), None, "{bad}");
        }
    }
}
