//! The check of an address as a stranger typed it. It looks nothing up, so an act may call it when an address is saved.

use crate::policy::Policy;
use crate::{ip, name};
use kernel::error::{Error, Result};
use std::fmt;
use std::net::IpAddr;
use url::{Host, Url};

/// The most bytes of an address, as it was typed and as it is sent.
const URL_BYTES_MAX: usize = 2_048;

/// An address that a policy allows, as far as can be known without looking its name up.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Target {
    url: Url,
}

impl Target {
    /// Reads an address once, as browsers do, and checks the result: the many ways to write an address are one there.
    pub fn read(text: &str, policy: &Policy) -> Result<Self, TargetError> {
        if text.len() > URL_BYTES_MAX {
            return Err(TargetError::TooLong);
        }
        let url = Url::parse(text).map_err(|_| TargetError::Unreadable)?;
        if url.as_str().len() > URL_BYTES_MAX {
            return Err(TargetError::TooLong);
        }
        check_parts(&url, policy)?;
        check_host(&url, policy)?;
        if !policy.allows_port(&url) {
            return Err(TargetError::Port);
        }
        Ok(Self { url })
    }

    /// Reads an address from a field of a request.
    pub fn parse(field: &'static str, text: &str, policy: &Policy) -> Result<Self> {
        Self::read(text, policy).map_err(|reason| reason.of_field(field))
    }

    /// Returns the address as it is sent, in its one normal form.
    pub fn as_str(&self) -> &str {
        self.url.as_str()
    }

    /// Returns the host, by which limits may count.
    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    pub(crate) fn into_url(self) -> Url {
        self.url
    }
}

/// Checks everything but the host and the port.
fn check_parts(url: &Url, policy: &Policy) -> Result<(), TargetError> {
    match url.scheme() {
        "https" => {}
        "http" if policy.allows_http() => {}
        _ => return Err(TargetError::Scheme),
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(TargetError::Credentials);
    }
    if url.fragment().is_some() {
        return Err(TargetError::Fragment);
    }
    Ok(())
}

fn check_host(url: &Url, policy: &Policy) -> Result<(), TargetError> {
    if policy.is_own(url) {
        return Err(TargetError::Own);
    }
    // A connection to a literal address needs no look-up, so the checked resolver never sees it.
    match url.host().ok_or(TargetError::Unreadable)? {
        Host::Ipv4(address) => check_address(address.into(), policy),
        Host::Ipv6(address) => check_address(address.into(), policy),
        Host::Domain(domain) if policy.allows_local_name(domain) || name::may_be_public(domain) => Ok(()),
        Host::Domain(_) => Err(TargetError::LocalName),
    }
}

/// Checks an address that is about to be connected to, typed or looked up.
pub(crate) fn check_address(address: IpAddr, policy: &Policy) -> Result<(), TargetError> {
    if ip::is_public(address) || policy.allows_private(address) { Ok(()) } else { Err(TargetError::NotPublic) }
}

/// The reason why an address is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TargetError {
    /// The text can't be read as an address.
    Unreadable,
    /// The address is too long.
    TooLong,
    /// The address does not begin with a scheme that the policy allows.
    Scheme,
    /// The address holds a user's name or a password.
    Credentials,
    /// The address has a part after `#`, which is never sent.
    Fragment,
    /// The port is neither one of the web nor one that the operator allows.
    Port,
    /// The host is a name of this machine or of a private network.
    LocalName,
    /// The host is, or its name stands for, an address that is not on the public Internet.
    NotPublic,
    /// The address is this server's own.
    Own,
}

impl TargetError {
    /// Every reason, for tables and tests.
    pub const ALL: [Self; 9] = [
        Self::Unreadable,
        Self::TooLong,
        Self::Scheme,
        Self::Credentials,
        Self::Fragment,
        Self::Port,
        Self::LocalName,
        Self::NotPublic,
        Self::Own,
    ];

