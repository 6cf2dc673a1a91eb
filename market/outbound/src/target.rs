//! The check of an address as a stranger typed it.

use super::client::Policy;
use super::{ip, name};
use std::net::IpAddr;
use url::{Host, Url};

/// The most characters of an address.
const LENGTH_MAX: usize = 2_048;

/// The reason why an address is refused, in words for the one who typed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetError {
    /// It can't be read as an address.
    Unreadable,
    /// It is too long.
    TooLong,
    /// It is not `http` or `https`.
    Scheme,
    /// It holds a name or a password.
    Credentials,
    /// It has a part after `#`, which is never sent.
    Fragment,
    /// Its port is not one of the web.
    Port,
    /// It is of this machine or a private network.
    NotPublic,
    /// It is this server's own.
    Own,
}

impl TargetError {
    /// Returns the reason as a sentence, with what to do.
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::Unreadable => "It is no address; write https://example.com/path.",
            Self::TooLong => "It has more than 2,048 characters; use a shorter one.",
            Self::Scheme => "It must begin with https:// or http://.",
            Self::Credentials => "It holds a name or a password; leave out what stands before the @.",
            Self::Fragment => "It has a part after #, which is never sent; leave it out.",
            Self::Port => "Its port is none of the web; use 443 or 80.",
            Self::NotPublic => "It is not on the public Internet, so this server does not send anything there.",
            Self::Own => "It is this server's own address; use one of yours.",
        }
    }
}

/// Reads an address and checks all that can be known without looking its name up.
pub fn check(text: &str, policy: &Policy) -> Result<Url, TargetError> {
    if text.len() > LENGTH_MAX {
        return Err(TargetError::TooLong);
    }
    let url = Url::parse(text).map_err(|_| TargetError::Unreadable)?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(TargetError::Scheme);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(TargetError::Credentials);
    }
    if url.fragment().is_some() {
        return Err(TargetError::Fragment);
    }
    let host = url.host().ok_or(TargetError::Unreadable)?;
    if policy.is_own(&url) {
        return Err(TargetError::Own);
    }
    let address = match host {
        Host::Ipv4(address) => Some(IpAddr::V4(address)),
        Host::Ipv6(address) => Some(IpAddr::V6(address)),
        Host::Domain(domain) if policy.allows_name(domain) || name::may_be_public(domain) => None,
        Host::Domain(_) => return Err(TargetError::NotPublic),
    };
    // A connection to an address needs no look-up, so the resolver never sees it.
    let is_allowed = address.is_none_or(|address| policy.allows(address) || ip::is_public(address));
    if !is_allowed {
        return Err(TargetError::NotPublic);
    }
    if !policy.allows_port(url.port_or_known_default()) && !address.is_some_and(|address| policy.allows(address)) {
        return Err(TargetError::Port);
    }
    Ok(url)
}
