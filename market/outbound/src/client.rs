//! The client for requests to strangers' addresses.

use super::resolver::CheckedResolver;
use super::target::{TargetError, check};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use url::Url;

/// The ports of the web.
const PORTS: &[u16] = &[80, 443];
/// The time for a connection, with the look-up of its name.
const CONNECT_WITHIN: Duration = Duration::from_secs(5);

/// The operator's policy.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// True in the sandbox: this machine's own addresses may be reached, on every port.
    pub allows_loopback: bool,
    /// Ports besides 80 and 443.
    pub ports: Vec<u16>,
    /// The server's own address, to which nothing is sent: a message to ourselves would go round in circles.
    pub base_url: Option<Url>,
}

impl Policy {
    /// Returns true if an address is allowed though it is not public.
    pub(crate) fn allows(&self, address: IpAddr) -> bool {
        self.allows_loopback && address.is_loopback()
    }

    /// Returns true if a name is allowed though it is local.
    pub(crate) fn allows_name(&self, name: &str) -> bool {
        self.allows_loopback && name.eq_ignore_ascii_case("localhost")
    }

    pub(crate) fn allows_port(&self, port: Option<u16>) -> bool {
        port.is_some_and(|port| PORTS.contains(&port) || self.ports.contains(&port)) || self.allows_loopback
    }

    /// Returns true if an address is the server's own.
    pub(crate) fn is_own(&self, url: &Url) -> bool {
        let place = |url: &Url| (url.host_str().map(|host| host.trim_end_matches('.').to_ascii_lowercase()), url.port_or_known_default());
        self.base_url.as_ref().is_some_and(|own| place(own) == place(url))
    }
}

/// The client. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Client {
    http: reqwest::Client,
    policy: Arc<Policy>,
}

impl Client {
    /// Creates a client that follows no redirects and asks no proxy: both would lead past the check.
    pub fn new(policy: Policy) -> Result<Self, reqwest::Error> {
        let policy = Arc::new(policy);
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .connect_timeout(CONNECT_WITHIN)
            .dns_resolver(Arc::new(CheckedResolver::new(policy.clone())))
            .user_agent(concat!("guildhall/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { http, policy })
    }

    /// Begins a POST to an address that is checked again: the policy may have changed since it was typed.
    pub fn post(&self, target: &str) -> Result<reqwest::RequestBuilder, TargetError> {
        Ok(self.http.post(check(target, &self.policy)?))
    }
}
