//! The client for requests to strangers' addresses. Nothing else in the program connects to an address that a stranger named.

use crate::answer::Answer;
use crate::failure::Failure;
use crate::limits::Limits;
use crate::policy::Policy;
use crate::resolver::{CALLER, CheckedLookup};
use crate::target::Target;
use bytes::Bytes;
use http::HeaderMap;
use kernel::error::{Error, Result};
use kernel::time::Duration;
use reqwest::dns::Resolve;
use std::sync::Arc;
use std::time::Instant;

/// The time for which a connection without a request is kept for the next one to the same server.
const IDLE: Duration = Duration::seconds(30);
/// The most connections without a request that are kept for one server: those of four endpoints that are busy there.
const IDLE_PER_HOST_MAX: usize = 16;
/// The most headers of an answer.
const HEADERS_MAX: usize = 100;

/// The client, with its pool of connections. Clones share the pool.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    policy: Arc<Policy>,
    limits: Limits,
}

impl Client {
    /// Creates a client that looks names up by `lookup` and checks the answers. It follows no redirects and asks no proxy, because
    /// both would lead past the check.
    pub fn new(policy: Policy, limits: Limits, lookup: Arc<dyn Resolve>) -> Result<Self> {
        let policy = Arc::new(policy);
        let checked = Arc::new(CheckedLookup::new(lookup, policy.clone()));
        Self::resolving_by(checked, policy, limits)
    }

    fn resolving_by(checked: Arc<dyn Resolve>, policy: Arc<Policy>, limits: Limits) -> Result<Self> {
        let http = reqwest::Client::builder()
            .dns_resolver(checked)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .https_only(!policy.allows_http())
            .connect_timeout(limits.connect.std())
            .timeout(limits.total.std())
            .pool_idle_timeout(IDLE.std())
            .pool_max_idle_per_host(IDLE_PER_HOST_MAX)
            // The receiver counts requests: none is repeated here.
            .retry(reqwest::retry::never())
            // An answer that unpacks to more than was sent is not unpacked, whichever features other crates turn on.
            .no_gzip()
            .no_brotli()
            .no_zstd()
            .no_deflate()
            .http1_only()
            .http1_max_headers(HEADERS_MAX)
            .user_agent(concat!("guildhall/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| {
                tracing::error!(%error, "the client for strangers' addresses can't be set up");
                Error::internal()
            })?;
        Ok(Self { http, policy, limits })
    }

    /// Posts to an address on behalf of a caller, such as a team, which has only a share of the look-ups of names: its slow name servers
    /// hold up its own requests alone.
    pub async fn post_for(&self, caller: &str, url: &str, headers: HeaderMap, body: impl Into<Bytes>) -> Result<Answer, Failure> {
        CALLER.scope(caller.into(), self.post(url, headers, body)).await
    }

    /// Posts to an address. It is checked even if it was when it was saved: the policy may have changed since.
    pub async fn post(&self, url: &str, headers: HeaderMap, body: impl Into<Bytes>) -> Result<Answer, Failure> {
        let target = Target::read(url, &self.policy).map_err(Failure::Refused)?;
        let begun = Instant::now();
        let request = self.http.post(target.into_url()).headers(headers).body(body.into());
        let response = request.send().await?;
        Ok(Answer::read(response, self.limits.body_bytes_max, || elapsed(begun)).await?)
    }
}

fn elapsed(begun: Instant) -> Duration {
    Duration::ms(i64::try_from(begun.elapsed().as_millis()).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests;
