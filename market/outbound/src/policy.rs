//! The policy: which addresses the operator allows. It never allows a private network, only this machine, and that in the sandbox.

use std::net::IpAddr;
use url::{Host, Url};

/// The ports of the web.
const WEB_PORTS: &[u16] = &[80, 443];

/// The operator's policy for requests to strangers.
#[derive(Clone, Debug)]
pub struct Policy {
    allows_http: bool,
    allows_loopback: bool,
    ports: Vec<u16>,
    own: Option<Url>,
}

impl Policy {
    /// Creates the policy of a market with real people: public addresses by `https` alone.
    pub const fn production() -> Self {
        Self { allows_http: false, allows_loopback: false, ports: Vec::new(), own: None }
    }

    /// Creates the policy of the sandbox: it also allows `http`, and this machine's own addresses on every port.
    pub const fn sandbox() -> Self {
        Self { allows_http: true, allows_loopback: true, ports: Vec::new(), own: None }
    }

    /// Allows `http` besides `https`, which leaves the receiver to trust the signature alone.
    #[must_use]
    pub fn allowing_http(self) -> Self {
        Self { allows_http: true, ..self }
    }

    /// Allows the operator's ports besides 80 and 443.
    #[must_use]
    pub fn allowing_ports(self, ports: Vec<u16>) -> Self {
        Self { ports, ..self }
    }

    /// Refuses the server's own address: a message to ourselves would go round in circles.
    #[must_use]
    pub fn refusing_own(self, base_url: &str) -> Self {
        Self { own: Url::parse(base_url).ok(), ..self }
    }

    pub(crate) const fn allows_http(&self) -> bool {
        self.allows_http
    }

    /// Returns true if an address may be connected to though it is not public.
    pub(crate) fn allows_private(&self, address: IpAddr) -> bool {
        self.allows_loopback && address.is_loopback()
    }

    /// Returns true if a name may be looked up though it is local. The answer is checked as that of any other name.
    pub(crate) fn allows_local_name(&self, name: &str) -> bool {
        let name = name.strip_suffix('.').unwrap_or(name);
        self.allows_loopback && (name == "localhost" || name.ends_with(".localhost"))
    }

    /// Returns true if the port of an address may be connected to.
    pub(crate) fn allows_port(&self, url: &Url) -> bool {
        let is_this_machine = match url.host() {
            Some(Host::Ipv4(address)) => self.allows_private(address.into()),
            Some(Host::Ipv6(address)) => self.allows_private(address.into()),
            Some(Host::Domain(name)) => self.allows_local_name(name),
            None => false,
        };
        // Port 0 is no place to connect to.
        url.port_or_known_default().is_some_and(|port| port != 0 && (is_this_machine || self.is_listed(port)))
    }

    /// Returns true if an address is the server's own.
    pub(crate) fn is_own(&self, url: &Url) -> bool {
        self.own.as_ref().is_some_and(|own| place(own) == place(url))
    }

    fn is_listed(&self, port: u16) -> bool {
        WEB_PORTS.contains(&port) || self.ports.contains(&port)
    }
}

/// Returns the host and port of an address. The two ports of the web are one place: servers forward from one to the other.
fn place(url: &Url) -> (Option<&str>, Option<u16>) {
    let port = url.port_or_known_default().filter(|port| !WEB_PORTS.contains(port));
    (url.host_str().map(|host| host.strip_suffix('.').unwrap_or(host)), port)
}