    /// Returns the reason with what to do, for the one who typed the address.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Unreadable => "It is not an address; write it like https://example.com/path.",
            Self::TooLong => "It has more than 2,048 characters; use a shorter address.",
            Self::Scheme => "It has to begin with https://.",
            Self::Credentials => "It holds a name or a password; leave out everything before the @.",
            Self::Fragment => "It has a part after #, which is never sent; leave that part out.",
            Self::Port => "Its port is not allowed; use 443, or have the operator of this server allow yours.",
            Self::LocalName => "Its host is a name of a private network; use a name that the public Internet knows.",
            Self::NotPublic => "Its host is not on the public Internet; use an address that everybody can reach.",
            Self::Own => "It is this server's own address; use one of yours.",
        }
    }

    /// Converts to the error of a request whose field holds the address.
    pub fn of_field(self, field: &'static str) -> Error {
        Error::field(field, self.sentence())
    }
}

impl fmt::Display for TargetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.sentence())
    }
}

impl std::error::Error for TargetError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_bounded_length_also_as_it_is_sent() {
        let policy = Policy::production();
        let of_length = |bytes: usize| format!("https://example.com/{}", "a".repeat(bytes - "https://example.com/".len()));
        assert!(Target::read(&of_length(URL_BYTES_MAX), &policy).is_ok());
        assert_eq!(Target::read(&of_length(URL_BYTES_MAX + 1), &policy), Err(TargetError::TooLong));
        // Each of these letters is sent as six characters.
        let grows = format!("https://example.com/{}", "é".repeat(500));
        assert_eq!(Target::read(&grows, &policy), Err(TargetError::TooLong));
    }

    #[test]
    fn production_is_https_alone_unless_the_operator_allows_http() {
        let read = |policy: Policy| Target::read("http://example.com/hook", &policy).map(|_| ());
        assert_eq!(read(Policy::production()), Err(TargetError::Scheme));
        assert_eq!(read(Policy::production().allowing_http()), Ok(()));
        assert_eq!(read(Policy::sandbox()), Ok(()));
    }

    #[test]
    fn the_sandbox_adds_this_machine_and_nothing_else() {
        let sandbox = Policy::sandbox();
        let read = |text: &str| Target::read(text, &sandbox).map(|_| ());
        for own in ["http://127.0.0.1:3000/", "http://127.9.9.9/", "http://[::1]:3000/", "http://localhost:3000/", "http://a.localhost./"] {
            assert_eq!(read(own), Ok(()), "{own}");
        }
        for private in ["http://0.0.0.0/", "http://10.0.0.1/", "http://169.254.169.254/", "http://[::ffff:127.0.0.1]/", "http://[fe80::1]/"]
        {
            assert_eq!(read(private), Err(TargetError::NotPublic), "{private}");
        }
        for name in ["http://redis/", "http://db.internal/", "http://localhost.localdomain/"] {
            assert_eq!(read(name), Err(TargetError::LocalName), "{name}");
        }
        assert_eq!(read("https://example.com:3000/"), Err(TargetError::Port));
        assert_eq!(read("http://127.0.0.1:0/"), Err(TargetError::Port));
    }

    #[test]
    fn an_operator_may_add_ports() {
        let policy = Policy::production().allowing_ports(vec![8443]);
        assert!(Target::read("https://example.com:8443/", &policy).is_ok());
        assert_eq!(Target::read("https://example.com:8444/", &policy), Err(TargetError::Port));
        assert_eq!(Target::read("https://127.0.0.1:8443/", &policy), Err(TargetError::NotPublic));
    }

    #[test]
    fn nothing_is_sent_to_ourselves() {
        let policy = Policy::production().allowing_http().refusing_own("https://guildhall.example");
        for own in ["https://guildhall.example/hook", "http://guildhall.example/", "https://GUILDHALL.example./"] {
            assert_eq!(Target::read(own, &policy), Err(TargetError::Own), "{own}");
        }
        assert!(Target::read("https://hooks.guildhall.example/", &policy).is_ok());
        let sandbox = Policy::sandbox().refusing_own("http://localhost:3000");
        assert_eq!(Target::read("http://localhost:3000/", &sandbox), Err(TargetError::Own));
        assert!(Target::read("http://localhost:4000/", &sandbox).is_ok());
    }

    #[test]
    fn every_reason_says_in_one_sentence_what_to_do() {
        for reason in TargetError::ALL {
            let error = reason.of_field("url");
            assert_eq!((error.fields[0].name.as_ref(), error.fields[0].message.as_ref()), ("url", reason.sentence()));
            assert!(reason.sentence().starts_with("It") && reason.sentence().ends_with('.'), "{reason}");
        }
    }
}
